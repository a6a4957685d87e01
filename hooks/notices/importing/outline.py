"""The outline as it is proposed: every heading with its id, why it is taken for one, how surely."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..text.outline import CLOSING, DEEPEST, Id
from ..text.table import cells_of
from .across import named_beside
from .candidates import Candidate, candidates
from .closing import closing_at
from .deciding import DOUBTFUL, LIKELY, SURE, Decided, Role, Settled, Verdict, decide
from .labelled import Labelled, labelled, task
from .nesting import nested
from .rows import Grid, grids
from .source import ACROSS, Line


class Proposed(NamedTuple):
    """A section as it is proposed: the number of its line, from 0, and how it is marked there.

    ``marks`` is how many ``#`` it has; 0 for a row of a table, or a mark alone before the line.
    ``rest`` is the offset at which its text begins in the line of a heading that is run in.
    """

    line: int
    id: Id
    title: str
    role: Role
    why: str
    sure: int
    marks: int = 0
    rest: int = 0
    is_row: bool = False


class Passed(NamedTuple):
    """What might have been headings, and is only text: the numbers of their lines, and why."""

    lines: tuple[int, ...]
    why: str
    sure: int


@dataclass(frozen=True)
class Proposal:
    """The outline of a text."""

    lines: tuple[Line, ...]
    sections: tuple[Proposed, ...] = ()
    passed: tuple[Passed, ...] = ()
    grids: tuple[Grid, ...] = ()

    @property
    def shown(self) -> list[Grid]:
        """The tables that a narrative can have: one right after another is none."""
        marked = {each.line for each in self.sections}
        ends = {each.end for each in self.grids}
        return [each for each in self.grids if each.first not in ends or each.first in marked]

    @property
    def items(self) -> list[Proposed]:
        """The sections that are items, in the order of the text."""
        return [each for each in self.sections if each.role == "item"]

    @property
    def depth(self) -> int:
        """How many levels of groups stand above the deepest item."""
        return max((each.id.depth for each in self.items), default=1) - 1


def propose(lines: Sequence[Line], items_at: int = 0) -> Proposal:
    """Return the outline of ``lines``; ``items_at`` is how deep its items stand, if anyone said."""
    own = tuple(_whole(lines))
    tables = tuple(grids(own))
    ledgers = {at for each in tables for at in each.items}

    def has_rows(each: Candidate) -> bool:
        return any(at in ledgers for at in range(each.line + 1, each.line + each.body + 1))

    roots = nested([*candidates(own)])
    decided = decide(roots, has_rows, items_at)
    numbering = _Numbering(own, tables)
    is_sure = any(each.sure != DOUBTFUL for each in decided.roots)
    told = [] if is_sure or ledgers or decided.is_whole else labelled(own)
    if decided.is_whole:
        numbering.whole([Labelled(roots[0].line, task(own, roots[0].line))])
    elif told:
        numbering.whole(told)
    else:
        numbering.headings(decided)
    passed = [
        Passed(tuple(each.line for each in run), verdict.why, verdict.sure)
        for run, verdict in decided.refused
    ]
    return Proposal(own, tuple(numbering.sections), tuple(passed), tables)


def _whole(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines that say something, each of them one to every program.

    A row that is the number and the name of a group is one, among rows that are counted otherwise.
    """
    counts = {len(line.cells) for line in lines if line.cells and line.cells[0].strip().isdecimal()}
    for line in lines:
        name = named_beside(line.cells) if len(line.cells) in counts else ""
        if name:
            yield line._replace(text=name, cells=(), level=ACROSS)
            continue
        parts = [part for part in line.text.splitlines() if part.strip()]
        for part in parts:
            yield line if part == line.text else line._replace(text=part, cells=(), numbered="")


@dataclass
class _Numbering:
    """Gives ids to what was decided, in the order of the text."""

    lines: tuple[Line, ...]
    tables: tuple[Grid, ...]
    sections: list[Proposed] = field(default_factory=list)
    parts: int = 0

    def whole(self, told: Sequence[Labelled]) -> None:
        """Make an item of each issue that no heading names, up to the next one."""
        why = "全文只有一个整改任务，各个标题是它的几个方面"
        if len(told) > 1:
            why = "每个问题都用“问题：”“措施：”这样的话分段"
        for number, each in enumerate(told, 1):
            self.sections.append(
                Proposed(each.line, Id(str(number)), each.title, "item", why, LIKELY)
            )
        self._close(told[-1].line + 1)

    def headings(self, decided: Decided) -> None:
        """Number the headings and the rows between them."""
        flat = [*_flat(decided.roots, 2)]
        last = max((each.candidate.line for each, _ in flat), default=0)
        counts: dict[Id, int] = {}
        opened: list[tuple[int, Id]] = []  # marks, and the id that counts
        rows = {
            at: grid for grid in self.tables if grid.items for at in (*grid.items, *grid.others)
        }
        ends = {each.end for each in self.tables}
        heads = {each.candidate.line: (each, marks) for each, marks in flat}
        for at in range(len(self.lines)):
            if at in heads:
                each, marks = heads[at]
                opened = [pair for pair in opened if pair[0] < marks]
                section_id = self._id(opened, counts, each.role)
                opened.append((marks, section_id if section_id.depth else Id()))
                self.sections.append(_of(each, section_id, marks))
            elif at in rows:
                if at == rows[at].first and at in ends:
                    self._after_rows(at)
                self._row(at, rows[at], opened, counts)
                last = max(last, at)
            elif at - 1 in rows and self.sections and self.sections[-1].is_row:
                self._after_rows(at)
        if self.sections:
            is_item = self.sections[-1].role == "item" and not self.sections[-1].is_row
            self._close(last + 1 + (is_item and not self.sections[-1].rest))
        else:
            self._close(1)

    def _after_rows(self, at: int) -> None:
        """Let what comes after a table stand in a part: it belongs to no row."""
        why = "表格后面的话，不属于最后一行"
        self.sections.append(Proposed(at, self._part(), "", "part", why, SURE))

    def _id(self, opened: list[tuple[int, Id]], counts: dict[Id, int], role: Role) -> Id:
        if role in ("part", "holder"):
            return self._part()
        above = opened[-1][1] if opened else Id()
        counts[above] = counts.get(above, 0) + 1
        return above.child(counts[above])

    def _part(self) -> Id:
        self.parts += 1
        return Id(f"part-{self.parts}")

    def _row(
        self, at: int, grid: Grid, opened: list[tuple[int, Id]], counts: dict[Id, int]
    ) -> None:
        if opened and opened[-1][0] > DEEPEST:  # nothing can be counted below
            return
        if at in grid.items:
            section_id = self._id(opened, counts, "item")
            role: Role = "item"
            why, sure = "表格的一行是一个问题", SURE
        elif at > grid.items[0]:
            section_id, role = self._part(), "part"
            why, sure = "表格里的一行，没有题目或者是合计", LIKELY
        else:
            return
        cells = cells_of(self.lines[at].text)
        words = cells[grid.title] if role == "item" else next(filter(None, cells))
        self.sections.append(Proposed(at, section_id, words, role, why, sure, is_row=True))

    def _close(self, after: int) -> None:
        begin = closing_at(self.lines, after)
        if begin < len(self.lines):
            while self.sections and self.sections[-1].line >= begin:
                self.parts -= self.sections.pop().role == "part"
            why = "后面是联系方式、公示期、落款"
            self.sections.append(Proposed(begin, Id(CLOSING), "", "part", why, SURE))


def _of(each: Settled, section_id: Id, marks: int) -> Proposed:
    found = each.candidate
    return Proposed(
        found.line, section_id, found.title, each.role, each.why, each.sure, marks, found.rest
    )


def _flat(kept: Sequence[Settled], marks: int) -> Iterator[tuple[Settled, int]]:
    """Yield the headings in the order of the text, each with its number of marks."""
    for each in kept:
        yield each, marks
        yield from _flat(each.children, marks + 1)


__all__ = ["DEEPEST", "DOUBTFUL", "Passed", "Proposal", "Proposed", "Verdict", "propose"]
