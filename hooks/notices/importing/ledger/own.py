"""A ledger as an office has it: its own columns, which the kind of the notice says what they hold.

It does not say what it was before. What it says of an item takes the place of what is known; where
it says nothing, all stays as it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ...catalogue.notices import Item, Notice
from ...facts import model
from ...problem import Faulty, Place, Problem, meant, shown
from .book import BookCell, BookSheet, letters
from .cells import Terms, WrongCell, fact_of, read_cell, refuse_unclear, terms_of
from .changing import is_needed, splices_of
from .columns import ITEMS, FactColumn, FactRow, LedgerValue, RowKey, plain, rows_of
from .filled import ENOUGH
from .merging import Edit, Merged
from .parts import unreadable

KEYS = {
    "status": "status",
    "quote": "basis.quote",
    "document": "basis.document.title",
    "document_date": "basis.document.date",
    "goal": "goal",
    "deadline": "deadline",
    "printed": "printed",
    **{name: f"responsible.{name}" for name in model.Responsible.model_fields},
}
"""The fact that each role is; the others say what a row is about."""
_COLUMNS = {column.key: column for column in ITEMS.columns}
_HIGHEST = 20  # rows above the head
_LEAST = 2  # columns that must be there to be a head


class OwnTable(NamedTuple):
    """The table of an office: its sheet, the row of its head, and the column of each role."""

    sheet: BookSheet
    head: int
    places: Mapping[model.LedgerRole, int]
    unread: Sequence[str]
    """What the columns are called of which nobody says what they hold."""
    twice: Sequence[str]
    """Those that hold what another one holds already."""


def own_table(sheets: Sequence[BookSheet], kind: model.Kind, name: str) -> OwnTable:
    """Return the table in a workbook that has the columns of ``kind``; raise Faulty when there is
    none, or more than one.
    """
    if not {"number", "title"} & {*kind.ledger.values()}:
        message = (
            "这不是 notices ledger 导出的台账。是本单位自己的台账，先在 data/kinds/ 里这个种类的"
            " ledger 里写明哪一列是什么，至少写 number（编号）或者 title（题目）"
        )
        raise unreadable(name, message)
    known = {_plain(head): role for head, role in kind.ledger.items()}
    found = [table for sheet in sheets if not sheet.hidden for table in _tables(sheet, known)]
    if len(found) != 1:
        heads = "、".join(kind.ledger)
        message = f"没有找到表头（{heads}）：表头要在一行里，与 ledger 里写的一字不差"
        if found:
            titles = "、".join(table.sheet.title for table in found)
            message = f"有几张表都像台账（{titles}）：只留一张，另存一份"
        raise Faulty(Problem(Place(name), "ledger-sheet", message))
    if twice := "、".join(found[0].twice):
        message = f"{twice}：与前面的一列是一样的，不知道用哪一列，在 ledger 里只写一列"
        raise Faulty(Problem(Place(name), "ledger-column", message))
    return found[0]


def _tables(sheet: BookSheet, known: Mapping[str, model.LedgerRole]) -> Iterator[OwnTable]:
    for row, cells in sheet.rows().items():
        if row > _HIGHEST:
            return
        heads = {column: _plain(str(cell.value)) for column, cell in cells.items()}
        places: dict[model.LedgerRole, int] = {}
        twice = []
        for column, head in heads.items():
            if head in known and places.setdefault(known[head], column) != column:
                twice.append(head)
        if len(places) >= _LEAST and {"number", "title"} & {*places}:
            unread = [head for head in heads.values() if head and head not in known]
            yield OwnTable(sheet, row, places, unread, twice)
            return


class OwnLedger:
    """What the table of an office says of the items of ``notice``."""

    def __init__(self, table: OwnTable, notice: Notice, words: model.Vocabulary, name: str) -> None:
        self.table, self.notice, self.name = table, notice, name
        self.terms = terms_of(notice.kind, words)
        self.forms = _forms(self.terms, words)
        self.now = {row.key: row for row in rows_of(notice, words)}
        self.titles: dict[str, list[Item]] = {}
        for item in notice.items:
            self.titles.setdefault(_plain(item.facts.title), []).append(item)
        self.merged = Merged()

    def merge(self) -> Merged:
        """Return what it changes, and everything that is wrong with it."""
        sheet, seen = self.table.sheet, dict[str, int]()
        for area in sheet.merged[:ENOUGH]:
            covered = [at for at in self.table.places.values() if area.left <= at <= area.right]
            if covered and area.bottom >= self.table.head:
                place = self._place(area.top, area.left)
                message = (
                    f"合并了单元格（{area.address}），不知道是哪一行的：取消合并，每行各填各的"
                )
                self.merged.problems.append(Problem(place, "ledger-merged", message))
        for row, cells in sheet.rows().items():
            if len(self.merged.problems) >= ENOUGH:
                break
            own = {role: cells[at] for role, at in self.table.places.items() if at in cells}
            if row > self.table.head and any(str(cell.value).strip() for cell in own.values()):
                self._row(row, own, seen)
        return self.merged

    def _place(self, row: int, column: int) -> Place:
        return Place(self.name, row, column, f"{letters(column)}{row}")

    def _refuse(self, place: Place, rule: str, message: str) -> None:
        self.merged.problems.append(Problem(place, rule, message))

    def _row(
        self, row: int, cells: Mapping[model.LedgerRole, BookCell], seen: dict[str, int]
    ) -> None:
        places = {role: self._place(row, at) for role, at in self.table.places.items()}
        try:
            item = self._item(cells)
        except WrongCell as wrong:
            role: model.LedgerRole = "title" if "title" in places else "number"
            if wrong.key == "number" or "title" not in places:
                role = "number"
            self._refuse(places[role], wrong.rule, wrong.message)
            return
        if item.id in seen:
            message = (
                f"“{item.id}”有两行，第 {seen[item.id]} 行已有：一个问题写一行；"
                "一条措施一行的，用 notices ledger 导出的那一种台账填"
            )
            self._refuse(next(iter(places.values())), "ledger-row", message)
            return
        seen[item.id] = row
        self._facts(item, cells, places)

    def _item(self, cells: Mapping[model.LedgerRole, BookCell]) -> Item:
        """Return the item that a row is about: by its title, which decides, or by its number."""
        number, title = (self._words(cells.get(role), role) for role in ("number", "title"))
        if title:
            found = self.titles.get(title, [])
            if len(found) == 1:
                return found[0]
            if not found:
                message = f"没有题目是“{shown(title)}”的{meant(title, self.titles)}"
                raise WrongCell("ledger-row", message)
        items = self.notice.items
        by_id = {str(item.id): item for item in items}
        if number in by_id:
            return by_id[number]
        if number.isdecimal() and 0 < int(number[:6]) <= len(items) and not title:
            return items[int(number) - 1]
        if title:
            message = (
                f"题目“{shown(title)}”不止一条：编号写成 {'、'.join(i.id for i in found)} 之一"
            )
            raise WrongCell("ledger-row", message, "number")
        said = f"没有编号是“{shown(number)}”的" if number else "这一行没有编号，也没有题目"
        raise WrongCell("ledger-row", said + meant(number, by_id), "number")

    def _words(self, cell: BookCell | None, role: str) -> str:
        """Return the words of a cell that says what a row is about."""
        if cell is None:
            return ""
        try:
            refuse_unclear(cell)
        except WrongCell as wrong:
            raise WrongCell(wrong.rule, wrong.message, role) from wrong
        if cell.sort == "day":
            message = "表格软件把编号改成了日期：格式改成文本，重新填"
            raise WrongCell("ledger-id-date", message, role)
        if cell.sort == "number":
            return f"{float(str(cell.value)):g}"
        return _plain(str(cell.value))

    def _facts(
        self,
        item: Item,
        cells: Mapping[model.LedgerRole, BookCell],
        places: Mapping[model.LedgerRole, Place],
    ) -> None:
        """Take what the cells of a row say of ``item``."""
        key = RowKey(ITEMS.title, self.notice.id, item.id, 0)
        told: dict[str, LedgerValue] = {}
        where: dict[str, Place] = {}
        for role, place in places.items():
            if role in KEYS:
                column = _COLUMNS[KEYS[role]]
                where[column.key] = place
                self.merged.places[self.notice.id, item.id, key.path(column.key)] = place
                try:
                    told[column.key] = self._value(cells.get(role), column)
                except WrongCell as wrong:
                    self._refuse(place, wrong.rule, wrong.message)
                    self.merged.faulty.add((self.notice.id, item.id))
        self._edits(self.now[key], {name: each for name, each in told.items() if each}, where)

    def _value(self, cell: BookCell | None, column: FactColumn) -> LedgerValue:
        if column.form == "status" and cell and cell.sort == "text":
            text = "".join(_plain(str(cell.value)).split())
            if label := self.forms.get(text):
                return label
        return read_cell(cell, column, self.terms)

    def _edits(
        self, now: FactRow, told: Mapping[str, LedgerValue], places: Mapping[str, Place]
    ) -> None:
        whole = {**now.values, **told}
        for name, value in told.items():
            column, was = _COLUMNS[name], now.values.get(name)
            if plain(was) == plain(value):
                continue
            new = fact_of(column, value, self.terms)
            for splice in splices_of(column, now.key.path(name), was, new):
                edit = Edit(now.key.notice, now.key.item, splice, places[name])
                self.merged.edits.append(edit)
            for other in ITEMS.columns:
                # With another document, the day of the one before would be false.
                missing = told.get(other.key) is None and is_needed(other, now.key, whole)
                if missing and other.names[:-1] == column.names[:-1]:
                    message = f"填了这一格，还要有“{other.head}”：在 ledger 里加上那一列，填上"
                    self._refuse(places.get(other.key, places[name]), "missing-key", message)
                    self.merged.faulty.add((now.key.notice, now.key.item))


def _forms(terms: Terms, words: model.Vocabulary) -> dict[str, str]:
    """Return the label of each status by the words by which texts print it."""
    known = {each: each for each in terms.statuses}
    for status in words.statuses:
        if status.label in terms.statuses:
            known.update(dict.fromkeys(status.forms, status.label))
    return known


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
