"""A ledger as an office has it: its own columns, which the kind of the notice says what they hold.

It does not say what it was before. What it says of an item takes the place of what is known; where
it says nothing, all stays as it is. An item has one row, or one for each of its measures.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from ...catalogue.notices import Item, Notice
from ...facts import model
from ...problem import Place, Problem, meant, shown
from .book import BookCell, letters
from .cells import Terms, WrongCell, fact_of, read_cell, refuse_unclear, terms_of
from .changing import is_needed, splices_of
from .columns import ITEMS, FactColumn, FactRow, LedgerValue, RowKey, plain, rows_of
from .filled import ENOUGH
from .merging import Edit, Merged
from .own_table import OwnRow, OwnTable, plain_words
from .own_updates import ROLES, OwnUpdates

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


class OwnLedger:
    """What the table of an office says of the items of ``notice``."""

    def __init__(self, table: OwnTable, notice: Notice, words: model.Vocabulary, name: str) -> None:
        self.table, self.notice, self.name = table, notice, name
        self.terms = terms_of(notice.kind, words)
        self.forms = _forms(self.terms, words)
        self.now = {row.key: row for row in rows_of(notice, words)}
        self.titles: dict[str, list[Item]] = {}
        for item in notice.items:
            self.titles.setdefault(plain_words(item.facts.title), []).append(item)
        self.merged = Merged()
        self.updates = OwnUpdates(notice.id, self.now, self.terms)

    def merge(self) -> Merged:
        """Return what it changes, and everything that is wrong with it."""
        for area in self.table.unclear():
            message = f"合并了单元格（{area.address}），不知道是哪一行的：取消合并，每行各填各的"
            self._refuse(self._place(area.top, area.left), "ledger-merged", message)
        groups: dict[str, tuple[Item, list[OwnRow]]] = {}
        for row in self.table.rows():
            if len(self.merged.problems) >= ENOUGH:
                return self.merged
            try:
                item = self._item(row.cells)
            except WrongCell as wrong:
                role: model.LedgerRole = "title" if wrong.key == "title" else "number"
                at = self.table.places.get(role) or min(self.table.places.values())
                self._refuse(self._place(row.number, at), wrong.rule, wrong.message)
            else:
                groups.setdefault(item.id, (item, []))[1].append(row)
        for item, rows in groups.values():
            self._group(item, [row for row in rows if self._is_about_facts(row, rows)])
            for row in rows:
                self._update(item, row)
        for about, splice, place in self.updates.edits():
            self.merged.edits.append(Edit(self.notice.id, about, splice, place))
        for key, places in self.updates.places():
            for name, place in places.items():
                self.merged.places.setdefault((key.notice, key.item, key.path(name)), place)
        return self.merged

    def _is_about_facts(self, row: OwnRow, rows: Sequence[OwnRow]) -> bool:
        """Tell whether a row says more than which item it is, and what is new of that."""
        others = {*KEYS, "measure"} & {*row.cells}
        return len(rows) == 1 or bool(others) or not {*ROLES} & {*row.cells}

    def _update(self, item: Item, row: OwnRow) -> None:
        places = {
            ROLES[role]: self._place(row.number, at)
            for role, at in self.table.places.items()
            if role in ROLES
        }
        here = next(iter(places.values()), self._place(row.number, 1))
        for place, wrong in self.updates.add(item.id, row.cells, {**places, "": here}):
            self._refuse(place, wrong.rule, wrong.message, item.id)

    def _place(self, row: int, column: int) -> Place:
        return Place(self.name, row, column, f"{letters(column)}{row}")

    def _refuse(self, place: Place, rule: str, message: str, item: str = "") -> None:
        self.merged.problems.append(Problem(place, rule, message))
        self.merged.faulty.add((self.notice.id, item))

    def _group(self, item: Item, rows: Sequence[OwnRow]) -> None:
        """Take the rows about ``item``: one of its own, or one for each of its measures."""
        told: dict[int, dict[str, tuple[LedgerValue, Place]]] = {0: {}}
        seen: set[int] = set()
        for row in rows:
            number = _measure(item, row.cells.get("measure"))
            if len(rows) > 1 and (not number or number in seen):
                message = (
                    f"“{item.id}”有 {len(rows)} 行，这一行是哪一条措施的，看不出来：一条措施一行，"
                    "措施的文字与批准的文本一样；或者一个问题只写一行"
                )
                at = self.table.places.get("measure") or min(self.table.places.values())
                self._refuse(self._place(row.number, at), "ledger-row", message, item.id)
                continue
            seen.add(number)
            self._values(item, row, told, number if len(item.measures) > 1 else 0)
        for number, values in told.items():
            key = RowKey(ITEMS.title, self.notice.id, item.id, number)
            self._edits(self.now[key], values)

    def _values(
        self,
        item: Item,
        row: OwnRow,
        told: dict[int, dict[str, tuple[LedgerValue, Place]]],
        measure: int,
    ) -> None:
        """Add to ``told`` what the cells of a row say of the item, or of that measure."""
        told.setdefault(measure, {})
        for role, at in self.table.places.items():
            if role not in KEYS:
                continue
            column, place = _COLUMNS[KEYS[role]], self._place(row.number, at)
            number = measure if column.of_measures else 0
            key = RowKey(ITEMS.title, self.notice.id, item.id, number)
            self.merged.places.setdefault((self.notice.id, item.id, key.path(column.key)), place)
            try:
                value = self._value(row.cells.get(role), column)
            except WrongCell as wrong:
                self._refuse(place, wrong.rule, wrong.message, item.id)
                continue
            before = told[number].get(column.key)
            if value is not None and before and plain(before[0]) != plain(value):
                message = f"与 {before[1].cell} 填的不一样：这是整个问题的，只能有一个"
                self._refuse(place, "ledger-conflict", message, item.id)
            elif value is not None and not before:
                told[number][column.key] = value, place

    def _item(self, cells: Mapping[model.LedgerRole, BookCell]) -> Item:
        """Return the item that a row is about: by its title, which decides, or by its number."""
        number, title = (self._words(cells.get(role), role) for role in ("number", "title"))
        if title:
            found = self.titles.get(title, [])
            if len(found) == 1:
                return found[0]
            if not found:
                message = f"没有题目是“{shown(title)}”的{meant(title, self.titles)}"
                raise WrongCell("ledger-row", message, "title")
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
        return plain_words(str(cell.value))

    def _value(self, cell: BookCell | None, column: FactColumn) -> LedgerValue:
        if column.form == "status" and cell and cell.sort == "text":
            text = "".join(plain_words(str(cell.value)).split())
            if label := self.forms.get(text):
                return label
        return read_cell(cell, column, self.terms)

    def _edits(self, now: FactRow, told: Mapping[str, tuple[LedgerValue, Place]]) -> None:
        whole = {**now.values, **{name: value for name, (value, _) in told.items()}}
        for name, (value, place) in told.items():
            column, was = _COLUMNS[name], now.values.get(name)
            if plain(was) == plain(value):
                continue
            new = fact_of(column, value, self.terms)
            for splice in splices_of(column, now.key.path(name), was, new):
                self.merged.edits.append(Edit(now.key.notice, now.key.item, splice, place))
            for other in ITEMS.columns:
                # With another document, the day of the one before would be false.
                missing = other.key not in told and is_needed(other, now.key, whole)
                if missing and other.names[:-1] == column.names[:-1]:
                    at = (now.key.notice, now.key.item, now.key.path(other.key))
                    message = f"填了这一格，还要有“{other.head}”：在 ledger 里加上那一列，填上"
                    where = self.merged.places.get(at, place)
                    self._refuse(where, "missing-key", message, now.key.item)


def _measure(item: Item, cell: BookCell | None) -> int:
    """Return the number of the measure of ``item`` whose words stand in ``cell``, or 0."""
    words = _bare(str(cell.value)) if cell and cell.sort == "text" else ""
    for measure in item.measures:
        text = "".join(measure.texts)
        if words and words in (_bare(text), _bare(text.removeprefix(measure.ordinal))):
            return measure.number
    return 0


def _bare(text: str) -> str:
    """Return ``text`` without blanks, and without what it ends with."""
    return "".join(unicodedata.normalize("NFKC", text).split()).strip(".。;；,，")


def _forms(terms: Terms, words: model.Vocabulary) -> dict[str, str]:
    """Return the label of each status by the words by which texts print it."""
    known = {each: each for each in terms.statuses}
    for status in words.statuses:
        if status.label in terms.statuses:
            known.update(dict.fromkeys(status.forms, status.label))
    return known
