"""The sections of a narrative, and the lines that stand in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ..problem import Place
from .outline import Id
from .titles import label

ANSWERS = ("measure", "evidence")
"""The columns whose cells answer an issue, by what they hold (``table.Role``)."""


class Line(NamedTuple):
    """A line of approved text and where it stands.

    A row of a table has cells, and its text is these with tabs between them; a head names them.
    """

    place: Place
    text: str
    cells: tuple[str, ...] = ()
    is_head: bool = False

    def at(self, offset: int) -> Place:
        """Return where the character of that offset stands."""
        return Place(self.place.path, self.place.line, self.place.column + offset)

    @property
    def words(self) -> tuple[str, ...]:
        """What a reader sees of it in one piece each: its cells but for blank ones, or its text."""
        return tuple(filter(None, self.cells)) or (self.text,)


class Cell(NamedTuple):
    """A cell of a row, with what its column is called and what it holds (``table.Role``)."""

    line: Line
    name: str
    role: str


@dataclass(frozen=True, eq=False)
class Section:
    """A heading with what stands under it, up to the next heading of its level or above.

    The heading may have no text. One that is run in stands in one line with the first paragraph;
    ``joint`` is the blank between them, and None otherwise. A ``row`` of a table is a section, too:
    one of its cells is the heading, and the others, but for blank ones and its number, paragraphs.
    """

    id: Id
    level: int
    heading: Line
    paragraphs: list[Line] = field(default_factory=list)
    children: list[Section] = field(default_factory=list)
    joint: str | None = None
    row: Line | None = None
    cells: tuple[Cell, ...] = ()

    @cached_property
    def depth(self) -> int:
        """How deep in the outline it is, from 1; 0 for a part, which is not numbered."""
        return self.id.depth

    @cached_property
    def is_group(self) -> bool:
        """Whether it is numbered and has numbered sections below it."""
        below = (each for child in self.children for each in child.walk())
        return bool(self.depth) and any(each.depth for each in below)

    @property
    def is_item(self) -> bool:
        """Whether it is numbered and has no numbered sections below it."""
        return bool(self.depth) and not self.is_group

    @cached_property
    def label(self) -> str:
        """What it is called: the issue that its heading quotes, or the heading."""
        is_plain = self.row or not self.depth
        return self.heading.text if is_plain else label(self.heading.text)

    @property
    def answer(self) -> list[Line]:
        """Its paragraphs but for those that only say who answers for it, and until when."""
        if not self.row:
            return self.paragraphs
        return [
            cell.line
            for cell in self.cells
            if cell.role in ANSWERS and cell.line.text and cell.line is not self.heading
        ]

    @property
    def lines(self) -> list[Line]:
        """Its own lines as the approved text has them: what is run in is no line by itself."""
        if self.row:
            return [self.row]
        if self.joint is not None:
            first, *rest = self.paragraphs
            text = self.heading.text + self.joint + first.text
            return [Line(self.heading.place, text), *rest]
        return [self.heading, *self.paragraphs] if self.heading.text else self.paragraphs

    @property
    def pieces(self) -> list[Line]:
        """The same in the order of the text, heading, paragraphs and cells each by itself."""
        if self.row:
            return [cell.line for cell in self.cells if cell.line.text]
        return [self.heading, *self.paragraphs] if self.heading.text else self.paragraphs

    @property
    def text(self) -> str:
        """All paragraphs directly under the heading, joined by line breaks."""
        return "\n".join(line.text for line in self.paragraphs)

    def walk(self) -> Iterator[Section]:
        """Yield this section and all under it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()
