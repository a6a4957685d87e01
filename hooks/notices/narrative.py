"""The narrative of a notice: headings with ids, and under them the approved words, verbatim.

A narrative is not free Markdown. Each line that is not blank is a heading
(``##### text {#1-3-2}``) or one paragraph of plain text, and what stands in it is what is
published: no character of it is markup.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from .problem import Faulty, Place, Problem

_HEADING = re.compile(r"(?P<marks>#{2,6}) +(?P<text>\S.*?) +\{#(?P<id>part-\d+|\d+(-\d+){0,2})\}")
_QUOTED = re.compile("“(.*)”")
_DIGITS = "一二三四五六七八九"
# A measure begins a paragraph or follows the end of a sentence, half-width or full-width; a comma
# is too weak a sign.
_SENTENCE_END = "。”;:!?)\uff1b\uff1a\uff01\uff1f\uff09"

ASPECT, SUB_ITEM, ITEM = 1, 2, 3
_ENOUGH = 200  # wrong headings: more of them say nothing more


class Line(NamedTuple):
    """A line of approved text and where it stands."""

    place: Place
    text: str


@dataclass(frozen=True)
class Measure:
    """A measure (措施): number from 1, and its text; ``number`` 0 is text before the first."""

    number: int
    texts: tuple[str, ...]

    @property
    def ordinal(self) -> str:
        """The words that count it off, e.g. 一是, or "" where the text has none."""
        ordinal = chinese_number(self.number) + "是"
        return ordinal if self.texts[0].startswith(ordinal) else ""


@dataclass(frozen=True, eq=False)
class Section:
    """A heading with what stands under it, up to the next heading of its level or above."""

    id: str
    level: int
    heading: Line
    paragraphs: list[Line] = field(default_factory=list)
    children: list[Section] = field(default_factory=list)

    @cached_property
    def depth(self) -> int:
        """ASPECT, SUB_ITEM or ITEM by the id's numbers; 0 for any other part of the text."""
        return 0 if self.id.startswith("part-") else self.id.count("-") + 1

    @property
    def label(self) -> str:
        """The title quoted in the heading, outermost quotes taken off, or the whole heading."""
        quoted = _QUOTED.search(self.heading.text)
        return quoted[1] if quoted else self.heading.text

    @property
    def text(self) -> str:
        """All paragraphs directly under the heading, joined by line breaks."""
        return "\n".join(line.text for line in self.paragraphs)

    def walk(self) -> Iterator[Section]:
        """Yield this section and all under it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, eq=False)
class Narrative:
    """A whole narrative: the paragraphs before the first heading, then the sections.

    It does not change once it is parsed, so what is asked of it by every rule is worked out once.
    """

    path: str
    preamble: list[Line]
    sections: list[Section]

    @cached_property
    def all_sections(self) -> list[Section]:
        """All sections in the order of the text."""
        return [each for section in self.sections for each in section.walk()]

    @cached_property
    def lines(self) -> list[Line]:
        """Every line of the text in order: headings and paragraphs alike."""
        lines = [(section.heading, *section.paragraphs) for section in self.all_sections]
        return [*self.preamble, *itertools.chain.from_iterable(lines)]

    def without(self, ids: set[str]) -> Narrative:
        """Return the narrative without the sections of these ids and all that stands in them."""

        def keep(sections: list[Section]) -> list[Section]:
            return [
                replace(section, children=keep(section.children))
                for section in sections
                if section.id not in ids
            ]

        return replace(self, sections=keep(self.sections))

    def of_depth(self, depth: int) -> list[Section]:
        """Return the sections of one depth: aspects, sub-items or items."""
        return [section for section in self.all_sections if section.depth == depth]


def parse(path: str, text: str) -> Narrative:
    """Return the narrative in ``text``; raise Faulty when its headings make no outline."""
    narrative = Narrative(path, [], [])
    open_sections: list[Section] = []
    problems: list[Problem] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = Line(Place(path, number), raw.strip())
        if line.text.startswith("#"):
            try:
                _open(narrative, open_sections, _section(line))
            except Faulty as fault:
                problems += fault.problems
                if len(problems) == _ENOUGH:
                    break
        elif line.text:
            paragraphs = open_sections[-1].paragraphs if open_sections else narrative.preamble
            paragraphs.append(line)
    problems += _repeated_ids(narrative)
    if problems:
        raise Faulty(*problems)
    return narrative


def _section(line: Line) -> Section:
    match = _HEADING.fullmatch(line.text)
    if not match:
        message = (
            "标题应写成“##### 标题文字 {#1-1-1}”：2至6个#、空格、原文、空格、编号；"
            "编号是方面 1、子项 1-1、问题 1-1-1，其他标题用 part-1"
        )
        raise Faulty(Problem(line.place, "heading", message))
    return Section(match["id"], len(match["marks"]), Line(line.place, match["text"]))


def _open(narrative: Narrative, open_sections: list[Section], section: Section) -> None:
    """Put ``section`` under the innermost open section that is above it."""
    while open_sections and open_sections[-1].level >= section.level:
        open_sections.pop()
    siblings = open_sections[-1].children if open_sections else narrative.sections
    siblings.append(section)
    open_sections.append(section)


def _repeated_ids(narrative: Narrative) -> Iterator[Problem]:
    first: dict[str, Section] = {}
    for section in narrative.all_sections:
        other = first.setdefault(section.id, section)
        if other is not section:
            message = f"编号“{section.id}”重复，第 {other.heading.place.line} 行已有"
            yield Problem(section.heading.place, "heading", message)


def split_measures(paragraphs: Sequence[str]) -> list[Measure]:
    """Split the paragraphs of an item into its measures, losing no character.

    一是, 二是, 三是 … count only in this order, at the start of a paragraph or of a sentence, and
    only when there are at least two, up to 99. Text before 一是 comes first as number 0. A
    paragraph without an ordinal belongs to the measure before it. An item that has no such run
    is one measure as a whole.
    """
    starts = list(_measure_starts(paragraphs))
    if len(starts) < 2:
        return [Measure(1, tuple(paragraphs))] if paragraphs else []
    end = (len(paragraphs), 0)
    bounds = [(0, 0), *starts, end]
    measures = [
        Measure(number, tuple(_slice(paragraphs, start, stop)))
        for number, (start, stop) in enumerate(itertools.pairwise(bounds))
    ]
    return [measure for measure in measures if measure.texts]


def _measure_starts(paragraphs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (paragraph, offset) of each 一是, 二是, … as far as they follow one another."""
    number = 1
    for index, text in enumerate(paragraphs):
        position = 0
        while number < 100 and (position := _find_ordinal(text, number, position)) >= 0:
            yield index, position
            number += 1
            position += 1


def _find_ordinal(text: str, number: int, start: int) -> int:
    """Return where ``<number>是`` opens a sentence of ``text`` at or after ``start``, or -1."""
    ordinal = chinese_number(number) + "是"
    while (start := text.find(ordinal, start)) >= 0:
        before = text[:start].rstrip()
        if not before or before[-1] in _SENTENCE_END:
            return start
        start += 1
    return -1


def _slice(
    paragraphs: Sequence[str], start: tuple[int, int], stop: tuple[int, int]
) -> Iterator[str]:
    """Yield the pieces of ``paragraphs`` from ``start`` up to ``stop``, each (index, offset)."""
    for index in range(start[0], min(stop[0] + 1, len(paragraphs))):
        begin = start[1] if index == start[0] else 0
        end = stop[1] if index == stop[0] else None
        if piece := paragraphs[index][begin:end].strip():
            yield piece


def chinese_number(number: int) -> str:
    """Return 1–99 as a Chinese numeral, e.g. 3 → 三, 12 → 十二."""
    tens, ones = divmod(number, 10)
    prefix = "" if not tens else "十" if tens == 1 else _DIGITS[tens - 1] + "十"
    return prefix + (_DIGITS[ones - 1] if ones else "")
