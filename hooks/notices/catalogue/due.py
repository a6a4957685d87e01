"""Due: the days of a deadline, which a source gives to the day, to the month, or not as a day."""

from __future__ import annotations

import calendar
import datetime
from typing import NamedTuple

from ..facts import model


class Due(NamedTuple):
    """From which day to which a deadline may fall; both are the same when the day is known."""

    first: datetime.date
    last: datetime.date


def due(deadline: model.Deadline | None) -> Due | None:
    """Return the days of ``deadline``; None for one that is no day, such as 长期坚持."""
    if isinstance(deadline, datetime.date):
        return Due(deadline, deadline)
    if not deadline or deadline in model.NO_DAY:
        return None
    year, month = map(int, deadline.split("-"))
    last = calendar.monthrange(year, month)[1]
    return Due(datetime.date(year, month, 1), datetime.date(year, month, last))
