"""What a filled ledger changes: cell by cell against what it was, and what the files say now.

A cell that nobody touched changes nothing, whatever became of the item since. One that somebody
filled in with what the file says by now changes nothing either. Else, where the file is not what it
was, both are told, and somebody decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ...facts import model
from ...facts.source import KeyPath
from ...facts.splice import Splice
from ...problem import WARNING, Place, Problem, shown
from .cells import Terms, WrongCell, fact_of, read_cell, same
from .changing import is_needed, splices_of
from .columns import (
    ITEMS,
    FactColumn,
    FactRow,
    LedgerValue,
    RowKey,
    columns_of,
    plain,
)
from .entries import Entries, NewEntry, Places, says, table_of
from .filled import ENOUGH, Filled, FilledRow, said

_NOTHING = "（空）"


class Edit(NamedTuple):
    """A change of the file of an item, and the cell that makes it."""

    notice: str
    item: str
    splice: Splice
    place: Place


@dataclass
class Merged:
    """What a ledger changes, what is wrong with it, and which cell stands for which fact."""

    edits: list[Edit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    places: dict[tuple[str, str, KeyPath], Place] = field(default_factory=dict)
    """Cells by notice, item and the path of the fact in the file."""
    faulty: set[tuple[str, str]] = field(default_factory=set)
    """The items of which a cell is wrong: nothing can be said of what would come of them."""


class Now(NamedTuple):
    """What the files say now: the rows of a ledger that would be written, the words of each notice,
    and a digest of the file of each item.
    """

    rows: Mapping[RowKey, FactRow]
    terms: Mapping[str, Terms]
    digests: Mapping[tuple[str, str], str]


def merge(filled: Filled, now: Now) -> Merged:
    """Return what ``filled`` changes of what there is ``now``."""
    merger = _Merger(filled, now)
    for row in filled.rows:
        if len(merger.merged.problems) >= ENOUGH:
            break
        merger.at = row.key.notice, row.key.item
        if row.key.notice not in now.terms:
            merger.refuse(
                filled.place(row, ""), "ledger-row", f"现在没有“{row.key.notice}”这份通报了"
            )
        elif row.key in filled.record:
            merger.known(row)
        elif row.key.number:
            message = f"台账里原来没有{said(row.key)}：新加的，这一格不填"
            merger.refuse(filled.place(row, "#number"), "ledger-row", message)
        else:
            merger.new(row)
    merger.lists()
    merger.hint()
    return merger.merged


class _Merger:
    def __init__(self, filled: Filled, now: Now) -> None:
        self.filled, self.now = filled, now
        self.merged = Merged()
        self.at = ("", "")
        self.entries = Entries(filled.record, now.rows)

    def refuse(self, place: Place, rule: str, message: str) -> None:
        """Note what is wrong at ``place``."""
        self.merged.problems.append(Problem(place, rule, message))
        self.merged.faulty.add(self.at)

    # --- rows that there were ---

    def known(self, row: FilledRow) -> None:
        """Take the cells of a row that somebody has changed."""
        was = self.filled.record[row.key].values
        own = columns_of(row.key)
        places = {column.key: self.filled.place(row, column.key) for column in own}
        if table_of(row.key).list:
            current = self.entries.found.get(row.key)
            self.entries.note(row.key, places)
        else:
            current = self.now.rows.get(row.key)
            self._note(row.key, places)
        self._fixed(row, was, own)
        changed = {
            column: value
            for column in own
            if not same(row.cells.get(column.key), was.get(column.key, ""))
            for value in [self._value(row, column)]
            if not isinstance(value, WrongCell) and plain(value) != was.get(column.key, "")
        }
        is_gone = bool(table_of(row.key).list) and self._is_emptied(row)
        if not changed or (is_gone and current is None):
            return
        if current is None:
            message = f"现在没有{said(row.key)}了：重新导出一本，再填"
            self.refuse(self.filled.place(row, "#item"), "ledger-conflict", message)
        elif is_gone:
            self._take(row, was, current)
        else:
            self._change(row, was, current, changed)

    def _note(self, key: RowKey, places: Places) -> None:
        for name, place in places.items():
            self.merged.places[key.notice, key.item, key.path(name)] = place

    def _fixed(self, row: FilledRow, was: Mapping[str, str], own: Sequence[FactColumn]) -> None:
        """Tell of each cell that somebody has changed and nobody may."""
        keys = {column.key for column in own}
        for column in table_of(row.key).all:
            cell = row.cells.get(column.key)
            if column.key in keys or column.key in ("#notice", "#item", "#number"):
                continue
            words = "".join(str(cell.value).split()) if cell else ""
            recorded = "".join(was.get(column.key, "").split())
            if words == recorded:
                continue
            if column.form == "fixed":
                message = f"这一格不能改，原来是“{shown(was.get(column.key, '')) or _NOTHING}”"
            else:
                message = f"“{column.head}”是整个问题的，措施的行里不填：填在上面问题的那一行"
            self.refuse(self.filled.place(row, column.key), "ledger-fixed-cell", message)

    def _value(self, row: FilledRow, column: FactColumn) -> LedgerValue | WrongCell:
        terms = self.now.terms[row.key.notice]
        try:
            value = read_cell(row.cells.get(column.key), column, terms)
        except WrongCell as wrong:
            self.refuse(self.filled.place(row, column.key), wrong.rule, wrong.message)
            return wrong
        if value is None and column.key == "status" and row.key.table == ITEMS.title:
            labels = (label for label, each in terms.statuses.items() if each == model.UNSTATED)
            return next(labels, None)
        return value

    def _is_emptied(self, row: FilledRow) -> bool:
        return not any(
            str(row.cells[each.key].value).strip()
            for each in columns_of(row.key)
            if each.key in row.cells
        )

    def _change(
        self,
        row: FilledRow,
        was: Mapping[str, str],
        current: FactRow,
        changed: Mapping[FactColumn, LedgerValue],
    ) -> None:
        terms = self.now.terms[row.key.notice]
        # What comes goes first: then nothing is taken away that it can stand in.
        for column, value in sorted(changed.items(), key=lambda each: each[1] is None):
            theirs = current.values.get(column.key)
            if plain(theirs) == plain(value):
                continue
            if plain(theirs) != was.get(column.key, ""):
                self._conflict(row, column, value, theirs, was)
                continue
            path, place = current.key.path(column.key), self.filled.place(row, column.key)
            for splice in splices_of(column, path, theirs, fact_of(column, value, terms)):
                self.merged.edits.append(Edit(row.key.notice, row.key.item, splice, place))
        if _text_of(current) != was.get("#text", ""):
            message = "导出以后，这一条的文字改了，不知道填的还对不对：重新导出一本，再填"
            self.refuse(self.filled.place(row, "#text"), "ledger-conflict", message)
        whole = {**current.values, **{column.key: value for column, value in changed.items()}}
        self._demand(row, whole)

    def _conflict(
        self,
        row: FilledRow,
        column: FactColumn,
        mine: LedgerValue,
        theirs: LedgerValue,
        was: Mapping[str, str],
    ) -> None:
        before, now, filled_in = (
            shown(each, 40) or _NOTHING
            for each in (was.get(column.key, ""), plain(theirs), plain(mine))
        )
        message = (
            f"“{column.head}”两边都改了：导出时是“{before}”，现在文件里是“{now}”，"
            f"台账里填的是“{filled_in}”。核对以后，把这一格改成要用的，或者改回文件里的"
        )
        self.refuse(self.filled.place(row, column.key), "ledger-conflict", message)

    def _demand(self, row: FilledRow, values: Mapping[str, LedgerValue]) -> None:
        """Tell of each cell that may not be empty, because one beside it is not."""
        for column in columns_of(row.key):
            if values.get(column.key) is None and is_needed(column, row.key, values):
                message = f"“{column.head}”没有填：旁边的几格填了，这一格也要填"
                self.refuse(self.filled.place(row, column.key), "missing-key", message)

    # --- entries of lists that come and go ---

    def _take(self, row: FilledRow, was: Mapping[str, str], current: FactRow) -> None:
        if not says(current.values, was):
            message = f"{said(row.key)}在导出以后改了，台账里却清空了：核对以后，重新导出一本再填"
            self.refuse(self.filled.place(row, "#number"), "ledger-conflict", message)
        else:
            self.entries.take(current.key, self.filled.place(row, "#number"))

    def new(self, row: FilledRow) -> None:
        """Take a row that is new in a list, unless the file has it by now."""
        columns = columns_of(row.key)
        read = {column.key: self._value(row, column) for column in columns}
        values = {key: each for key, each in read.items() if not isinstance(each, WrongCell)}
        if len(values) == len(read):
            self._demand(row, values)
            places = {column.key: self.filled.place(row, column.key) for column in columns}
            self.entries.add(row.key, NewEntry(values, places))

    def lists(self) -> None:
        """Make edits of what comes into lists and goes out of them."""
        for (_, notice, item), splice, place in self.entries.splices(self.now.terms):
            self.merged.edits.append(Edit(notice, item, splice, place))
        for (table, notice, item), number, places in self.entries.places():
            self._note(RowKey(table, notice, item, number + 1), places)

    def hint(self) -> None:
        """Tell once of each item that is changed in the ledger and was in its file since."""
        recorded = {(key.notice, key.item): row.digest for key, row in self.filled.record.items()}
        first = {(edit.notice, edit.item): edit.place for edit in reversed(self.merged.edits)}
        for at, place in first.items():
            if at not in self.merged.faulty and recorded[at] != self.now.digests.get(at):
                message = f"“{at[1]}”的文件在导出以后也改过，与这里填的没有冲突：看清楚列出的变化"
                self.merged.problems.append(Problem(place, "ledger-since", message, WARNING))


def _text_of(row: FactRow) -> str:
    return plain(row.values.get("#text"))
