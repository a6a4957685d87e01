"""The narrative of a notice: headings with ids, and under them the approved words, verbatim.

A narrative is not free Markdown. Each line that is not blank is a heading
(``##### text {#1-3-2}``) or one paragraph of plain text, and what stands in it is what is
published: no character of it is markup. A paragraph may begin with ``#``. A heading that is run in
has its first paragraph behind its mark (``### text。{#1} 一是…``); the approved text has one line
there. A section that the text gives no heading, the closing or an issue that is the whole notice,
has a mark alone (``{#closing}``, ``{#1}``). A line ``| a | b |`` is a row of a table (``table``).
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from functools import cached_property

from ..problem import Faulty, Place, Problem
from .outline import CLOSING, DEEPEST, NAMED, TYPED, Id
from .sections import Line, Section
from .table import HOW as HOW_ROWS
from .table import Row, Table, heading, is_rule, read_row

__all__ = ["Line", "Narrative", "Section", "parse", "recover"]

_ID = rf"{NAMED}|{TYPED}"
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

_AFTER = (
    "表格后面的话不属于最后一行：前面加单独一行编号，如 {#part-1}；是通报的结尾的，写 {#closing}"
)
_MARKS = frozenset("#|-")
"""Signs that a line of ours may begin with: in the approved text they are what they are."""
_ENOUGH = 200  # wrong headings: more of them say nothing more


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
        """The same, with headings that are run in, their paragraphs, and cells by themselves."""
        pieces = [section.pieces for section in self.all_sections]
        return [*self.preamble, *itertools.chain.from_iterable(pieces)]

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


def recover(
    path: str, text: str, approved: str | None = None, roles: Mapping[str, str] | None = None
) -> tuple[Narrative, list[Problem]]:
    """Return the narrative in ``text``, and what is wrong with its headings and tables.

    A heading has marks, a space, and an id at its end. What else begins with ``#`` is a paragraph
    when it stands so in the ``approved`` text; otherwise it is a faulty heading, taken for what it
    must have been meant for, by its marks and its place. So it is with rows and ``|``. ``roles``
    says what the columns of tables hold, by their names.
    """
    outline = _Outline(path, roles or {})
    verbatim = {
        line.strip() for line in (approved or "").splitlines() if line.strip()[:1] in _MARKS
    }
    for number, raw in enumerate(text.splitlines(), 1):
        if not (words := raw.strip()):
            continue
        line = Line(Place(path, number), words)
        if line.text[:1] == "#":
            match = _HEADING.fullmatch(line.text)
            if match or line.text not in verbatim:
                outline.heading(line, match)
                continue
        elif line.text[:1] == "|" and line.text not in verbatim:
            outline.row(line, read_row(line), verbatim)
            continue
        elif line.text[:1] == "{" and (mark := _MARK.fullmatch(line.text)):
            outline.mark(line, Id(mark["id"]))
            continue
        outline.paragraph(line)
    return outline.narrative, outline.problems


class _Outline:
    """Puts the lines of a narrative together."""

    def __init__(self, path: str, roles: Mapping[str, str]) -> None:
        self.narrative = Narrative(path, [], [])
        self.problems: list[Problem] = []
        self._open: list[Section] = []
        self._first: dict[str, int] = {}
        self._numbered: Counter[str] = Counter()
        self._table = Table(roles)

    def paragraph(self, line: Line) -> None:
        self._table.end()
        self._put_line(line, _AFTER if self._open and self._open[-1].row else "")

    def row(self, line: Line, row: Row | None, verbatim: Set[str]) -> None:
        """Put a row, which is a section when it has an id, or the rule below a head."""
        if not row:
            self._put_line(line, HOW_ROWS)
        elif is_rule(row) and row.line.text not in verbatim:
            count, fault = self._table.head()
            self._fault(line, "table-row", fault)
            self._mark_head(count)
        else:
            has_section = bool(row.id) or self._table.has_sections
            self._fault(line, "table-row", self._table.add(row))
            if has_section:
                self._put_row(row)
            else:
                self._lines.append(row.line)

    def _put_line(self, line: Line, fault: str) -> None:
        """Put a line of text; a row that is a section holds none."""
        self._fault(line, "table-row", fault)
        if self._open and self._open[-1].row:
            self.mark(line, self._spare())
        self._lines.append(line)

    def _put_row(self, row: Row) -> None:
        """Put the section that a row is below the one in which its table stands."""
        while self._open and self._open[-1].row:
            self._open.pop()
        count, cells = self._table.section(row)
        self._mark_head(count)
        level = self._open[-1].level + 1 if self._open else 2
        is_part = bool(row.id) and not row.id.depth
        first = heading(cells, is_numbered=not is_part)
        others = [cell.line for cell in cells if is_part or cell.role != "number"]
        texts = [line for line in others if line.text and line is not first]
        self._put(Section(row.id, level, first, texts, row=row.line, cells=cells))

    def _mark_head(self, count: int) -> None:
        if count:
            self._lines[-count:] = [line._replace(is_head=True) for line in self._lines[-count:]]

    def heading(self, line: Line, match: re.Match[str] | None) -> None:
        """Put the section that ``line`` opens under the innermost open one that is above it."""
        self._table.end()
        if match:
            section_id = Id(match["id"] or match["run_in"])
            words = Line(line.place, match["text"])
            self._put(Section(section_id, len(match["marks"]), words, joint=match["joint"]))
            if match["rest"]:
                self.paragraph(Line(line.at(match.start("rest")), match["rest"]))
        elif len(self.problems) >= _ENOUGH:  # nobody reads what the next was meant for
            self.paragraph(line)
        else:
            level, text, section_id = _damaged(line.text)
            level = self._meant(level, section_id)
            self._put(Section(section_id, level, Line(line.place, text)), _HOW)

    def mark(self, line: Line, section_id: Id) -> None:
        """Open the section of that id, which the text gives no heading.

        It stands in no other, but for a part between the rows of a table.
        """
        self._table.end()
        is_within = self._open and self._open[-1].row and section_id != CLOSING
        level = self._open[-1].level if is_within and not section_id.depth else 2
        self._put(Section(section_id, level, Line(line.place, "")))

    def _put(self, section: Section, fault: str = "") -> None:
        while self._open and self._open[-1].level >= section.level:
            self._open.pop()
        if section.id in self._first:
            fault = f"编号“{section.id}”重复，第 {self._first[section.id]} 行已有"
        if not section.id or section.id in self._first:
            section = replace(section, id=self._expected())
        self._fault(section.heading, "heading", fault)
        self._add(section)

    def _fault(self, line: Line, rule: str, message: str) -> None:
        if message and len(self.problems) < _ENOUGH:
            self.problems.append(Problem(line.place, rule, message))

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
    def _lines(self) -> list[Line]:
        """Where a line goes that opens no section."""
        return self._open[-1].paragraphs if self._open else self.narrative.preamble

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
            due = parent.child(number)
            return self._spare() if due in self._first else due
        return self._spare()

    def _spare(self) -> Id:
        """Return the id of a part that nobody can have written."""
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
