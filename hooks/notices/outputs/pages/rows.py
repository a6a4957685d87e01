"""Rows: how lines, rows and sections of a narrative follow one another on its page.

Rows that follow each other are one table. On a phone each of its cells has the name of its column
before it, which is an attribute and no text.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ...catalogue.notices import Item, Notice
from ...text.measures import Passage, split_cells
from ...text.narrative import Line, Section
from ...text.table import head_names


class ShownPiece(NamedTuple):
    """A paragraph: its words, and the ordinal that counts it off and its anchor, if it has them."""

    words: str
    ordinal: str = ""
    anchor: str = ""

    @property
    def rest(self) -> str:
        """The words behind the ordinal."""
        return self.words.removeprefix(self.ordinal)


class ShownCell(NamedTuple):
    """A cell: the name of its column, and its words, or the pieces that they are cut into."""

    name: str
    words: str
    pieces: Sequence[ShownPiece] = ()
    is_title: bool = False


@dataclass
class RowGroup:
    """Rows that belong together: the head, an item, a part, or what stands between."""

    is_head: bool = False
    section: Section | None = None
    item: Item | None = None
    rows: list[list[ShownCell]] = field(default_factory=list)


class ShownSection(NamedTuple):
    """A section as it begins: its element, and its heading, if the text gives it one."""

    tag: str
    id: str
    level: int
    heading: str
    is_item: bool


Stands = tuple[Literal["piece", "table"], str, str | list[RowGroup]]
"""What stands in a measure: the ordinal and the other words of a ``piece``, or the groups of a
``table``, which has no ordinal.
"""


class ShownMeasures(NamedTuple):
    """The text of an item: a list or, when there is only one measure, plain; the measures, and what
    comes before the first, each with its anchor, if it has one.
    """

    is_list: bool
    parts: Sequence[tuple[str, Sequence[Stands]]]


Run = tuple[
    Literal["line", "table", "section", "measures", "facts", "end"],
    str | list[RowGroup] | ShownSection | ShownMeasures | Item,
]
"""What follows, and what it is: the words of a ``line``, the groups of a ``table``, a ``section``
that begins, the ``measures`` of an item and its ``facts``, and the element that comes to its
``end``.
"""


def runs(notice: Notice) -> Iterator[Run]:
    """Yield what stands in ``notice`` below its title, in the order of the text."""
    narrative = notice.narrative
    yield from _within(notice, narrative.preamble[notice.title_lines :], narrative.sections)


def _within(notice: Notice, lines: list[Line], sections: list[Section]) -> Iterator[Run]:
    """Yield what stands under a heading of ``notice``: its lines, then the sections in it."""
    entries: list[Line | Section] = [*lines, *sections]
    for is_table, group in itertools.groupby(entries, _is_row):
        if is_table:
            yield "table", _groups(group, notice)
            continue
        for each in group:
            if isinstance(each, Section):
                yield from _of_section(notice, each)
            else:
                yield "line", each.text


def _of_section(notice: Notice, section: Section) -> Iterator[Run]:
    """Yield a section from its beginning to its end; a section of HTML has a heading, and what the
    text gives none is none.
    """
    item, heading = notice.items_by_id.get(section.id), section.heading.text
    tag = "section" if heading else "div"
    yield "section", ShownSection(tag, section.id, section.level, heading, bool(item))
    if item:
        yield "measures", _measures(item)
        yield "facts", item
    yield from _within(notice, [] if item else section.paragraphs, section.children)
    yield "end", tag


def _measures(item: Item) -> ShownMeasures:
    rows = {line.text: line for line in item.section.paragraphs if line.cells}
    parts = [
        (item.id.child(part.number) if part.number else "", [*_of_part(part, rows)])
        for part in item.parts
    ]
    return ShownMeasures(len(item.measures) != 1, parts)


def _of_part(part: Passage, rows: Mapping[str, Line]) -> Iterator[Stands]:
    """Yield what stands in a part of an item: its paragraphs, and the ``rows`` among them."""
    first = part.texts[0]
    for is_table, texts in itertools.groupby(part.texts, rows.__contains__):
        if is_table:
            yield "table", "", _groups([rows[text] for text in texts])
            continue
        for text in texts:
            ordinal = part.ordinal if text == first else ""
            yield "piece", ordinal, text.removeprefix(ordinal)


def _is_row(each: Line | Section) -> bool:
    return bool(each.row if isinstance(each, Section) else each.cells)


def _groups(rows: Iterable[Line | Section], notice: Notice | None = None) -> list[RowGroup]:
    """Return the groups of a table; each row that is a section is one by itself."""
    groups: list[RowGroup] = []
    heads: list[tuple[str, ...]] = []
    for row in rows:
        if isinstance(row, Section):
            item = notice.items_by_id.get(row.id) if notice else None
            groups.append(RowGroup(section=row, item=item))
        elif not groups or groups[-1].section or groups[-1].is_head != row.is_head:
            groups.append(RowGroup(is_head=row.is_head))
        groups[-1].rows.append(_cells(row, groups[-1].item, heads))
    return groups


def _cells(row: Line | Section, item: Item | None, heads: list[tuple[str, ...]]) -> list[ShownCell]:
    """Return the cells of a row; ``heads`` are the rows of heads above it, to which it may add."""
    if item:
        return [*_of_item(item)]
    if isinstance(row, Section):
        return [ShownCell(cell.name, cell.line.text) for cell in row.cells]
    if row.is_head:
        heads.append(row.cells)
        return [ShownCell("", words) for words in row.cells]
    pairs = itertools.zip_longest(head_names(heads), row.cells, fillvalue="")
    return [ShownCell(name, words) for name, words in pairs]


def _of_item(item: Item) -> Iterator[ShownCell]:
    """Yield the cells of an item's row, with an anchor for each measure."""
    answer = item.section.answer
    split = dict(zip(answer, split_cells([line.text for line in answer]), strict=True))
    anchors = {measure.number for measure in item.measures}
    for cell in item.section.cells:
        if cell.line is item.section.heading:
            yield ShownCell(cell.name, cell.line.text, is_title=True)
            continue
        pieces = []
        for part in split.get(cell.line, []):
            anchor = str(item.id.child(part.number)) if part.number in anchors else ""
            anchors.discard(part.number)
            pieces += [ShownPiece(text, part.ordinal, anchor) for text in part.texts]
        yield ShownCell(cell.name, cell.line.text, pieces)
