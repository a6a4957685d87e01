"""The workbook that an editor fills in: what may be filled in is tinted, and all else is locked."""

from __future__ import annotations

import datetime
import io
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ...facts import model
from . import record
from .columns import (
    ITEM,
    ITEMS,
    NOTICE,
    PATH,
    TABLES,
    FactColumn,
    FactRow,
    LedgerTable,
    LedgerValue,
    columns_of,
    plain,
)
from .explained import EXPLAINED, HEAD, explanation
from .mark import SHEET
from .parts import escaped
from .record import Record

WORDS = "_词汇"
"""The sheet that nobody is shown with the words of the drop-downs."""
DAY, TEXT = "yyyy-mm-dd", "@"
FREE = 200  # rows below the last one, for what is new
# Before it, programs count days differently, or not at all.
FIRST_DAY, _ZERO = datetime.date(1900, 3, 1), datetime.date(1899, 12, 30)
_LINE, _MOST_LINES = 16, 20  # points; a program shows at most 409 of them in a row
_A3 = 8  # the number of the paper in OOXML
_THIN = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD, _OPEN, _SHUT = (
    PatternFill("solid", fgColor=each) for each in ("DCE6F1", "FFFBE6", "F2F2F2")
)
_BOLD = Font(name="Calibri", size=11, bold=True)
_LOCKED, _UNLOCKED = Protection(locked=True), Protection(locked=False)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_MIDDLE = Alignment(vertical="top", horizontal="center")


class Offered(NamedTuple):
    """The words of the drop-downs: the statuses of each notice, and the findings of all."""

    statuses: Mapping[str, Sequence[str]]
    findings: Sequence[str]


def written(
    rows: Sequence[FactRow], known: Record, words: Offered, terms: model.Vocabulary
) -> bytes:
    """Return the workbook with ``rows``; ``known`` is what it remembers of them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "notices ledger"
    lists = _Lists(words)
    for table in TABLES:
        own = [row for row in rows if row.key.table == table.title]
        _fill(book.create_sheet(table.title), table, own, lists)
    _explain(book.create_sheet(EXPLAINED), terms)
    _hide(book.create_sheet(WORDS), zip(*lists.padded(), strict=True))
    _hide(book.create_sheet(SHEET), record.lines_of(known))
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


class _Lists:
    """The lists of words, each a column of the sheet that nobody is shown."""

    def __init__(self, words: Offered) -> None:
        self.words = words
        self.all: list[tuple[str, ...]] = []

    def of(self, form: str, notices: Iterable[str]) -> str:
        """Return where the words are that a cell of that form may have in one of ``notices``."""
        found = self.words.findings
        if form == "status":
            found = [each for name in notices for each in self.words.statuses.get(name, ())]
        wanted = tuple(dict.fromkeys(found))
        if not wanted:
            return ""
        if wanted not in self.all:
            self.all.append(wanted)
        letter = get_column_letter(self.all.index(wanted) + 1)
        return f"'{WORDS}'!${letter}$1:${letter}${len(wanted)}"

    def padded(self) -> Iterator[list[str]]:
        longest = max(map(len, self.all), default=0)
        for each in self.all:
            yield [*each, *[""] * (longest - len(each))]


def _fill(sheet: Worksheet, table: LedgerTable, rows: Sequence[FactRow], lists: _Lists) -> None:
    for place, column in enumerate(table.all, 1):
        _write_head(_cell(sheet, 1, place), column.head)
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.row_dimensions[1].height = 2 * _LINE
    for number, row in enumerate(rows, 2):
        own = {column.key for column in columns_of(row.key)}
        for place, column in enumerate(table.all, 1):
            cell = _cell(sheet, number, place)
            _write(cell, column, row.values.get(column.key), is_open=column.key in own)
            if table is ITEMS and not row.key.number and column in table.fixed:
                cell.font = _BOLD
        sheet.row_dimensions[number].height = _height(table, row)
    free = FREE if table.list else 0
    last = len(rows) + 1 + free
    for number in range(len(rows) + 2, last + 1):
        for place, column in enumerate(table.all, 1):
            is_open = column.form != "fixed" or column.key in (NOTICE, ITEM)
            _write(_cell(sheet, number, place), column, None, is_open=is_open)
    notices = [row.key.notice for row in rows] + [""] * free
    _offer(sheet, table, notices, lists)
    sheet.freeze_panes = "E2" if table is ITEMS else "D2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.all))}{last}"
    _protect(sheet)


def _height(table: LedgerTable, row: FactRow) -> float:
    """Return how high a row is, in points, so that its longest cell can be read in it."""
    lines = 1
    for column in (each for each in table.all if each.key != PATH):
        for line in plain(row.values.get(column.key)).split("\n"):
            width = sum(1 if each.isascii() else 2 for each in line)
            lines = max(lines, -(-width // (column.width - 1)))
    return float(min(lines, _MOST_LINES) * _LINE)


def _cell(sheet: Worksheet, row: int, column: int) -> SheetCell:
    return cast("SheetCell", sheet.cell(row, column))


def _write_head(cell: SheetCell, head: str) -> None:
    cell.value = head
    cell.fill, cell.font, cell.border, cell.alignment = _HEAD, _BOLD, _BORDER, _WRAPPED


def _write(cell: SheetCell, column: FactColumn, value: LedgerValue, *, is_open: bool) -> None:
    # Where nothing stands yet, a day that somebody types shall become one, and an id none.
    cell.alignment = _WRAPPED
    cell.number_format = {"day": DAY, "number": "General"}.get(column.form, TEXT)
    if isinstance(value, datetime.date) and value >= FIRST_DAY:
        cell.value, cell.number_format = value, DAY
    elif isinstance(value, float):
        cell.value, cell.number_format = value, "General"
        cell.alignment = _MIDDLE
    elif value is not None:
        cell.value = escaped(plain(value))
        cell.data_type = "s"  # whatever it begins with
        cell.quotePrefix = True
    cell.fill = _OPEN if is_open else _SHUT
    cell.border = _BORDER
    cell.protection = _UNLOCKED if is_open else _LOCKED


def _offer(sheet: Worksheet, table: LedgerTable, notices: Sequence[str], lists: _Lists) -> None:
    """Let cells be filled from lists, where there is one: those of a notice from its own."""
    every = [*lists.words.statuses]
    for place, column in enumerate(table.all, 1):
        letter, row = get_column_letter(place), 2
        for notice, group in itertools.groupby(notices):
            count = len([*group])
            cells, row = f"{letter}{row}:{letter}{row + count - 1}", row + count
            if rule := _validation(column, lists.of(column.form, [notice] if notice else every)):
                rule.add(cells)
                sheet.add_data_validation(rule)


def _validation(column: FactColumn, words: str) -> DataValidation | None:
    """Return what may be filled in a cell; None for whatever there is."""
    if column.form in ("status", "finding") and words:
        rule = DataValidation(type="list", formula1=words, allow_blank=True)
        rule.error = "请从列表里选一个词"
    elif column.form == "day":
        first = (FIRST_DAY - _ZERO).days
        rule = DataValidation(type="date", operator="greaterThanOrEqual", formula1=str(first))
        rule.allow_blank = True
        rule.error = "请写成 2024-06-30 的样子"
    else:
        return None
    rule.errorTitle, rule.showErrorMessage = column.head, True
    return rule


def _protect(sheet: Worksheet) -> None:
    """Lock what is not open, without a password; whoever looks through it may filter and widen."""
    sheet.protection.sheet = True
    for what in ("autoFilter", "sort", "formatCells", "formatColumns", "formatRows"):
        setattr(sheet.protection, what, False)  # which is to say that it is not forbidden
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A3
    sheet.print_title_rows = "1:1"
    sheet.print_title_cols = "A:D"


def _explain(sheet: Worksheet, terms: model.Vocabulary) -> None:
    for number, line in enumerate(explanation(terms), 1):
        for place, words in enumerate(line, 1):
            cell = _cell(sheet, number, place)
            cell.value, cell.data_type = words, "s"
            cell.alignment = _WRAPPED if len(line) > 2 else Alignment(vertical="top")
            if line == HEAD or len(line) == 1:
                cell.font = _BOLD
    for letter, width in zip("ABCD", (14, 20, 90, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.protection.sheet = True


def _hide(sheet: Worksheet, lines: Iterable[Iterable[str]]) -> None:
    """Write texts into a sheet that nobody is shown."""
    for number, line in enumerate(lines, 1):
        for place, words in enumerate(line, 1):
            if words:
                cell = _cell(sheet, number, place)
                cell.value, cell.data_type, cell.number_format = escaped(words), "s", TEXT
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True
