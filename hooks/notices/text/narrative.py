"""The narrative of a notice: headings with ids, and under them the approved words, verbatim.

A narrative is not free Markdown. Each line that is not blank is a heading
(``##### text {#1-3-2}``) or one paragraph of plain text, and what stands in it is what is
published: no character of it is markup. A paragraph may begin with ``#``. A heading that is run in
has its first paragraph behind its mark (``### text。{#1} 一是…``); the approved text has one line
there. A section that the text gives no heading, the closing or an issue that is the whole notice,
has a mark alone (``{#closing}``, ``{#1}``).
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from ..problem import Faulty, Place, Problem
from .outline import DEEPEST, NAMED, Id
from .titles import label

# With 0, it is an id in the wrong position.
_ID = rf"{NAMED}|[0-9]+(?:-[0-9]+){{0,{DEEPEST - 1}}}"
_HEADING = re.compile(
    rf"(?P<marks>#{{2,6}}) +(?P<text>\S.*?)(?: +\{{#(?P<id>{_ID})\}}"
    rf"|(?P<joint>[ \u3000]*)\{{#(?P<run_in>{_ID})\}} (?P<rest>\S.*))"
)
_MARK = re.compile(rf"\{{#(?P<id>{NAMED}|[0-9]+)\}}")
_LIKE_AN_ID = re.compile("[{｛][^{}｛｝]*(?:[}｝]\\W?)?$|#[0-9-]+[}｝]$")
_LONGEST_ID = 40  # characters
_HOW = (
    "标题应写成“##### 标题文字 {#1-1-1}”：2至6个#、空格、原文、空格、编号；编号是在提纲里的位置，"
    "如 1、1-1、1-1-1，其他标题用 part-1，结尾用 closing；是正文的，要与批准文本一字不差"
)

_ENOUGH = 200  # wrong headings: more of them say nothing more


class Line(NamedTuple):
    """A line of approved text and where it stands."""

    place: Place
    text: str

    def at(self, offset: int) -> Place:
        """Return where the character of that offset stands."""
        return Place(self.place.path, self.place.line, self.place.column + offset)


@dataclass(frozen=True, eq=False)
class Section:
    """A heading with what stands under it, up to the next heading of its level or above.

    The heading may have no text. One that is run in stands in one line with the first paragraph;
    ``joint`` is the blank between them, and None otherwise.
    """

    id: Id
    level: int
    heading: Line
    paragraphs: list[Line] = field(default_factory=list)
    children: list[Section] = field(default_factory=list)
    joint: str | None = None

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
        return label(self.heading.text) if self.depth else self.heading.text

    @property
    def lines(self) -> list[Line]:
        """Its own lines as the approved text has them: what is run in is no line by itself."""
        if self.joint is not None:
            first, *rest = self.paragraphs
            text = self.heading.text + self.joint + first.text
            return [Line(self.heading.place, text), *rest]
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
        lines = [section.lines for section in self.all_sections]
        return [*self.preamble, *itertools.chain.from_iterable(lines)]

    @cached_property
    def pieces(self) -> list[Line]:
        """The same, with headings that are run in and their paragraphs by themselves."""
        lines = [(section.heading, *section.paragraphs) for section in self.all_sections]
        return [*self.preamble, *(each for each in itertools.chain(*lines) if each.text)]

    def without(self, ids: Set[str]) -> Narrative:
        """Return the narrative without the sections of these ids and all that stands in them."""

        def keep(sections: list[Section]) -> list[Section]:
            return [
                replace(section, children=keep(section.children))
                for section in sections
                if section.id not in ids
            ]

        return replace(self, sections=keep(self.sections))

    @cached_property
    def groups(self) -> list[Section]:
        """The numbered sections that have numbered sections below them."""
        return [section for section in self.all_sections if section.is_group]

    @cached_property
    def items(self) -> list[Section]:
        """The numbered sections that have none."""
        return [section for section in self.all_sections if section.is_item]


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
        if line.text[:1] == "#":
            match = _HEADING.fullmatch(line.text)
            if match or line.text not in paragraphs:
                outline.heading(line, match)
                continue
        elif mark := _MARK.fullmatch(line.text):
            outline.mark(line, Id(mark["id"]))
            continue
        if line.text:
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
        if match:
            section_id = Id(match["id"] or match["run_in"])
            heading = Line(line.place, match["text"])
            self._put(heading, len(match["marks"]), section_id, joint=match["joint"])
            if match["rest"]:
                self.paragraph(Line(line.at(match.start("rest")), match["rest"]))
        else:
            level, text, section_id = _damaged(line.text)
            level = self._meant(level, section_id)
            self._put(Line(line.place, text), level, section_id, _HOW)

    def mark(self, line: Line, section_id: Id) -> None:
        """Open the section of that id, which the text gives no heading: it stands in no other."""
        self._put(Line(line.place, ""), 2, section_id)

    def _put(
        self, heading: Line, level: int, section_id: Id, fault: str = "", joint: str | None = None
    ) -> None:
        while self._open and self._open[-1].level >= level:
            self._open.pop()
        if section_id in self._first:
            fault = f"编号“{section_id}”重复，第 {self._first[section_id]} 行已有"
        if not section_id or section_id in self._first:
            section_id = self._expected()
        if fault and len(self.problems) < _ENOUGH:
            self.problems.append(Problem(heading.place, "heading", fault))
        self._add(Section(section_id, level, heading, joint=joint))

    def _meant(self, level: int, section_id: Id) -> int:
        """Return the level of a damaged heading: its id says more of it than its marks."""
        if not section_id:
            return level
        above = (each.level for each in reversed(self._open) if each.depth < section_id.depth)
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
    def _parent(self) -> Id:
        """The id of the innermost open section that has a number, or ""."""
        return next((each.id for each in reversed(self._open) if each.depth), Id())

    def _expected(self) -> Id:
        """Return the id that the next section has by its place: like what stands before it."""
        before, parent = self._siblings, self._parent
        is_numbered = bool(before[-1].depth if before else self._open)
        number = self._numbered[parent] + 1
        if is_numbered and parent.depth < DEEPEST:
            return parent.child(number)
        return Id(f"part-{len(self._first) + _ENOUGH}")


def _damaged(text: str) -> tuple[int, str, Id]:
    """Return level, text and id of a heading that is not as it should be; the id may be ""."""
    rest = text.lstrip("#")
    level = min(max(len(text) - len(rest), 2), 6)
    end = _LIKE_AN_ID.search(rest[-_LONGEST_ID:])
    if not end:
        return level, rest.strip(), Id()
    section_id = re.search(_ID, unicodedata.normalize("NFKC", end[0]))
    return level, rest[: len(rest) - len(end[0])].strip(), Id(section_id[0] if section_id else "")
