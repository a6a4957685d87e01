"""The timeline of a notice: every day that its facts give, in order."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from .annotation import FACTS, named
from .due import due
from .notices import Item, Notice
from .saying import Span


class Event(NamedTuple):
    """What happened, or is due, on a day; ``item`` is None when it concerns the whole notice.

    ``when`` is how that day is told: what is known to the month only stands at the end of it.
    """

    day: datetime.date
    what: str
    item: Item | None = None
    status: str | None = None
    when: Span | None = None


def timeline(notice: Notice) -> list[Event]:
    """Return the events of a notice, from early to late; on one day, in the order of the text."""
    events = [
        *_of_notice(notice),
        *(each for item in notice.items for each in _of_item(notice, item)),
    ]
    return sorted(events, key=lambda event: event.day)


def _of_notice(notice: Notice) -> Iterator[Event]:
    inspection, names = notice.facts.inspection, notice.kind.dates
    days = [(inspection.from_, f"{inspection.by}{names.from_}"), (inspection.to, f"{names.to}")]
    if window := notice.facts.window:
        days += [(window.from_, "公示开始"), (window.to, "公示结束")]
    yield from (Event(day, what) for day, what in days if day)
    yield from _dated(notice, notice)


def _of_item(notice: Notice, item: Item) -> Iterator[Event]:
    facts = item.facts
    for update in facts.updates:
        yield Event(update.date, update.text, item, update.status)
    if facts.verified:
        yield Event(facts.verified.date, f"{facts.verified.by}核实", item, facts.verified.status)
    yield from _dated(notice, item)


def _dated(notice: Notice, thing: Notice | Item) -> Iterator[Event]:
    """Yield the days and months that are facts of their own."""
    for fact in FACTS[type(thing)]:
        known = fact.of(thing) if fact.event else None
        span = known.lines[0][0] if known else None
        if span and span.kind == "day":
            item = thing if isinstance(thing, Item) else None
            what = named(fact.event, notice.kind)
            yield Event(_last(span.value), what, item, when=span)


def _last(value: str) -> datetime.date:
    """Return the day, or the last one of the month, that ``value`` is in ISO 8601."""
    if len(value) == len("0000-00-00"):
        return datetime.date.fromisoformat(value)
    known = due(value)
    assert known  # a month has days
    return known.last
