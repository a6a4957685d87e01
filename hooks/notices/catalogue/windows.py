"""Windows: how many days the window of public notice has."""

from __future__ import annotations

import datetime

from ..facts import model

_FRIDAY = 4


def days_of(window: model.Window) -> int:
    """Return how many days there are, the first and the last included."""
    return (window.to - window.from_).days + 1


def weekdays_of(window: model.Window) -> int:
    """Return how many of them are no weekend.

    Without a calendar of holidays, and of weekends on which people work, no more can be known of
    its working days.
    """
    weeks, rest = divmod(days_of(window), 7)
    first = window.from_.toordinal()
    left = (datetime.date.fromordinal(first + weeks * 7 + day) for day in range(rest))
    return weeks * 5 + sum(each.weekday() <= _FRIDAY for each in left)
