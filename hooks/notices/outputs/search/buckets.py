"""The buckets of the index of pairs: for each two characters that follow one another, where.

Pairs are spread over buckets, and the browser takes only the buckets of the pairs it looks for. In
a bucket each pair has a list of section numbers and, after a space, the list of those that have it
in their title; a single character has a list of notice numbers. Numbers ascend, and each is written
as what it is more than the one before (the first: than -1), in base 32, lowest digit first; a digit
that has another after it is raised by 32.

A section's number is that of its notice, and in its lowest binary digits its place in the notice.

There are as many buckets as the archive needs, neither more nor less: with one more, only one of
those before is divided (linear hashing).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import NamedTuple

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
ALONE = " "  # folding leaves none in a text, and it sorts before all others
CHARACTERS_A_BUCKET = 2_000
MIX = (0x9E3779B1, 0x85EBCA77)  # odd, and the bits of each are well mixed
_WORD = (1 << 32) - 1


class Bucket(NamedTuple):
    """A bucket as it is written: its keys, each of two characters, and their lists with commas
    between. A character by itself is followed by ALONE.
    """

    keys: str
    lists: str


def number_of_buckets(characters: int) -> int:
    """Return how many buckets an index of so many characters has."""
    return max(characters // CHARACTERS_A_BUCKET, 1)


def bucket_of(key: str, buckets: int) -> int:
    """Return the number of the bucket that holds ``key``."""
    mixed = (ord(key[0]) * MIX[0] & _WORD) ^ ord(key[1])
    mixed = (mixed ^ mixed >> 15) * MIX[1] & _WORD
    whole = (1 << (buckets - 1).bit_length()) - 1
    number = (mixed ^ mixed >> 13) & whole
    return number if number < buckets else number & whole >> 1


def divided(bucket: int) -> int:
    """Return of which bucket ``bucket`` was a part, when there was none of its number."""
    return bucket ^ 1 << bucket.bit_length() - 1


def write_numbers(numbers: Iterable[int]) -> str:
    """Return ascending ``numbers`` as a list of a bucket has them."""
    digits = []
    for before, number in itertools.pairwise(itertools.chain([-1], numbers)):
        more = number - before
        while more >= 32:
            digits.append(DIGITS[32 + (more & 31)])
            more >>= 5
        digits.append(DIGITS[more])
    return "".join(digits)
