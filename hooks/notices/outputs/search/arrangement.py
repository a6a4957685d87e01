"""How an index is laid out: the number of each notice, and what depends on how much there is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .buckets import number_of_buckets
from .numbers import numbered
from .texts import Findable

# Up to here a visitor's first query is sooner answered by all texts than by the index of pairs.
TEXT_ALONE = 100_000  # characters
SECTIONS_A_FILE = 10
_SECTION_BITS = 6  # binary digits of a section's place in its notice, at least


class Arrangement(NamedTuple):
    """All notices with their numbers, ascending; how many buckets there are, 0 when texts are
    searched alone; how many binary digits a section has; how many sections a file has, 0 for all.
    """

    notices: tuple[tuple[Findable, int], ...]
    buckets: int
    section_bits: int
    sections_in_file: int


def arranged(found: Iterable[Findable]) -> Arrangement:
    """Return how the index of what is ``found`` is laid out, in whatever order it is given."""
    notices = {each.address: each for each in found}
    numbers = numbered([*notices.values()])
    size = sum(each.characters for each in notices.values())
    most = max((each.sections for each in notices.values()), default=1)
    large = size > TEXT_ALONE
    return Arrangement(
        tuple((notices[address], number) for address, number in numbers.items()),
        number_of_buckets(size) if large else 0,
        max((most - 1).bit_length(), _SECTION_BITS),
        SECTIONS_A_FILE if large else 0,
    )
