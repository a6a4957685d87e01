"""What stands below each other: paragraphs, tables, and what holds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml.etree import _Element as Element

from . import alternates
from .faces import fill_of
from .fields import Fields
from .inline import Inline
from .kinds import BOX, CHANGES, NONE, Marks
from .look import Looks, Surroundings
from .model import Block, Doubt, RunPiece, WordCell, WordParagraph, WordRow, WordTable
from .names import MATH, child, is_on, local, value
from .notes import Notes
from .numbering import Numbering
from .properties import ParagraphProperties
from .styles import Styles
from .tables import Merges, cell_marks, is_beside, row_marks, row_start, span_of

_HOLDERS = {"sdt", "sdtContent", "customXml", "body", "ins", "del", "moveTo", "moveFrom"}
_MATH = f"{{{MATH}}}oMathPara"


class Setting(NamedTuple):
    """What all blocks of a story share."""

    styles: Styles
    looks: Looks
    numbering: Numbering
    notes: Notes


class Story:
    """Reads blocks: those of the body, of a note, of a header, of a text box.

    Places are told by ``name``; without one, by the numbers of paragraphs and tables.
    """

    def __init__(self, setting: Setting, name: str = "") -> None:
        self._setting, self._name = setting, name
        self._fields = Fields()
        self._paragraphs = self._tables = 0
        self._row = ""
        self._lost: list[str] = []

    def read(self, parent: Element, marks: Marks = NONE) -> tuple[Block, ...]:
        """Return the blocks below ``parent``, and a doubt about a field that never ends."""
        blocks = self._blocks(parent, Surroundings(), marks, marks)
        lost = [Doubt("field", each, marks) for each in self._fields.left_open()]
        lost += [Doubt("unknown", each, marks) for each in self._lost]
        return (*blocks, WordParagraph(self._place(), (), tuple(lost))) if lost else blocks

    def begun_with(self, blocks: tuple[Block, ...], label: str) -> tuple[Block, ...]:
        """Return the blocks of a note with its number before the first paragraph."""
        first = next((block for block in blocks if isinstance(block, WordParagraph)), None)
        if first is None or not first.pieces or not label:
            return blocks
        begun = first._replace(pieces=(RunPiece(label, first.pieces[0].marks), *first.pieces))
        return tuple(begun if block is first else block for block in blocks)

    def _place(self) -> str:
        return self._row or self._name or f"第{max(self._paragraphs, 1)}段"

    def _blocks(
        self, parent: Element, around: Surroundings, marks: Marks, end: Marks
    ) -> tuple[Block, ...]:
        return tuple(block for each in parent for block in self._block(each, around, marks, end))

    def _block(
        self, element: Element, around: Surroundings, marks: Marks, end: Marks
    ) -> Iterator[Block]:
        name = local(element)
        if name == "p":
            yield self._paragraph(element, around, marks, end)
        elif name == "tbl":
            yield self._table(element, around, marks)
        elif name in _HOLDERS:
            added = {CHANGES[name]} if name in CHANGES else NONE
            if is_on(child(element, "sdtPr", "showingPlcHdr")):
                yield self._doubtful("placeholder", alternates.plain_text(element), marks)
            if other := self._setting.notes.bindings.other(element):
                yield self._doubtful("bound", other, marks)
            yield from self._blocks(element, around, marks | added, end | added)
        elif name == "altChunk":
            yield self._doubtful("chunk", "", marks)
        elif element.tag == alternates.TAG:
            if text := alternates.differs(element):
                yield self._doubtful("unknown", text, marks)
            if (taken := alternates.chosen(element)) is not None:
                yield from self._blocks(taken, around, marks, end)
        elif element.tag == _MATH:
            yield self._of_inline(element, around, marks)
        elif (text := alternates.plain_text(element)).strip():
            yield self._doubtful("unknown", text, marks)

    def _doubtful(self, kind: str, text: str, marks: Marks) -> WordParagraph:
        return WordParagraph(self._place(), (), (Doubt(kind, text, marks),))

    def _inline(self, around: Surroundings) -> Inline:
        setting = self._setting
        return Inline(setting.looks, around, self._fields, setting.notes, self._box)

    def _of_inline(self, element: Element, around: Surroundings, marks: Marks) -> WordParagraph:
        inline = self._inline(around)
        inline.one(element, marks)
        return WordParagraph(self._place(), tuple(inline.pieces), tuple(inline.doubts))

    def _box(self, element: Element, marks: Marks) -> tuple[Block, ...]:
        where = self._row or self._name or f"第{self._paragraphs + 1}段"
        return Story(self._setting, f"{where}的文本框").read(element, marks | {BOX})

    def _paragraph(
        self, element: Element, around: Surroundings, marks: Marks, end: Marks
    ) -> WordParagraph:
        own = ParagraphProperties(child(element, "pPr"), self._setting.styles)
        around = around._replace(style=own.style, ground=own.ground or around.ground)
        marks, end = marks | own.marks, end | own.marks | own.end(self._setting.looks, around)
        inline = self._inline(around)
        inline.read(element, marks)
        if inline.boxes or inline.doubts or any(piece.text.strip() for piece in inline.pieces):
            self._paragraphs += 0 if self._row else 1
        numbered = own.numbers(self._setting.numbering, self._setting.looks, around)
        return WordParagraph(
            self._place(), tuple(inline.pieces), (*inline.doubts, *own.doubts), end,
            own.goes_on, *numbered, own.level, own.is_centred, own.is_annotation,
            tuple(inline.boxes),
        )  # fmt: skip

    def _table(self, element: Element, around: Surroundings, marks: Marks) -> WordTable:
        outer = self._row
        self._tables += 0 if outer else 1
        style = value(child(element, "tblPr", "tblStyle"))
        ground = fill_of(child(element, "tblPr", "shd")) or around.ground
        around = Surroundings("", style or around.table_style, ground)
        merges, rows = Merges(), []
        for number, (row, added) in enumerate(self._held(element, "tr", NONE), 1):
            if not outer:
                self._row = f"{self._name}表{self._tables}第{number}行"
            rows.append(self._table_row(row, around, marks | added, merges))
        self._row = outer
        return WordTable(tuple(rows))

    def _table_row(
        self, element: Element, around: Surroundings, marks: Marks, merges: Merges
    ) -> WordRow:
        properties = child(element, "trPr")
        marks, at = marks | row_marks(properties), row_start(properties)
        before = at
        cells: list[WordCell] = []
        for cell, added in self._held(element, "tc", NONE):
            own = child(cell, "tcPr")
            covered = merges.cover(own, at, is_first=not cells)
            inside = marks | added | cell_marks(own) | covered
            where = around._replace(ground=fill_of(child(own, "shd")) or around.ground)
            blocks = self._blocks(cell, where, inside, NONE)
            if child(own, "cellMerge") is not None:
                blocks += (self._doubtful("changed", "单元格的合并", inside),)
            span = span_of(own)
            at += span
            if cells and is_beside(own) and not any(map(_says, blocks)):
                cells[-1] = cells[-1]._replace(span=cells[-1].span + span)
            else:
                cells.append(WordCell(span, blocks, added | cell_marks(own)))
        return WordRow(self._place(), before, tuple(cells), marks)

    def _held(self, parent: Element, wanted: str, marks: Marks) -> Iterator[tuple[Element, Marks]]:
        """Yield the rows of a table, or the cells of a row, through whatever holds them."""
        for each in parent:
            name = local(each)
            if name == wanted:
                yield each, marks
            elif name in _HOLDERS:
                added = {CHANGES[name]} if name in CHANGES else NONE
                yield from self._held(each, wanted, marks | added)
            elif each.tag == alternates.TAG and (taken := alternates.chosen(each)) is not None:
                yield from self._held(taken, wanted, marks)
            else:
                self._lost += filter(str.strip, [alternates.plain_text(each)])


def _says(block: Block) -> bool:
    """Tell whether there is anything in a block that somebody could miss."""
    if not isinstance(block, WordParagraph):
        return True
    return bool(block.doubts or block.boxes or any(piece.text for piece in block.pieces))
