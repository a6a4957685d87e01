"""``items.xlsx``: items, measures and updates, each in a sheet that can be filtered and printed."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from . import columns
from .archive import settle
from .columns import Cell, Column
from .edition import Edition

_THIN = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="E7EEF7")
_TEXT = Alignment(vertical="top", wrap_text=True)
_A4 = 9  # the number of the paper in OOXML


def make(edition: Edition) -> bytes:
    """Return the workbook: 问题, 措施 and, when there are any, 进展."""
    book = Workbook()
    book.remove(book.worksheets[0])
    items = edition.notice.items
    of_item = columns.item_columns(edition)
    _sheet(book, "问题", of_item, [columns.cells(of_item, each, edition) for each in items])
    of_measure = [(item, columns.MEASURE, each) for item in items for each in item.measures]
    _sheet(book, "措施", (*columns.NAME, *columns.MEASURE), _rows(of_measure, edition))
    of_update = [(item, columns.UPDATE, each) for item in items for each in item.facts.updates]
    if of_update:
        _sheet(book, "进展", (*columns.NAME, *columns.UPDATE), _rows(of_update, edition))
    written = io.BytesIO()
    book.save(written)
    return settle(written.getvalue(), edition)


def _rows(parts: Iterable[tuple[Any, tuple[Column[Any], ...], Any]], edition: Edition) -> list[Any]:
    """Return rows about parts of items, each after what its item is called."""
    return [
        columns.cells(columns.NAME, item, edition) + columns.cells(of, part, edition)
        for item, of, part in parts
    ]


def _sheet(
    book: Workbook, title: str, head: Sequence[Column[Any]], rows: Sequence[Sequence[Cell]]
) -> None:
    sheet: Worksheet = book.create_sheet(title)
    for row, cells in enumerate([[column.header for column in head], *rows], 1):
        for place, value in enumerate(cells, 1):
            _fill(cast("SheetCell", sheet.cell(row, place)), value, is_head=row == 1)
    for place, column in enumerate(head, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _fill(cell: SheetCell, value: Cell, *, is_head: bool) -> None:
    cell.value = value
    if isinstance(value, str):
        # Whatever it begins with, it is text; also when somebody edits it later.
        cell.data_type = "s"
        cell.quotePrefix = True
        cell.number_format = "@"
    elif isinstance(value, datetime.date):
        cell.number_format = "yyyy-mm-dd"
    cell.alignment, cell.border = _TEXT, _BORDER
    if is_head:
        cell.font, cell.fill = Font(bold=True), _HEAD
