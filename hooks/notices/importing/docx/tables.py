"""Rows and cells: what their properties say of them."""

from __future__ import annotations

from lxml.etree import _Element as Element

from .kinds import DELETED, HIDDEN, INSERTED, NONE, Marks
from .names import child, is_on, number, value

_MOST_COLUMNS = 1000
FLAT = 40
"""Twips: nobody reads what has no more than that for a line."""


class Merges:
    """Which columns of a table a cell of a row above goes on through."""

    def __init__(self) -> None:
        self._open: set[int] = set()

    def cover(self, properties: Element | None, at: int, *, is_first: bool) -> Marks:
        """Take in the cell in column ``at``; return the mark of what another cell covers."""
        merge = child(properties, "vMerge")
        goes_on = merge is not None and value(merge) in ("", "continue")
        is_covered = goes_on and at in self._open
        if merge is None:
            self._open.discard(at)
        else:
            self._open.add(at)
        if is_beside(properties) and not is_first:
            is_covered = True
        return frozenset({HIDDEN}) if is_covered else NONE


def is_beside(properties: Element | None) -> bool:
    """Tell whether a cell is merged with the one before it."""
    merge = child(properties, "hMerge")
    return merge is not None and value(merge) in ("", "continue")


def span_of(properties: Element | None) -> int:
    """Return how many columns a cell spans."""
    return min(max(number(value(child(properties, "gridSpan")), 1), 1), _MOST_COLUMNS)


def row_start(properties: Element | None) -> int:
    """Return how many columns are left out before a row."""
    return min(max(number(value(child(properties, "gridBefore"))), 0), _MOST_COLUMNS)


def row_marks(properties: Element | None) -> Marks:
    """Return how a whole row is marked."""
    named = {"ins": INSERTED, "del": DELETED}
    marks = {mark for name, mark in named.items() if child(properties, name) is not None}
    height = child(properties, "trHeight")
    is_flat = value(height, "hRule") == "exact" and number(value(height), 99) <= FLAT
    is_hidden = is_flat or is_on(child(properties, "hidden"))
    return frozenset(marks | ({HIDDEN} if is_hidden else set()))


def cell_marks(properties: Element | None) -> Marks:
    """Return how a whole cell is marked."""
    named = {"cellIns": INSERTED, "cellDel": DELETED}
    return frozenset(mark for name, mark in named.items() if child(properties, name) is not None)
