from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.outputs.search.numbers import numbered
from notices.outputs.search.texts import Findable

UNDATED = datetime.date.min
DAYS = st.one_of(st.just(UNDATED), st.dates(datetime.date(1990, 1, 1), datetime.date(2040, 1, 1)))


def notice(address: str, day: datetime.date) -> Findable:
    return Findable(address, day, 10_000, 50, "")


@settings(max_examples=300)
@given(st.dictionaries(st.text(max_size=3), DAYS), st.randoms())
def test_the_older_a_notice_the_less_its_number(
    days: dict[str, datetime.date], dice: random.Random
) -> None:
    """In whatever order they are given; those without a day before all others."""
    notices = [notice(address, day) for address, day in days.items()]
    numbers = numbered(notices)
    assert numbers.keys() == days.keys()
    assert [*numbers.values()] == sorted({*numbers.values()})
    assert [days[address] for address in numbers] == sorted(days.values())
    dice.shuffle(notices)
    assert numbered(notices) == numbers


def spread(day: Callable[[int], datetime.date]) -> list[Findable]:
    return [notice(f"notices/{number}/", day(number)) for number in range(300)]


def on(number: int) -> datetime.date:
    return datetime.date(2012, 3, 1) + datetime.timedelta(days=number)


CALENDARS = {
    "all over the years": spread(lambda n: on(random.Random(n).randrange(3650))),
    "on a few days of a year": spread(lambda n: on(random.Random(n).randrange(40) * 90)),
    "on one day": spread(lambda n: on(0)),
    "many without a day": spread(lambda n: on(n) if n % 3 else UNDATED),
    "none with a day": spread(lambda n: UNDATED),
}

DATED = {name: each for name, each in CALENDARS.items() if name != "none with a day"}


def moved(before: Sequence[Findable], after: Sequence[Findable]) -> int:
    """Return how many of those that stay have another number."""
    one, other = numbered(before), numbered(after)
    return sum(one[address] != other[address] for address in one.keys() & other.keys())


@pytest.mark.parametrize("notices", CALENDARS.values(), ids=CALENDARS)
def test_who_comes_or_goes_moves_hardly_another(notices: list[Findable]) -> None:
    moves = [moved(notices, notices[:place] + notices[place + 1 :]) for place in range(0, 300, 7)]
    assert max(moves) < 20
    assert sum(moves) <= 3 * len(moves)


@pytest.mark.parametrize("notices", DATED.values(), ids=DATED)
def test_the_newest_moves_no_other(notices: list[Findable]) -> None:
    day = max(each.day for each in notices)
    later = day + datetime.timedelta(days=1)
    assert moved(notices, [*notices, notice("notices/new/", later)]) == 0


@pytest.mark.parametrize("notices", CALENDARS.values(), ids=CALENDARS)
def test_numbers_stay_small(notices: list[Findable]) -> None:
    """So that lists of them do: from the first to the last, less than a digit more than needed."""
    numbers = [*numbered(notices).values()]
    assert numbers[-1] - numbers[0] < 32 * 8 * len(notices)
