"""``items.xlsx``: items, measures and updates, each in a sheet that can be filtered and printed.

It is for people: what nothing is known of has no column here, as it has in the CSV, and the number
of each row opens what it is about, where the address of the site is known.

A cell holds 32,767 characters. A text that is longer goes on in columns of its own to the right of
its column, 措施（续1）, 措施（续2）: what stands in them one after the other is the text.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from . import columns
from .archive import of_edition, settle
from .columns import Column, SheetValue
from .edition import Edition

_THIN = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="E7EEF7")
_TEXT = Alignment(vertical="top", wrap_text=True)
LINKED = Font(color="0563C1", underline="single")
MOST_LINKS = 65_000  # of a sheet: Excel opens none that has more than 65,530
LONGEST = 32_767  # characters of a cell
CONTINUED = "（续"
# Programs read this as the character of that number (ECMA-376, ST_Xstring).
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# Before it, programs count days differently, or not at all.
FIRST_DAY = datetime.date(1900, 3, 1)
_A4 = 9  # the number of the paper in OOXML


def make(edition: Edition) -> bytes:
    """Return the workbook: items, measures and, when there are any, updates."""
    book = Workbook()
    book.remove(book.worksheets[0])
    items, kind, name = edition.notice.items, edition.notice.kind, columns.names(edition)
    of_item, of_measure = columns.of_items(edition), columns.of_measures(edition)
    rows = [columns.cells(of_item, each, edition) for each in items]
    _sheet(book, kind.item, of_item, rows, _links(edition, (each.id for each in items)))
    measures = [(item, of_measure, each) for item in items for each in item.measures]
    links = _links(edition, (each.id for _, _, each in measures))
    _sheet(book, kind.measure, (*name, *of_measure), _rows(measures, edition), links)
    of_update = columns.of_updates(edition)
    updates = [(item, of_update, each) for item in items for each in item.facts.updates]
    if updates:
        links = _links(edition, (item.id for item, _, _ in updates))
        _sheet(book, "进展", (*name, *of_update), _rows(updates, edition), links)
    written = io.BytesIO()
    book.save(written)
    return settle(written.getvalue(), of_edition(edition))


def _links(edition: Edition, anchors: Iterable[str]) -> list[str]:
    """Return where each row leads: to the site, if anybody knows where it stands."""
    return [edition.permalink(each) for each in anchors] if edition.base else []


def _rows(parts: Iterable[tuple[Any, tuple[Column[Any], ...], Any]], edition: Edition) -> list[Any]:
    """Return rows about parts of items, each after what its item is called."""
    return [
        columns.cells(columns.names(edition), item, edition) + columns.cells(of, part, edition)
        for item, of, part in parts
    ]


def _sheet(
    book: Workbook,
    title: str,
    head: Sequence[Column[Any]],
    rows: Sequence[Sequence[SheetValue]],
    links: Sequence[str],
) -> None:
    sheet: Worksheet = book.create_sheet(title)
    some = columns.used(rows, len(head))
    widths = {head[at].header: head[at].width for at in some}
    fill_sheet(sheet, widths, [[row[at] for at in some] for row in rows])
    for row, link in enumerate(links[:MOST_LINKS], 2):
        lead(cast("SheetCell", sheet.cell(row, 1)), link)
    lay_out(sheet)


def lead(cell: SheetCell, link: str) -> None:
    """Let ``cell`` open ``link``, and look as if."""
    cell.hyperlink = link
    cell.font = LINKED


def lay_out(sheet: Worksheet) -> None:
    """Let ``sheet`` be filtered by its head, which stays in sight, and printed on paper."""
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def fill_sheet(
    sheet: Worksheet, widths: Mapping[str, int], rows: Sequence[Sequence[SheetValue]]
) -> None:
    """Write ``rows`` below the headers that ``widths`` has, and as wide."""
    headers, table = _spread([*widths], rows)
    every: list[Sequence[SheetValue]] = [headers, *table]
    for row, cells in enumerate(every, 1):
        for place, value in enumerate(cells, 1):
            _fill(cast("SheetCell", sheet.cell(row, place)), value, is_head=row == 1)
    for place, header in enumerate(headers, 1):
        width = widths[header.partition(CONTINUED)[0]]
        sheet.column_dimensions[get_column_letter(place)].width = width


def _spread(
    headers: Sequence[str], rows: Sequence[Sequence[SheetValue]]
) -> tuple[list[str], list[list[SheetValue]]]:
    """Return headers and rows in which each text that is too long for a cell has several."""
    split = [[_pieces(cell) for cell in row] for row in rows]
    counts = [max((len(row[at]) for row in split), default=1) for at in range(len(headers))]
    wide = [
        header if number == 0 else f"{header}{CONTINUED}{number}）"
        for header, count in zip(headers, counts, strict=True)
        for number in range(count)
    ]
    nothing: list[SheetValue] = [None]
    return wide, [
        [
            cell
            for pieces, count in zip(row, counts, strict=True)
            for cell in [*pieces, *nothing * (count - len(pieces))]
        ]
        for row in split
    ]


def _pieces(cell: SheetValue) -> list[SheetValue]:
    """Return ``cell`` in pieces that a cell can hold; programs count in halves of UTF-16."""
    if not isinstance(cell, str) or len(cell) * 2 <= LONGEST:
        return [cell]
    # What is escaped grows, less than twofold.
    longest = LONGEST // 2 if ESCAPED.search(cell) else LONGEST
    data = cell.encode("utf-16-le")
    pieces: list[SheetValue] = []
    while data:
        end = 2 * longest
        if len(data) > end and 0xD8 <= data[end - 1] <= 0xDB:  # half a character
            end -= 2
        pieces.append(data[:end].decode("utf-16-le"))
        data = data[end:]
    return pieces


def _fill(cell: SheetCell, value: SheetValue, *, is_head: bool) -> None:
    if isinstance(value, datetime.date) and value < FIRST_DAY:
        value = value.isoformat()
    cell.value = value
    if isinstance(value, str):
        cell.value = ESCAPED.sub("_x005F_", value)
        # Whatever it begins with, it is text; also when somebody edits it later.
        cell.data_type = "s"
        cell.quotePrefix = True
        cell.number_format = "@"
    elif isinstance(value, datetime.date):
        cell.number_format = "yyyy-mm-dd"
    cell.alignment, cell.border = _TEXT, _BORDER
    if is_head:
        cell.font, cell.fill = Font(bold=True), _HEAD
