"""One reading of a document, line by line, with its automatic numbers.

A tab of a paragraph is layout, and a blank in the text; a tab divides cells alone. What stands in
one cell below each other becomes one line, as a row of an approved text is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..source import ACROSS, Line
from .kinds import Marks, Reading, is_shown
from .model import Block, Doubt, Numbered, WordParagraph, WordRow, WordTable
from .numbering import Counter, Label, Numbering, divided

_TABS = re.compile(r" *\t[\t ]*")
_CLOSING = tuple("。；：，、！？;:,!?")
_HIDES = "hidden"


class Printed(NamedTuple):
    """A line as it is printed; an annotation was written by an export, and is no text."""

    line: Line
    is_annotation: bool = False


class Noticed(NamedTuple):
    """Something that only counting shows to be in doubt, and where."""

    place: str
    doubt: Doubt


class Printer:
    """Prints one reading; ``labels`` has the number of each paragraph, "" where it has none."""

    def __init__(self, numbering: Numbering, reading: Reading) -> None:
        self._counter = Counter(numbering)
        self._reading = reading
        self._room = "text"
        self.labels: dict[int, str] = {}
        self.told: list[Noticed] = []

    def lines(self, blocks: Iterable[Block]) -> Iterator[Printed]:
        """Yield the lines of ``blocks``."""
        together: list[WordParagraph] = []
        for block in blocks:
            if isinstance(block, WordParagraph):
                together.append(block)
                if not self._ends(block):
                    continue
            yield from self._paragraphs(together)
            together = []
            if isinstance(block, WordTable):
                yield from self._table(block)
        yield from self._paragraphs(together)

    def _is_shown(self, marks: Marks) -> bool:
        return is_shown(marks, self._reading)

    def _ends(self, paragraph: WordParagraph) -> bool:
        return self._is_shown(paragraph.end) and not paragraph.goes_on

    def _paragraphs(self, together: Sequence[WordParagraph]) -> Iterator[Printed]:
        """Yield what stands in one line: a paragraph, and those before it that do not end."""
        text = numbered = ""
        for group in self._made_one(together):
            own = "".join(map(self.text, group))
            label, words = self._label(group, own)
            numbered = numbered or ("" if text.strip() else words)
            text += words + divided(label, own.lstrip()) + (own.lstrip() if words else own)
        if text.strip():
            yield from self._split(together, text, numbered)
        boxes = [box for paragraph in together for box in paragraph.boxes]
        if boxes:
            outside, self._room = self._room, "box"
            yield from self.lines(boxes)
            self._room = outside

    def _made_one(self, together: Sequence[WordParagraph]) -> Iterator[list[WordParagraph]]:
        """Yield the paragraphs of a line; those of which a change takes the ends become one."""
        group: list[WordParagraph] = []
        for paragraph in together:
            group.append(paragraph)
            if paragraph is together[-1] or self._is_shown(_changes(paragraph.end)):
                yield group
                group = []

    def _split(
        self, together: Sequence[WordParagraph], text: str, numbered: str
    ) -> Iterator[Printed]:
        told = [each for each in together if self.text(each).strip()] or together[-1:]
        pieces = [piece for each in told for piece in each.pieces if self._is_shown(piece.marks)]
        is_bold = all(piece.is_bold for piece in pieces if piece.text.strip())
        is_bold = told[0].is_centred or (is_bold and any(piece.text.strip() for piece in pieces))
        is_annotation = all(each.is_annotation for each in told)
        numbered = numbered.strip()
        for line in filter(None, map(tidy, text.split("\n"))):
            printed = numbered if line.startswith(numbered) else ""
            yield Printed(
                Line(line, told[0].place, (), told[0].level, is_bold, printed), is_annotation
            )
            numbered = ""

    def text(self, paragraph: WordParagraph) -> str:
        """Return the text of a paragraph without its number."""
        return "".join(piece.text for piece in paragraph.pieces if self._is_shown(piece.marks))

    def _label(self, group: Sequence[WordParagraph], text: str) -> tuple[Label, str]:
        """Return the number of what has become one paragraph, and what of it is printed.

        It is the last one's, whose end is left; that of others may be kept by some programs.
        """
        last, nothing = group[-1], Label("", "", "")
        number = self._number(last)
        for each in group[:-1]:
            if self.text(each).strip() and _list_of(self._number(each)) != _list_of(number):
                self.told.append(Noticed(each.place, Doubt("joined", tidy(self.text(each)))))
        if not (self._ends(last) or text.strip()):
            return nothing, ""
        self.labels[id(last)] = ""
        if number is None:
            return nothing, ""
        label = self._counter.next(number.list_id, number.level, self._room)
        if label.text is None:
            self.told.append(Noticed(last.place, Doubt("number", label.form, number.marks)))
        words = (label.text or "") if self._is_shown(number.marks) else ""
        self.labels[id(last)] = words
        return label._replace(text=words), words

    def _number(self, paragraph: WordParagraph) -> Numbered | None:
        is_new = self._reading.get("changes", "accept") == "accept"
        number = paragraph.number if is_new else paragraph.number_before
        return number if number and self._is_shown(_changes(number.marks)) else None

    def _table(self, table: WordTable) -> Iterator[Printed]:
        rows = [(row, self._cells(row)) for row in table.rows if self._is_shown(row.marks)]
        columns = sorted({at for _, cells in rows for at in cells})
        width = max((_width(row) for row, _ in rows), default=0)
        is_below = False
        for row, cells in rows:
            lines = {at: [*self.lines(blocks)] for at, blocks in cells.items()}
            if len(columns) > 1 and len(cells) == 1 and _width(row) == width and not row.before:
                # One cell across the table names what stands below it.
                for told in lines[0]:
                    level = ACROSS if is_below and not told.line.cells else told.line.level
                    yield told._replace(line=told.line._replace(level=level))
            elif len(columns) > 1:
                is_below = True
                yield from _row(row.place, [lines.get(at, []) for at in columns])
            else:
                for each in lines.values():
                    yield from each

    def _cells(self, row: WordRow) -> dict[int, tuple[Block, ...]]:
        """Return what stands in the cells of a row by the column in which each begins."""
        cells, at = {}, row.before
        for cell in row.cells:
            if self._is_shown(cell.marks):
                cells[at] = cell.blocks
                at += cell.span
        return cells


def _width(row: WordRow) -> int:
    return row.before + sum(cell.span for cell in row.cells)


def tidy(text: str) -> str:
    """Return ``text`` without the blanks around it, and with a blank for each tab."""
    return _TABS.sub(" ", text.strip())


def _changes(marks: Marks) -> Marks:
    """Return those of ``marks`` that do more than hide."""
    return frozenset(mark for mark in marks if mark.kind != _HIDES)


def _list_of(number: Numbered | None) -> tuple[str, int] | None:
    return (number.list_id, number.level) if number else None


def _row(place: str, cells: list[list[Printed]]) -> Iterator[Printed]:
    texts = tuple(_one_line(each.line for each in lines) for lines in cells)
    if any(texts):
        told = [each for lines in cells for each in lines]
        is_bold = all(each.line.bold for each in told)
        is_annotation = all(each.is_annotation for each in told)
        yield Printed(Line("\t".join(texts), place, texts, bold=is_bold), is_annotation)


def _one_line(lines: Iterable[Line]) -> str:
    """Return what stands below each other in a cell as one line."""
    text = ""
    for line in lines:
        words = " ".join(filter(None, line.cells)) or line.text
        text += ("" if not text or text.endswith(_CLOSING) else " ") + words
    return text
