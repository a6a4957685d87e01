"""The table of an office: found by what its kind of notice calls the columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ...facts import model
from ...problem import Faulty, Place, Problem
from .book import Area, BookCell, BookSheet
from .filled import ENOUGH
from .parts import unreadable

_HIGHEST = 20  # rows above the head
_LEAST = 2  # columns that must be there to be a head
_WHICH: Sequence[model.LedgerRole] = ("number", "title")
_OF_MEASURES: Sequence[model.LedgerRole] = (
    "measure", "status", "quote", "document", "document_date",
)  # fmt: skip


class OwnRow(NamedTuple):
    """A row of the table: its number, and the cell of each role that has one."""

    number: int
    cells: Mapping[model.LedgerRole, BookCell]


class OwnTable(NamedTuple):
    """The table of an office: its sheet, the row of its head, and the column of each role."""

    sheet: BookSheet
    head: int
    places: Mapping[model.LedgerRole, int]
    unread: Sequence[str]
    """What the columns are called of which nobody says what they hold."""
    twice: Sequence[str]
    """Those that hold what another one holds already."""

    def rows(self) -> Iterator[OwnRow]:
        """Yield the rows below the head; one title that was merged is that of all its rows."""
        found = {row: cells for row, cells in self.sheet.rows().items() if row > self.head}
        carried: dict[tuple[int, int], BookCell] = {}
        which = [self.places[role] for role in _WHICH if role in self.places]
        for area in self._areas():
            if area.left in which and (top := found.get(area.top, {}).get(area.left)):
                rows = (row for row in found if area.top < row <= area.bottom)
                carried.update({(row, area.left): top for row in rows})
        for row, cells in found.items():
            own = {role: cells[at] for role, at in self.places.items() if at in cells}
            if any(str(cell.value).strip() for cell in own.values()):
                others = {
                    role: carried[row, at]
                    for role, at in self.places.items()
                    if (row, at) in carried
                }
                yield OwnRow(row, {**own, **others})

    def unclear(self) -> Iterator[Area]:
        """Yield what is merged so that nobody can tell of which row it is."""
        of_measures = [self.places[role] for role in _OF_MEASURES if role in self.places]
        for area in self._areas():
            covered = [at for at in self.places.values() if area.left <= at <= area.right]
            if len(covered) > 1 or any(at in of_measures for at in covered):
                yield area

    def _areas(self) -> Iterator[Area]:
        for area in self.sheet.merged[:ENOUGH]:
            if area.bottom > self.head:
                yield area


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
    known = {plain_words(head): role for head, role in kind.ledger.items()}
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
        heads = {column: plain_words(str(cell.value)) for column, cell in cells.items()}
        places: dict[model.LedgerRole, int] = {}
        twice = []
        for column, head in heads.items():
            if head in known and places.setdefault(known[head], column) != column:
                twice.append(head)
        if len(places) >= _LEAST and {"number", "title"} & {*places}:
            unread = [head for head in heads.values() if head and head not in known]
            yield OwnTable(sheet, row, places, unread, twice)
            return


def plain_words(text: str) -> str:
    """Return ``text`` as it is compared: its characters as wide as usual, no blanks around it."""
    return unicodedata.normalize("NFKC", text).strip()
