"""Measures (措施): how the answer to an issue counts off what was done, 一是, 二是, …"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from .numerals import ordinals_within

MOST = 99
# What may count off measures; sections are counted off in the other ways.
_STYLES = frozenset({"一是", "第一", "1.", "（1）", "1）", "①"})
# What a paragraph may be called that tells of one thing that was done, or came of it.
LABEL = re.compile(
    r"((?:整改|落实|处理|办理)?(?:任务|目标|要求|措施|举措|进展|情况|成效|结果|落实)(?:情况)?"
    r"|(?:整改|工作)?完成情况|下一步(?:工作)?(?:计划|打算|措施)?)[:：]"
)

_Position = tuple[int, int]
"""A paragraph, and an offset in it."""
_Start = tuple[_Position, str]
"""Where a measure starts, and the words that count it off."""


class Passage(NamedTuple):
    """A measure (措施): number from 1, and its text; ``number`` 0 is text before the first."""

    number: int
    texts: tuple[str, ...]
    ordinal: str = ""
    """The words that count it off, e.g. 一是 or (1), or "" where the text has none."""


def split_measures(paragraphs: Sequence[str], rows: Set[int] = frozenset()) -> list[Passage]:
    """Split the paragraphs of an item into its measures, losing no character.

    They are counted off in the way that begins first of those that the text uses: 一是, 1., (1),
    1), ①, 第一 at the start of a paragraph or of a sentence, or a label (整改措施:) at the start of
    a paragraph. Ordinals count only in their order, and only when there are at least two, up to 99.
    Text before the first comes as number 0. A paragraph without an ordinal belongs to the measure
    before it. An item that has no such run is one measure as a whole. In ``rows``, the numbers of
    paragraphs that are rows of a table, nothing is counted off.
    """
    starts = _starts(paragraphs, rows)
    if not starts:
        return [Passage(1, tuple(paragraphs))] if paragraphs else []
    bounds = [(0, 0), *(position for position, _ in starts), (len(paragraphs), 0)]
    measures = [
        Passage(number, tuple(_slice(paragraphs, *pair)), starts[number - 1][1] if number else "")
        for number, pair in enumerate(itertools.pairwise(bounds))
    ]
    return [measure for measure in measures if measure.texts]


def split_cells(cells: Sequence[str]) -> list[list[Passage]]:
    """Split the cells of a row that answer an issue, each by itself, losing no character.

    Measures are those that the first cell counts off of those that do; what the others count off
    to the same number belongs to them, and all else has number 0. Where none does, all cells are
    one measure.
    """
    split = [split_measures([cell]) for cell in cells]
    counts = [max(part.number for part in parts) for parts in split]
    most = next((count for count in counts if count > 1), 1)
    return [
        parts if count == most else [Passage(0, (cell,))]
        for cell, parts, count in zip(cells, split, counts, strict=True)
    ]


def joined(cells: Sequence[Sequence[Passage]]) -> list[Passage]:
    """Return the measures of a row, each with all its texts, in the order in which they begin."""
    parts = [part for parts in cells for part in parts]
    texts: dict[int, tuple[str, ...]] = {}
    ordinals: dict[int, str] = {}
    for part in parts:
        texts[part.number] = (*texts.get(part.number, ()), *part.texts)
        ordinals.setdefault(part.number, part.ordinal)
    return [Passage(number, those, ordinals[number]) for number, those in texts.items()]


def _starts(paragraphs: Sequence[str], rows: Set[int]) -> list[_Start]:
    """Return the starts of the run that begins first, or nothing where there is none."""
    runs: dict[str, list[_Start]] = {}
    labels = []
    for index, text in enumerate(paragraphs):
        if index in rows:
            continue
        if label := LABEL.match(text):
            labels.append(((index, 0), label[1]))
        for offset, ordinal in ordinals_within(text):
            if ordinal.style in _STYLES:
                run = runs.setdefault(ordinal.style, [])
                if ordinal.value == len(run) + 1 <= MOST:
                    run.append(((index, offset), ordinal.words))
    counted = [run for run in (labels[:MOST], *runs.values()) if len(run) > 1]
    return min(counted, key=lambda run: run[0][0], default=[])


def _slice(paragraphs: Sequence[str], start: _Position, stop: _Position) -> Iterator[str]:
    """Yield the pieces of ``paragraphs`` from ``start`` up to ``stop``."""
    for index in range(start[0], min(stop[0] + 1, len(paragraphs))):
        begin = start[1] if index == start[0] else 0
        end = stop[1] if index == stop[0] else None
        piece = paragraphs[index][begin:end]
        if piece.strip():
            # A row may begin with a blank cell.
            yield piece if piece == paragraphs[index] else piece.strip()
