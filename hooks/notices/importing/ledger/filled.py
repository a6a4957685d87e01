"""A ledger that came back: its tables found by their heads, its rows by what they are about.

Rows may stand in any order, be filtered or hidden. Whatever else somebody did to a table is told by
the address of the cell; nothing is guessed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ...problem import Place, Problem, meant, shown, suggest
from .book import BookCell, BookSheet, letters
from .cells import WrongCell, refuse_unclear
from .columns import ITEM, ITEMS, NOTICE, NUMBER, TABLES, LedgerTable, RowKey
from .record import Record

ENOUGH = 200  # problems of a ledger for anybody to read
_TOLD = 5  # rows that are named, of many
_PARTS = {"台账": "的第{}条措施", "进展": "的第{}次进展", "数字": "的第{}个数字"}


class FilledRow(NamedTuple):
    """A row as it came back: what it is about, and where; number 0 of what is new in a list."""

    key: RowKey
    sheet: str
    row: int
    cells: Mapping[str, BookCell]
    places: Mapping[str, int]
    """The columns by their keys."""


class Filled:
    """The rows of a ledger, and everything that is wrong with its tables."""

    def __init__(self, name: str, sheets: Sequence[BookSheet], record: Record) -> None:
        self.name, self.record = name, record
        self.problems: list[Problem] = []
        self.rows: list[FilledRow] = []
        self._sound: list[str] = []
        self._items: dict[str, set[str]] = {}
        for key in record:
            self._items.setdefault(key.notice, set()).add(key.item)
        titles = {_plain(sheet.title): sheet for sheet in sheets}
        for table in TABLES:
            if sheet := titles.get(table.title):
                self._table(table, sheet)
            elif any(key.table == table.title for key in record):
                near = meant(table.title, [each.title for each in sheets])
                self.refuse(Place(name), "ledger-sheet", f"没有“{table.title}”这张表{near}")

    def missing(self) -> Iterator[Problem]:
        """Yield a problem for each table in which rows are missing that were in the ledger."""
        there = {row.key for row in self.rows}
        for table in self._sound:
            lost = [key for key in self.record if key.table == table and key not in there]
            if lost and not any(each.place.cell for each in self.problems):
                names = "、".join(map(said, lost[:_TOLD])) + ("……" if len(lost) > _TOLD else "")
                message = (
                    f"“{table}”里缺少 {len(lost)} 行：{names}。删去一行，不会删去那一条；"
                    "只收到一部分行的，加 --part"
                )
                yield Problem(Place(self.name), "ledger-row-missing", message)

    def place(self, row: FilledRow, key: str) -> Place:
        """Return where the cell of a row is that has the fact ``key``."""
        return self.at(row.sheet, row.row, row.places.get(key, 1))

    def at(self, sheet: str, row: int, column: int) -> Place:
        before = "" if sheet == ITEMS.title else f"{sheet}!"
        return Place(self.name, row, column, f"{before}{letters(column)}{row}")

    def refuse(self, place: Place, rule: str, message: str) -> None:
        """Note what is wrong at ``place``."""
        self.problems.append(Problem(place, rule, message))

    def _table(self, table: LedgerTable, sheet: BookSheet) -> None:
        for area in sheet.merged[:ENOUGH]:
            message = f"合并了单元格（{area.address}），不知道是哪一行的：取消合并，每行各填各的"
            self.refuse(self.at(table.title, area.top, area.left), "ledger-merged", message)
        rows = sheet.rows()
        places = self._heads(table, sheet, rows.get(1, {}))
        if places is None:
            return
        self._sound.append(table.title)
        seen: dict[RowKey, int] = {}
        for number, cells in rows.items():
            if len(self.problems) >= ENOUGH:
                return
            own = {key: cells[place] for key, place in places.items() if place in cells}
            if number > 1 and any(not _is_blank(cell) for cell in own.values()):
                row = FilledRow(RowKey(table.title, "", "", 0), table.title, number, own, places)
                self._row(table, row, seen)

    def _heads(
        self, table: LedgerTable, sheet: BookSheet, heads: Mapping[int, BookCell]
    ) -> dict[str, int] | None:
        """Return where each column stands, or None and why when that cannot be told."""
        before = len(self.problems)
        known = {_plain(column.head): column.key for column in table.all}
        places: dict[str, int] = {}
        used = {at[1] for at, cell in sheet.cells.items() if not _is_blank(cell)}
        names = {place: _plain(str(heads[place].value)) if place in heads else "" for place in used}
        lost = [head for head in known if head not in names.values()]
        if len(lost) == len(known):
            message = f"“{table.title}”的第1行不是表头：表头要在第1行，上面不加别的行"
            self.refuse(self.at(table.title, 1, 1), "ledger-column", message)
            return None
        for place, name in sorted(names.items())[:ENOUGH]:
            here = self.at(table.title, 1, place)
            if name in known and known[name] in places:
                self.refuse(here, "ledger-column", f"“{name}”这一列有两次：删去一列")
            elif name in known:
                places[known[name]] = place
            elif name:
                message = (
                    f"不认识“{shown(name)}”这一列：自己的备注请写在另一张表里{meant(name, lost)}"
                )
                self.refuse(here, "ledger-column", message)
            else:
                self.refuse(here, "ledger-column", "这一列有内容，没有表头：补上表头，或者清空")
        for head in lost:
            message = f"“{table.title}”里缺少“{head}”这一列：表头在第1行，照说明补上"
            self.refuse(self.at(table.title, 1, 1), "ledger-column", message)
        return places if len(self.problems) == before else None

    def _row(self, table: LedgerTable, row: FilledRow, seen: dict[RowKey, int]) -> None:
        """Take a row, if it can be told what it is about."""
        try:
            key = self._key(table, row)
        except WrongCell as wrong:
            self.refuse(self.place(row, wrong.key or ITEM), wrong.rule, wrong.message)
            return
        row = row._replace(key=key)
        if table.list and not key.number:
            self.rows.append(row)
        elif key not in self.record:
            message = f"台账里原来没有{said(key)}{self._near(key)}"
            self.refuse(self.place(row, NUMBER if key.number else ITEM), "ledger-row", message)
        elif key in seen:
            message = f"{said(key)}有两行，第 {seen[key]} 行已有"
            self.refuse(self.place(row, ITEM), "ledger-row", message)
        else:
            seen[key] = row.row
            self.rows.append(row)

    def _key(self, table: LedgerTable, row: FilledRow) -> RowKey:
        """Return what a row is about; raise WrongCell when that is not written there."""
        notice = self._words(row, NOTICE)
        if not notice and len(self._items) == 1:
            (notice,) = self._items
        item = self._words(row, ITEM)
        number = self._words(row, NUMBER)
        if not item:
            raise WrongCell("ledger-row", "这一行没有编号，不知道是哪一条的")
        if number and not (number.isdecimal() and len(number) < 5):
            message = f"第几次、第几条应为数字，现在是“{shown(number)}”"
            raise WrongCell("ledger-row", message, NUMBER)
        if notice not in self._items:
            message = f"台账里原来没有“{shown(notice)}”这份通报{suggest(notice, self._items)}"
            raise WrongCell("ledger-row", message, NOTICE)
        if item not in self._items[notice]:
            near = meant(item, self._items[notice])
            raise WrongCell("ledger-row", f"台账里原来没有编号是“{shown(item)}”的{near}")
        return RowKey(table.title, notice, item, int(number or 0))

    def _words(self, row: FilledRow, key: str) -> str:
        """Return the words of a cell that says what a row is about."""
        cell = row.cells.get(key)
        if cell is None:
            return ""
        try:
            refuse_unclear(cell)
        except WrongCell as wrong:
            raise WrongCell(wrong.rule, wrong.message, key) from wrong
        if cell.sort == "day":
            likely = [each for each in _ids(cell) if any(each == at.item for at in self.record)]
            hint = f"；原来多半是 {likely[0]}" if likely else ""
            message = f"表格软件把编号改成了日期{hint}：格式改成文本，重新填"
            raise WrongCell("ledger-id-date", message)
        if cell.sort == "number":
            number = float(str(cell.value))
            return str(int(number)) if number.is_integer() else str(number)
        return _plain(str(cell.value))

    def _near(self, key: RowKey) -> str:
        alike = [at.number for at in self.record if at._replace(number=key.number) == key]
        numbers = "、".join(map(str, filter(None, alike)))
        return f"；原来有的是第 {numbers} 个" if numbers and key.number else ""


def said(key: RowKey) -> str:
    """Return what a row is about, for people."""
    part = _PARTS[key.table].format(key.number) if key.number else ""
    return f"“{key.item}”{part}"


def _ids(cell: BookCell) -> list[str]:
    """Return the ids that a program may have made that day of."""
    day = cell.value
    year, month, date = (getattr(day, each) for each in ("year", "month", "day"))
    short = year % 100
    orders = ((short, month, date), (month, date, short), (month, date), (month, short))
    return ["-".join(map(str, each)) for each in orders]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _is_blank(cell: BookCell) -> bool:
    return cell.sort == "text" and not str(cell.value).strip()
