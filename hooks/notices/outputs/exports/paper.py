"""The paper: what stands in PDF and DOCX, before either is laid out.

The title, the approved words and nothing else up to their end; then, on a page of its own, the
annex, which is made from the facts and says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...catalogue import annotation
from ...catalogue.notices import Item, Notice
from ...catalogue.saying import Annotation
from ...catalogue.words import totals
from ...facts.model import UNSTATED, Vocabulary
from ...text.narrative import Line, Section
from .edition import Edition
from .gbt9704 import HEIGHT, POINTS, TABLE, WIDTH, FacedWords, pieces, title_lines

ANNEX = "附表"
COLUMNS = (15, 40, 21, 80)
"""Millimetres: the widths of the annex's columns."""
PADDING = 9
"""Points in a cell, on both sides."""
_MOST_LINES = int(HEIGHT * POINTS / (TABLE * 1.5)) - 4
"""Lines of a cell that surely fit on a page."""


class Paragraph(NamedTuple):
    """A paragraph of the text; a heading has its level in the outline, from 1, and a label.

    One that is run in goes on with its first paragraph.
    """

    pieces: tuple[FacedWords, ...]
    level: int = 0
    label: str = ""
    run_in: bool = False


class Cells(NamedTuple):
    """A row of a table of the text; one that is a section has a level and a label, too.

    One that is ``long`` may not fit on a page: where pages are laid out, its cells stand below each
    other, so that they can be read from page to page.
    """

    words: tuple[str, ...]
    is_head: bool
    level: int = 0
    label: str = ""
    is_long: bool = False


class PaperTable(NamedTuple):
    """A table of the text, and the width of each of its columns as a part of the whole."""

    rows: tuple[Cells, ...]
    widths: tuple[float, ...]


class AnnexRow(NamedTuple):
    """An item in the annex; one that is ``long`` may not fit on a page."""

    id: str
    title: str
    status: str
    details: tuple[str, ...]
    is_long: bool = False


class Annex(NamedTuple):
    """What the annex says, in its order."""

    title: str
    columns: tuple[str, str, str, str]
    notes: tuple[str, ...]
    rows: tuple[AnnexRow, ...]
    contact: tuple[str, ...]


class Paper(NamedTuple):
    """A notice on paper; one without items has no annex.

    Where it ``has_own_title``, the title is the beginning of the approved text.
    """

    title: tuple[str, ...]
    text: tuple[Paragraph | PaperTable, ...]
    annex: Annex | None
    has_own_title: bool


def make_paper(edition: Edition) -> Paper:
    """Return what an edition says on paper."""
    facts = edition.notice.facts
    own = edition.notice.narrative.preamble[: edition.notice.title_lines]
    title = tuple(line.text for line in own) or tuple(title_lines(facts.title, facts.publisher))
    annex = _annex(edition) if edition.notice.items else None
    return Paper(title, tuple(_text(edition)), annex, has_own_title=bool(own))


def annex_title(notice: Notice) -> str:
    """Return what the annex of ``notice`` is called."""
    return f"{notice.kind.item}整改情况一览表"


def annex_columns(notice: Notice) -> tuple[str, str, str, str]:
    """Return the headers of its table."""
    return ("编号", notice.kind.item, "状态", "依据和进展")


def _text(edition: Edition) -> Iterator[Paragraph | PaperTable]:
    """Yield the paragraphs of the text, and rows that follow each other as tables."""
    rows: list[Cells] = []
    for each in _lines(edition):
        if rows and not (isinstance(each, Cells) and _goes_on(rows[-1], each)):
            yield _table(rows)
            rows = []
        if isinstance(each, Cells):
            rows.append(each)
        else:
            yield each
    if rows:
        yield _table(rows)


def _table(rows: list[Cells]) -> PaperTable:
    widths = tuple(_widths(rows))
    return PaperTable(tuple(row._replace(is_long=_is_long(row, widths)) for row in rows), widths)


def _is_long(row: Cells, widths: tuple[float, ...]) -> bool:
    """Tell whether a cell may be higher than a page."""
    cells = zip(row.words, widths, strict=True)
    return any(_height([text], width * WIDTH) > _MOST_LINES for text, width in cells)


def _height(texts: Iterable[str], width: float) -> int:
    """Return the lines of a cell ``width`` millimetres wide, as if all characters were wide."""
    # Beside the padding, room for signs that may not begin or end a line.
    characters = max(int((width * POINTS - PADDING) / TABLE) - 2, 1)
    return sum(math.ceil(len(text) / characters) for text in texts)


def _goes_on(row: Cells, below: Cells) -> bool:
    return len(row.words) == len(below.words) and (row.is_head or not below.is_head)


def _widths(rows: list[Cells]) -> Iterator[float]:
    """Yield how wide each column is: the longer its words are, the wider, but never in step."""
    columns = [*zip(*(row.words for row in rows), strict=True)]
    weights = [2 + 1.5 * math.sqrt(sum(map(len, each)) / len(each)) for each in columns]
    return (weight / sum(weights) for weight in weights)


def _lines(edition: Edition) -> Iterator[Paragraph | Cells]:
    narrative = edition.notice.narrative
    titles = {item.id: item.facts.title for item in edition.notice.items}
    for line in narrative.preamble[edition.notice.title_lines :]:
        yield _line(line)
    for section in narrative.all_sections:
        if section.row:
            label = titles.get(section.id, section.label)
            yield Cells(section.row.cells, is_head=False, level=section.level - 1, label=label)
            continue
        if section.heading.text:
            yield _heading(section, titles.get(section.id, section.label))
        for line in section.lines[1:] if section.heading.text else section.lines:
            yield _line(line)


def _heading(section: Section, label: str) -> Paragraph:
    words = tuple(pieces(section.heading.text, is_heading=True))
    if section.joint is None:
        return Paragraph(words, section.level - 1, label)
    rest = FacedWords("body", section.joint + section.paragraphs[0].text)
    return Paragraph((*words, rest), section.level - 1, label, run_in=True)


def _line(line: Line) -> Paragraph | Cells:
    if line.cells:
        return Cells(line.cells, line.is_head)
    return Paragraph(tuple(pieces(line.text, is_heading=False)))


def _annex(edition: Edition) -> Annex:
    notice = edition.notice
    rows = tuple(_row(item, edition) for item in notice.items)
    ways = (way for each in notice.contacts for way in annotation.told(each))
    contact = (f"发布单位：{notice.facts.publisher}", *_said(ways, edition.vocabulary))
    notes = tuple(_notes(edition))
    return Annex(annex_title(notice), annex_columns(notice), notes, rows, contact)


def _notes(edition: Edition) -> Iterator[str]:
    notice = edition.notice
    yield (
        "本表由本站根据公开的数据整理，不是批准文本的一部分。"
        f"共{totals(notice)}，{notice.measure_counts.total()}条{notice.kind.measure}。"
        f"状态是“{edition.label(UNSTATED)}”的，公开文本没有写明进展，不表示没有整改。"
    )
    yield from _said(annotation.annex(notice), edition.vocabulary)
    for discrepancy in notice.facts.known_discrepancies:
        yield f"原文中的出入：{discrepancy.note}"
    if edition.base:
        yield f"网页：{edition.permalink()}"


def _row(item: Item, edition: Edition) -> AnnexRow:
    status, details = edition.label(item.status), tuple(_details(item, edition))
    is_long = _height(details, COLUMNS[-1]) > _MOST_LINES
    return AnnexRow(item.id, item.facts.title, status, details, is_long)


def _details(item: Item, edition: Edition) -> Iterator[str]:
    words = edition.vocabulary
    yield from (f"{why.label}{why.words(words)}" for why in annotation.standing(item)[1:])
    for measure in annotation.stated(item):
        status, *why = annotation.standing(measure)
        reasons = "".join(f"，{each.label}{each.words(words)}" for each in why)
        others = "".join(f"，{each}" for each in _said(annotation.particulars(measure), words))
        yield f"{annotation.measure_name(measure)}：{status.words(words)}{reasons}{others}"
    yield from _said(annotation.particulars(item), words)
    for update in item.facts.updates:
        yield f"进展 {annotation.sentence(update, words)}"


def _said(annotations: Iterable[Annotation], vocabulary: Vocabulary) -> Iterator[str]:
    return (f"{each.label}：{each.words(vocabulary)}" for each in annotations)
