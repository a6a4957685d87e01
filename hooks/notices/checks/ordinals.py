"""Rule: the ordinals that are printed in headings follow one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..catalogue.notices import Notice
from ..catalogue.settings import Settings
from ..text.narrative import Line, Section
from ..text.numerals import Ordinal, read_ordinal
from .rules import Objection, rule


@rule
def printed_ordinal(notice: Notice, _: Settings) -> Iterator[Objection]:
    """标题上印的序号要一个接一个，从1起，或者接着前面的往下数。

    先查编号和标题的层次
    """
    ended: dict[int, int] = {}  # depth → the last ordinal of the group before
    for run in _runs(notice):
        depth = run[0].section.depth
        for section, ordinal, due in _out_of_order(run, ended.get(depth, 0)):
            message = f"标题印的序号是“{ordinal.printed}”，按位置是第 {due} 个"
            yield Objection(section.heading.place, message, at=section.id)
        printed = (each.ordinal.value for each in run if each.ordinal)
        ended[depth] = max(printed, default=ended.get(depth, 0))


class _Numbered(NamedTuple):
    """A numbered section, its ordinal, and those of what stands before it and is none.

    That is a part, or a paragraph: 一、总体情况 before 二、.
    """

    section: Section
    ordinal: Ordinal | None
    before: list[Ordinal]


_Slips = list[tuple[Section, Ordinal, int]]


def _runs(notice: Notice) -> Iterator[list[_Numbered]]:
    """Yield the numbered sections of each parent that has some, in the order of the text."""
    narrative = notice.narrative
    yield from _run(narrative.preamble, narrative.sections)
    for section in narrative.all_sections:
        if section.children:
            heading = [] if section.depth else [section.heading]
            yield from _run([*heading, *section.paragraphs], section.children)


def _run(paragraphs: Sequence[Line], children: Sequence[Section]) -> Iterator[list[_Numbered]]:
    run: list[_Numbered] = []
    lines = list(paragraphs)
    for child in children:
        if child.depth:
            before = [*filter(None, (read_ordinal(line.text) for line in lines))]
            run.append(_Numbered(child, _printed(child), before))
            lines = []
        else:
            lines.append(child.heading)
    if run:
        yield run


def _printed(section: Section) -> Ordinal | None:
    """Return the ordinal of a heading, or of a row, which has it in a cell of its own."""
    if not section.row:
        return read_ordinal(section.heading.text)
    numbers = (cell.line.text for cell in section.cells if cell.role == "number")
    return next((read_ordinal(text) or read_ordinal(f"{text}、") for text in numbers), None)


def _out_of_order(run: list[_Numbered], ended: int) -> _Slips:
    """Return the sections whose ordinal is not the one that is due, by the kindest reading."""
    kindest = _slips(run, 1, others=True)
    for first in (1, ended + 1):
        for others in (True, False):
            if kindest:
                kindest = min(kindest, _slips(run, first, others=others), key=_severity)
    return kindest


def _severity(slips: _Slips) -> tuple[int, int]:
    return len(slips), sum(abs(ordinal.value - due) for _, ordinal, due in slips)


def _slips(run: list[_Numbered], first: int, *, others: bool) -> _Slips:
    """Return what is out of order when the run begins with ``first``: section, ordinal, due.

    ``others`` says whether what is no numbered section takes a number as well.
    """
    slips = []
    due = first
    for section, ordinal, before in run:
        if ordinal:
            for other in before if others else ():
                due += other.style == ordinal.style and other.value == due
            if ordinal.value != due:
                slips.append((section, ordinal, due))
        due += 1
    return slips
