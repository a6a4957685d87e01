"""Updates in a ledger as an office has it: what is new of an item, with its day and its source.

One that its file has already, of that day and in those words, is not written again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...facts import model
from ...facts.splice import Splice
from ...problem import Place
from .book import BookCell
from .cells import Terms, WrongCell, read_cell
from .changing import splices_of
from .columns import UPDATES, FactRow, LedgerValue, RowKey, plain
from .entries import Entries, NewEntry, Places

ROLES: Mapping[model.LedgerRole, str] = {
    "update": "text",
    "update_date": "date",
    "update_source": "source",
    "update_status": "status",
}
"""The fact of an update that each role is."""
_COLUMNS = {column.key: column for column in UPDATES.columns}
_NEEDED: Mapping[str, model.LedgerRole] = {
    "text": "update",
    "date": "update_date",
    "source": "update_source",
}


class OwnUpdates:
    """The updates that the rows of an office's ledger tell, against those that there are."""

    def __init__(self, notice: str, now: Mapping[RowKey, FactRow], terms: Terms) -> None:
        self._notice, self._terms = notice, terms
        self._entries = Entries({}, now)
        self._known: dict[tuple[str, str, str], FactRow] = {}
        for key, row in now.items():
            if key.table == UPDATES.title:
                self._known[self._name(key.item, row.values)] = row
        self._changed: list[tuple[str, Splice, Place]] = []

    def add(
        self, item: str, cells: Mapping[model.LedgerRole, BookCell], places: Mapping[str, Place]
    ) -> Iterator[tuple[Place, WrongCell]]:
        """Take what a row says is new of ``item``; yield what is wrong with it, and where.

        ``places`` are those of its cells by the facts of an update, with "" for the row.
        """
        values: dict[str, LedgerValue] = {}
        is_sound = True
        for role, name in ROLES.items():
            try:
                values[name] = read_cell(cells.get(role), _COLUMNS[name], self._terms)
            except WrongCell as wrong:
                is_sound = False
                yield places.get(name, places[""]), wrong
        if not is_sound or not any(value is not None for value in values.values()):
            return
        lost = [name for name in _NEEDED if values[name] is None]
        for name in lost:
            message = f"填了进展的一格，还要有“{_COLUMNS[name].head}”"
            if name not in places:
                message += f"：在 ledger 里写明哪一列是 {_NEEDED[name]}，填上"
            yield places.get(name, places[""]), WrongCell("missing-key", message)
        if not lost:
            self._take(item, values, {key: each for key, each in places.items() if key})

    def _take(self, item: str, values: Mapping[str, LedgerValue], places: Places) -> None:
        name = self._name(item, values)
        if name not in self._known:
            key = RowKey(UPDATES.title, self._notice, item, 0)
            self._known[name] = FactRow(key, {**values})
            self._entries.add(key, NewEntry(values, places))
            return
        known = self._known[name]
        for fact in ("source", "status"):
            before, value = known.values.get(fact), values[fact]
            if known.key.number and value is not None and plain(before) != plain(value):
                column = _COLUMNS[fact]
                new = self._terms.statuses[str(value)] if fact == "status" else value
                for splice in splices_of(column, known.key.path(fact), before, new):
                    self._changed.append((item, splice, places[fact]))

    def edits(self) -> Iterator[tuple[str, Splice, Place]]:
        """Yield what changes of which item, and the cell that changes it."""
        yield from self._changed
        for (_, _, item), splice, place in self._entries.splices({self._notice: self._terms}):
            yield item, splice, place

    def places(self) -> Iterator[tuple[RowKey, Places]]:
        """Yield where the facts stand of each update that there will be."""
        for (table, notice, item), number, places in self._entries.places():
            yield RowKey(table, notice, item, number + 1), places

    def _name(self, item: str, values: Mapping[str, LedgerValue]) -> tuple[str, str, str]:
        return item, plain(values.get("date")), plain(values.get("text"))
