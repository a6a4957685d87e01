"""The numbers of notices in the index: the older, the less, and kept while others come and go.

A number follows from what there is now, not from what was built before. Each notice has a place on
a line: its day, and within the day where a hash of its address falls. The line is cut into slots,
about two for a notice, and each notice takes the slot of its place, or the next that is free. So
one that is new, or gone, moves at most the few that stand close after it, whatever its day. All
move when the slots must be cut finer, since notices have become dense, or when the first day of all
falls into an earlier block of days.
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from .texts import Findable

_DAY_BITS = 16  # places in a day
_BLOCK = 6  # binary digits of the least number of days that the line may span
_CROWDED = 2  # notices: so many one more may move on average, wherever another one stands
_MOST = 6  # notices: more than so many count as so many, or a single gap could change all


def numbered(notices: Sequence[Findable]) -> dict[str, int]:
    """Return the number of each notice by its address, ascending."""
    line = sorted(zip(_places(notices), (each.address for each in notices), strict=True))
    numbers = _spread([place for place, _ in line])
    return {address: number for (_, address), number in zip(line, numbers, strict=True)}


def _places(notices: Sequence[Findable]) -> Iterator[int]:
    """Yield where each notice stands on the line, from 0; those without a day before all others,
    spread over as many days as the others may span.
    """
    days = [each.day.toordinal() for each in notices if each.day != datetime.date.min]
    block = max((max(days) - min(days)).bit_length(), _BLOCK) if days else _BLOCK
    start = (min(days) >> block << block) if days else 0
    undated = len(days) < len(notices)
    first = start - (undated << block)
    for each in notices:
        chance = int.from_bytes(hashlib.sha256(each.address.encode()).digest()[:8])
        if each.day == datetime.date.min:
            yield chance >> (64 - _DAY_BITS - block)
        else:
            yield (each.day.toordinal() - first << _DAY_BITS) + (chance >> (64 - _DAY_BITS))


def _spread(places: Sequence[int]) -> list[int]:
    """Return a number for each of ascending ``places``, in the widest slots not too crowded."""
    widest = (places[-1] // len(places)).bit_length() + 2 if places else 0
    for shift in range(widest, 0, -1):
        numbers = _slots(places, shift)
        if _moved(numbers) <= _CROWDED * len(numbers):
            return numbers
    return _slots(places, 0)


def _slots(places: Sequence[int], shift: int) -> list[int]:
    wanted = (place >> shift for place in places)
    return [*itertools.accumulate(wanted, lambda before, slot: max(before + 1, slot))]


def _moved(numbers: Sequence[int]) -> int:
    """Return how many move in all when before each notice another one takes its number."""
    # Those that follow one another differ as much as their places in the list.
    runs = Counter(number - place for place, number in enumerate(numbers))
    return sum(min(after, _MOST) for length in runs.values() for after in range(length))
