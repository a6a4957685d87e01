"""The words of a section as they changed: each cell of a row by itself, all else as one text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...text.narrative import Line, Section
from ...text.table import head_names

_TEXT = "正文"


class Passages(NamedTuple):
    """The lines of a section, or of what stands before all, and the names of the columns."""

    lines: Sequence[Line]
    columns: Sequence[str] = ()

    @classmethod
    def of(cls, section: Section) -> Passages:
        """Return those of ``section``: a row is the only line of its own."""
        if section.row:
            return cls([section.row], [cell.name for cell in section.cells])
        heading = [section.heading] if section.heading.text else []
        return cls([*heading, *section.paragraphs])

    @property
    def rows(self) -> list[Line]:
        return [line for line in self.lines if line.cells]

    def text(self, *, rows: bool) -> str:
        """Return its lines as one text, with a bar between the cells of rows if these belong."""
        return "\n".join(" | ".join(each.words) for each in self.lines if rows or not each.cells)


NOTHING = Passages([])


def changed(old: Passages, new: Passages) -> Iterator[tuple[str, str, str]]:
    """Yield what differs: how it is called, and its words before and after.

    Cells are told by themselves where there are as many rows as before, of as many cells.
    """
    alike = [len(row.cells) for row in old.rows] == [len(row.cells) for row in new.rows]
    if alike:
        for names, one, other in zip(_names(new), old.rows, new.rows, strict=True):
            cells = zip(names, one.cells, other.cells, strict=True)
            yield from (each for each in cells if each[1] != each[2])
    before, after = old.text(rows=not alike), new.text(rows=not alike)
    if before != after:
        yield _TEXT, before, after


def _names(passages: Passages) -> Iterator[list[str]]:
    """Yield what the cells of each row are called."""
    heads: list[tuple[str, ...]] = []
    for number, row in enumerate(passages.rows, 1):
        columns: Sequence[str] = passages.columns or head_names(heads)
        place = "" if passages.columns else f"第{number - len(heads)}行"
        if row.is_head:
            heads.append(row.cells)
            place, columns = f"表头第{len(heads)}行", ()
        yield [f"{place}{_column(columns, at)}" for at in range(len(row.cells))]


def _column(names: Sequence[str], at: int) -> str:
    """Return what a cell is called: by its column, where that has a name of its own."""
    name = names[at] if at < len(names) else ""
    is_own = name and Counter(names)[name] == 1
    return f"“{name}”一格" if is_own else f"第{at + 1}格"
