"""The timeline of a notice: every day that its facts give, in order."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from .notices import Item, Notice


class Event(NamedTuple):
    """What happened, or is due, on a day; ``item`` is None when it concerns the whole notice."""

    day: datetime.date
    what: str
    item: Item | None = None
    status: str | None = None


def timeline(notice: Notice) -> list[Event]:
    """Return the events of a notice, from early to late; on one day, in the order of the text."""
    events = [*_of_notice(notice), *(each for item in notice.items for each in _of_item(item))]
    return sorted(events, key=lambda event: event.day)


def _of_notice(notice: Notice) -> Iterator[Event]:
    inspection, names = notice.facts.inspection, notice.kind.dates
    days = [
        (inspection.from_, f"{inspection.by}{names.from_}"),
        (inspection.to, f"{names.to}"),
        (inspection.feedback, f"{names.feedback}"),
        (notice.facts.published, "整改情况公布"),
    ]
    yield from (Event(day, what) for day, what in days if day)


def _of_item(item: Item) -> Iterator[Event]:
    facts = item.facts
    for update in facts.updates:
        yield Event(update.date, update.text, item, update.status)
    if facts.verified:
        yield Event(facts.verified.date, f"{facts.verified.by}核实", item, facts.verified.status)
    if facts.deadline:
        yield Event(facts.deadline, "完成时限", item)
