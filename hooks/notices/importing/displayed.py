"""What a cell of a workbook shows: numbers and days as their format has them, where that is sure.

The same number is 2024年6月 in one cell and 45473 in the next. A format of which it is not sure
what it shows, in whatever country, gives nothing.
"""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal

from .ledger.book import BookCell, CellValue

_PARTS = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<part>y+|m+|d+)|(?P<plain>[-/., 年月日()（）])',
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r'(?P<grouped>#,##)?0(?:\.(?P<places>0+))?(?P<percent>%)?(?:"(?P<unit>[^"]*)")?'
)
# What says of which country it is, or how it ends where text stands, changes nothing here.
_ASIDE = re.compile(r"^\[\$-(?:804|409|F800|1004)\]|;@$|_\)|_ $", re.IGNORECASE)
# Programs show it as the country of the machine has it.
_OF_THE_COUNTRY = ("mm-dd-yy", "m/d/yy h:mm")
_DIGITS = 11  # of a number without a format that are shown


def displayed(cell: BookCell) -> str | None:
    """Return what ``cell`` shows, None where that is not sure; of a formula, what it gave last."""
    value: CellValue | None = cell.result if cell.sort == "formula" else cell.value
    if value is None:
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    code = _ASIDE.sub("", cell.format)
    if isinstance(value, datetime.datetime):
        return None if code in _OF_THE_COUNTRY else _day(value, code)
    if isinstance(value, float):
        return _number(value, code)
    return value


def _day(value: datetime.datetime, code: str) -> str | None:
    """Return a day in the format ``code``; one with an hour is shown by none that has no hours."""
    shown, at = "", 0
    if value.time() != datetime.time():
        return None
    for match in _PARTS.finditer(code):
        if match.start() != at:
            return None
        at = match.end()
        if match["part"]:
            words = {
                "yyyy": f"{value.year:04}", "yy": f"{value.year % 100:02}", "m": str(value.month),
                "mm": f"{value.month:02}", "d": str(value.day), "dd": f"{value.day:02}",
            }.get(match["part"].lower())  # fmt: skip
            if words is None:
                return None
            shown += words
        else:
            shown += match["quoted"] or match["escaped"] or match["plain"] or ""
    return shown if at == len(code) else None


def _number(value: float, code: str) -> str | None:
    if code in ("General", "@"):
        whole = f"{value:.{_DIGITS - 1}g}"
        return None if "e" in whole else whole
    match = _NUMBER.fullmatch(code)
    if not match:
        return None
    exact = Decimal(repr(value)) * (100 if match["percent"] else 1)
    rounded = exact.quantize(Decimal(1).scaleb(-len(match["places"] or "")), ROUND_HALF_UP)
    words = f"{rounded:,f}" if match["grouped"] else f"{rounded:f}"
    return f"{words}{match['percent'] or ''}{match['unit'] or ''}"
