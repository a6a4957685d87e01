"""``items.csv``: a row for each measure, with the columns of its item before it.

As Excel reads it right on opening: UTF-8 with BOM, lines that end in CR LF (RFC 4180). An item
without measures has a row, too. A text that a spreadsheet would take for something else, a formula,
a number, a day, has an apostrophe before it, and so has one that begins with an apostrophe: who
takes the first apostrophe off a cell has the text, whatever it is.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable

from . import columns
from .columns import SheetValue
from .edition import Edition

# What a spreadsheet takes for the beginning of a formula, full-width or not (OWASP, CSV Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What it takes for a number, a fraction, a day, an hour, an amount or a truth.
_CONVERTED = re.compile(
    r"(?=.*[0-9])(?:[0-9\s.,:/\-+%()$¥€£￥年月日号时分秒上下午]|e|am|pm|jan|feb|mar|apr|may|jun|jul|aug"
    r"|sep|oct|nov|dec|[a-z]+day)+|true|false",
    re.IGNORECASE,
)


def make(edition: Edition) -> bytes:
    """Return the file."""
    of_item, of_measure = columns.of_items(edition), columns.of_measures(edition)
    rows: list[list[SheetValue]] = [[*columns.headers(*of_item), *columns.headers(*of_measure)]]
    for item in edition.notice.items:
        ours = columns.cells(of_item, item, edition)
        measures = [columns.cells(of_measure, each, edition) for each in item.measures]
        nothing: list[SheetValue] = [None] * len(of_measure)
        rows += [[*ours, *cells] for cells in measures or [nothing]]
    return written(rows)


def written(rows: Iterable[Iterable[SheetValue]]) -> bytes:
    """Return the file of these rows."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([*map(harmless, row)] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: SheetValue) -> SheetValue:
    """Return ``cell`` such that a spreadsheet keeps it as it is: with an apostrophe before it."""
    if not isinstance(cell, str):
        return cell
    text = unicodedata.normalize("NFKC", cell).strip()
    changed = cell.startswith("'") or cell.lstrip(" \u3000")[:1] in _FORMULA
    return f"'{cell}" if cell.strip() and (changed or _CONVERTED.fullmatch(text)) else cell
