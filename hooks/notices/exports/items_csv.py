"""``items.csv``: a row for each measure, with the columns of its item before it.

As Excel reads it right on opening: UTF-8 with BOM, lines that end in CR LF (RFC 4180). An item
without measures has a row, too.
"""

from __future__ import annotations

import csv
import io

from . import columns
from .columns import Cell
from .edition import Edition

# What a spreadsheet takes for the beginning of a formula, full-width or not (OWASP, CSV Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def make(edition: Edition) -> bytes:
    """Return the file."""
    of_item = columns.item_columns(edition)
    rows: list[list[Cell]] = [[*columns.headers(*of_item), *columns.headers(*columns.MEASURE)]]
    for item in edition.notice.items:
        ours = columns.cells(of_item, item, edition)
        measures = [columns.cells(columns.MEASURE, each, edition) for each in item.measures]
        nothing: list[Cell] = [None] * len(columns.MEASURE)
        rows += [[*ours, *cells] for cells in measures or [nothing]]
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([*map(harmless, row)] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: Cell) -> Cell:
    """Return ``cell`` such that no spreadsheet calculates it: with an apostrophe before it."""
    formula = isinstance(cell, str) and (cell.lstrip(" \u3000")[:1] in _FORMULA) and cell.strip()
    return f"'{cell}" if formula else cell
