"""What a document says in all its readings: paragraphs of marked pieces, and tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .kinds import KINDS, NONE, Marks


class RunPiece(NamedTuple):
    """Some characters of a paragraph; a tab and a line feed stand for what shows as such."""

    text: str
    marks: Marks = NONE
    is_bold: bool = False


class Doubt(NamedTuple):
    """Something that is no text, or cannot be read: the kind of it, and what is known of it."""

    kind: str
    text: str
    marks: Marks = NONE


class Numbered(NamedTuple):
    """Which list numbers a paragraph, on which level; and the marks of the number alone."""

    list_id: str
    level: int
    marks: Marks = NONE


class WordParagraph(NamedTuple):
    """A paragraph; where its ``end`` is not shown, what follows goes on in the same line."""

    place: str
    pieces: tuple[RunPiece, ...]
    doubts: tuple[Doubt, ...] = ()
    end: Marks = NONE
    goes_on: bool = False
    number: Numbered | None = None
    number_before: Numbered | None = None
    """Before a tracked change of the paragraph's properties; else the same."""
    level: int = 0
    is_centred: bool = False
    is_annotation: bool = False
    boxes: tuple[Block, ...] = ()


class WordCell(NamedTuple):
    """A cell: how many columns it spans, and what stands in it."""

    span: int
    blocks: tuple[Block, ...]
    marks: Marks = NONE


class WordRow(NamedTuple):
    """A row of a table, which begins so many columns from the left."""

    place: str
    before: int
    cells: tuple[WordCell, ...]
    marks: Marks = NONE


class WordTable(NamedTuple):
    """A table."""

    rows: tuple[WordRow, ...]


Block = WordParagraph | WordTable


def area(blocks: tuple[Block, ...]) -> int:
    """Return how many cells the tables have, if every row had all columns."""
    found = 0
    for block in blocks:
        if isinstance(block, WordTable):
            starts: set[int] = set()
            for row in block.rows:
                at = row.before
                for cell in row.cells:
                    starts.add(at)
                    at += cell.span
                    found += area(cell.blocks)
            found += len(starts) * len(block.rows)
        else:
            found += area(block.boxes)
    return found


def options_of(blocks: tuple[Block, ...]) -> set[str]:
    """Return the options that change how ``blocks`` are read."""
    found: set[Marks] = set()
    for block in blocks:
        if isinstance(block, WordTable):
            for row in block.rows:
                found |= {row.marks, *(cell.marks for cell in row.cells)}
    is_renumbered = False
    for each in paragraphs(blocks):
        numbers = [number for number in (each.number, each.number_before) if number]
        found |= {each.end, *(piece.marks for piece in each.pieces)}
        found |= {number.marks for number in numbers}
        is_renumbered |= each.number != each.number_before
    options = {KINDS[mark.kind].option for marks in found for mark in marks}
    return options | ({"changes"} if is_renumbered else set())


def paragraphs(blocks: tuple[Block, ...]) -> Iterator[WordParagraph]:
    """Yield each paragraph, wherever it stands, and those in boxes beside it."""
    for block in blocks:
        if isinstance(block, WordParagraph):
            yield block
            yield from paragraphs(block.boxes)
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.blocks)
