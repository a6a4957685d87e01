"""The index of pairs: for each two characters that follow one another, the sections that hold them.

Pairs are spread over buckets, and the browser takes only the buckets of the pairs it looks for. In
a bucket each pair has a list of section numbers and, after a space, the list of those that have it
in their title; a single character has a list of notice numbers. Numbers ascend, and each is written
as what it is more than the one before (the first: than -1), in base 32, lowest digit first; a digit
that has another after it is raised by 32.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from .texts import Folded

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
ALONE = " "  # folding leaves none in a text, and it sorts before all others
SPREAD = 2999  # fits 32 bits with any character

Lists = dict[str, tuple[list[int], list[int]]]
"""For each key the numbers of all sections that hold it, and of those that have it in their title;
or the numbers of notices.
"""


class Bucket(NamedTuple):
    """A bucket as it is written: its keys, each of two characters, and their lists with commas
    between. A character by itself is followed by ALONE.
    """

    keys: str
    lists: str


class Posting(NamedTuple):
    """That a key stands in a section or its title or, of a character alone, in a notice."""

    key: str
    in_title: bool
    number: int


def postings(notice: Sequence[Folded], number: int, first: int) -> set[Posting]:
    """Return all postings of notice ``number``, whose first section has number ``first``."""
    found = set()
    for section, (title, text) in enumerate(notice, first):
        found |= {Posting(pair, False, section) for pair in _pairs(f"{title}\n{text}")}
        found |= {Posting(pair, True, section) for pair in _pairs(title)}
        found |= {Posting(each + ALONE, False, number) for each in {*title, *text} - {"\n"}}
    return found


def _pairs(text: str) -> set[str]:
    return {pair for pair in map("".join, itertools.pairwise(text)) if "\n" not in pair}


def bucket_of(key: str, buckets: int) -> int:
    """Return the number of the bucket that holds ``key``."""
    return (ord(key[0]) * SPREAD + (0 if key[1] == ALONE else ord(key[1]))) % buckets


def read_bucket(keys: str, lists: str) -> Lists:
    """Return the lists of each key of a bucket."""
    found = {}
    names = (keys[at : at + 2] for at in range(0, len(keys), 2))
    for key, written in zip(names, lists.split(",") if keys else [], strict=True):
        everywhere, _, in_title = written.partition(" ")
        found[key] = _read_list(everywhere), _read_list(in_title)
    return found


def write_bucket(lists: Lists) -> Bucket:
    """Return the bucket that :func:`read_bucket` reads as ``lists``, empty ones left out."""
    kept = {key: lists[key] for key in sorted(lists) if lists[key][0]}
    written = (" ".join(map(_write_list, filter(None, each))) for each in kept.values())
    return Bucket("".join(kept), ",".join(written))


def _read_list(written: str) -> list[int]:
    numbers, number, value, shift = [], -1, 0, 0
    for digit in map(DIGITS.index, written):
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            number += value
            numbers.append(number)
            value = shift = 0
    return numbers


def _write_list(numbers: Sequence[int]) -> str:
    digits = []
    for before, number in itertools.pairwise([-1, *numbers]):
        more = number - before
        while more >= 32:
            digits.append(DIGITS[32 + (more & 31)])
            more >>= 5
        digits.append(DIGITS[more])
    return "".join(digits)
