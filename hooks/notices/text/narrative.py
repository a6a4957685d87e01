"""The narrative of a notice: headings with ids, and under them the approved words, verbatim.

A narrative is not free Markdown. Each line that is not blank is a heading
(``##### text {#1-3-2}``) or one paragraph of plain text, and what stands in it is what is
published: no character of it is markup. A paragraph may begin with ``#``.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from ..problem import Faulty, Place, Problem

_ID = r"part-\d+|\d+(?:-\d+){0,2}"
_HEADING = re.compile(rf"(?P<marks>#{{2,6}}) +(?P<text>\S.*?) +\{{#(?P<id>{_ID})\}}")
_LIKE_AN_ID = re.compile("[{｛][^{}｛｝]*(?:[}｝]\\W?)?$|#[0-9-]+[}｝]$")
_LONGEST_ID = 40  # characters
_HOW = (
    "标题应写成“##### 标题文字 {#1-1-1}”：2至6个#、空格、原文、空格、编号；"
    "编号是方面 1、子项 1-1、问题 1-1-1，其他标题用 part-1；是正文的，要与批准文本一字不差"
)
_QUOTED = re.compile("“(.*)”")

ASPECT, SUB_ITEM, ITEM = 1, 2, 3
_ENOUGH = 200  # wrong headings: more of them say nothing more


class Line(NamedTuple):
    """A line of approved text and where it stands."""

    place: Place
    text: str


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
        return depth_of(self.id)

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
        return self._by_depth.get(depth, [])

    @cached_property
    def _by_depth(self) -> dict[int, list[Section]]:
        found: dict[int, list[Section]] = {}
        for section in self.all_sections:
            found.setdefault(depth_of(section.id), []).append(section)
        return found


def depth_of(section_id: str) -> int:
    """Return ASPECT, SUB_ITEM or ITEM; 0 for any other part of the text."""
    return 0 if section_id.startswith("part-") else section_id.count("-") + 1


def parse(path: str, text: str, approved: str | None = None) -> Narrative:
    """Return the narrative in ``text``; raise Faulty when its headings make no outline."""
    narrative, problems = recover(path, text, approved)
    if problems:
        raise Faulty(*problems)
    return narrative


def recover(path: str, text: str, approved: str | None = None) -> tuple[Narrative, list[Problem]]:
    """Return the narrative in ``text``, and what is wrong with its headings.

    A heading has marks, a space, and an id at its end. What else begins with ``#`` is a paragraph
    when it stands so in the ``approved`` text; otherwise it is a faulty heading, taken for what it
    must have been meant for, by its marks and its place.
    """
    outline = _Outline(path)
    paragraphs = {line.strip() for line in (approved or "").splitlines() if "#" in line}
    for number, raw in enumerate(text.splitlines(), 1):
        line = Line(Place(path, number), raw.strip())
        match = _HEADING.fullmatch(line.text) if line.text[:1] == "#" else None
        if match or (line.text[:1] == "#" and line.text not in paragraphs):
            outline.heading(line, match)
        elif line.text:
            outline.paragraph(line)
    return outline.narrative, outline.problems


class _Outline:
    """Puts the lines of a narrative together."""

    def __init__(self, path: str) -> None:
        self.narrative = Narrative(path, [], [])
        self.problems: list[Problem] = []
        self._open: list[Section] = []
        self._first: dict[str, int] = {}
        self._numbered: Counter[str] = Counter()

    def paragraph(self, line: Line) -> None:
        (self._open[-1].paragraphs if self._open else self.narrative.preamble).append(line)

    def heading(self, line: Line, match: re.Match[str] | None) -> None:
        """Put the section that ``line`` opens under the innermost open one that is above it."""
        fault = ""
        if match:
            level, heading, section_id = len(match["marks"]), match["text"], match["id"]
        else:
            level, heading, section_id = _damaged(line.text)
            level, fault = self._meant(level, section_id), _HOW
        while self._open and self._open[-1].level >= level:
            self._open.pop()
        if section_id in self._first:
            fault = f"编号“{section_id}”重复，第 {self._first[section_id]} 行已有"
        if not section_id or section_id in self._first:
            section_id = self._expected()
        if fault and len(self.problems) < _ENOUGH:
            self.problems.append(Problem(line.place, "heading", fault))
        self._add(Section(section_id, level, Line(line.place, heading)))

    def _meant(self, level: int, section_id: str) -> int:
        """Return the level of a damaged heading: its id says more of it than its marks."""
        if not section_id:
            return level
        depth = depth_of(section_id)
        above = (each.level for each in reversed(self._open) if each.depth < depth)
        return min(next(above, 1) + 1, 6)

    def _add(self, section: Section) -> None:
        self._first.setdefault(section.id, section.heading.place.line)
        self._siblings.append(section)
        if section.depth:
            self._numbered[self._parent] += 1
        self._open.append(section)

    @property
    def _siblings(self) -> list[Section]:
        return self._open[-1].children if self._open else self.narrative.sections

    @property
    def _parent(self) -> str:
        """The id of the innermost open section that has a number, or ""."""
        return next((each.id for each in reversed(self._open) if each.depth), "")

    def _expected(self) -> str:
        """Return the id that the next section has by its place: like what stands before it."""
        before, parent = self._siblings, self._parent
        is_numbered = bool(before[-1].depth if before else self._open)
        number = self._numbered[parent] + 1
        if is_numbered and parent.count("-") < ITEM - 1:
            return f"{parent}-{number}" if parent else str(number)
        return f"part-{len(self._first) + _ENOUGH}"


def _damaged(text: str) -> tuple[int, str, str]:
    """Return level, text and id of a heading that is not as it should be; the id may be ""."""
    rest = text.lstrip("#")
    level = min(max(len(text) - len(rest), 2), 6)
    end = _LIKE_AN_ID.search(rest[-_LONGEST_ID:])
    if not end:
        return level, rest.strip(), ""
    section_id = re.search(_ID, unicodedata.normalize("NFKC", end[0]))
    return level, rest[: len(rest) - len(end[0])].strip(), section_id[0] if section_id else ""
