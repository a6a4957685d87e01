"""The directory of the index: what its files are called, in pieces of which a query reads few.

A piece of notices has the number, how many sections, and the text files of each of some that follow
one another. Where a piece begins, the address of a notice says by itself, so that one that comes or
goes changes only its own piece. A piece of buckets has the names of ``BUCKETS_A_PIECE`` of them.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .buckets import write_numbers

NAME = 12  # characters of a digest in a name
BUCKET_NAME = 8  # the same for a bucket, whose name has its number, too
BUCKETS_A_PIECE = 64
_NOTICES_A_PIECE = 12  # on average

Piece = tuple[str, list[int], str]
"""Of some notices: their numbers, as in a list of a bucket; how many sections each has; the names
of their texts, joined.
"""


class Indexed(NamedTuple):
    """A notice in the directory: ``files`` are the digests that name its texts, joined."""

    address: str
    number: int
    sections: int
    files: str


def pieces(notices: Sequence[Indexed]) -> Iterator[tuple[int, Piece]]:
    """Yield the pieces of ``notices``, ascending: the first number in it, and the piece."""
    inner = [place for place, each in enumerate(notices) if place and _begins(each.address)]
    bounds = [0, *inner, len(notices)] if notices else []
    for begin, end in itertools.pairwise(bounds):
        part = notices[begin:end]
        numbers = write_numbers(each.number for each in part)
        counts = [each.sections for each in part]
        yield part[0].number, (numbers, counts, "".join(each.files for each in part))


def bucket_pieces(digests: Sequence[str]) -> Iterator[str]:
    """Yield the pieces of the directory of buckets, whose digests are these."""
    for at in range(0, len(digests), BUCKETS_A_PIECE):
        part = digests[at : at + BUCKETS_A_PIECE]
        yield "".join(each[:BUCKET_NAME] for each in part)


def names_in(joined: str) -> list[str]:
    """Return the names that stand one after the other in ``joined``."""
    return [joined[at : at + NAME] for at in range(0, len(joined), NAME)]


def _begins(address: str) -> bool:
    return zlib.crc32(address.encode()) % _NOTICES_A_PIECE == 0
