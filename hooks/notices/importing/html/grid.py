"""Tables of a page, row by row; those that only hold the page together are none."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from .tree import attribute

_LONGEST_CELL = 2_000  # characters; a table of words has more than one that is as long


class HtmlGrid:
    """A table as it is read: the cells of its row; one that only holds a page together is none."""

    def __init__(self, table: LexborNode) -> None:
        self._is_read = _is_read(table)
        self._width = max((_width(row) for row in table.css("tr")), default=0)
        self._cells: list[list[str]] = []
        self._spans: dict[int, int] = {}
        self._is_row = False

    def begin(self, node: LexborNode) -> None:
        if not self._is_read:
            return
        if node.tag == "tr":
            self._cells, self._is_row, self._count = [], True, 0
        elif node.tag in ("td", "th") and self._is_row:
            self._skip()
            self._count += 1
            wide, high = _span(node, "colspan"), _span(node, "rowspan")
            at, self._wide = len(self._cells), wide
            for column in range(at, at + wide):
                self._spans[column] = high - 1
            self._cells += [[] for _ in range(wide)]
            self._at = at

    _at = _count = _wide = 0
    has_rows = False
    """Whether there was a row of more than one cell."""

    @property
    def is_across(self) -> bool:
        """Whether the row that ends is one cell across the table."""
        return self._is_row and self._count == 1 and self._wide == self._width > 1

    def takes(self, text: str) -> bool:
        """Take in a line if it stands in a cell; tell whether it does."""
        if not (self._is_read and self._is_row and self._cells):
            return False
        self._cells[self._at].append(text)
        return True

    def row(self) -> tuple[str, ...]:
        """Return the cells of the row that ends, if any has words."""
        if not (self._is_read and self._is_row):
            return ()
        self.has_rows |= self._count > 1
        self._skip()
        self._is_row = False
        cells = tuple("".join(parts) for parts in self._cells)
        return cells if any(cells) else ()

    def _skip(self) -> None:
        """Leave blank the cells that one above goes on into."""
        while self._spans.get(len(self._cells), 0) > 0:
            self._spans[len(self._cells)] -= 1
            self._cells.append([])


def _is_read(table: LexborNode) -> bool:
    """Tell whether a table is one to its readers, and does not only hold a page together."""
    rows = [row.css("td, th") for row in table.css("tr")]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    if any(each.mem_id != table.mem_id for each in table.css("table")):
        return False
    longest = max(len(cell.text(deep=True)) for cells in rows for cell in cells)
    return longest < _LONGEST_CELL or longest * 2 < len(table.text(deep=True))


def _width(row: LexborNode) -> int:
    """Return how many columns the cells of a row span."""
    return sum(_span(cell, "colspan") for cell in row.css("td, th"))


def _span(node: LexborNode, name: str) -> int:
    given = attribute(node, name)
    return min(max(int(given), 1), 100) if given.isdecimal() and len(given) < 6 else 1
