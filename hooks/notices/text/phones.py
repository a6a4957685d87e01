"""Telephone numbers in a line of contact: which words of it can be dialled, and as what.

The line is shown as it is written; only what surely is a number becomes a link (RFC 3966).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_HALF_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("＋"): "+"}


class Part(NamedTuple):
    """A piece of the line, and the ``tel:`` address it leads to, "" for any other words."""

    text: str
    address: str


_DASH = "[-\u2010-\u2015\u2212\uff0d \u00a0\u3000]"
_NUMBER = re.compile(
    rf"""(?<![\d-])(?:
      (?:(?:\+|00)86{_DASH}?)?
      (?:
        (?P<mobile>1[3-9]\d{_DASH}?\d{{4}}{_DASH}?\d{{4}})
      | (?P<service>[48]00{_DASH}?\d{{3}}{_DASH}?\d{{4}} | [48]00{_DASH}?\d{{4}}{_DASH}?\d{{3}})
      | [(（]?(?P<area>0\d{{2,3}})(?:[)）]{_DASH}?|{_DASH})?
        (?P<local>\d{{7,8}}|\d{{3,4}}{_DASH}\d{{4}})
      | \+86{_DASH}?(?P<abroad>[1-9]\d{{1,2}}){_DASH}?(?P<home>\d{{7,8}}|\d{{3,4}}{_DASH}\d{{4}})
      )
    | (?P<short>1[12]\d | 12\d{{3}} | 9[56]\d{{3,4}})
    | (?P<bare>[2-9]\d{{6,7}})
    )
    (?:\s*(?:转|轉|分机号?|{_DASH})\s*(?P<extension>\d{{1,5}}))?
    (?![\d:：年月]|{_DASH}\d)""",
    re.VERBOSE | re.ASCII,
)


def parts(line: str) -> Iterator[Part]:
    """Yield the pieces of ``line`` in their order; together they are the line."""
    end, last = 0, ("", 0)
    for match in _NUMBER.finditer(line.translate(_HALF_WIDTH)):
        number, last = _number(match, last)
        if not number:
            continue
        if match.start() > end:
            yield Part(line[end : match.start()], "")
        extension = f";ext={_digits(match['extension'])}" if match["extension"] else ""
        yield Part(line[match.start() : match.end()], f"tel:{number}{extension}")
        end = match.end()
    if line[end:]:
        yield Part(line[end:], "")


def _number(match: re.Match[str], last: tuple[str, int]) -> tuple[str, tuple[str, int]]:
    """Return the number that is dialled, "" if it is not known; and area code and length for the
    next one.

    A number without an area code has that of the one before when it is as long: who writes one
    after the other means one town, and has the same numbers there.
    """
    found = match.groupdict()
    area = found["area"] or (found["abroad"] and f"0{found['abroad']}")
    if area:
        local = _digits(found["local"] or found["home"] or "")
        area = _digits(area)
        return f"{area}-{local}", (area, len(local))
    if bare := found["bare"]:
        area, length = last
        return (f"{area}-{_digits(bare)}" if area and len(bare) == length else ""), last
    return _digits(found["mobile"] or found["service"] or found["short"]), last


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
