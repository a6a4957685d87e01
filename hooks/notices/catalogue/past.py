"""The past: the days of which the facts of a notice say that something happened."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from .notices import Notice

EARLIEST = datetime.date(1980, 1, 1)
"""The first day that files can name in which a time must stand; what was before tells of none."""


def past_days(notice: Notice) -> Iterator[datetime.date]:
    """Yield every day from 1980 on of which the facts of ``notice`` say that something happened."""
    facts = notice.facts
    days = [
        facts.published,
        facts.dated,
        facts.inspection.from_,
        facts.inspection.to,
        facts.inspection.feedback,
    ]
    for item in notice.items:
        bases = [item.facts.basis, *(measure.facts.basis for measure in item.measures)]
        days += [basis.document.date for basis in bases if basis and basis.document]
        days += [update.date for update in item.facts.updates]
        days += [item.facts.verified.date] if item.facts.verified else []
    yield from (day for day in days if day and day >= EARLIEST)
