"""Days in a text: written in many ways, the year sometimes left out."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from ...text.numerals import number

_DIGITS = str.maketrans("０１２３４５６７８９〇○", "012345678900")
_YEAR = "(?:[12][0-9]{3}|[一二三四五六七八九零0〇]{4})"
_SMALL = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_DAY = re.compile(
    rf"(?:(?P<year>{_YEAR}) *[年./-] *)?(?P<month>{_SMALL}) *[月./-] *(?P<day>{_SMALL})"
    "(?: *[日号])?"
)
_SPAN = re.compile(
    rf"(?P<from>{_YEAR} *年 *{_SMALL} *月 *{_SMALL} *日) *(?:至|到|—+|–|-|－|~|～) *"
    rf"(?P<to>(?:{_YEAR} *年 *)?(?:{_SMALL} *月 *)?{_SMALL} *日)"
)


class Period(NamedTuple):
    """From a day to another, and the words that say so."""

    first: datetime.date
    last: datetime.date
    words: str
    end: int


def plain(text: str) -> str:
    """Return ``text`` with the digits that every program knows, as long as it was."""
    return text.translate(_DIGITS)


def day_in(text: str, year: int = 0) -> datetime.date | None:
    """Return the first day in ``text``; one without a year is of that ``year``."""
    found = _DAY.search(plain(text))
    return _day(found, year) if found else None


def span_in(text: str, begin: int = 0) -> Period | None:
    """Return the first span of days in ``text`` from ``begin`` on; years and months may be left out
    at its end.
    """
    found = _SPAN.search(plain(text), begin)
    if not found:
        return None
    first = day_in(found["from"])
    to = found["to"] if "月" in found["to"] else f"{first.month if first else 1}月{found['to']}"
    last = day_in(to, first.year if first else 0)
    if not first or not last or last < first:
        return None
    return Period(first, last, text[found.start() : found.end()], found.end())


def _day(found: re.Match[str], year: int) -> datetime.date | None:
    written = found["year"]
    try:
        own = (int(written) if written.isdecimal() else _year(written)) if written else year
        return datetime.date(own, int(number(found["month"])), int(number(found["day"])))
    except (ValueError, KeyError):
        return None


def _year(written: str) -> int:
    return int(number(written.replace("0", "〇")))
