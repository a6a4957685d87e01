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
_VAGUE = "(?:[上中下]旬|月?[初中底末]|份)"
_TO = re.compile(r" *(?:起?至|到|—+|–|-|－|~|～|─+) *")
_END = re.compile(
    rf"(?:(?P<year>{_YEAR}) *年)? *(?:(?P<month>{_SMALL}) *月)? *"
    rf"(?:(?P<day>{_SMALL}) *[日号]|(?P<vague>{_VAGUE})|(?<=月))"
)


class Period(NamedTuple):
    """From a day to another, and the words that say so; an end that is no day, 4月下旬, is None."""

    first: datetime.date | None
    last: datetime.date | None
    words: str
    end: int
    year: int
    """The year in which it ends; 0 where that is not sure."""


def plain(text: str) -> str:
    """Return ``text`` with the digits that every program knows, as long as it was."""
    return text.translate(_DIGITS)


def day_in(text: str, year: int = 0) -> datetime.date | None:
    """Return the first day in ``text``; one without a year is of that ``year``."""
    found = _DAY.search(plain(text))
    return _day(found, year) if found else None


def period_in(text: str, begin: int = 0) -> Period | None:
    """Return the first period in ``text`` from ``begin`` on, which begins with a year; year and
    month may be left out at its end.
    """
    own = plain(text)
    for found in _END.finditer(own, begin):
        joint = _TO.match(own, found.end())
        to = _END.match(own, joint.end()) if joint else None
        if found["year"] and found["month"] and to:
            return _period(text, found, to)
    return None


def span_in(text: str, begin: int = 0) -> Period | None:
    """Return the first period in ``text`` from ``begin`` on whose ends are both days."""
    period = period_in(text, begin)
    return period if period and period.first and period.last else None


def _period(text: str, found: re.Match[str], to: re.Match[str]) -> Period | None:
    year, months = _year(found["year"]), [_small(each["month"]) for each in (found, to)]
    month = months[1] or months[0]
    is_told = bool(to["year"])
    # 2022年11月至2月 ends in a year that it does not say.
    last_year = _year(to["year"]) if is_told else year if month >= months[0] else 0
    first = _of(year, months[0], found["day"])
    last = _of(last_year, month, to["day"])
    if (first and last and last < first) or (is_told and last_year < year):
        return None
    return Period(first, last, text[found.start() : to.end()], to.end(), last_year)


def _of(year: int, month: int, day: str | None) -> datetime.date | None:
    try:
        return datetime.date(year, month, _small(day)) if day else None
    except ValueError:
        return None


def _small(written: str | None) -> int:
    return int(number(written)) if written else 0


def _day(found: re.Match[str], year: int) -> datetime.date | None:
    written = found["year"]
    try:
        own = _year(written) if written else year
        return datetime.date(own, int(number(found["month"])), int(number(found["day"])))
    except (ValueError, KeyError):
        return None


def _year(written: str) -> int:
    return int(written if written.isdecimal() else number(written.replace("0", "〇")))
