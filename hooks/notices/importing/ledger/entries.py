"""Entries of the lists of an item, its updates and figures: which of them come, and which go.

An entry has no id. What was recorded of one is found again by its words, wherever it stands by now.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ...facts.splice import Splice
from ...problem import Place
from .cells import Terms, fact_of
from .columns import ITEMS, TABLES, UPDATES, FactRow, LedgerTable, LedgerValue, RowKey, plain
from .record import Record

At = tuple[str, str, str]
"""A list: its table, and the notice and the item that it is of."""
Places = Mapping[str, Place]
"""Where the cells of a row are, by the keys of their columns."""


class NewEntry(NamedTuple):
    """An entry that is new: what stands in its cells, and where they are."""

    values: Mapping[str, LedgerValue]
    places: Places


def table_of(key: RowKey) -> LedgerTable:
    return next(each for each in TABLES if each.title == key.table)


def list_of(key: RowKey) -> At:
    return key.table, key.notice, key.item


class Entries:
    """The lists of all items: as they were recorded, as they are now, and what becomes of them."""

    def __init__(self, record: Record, now: Mapping[RowKey, FactRow]) -> None:
        self.found: dict[RowKey, FactRow] = {}
        """What each that was recorded is by now, as far as it is there."""
        self._free: dict[At, dict[RowKey, FactRow]] = {}
        self._gone: dict[At, dict[int, Place]] = {}
        self._come: dict[At, list[NewEntry]] = {}
        self._places: dict[RowKey, Places] = {}
        for key, row in now.items():
            if key.table != ITEMS.title:
                self._free.setdefault(list_of(key), {})[key] = row
        self._all = {at: [*rows.values()] for at, rows in self._free.items()}
        for key, was in record.items():
            self._find(key, [key], was.values)
        for key, was in record.items():
            self._find(key, [*self._free.get(list_of(key), ())], was.values)
        for key in record:
            self._find(key, [key], None)

    def _find(self, key: RowKey, others: Sequence[RowKey], was: Mapping[str, str] | None) -> None:
        """Let the first of ``others`` that is free, and says what ``was``, be what that is now."""
        free = self._free.get(list_of(key), {})
        for other in others:
            if key not in self.found and other in free and says(free[other].values, was):
                self.found[key] = free.pop(other)

    def note(self, key: RowKey, places: Places) -> None:
        """Note where the cells of an entry are."""
        self._places[key] = places

    def take(self, now: RowKey, place: Place) -> None:
        """Let an entry go that stands there now."""
        self._gone.setdefault(list_of(now), {})[now.number - 1] = place

    def add(self, key: RowKey, entry: NewEntry) -> None:
        """Let an entry come, unless it has come since the ledger was written."""
        wanted = {name: plain(value) for name, value in entry.values.items()}
        free = self._free.get(list_of(key), {})
        same = next((other for other, row in free.items() if says(row.values, wanted)), None)
        if same:
            del free[same]
        else:
            self._come.setdefault(list_of(key), []).append(entry)

    def splices(self, terms: Mapping[str, Terms]) -> Iterator[tuple[At, Splice, Place]]:
        """Yield what changes a list, the last entry that goes first, so that numbers hold."""
        for at in dict.fromkeys((*self._gone, *self._come)):
            table = next(each for each in TABLES if each.title == at[0])
            for number, place in sorted(self._gone.get(at, {}).items(), reverse=True):
                yield at, Splice((table.list, number), None), place
            days = [row.values.get("date") for row in self._staying(at)]
            for entry in self._come.get(at, ()):
                number = _position(table, days, entry)
                days.insert(number, entry.values.get("date"))
                value = _written(table, entry.values, terms[at[1]])
                place = next(iter(entry.places.values()))
                yield at, Splice((table.list, number), value, is_new=True), place

    def places(self) -> Iterator[tuple[At, int, Places]]:
        """Yield where the cells are of each entry that there will be, by its number from 0."""
        now = {row.key: self._places.get(key, {}) for key, row in self.found.items()}
        for at in dict.fromkeys((*self._all, *self._come)):
            table = next(each for each in TABLES if each.title == at[0])
            rows = self._staying(at)
            own = [now.get(row.key, {}) for row in rows]
            days = [row.values.get("date") for row in rows]
            for entry in self._come.get(at, ()):
                number = _position(table, days, entry)
                days.insert(number, entry.values.get("date"))
                own.insert(number, entry.places)
            yield from ((at, number, places) for number, places in enumerate(own))

    def _staying(self, at: At) -> list[FactRow]:
        gone = self._gone.get(at, {})
        return [row for row in self._all.get(at, ()) if row.key.number - 1 not in gone]


def says(values: Mapping[str, LedgerValue], was: Mapping[str, str] | None) -> bool:
    """Tell whether ``values`` are what they were; None stands for whatever they were."""
    return was is None or all(
        plain(value) == was.get(name, "")
        for name, value in values.items()
        if not name.startswith("#")
    )


def _position(table: LedgerTable, days: Sequence[LedgerValue], entry: NewEntry) -> int:
    """Return where what is new belongs: an update behind the last one that is not later."""
    day = entry.values.get("date")
    if table is not UPDATES or not isinstance(day, datetime.date):
        return len(days)
    earlier = [
        at for at, each in enumerate(days) if isinstance(each, datetime.date) and each <= day
    ]
    return earlier[-1] + 1 if earlier else 0


def _written(table: LedgerTable, values: Mapping[str, LedgerValue], terms: Terms) -> dict[str, Any]:
    """Return an entry as its file has it, with its keys as editors order them."""
    known = {column.key: column for column in table.columns}
    facts = {key: fact_of(known[key], values.get(key), terms) for key in table.facts.model_fields}
    return {key: value for key, value in facts.items() if value is not None}
