"""Ordinals: which of those that headings print do not follow one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .narrative import Narrative
from .numerals import Ordinal, read_ordinal
from .sections import Line, Section


class Slip(NamedTuple):
    """A numbered section whose ordinal is not the one that is due at its place."""

    section: Section
    ordinal: Ordinal
    due: int


def slips(narrative: Narrative) -> Iterator[Slip]:
    """Yield the headings whose ordinals do not follow one another, from 1 or from where the group
    before has ended, by the kindest reading.
    """
    ended: dict[int, int] = {}  # depth → the last ordinal of the group before
    for run in _runs(narrative):
        depth = run[0].section.depth
        yield from _out_of_order(run, ended.get(depth, 0))
        printed = (each.ordinal.value for each in run if each.ordinal)
        ended[depth] = max(printed, default=ended.get(depth, 0))


class _Numbered(NamedTuple):
    """A numbered section, its ordinal, and those of what stands before it and is none.

    That is a part, or a paragraph: 一、总体情况 before 二、.
    """

    section: Section
    ordinal: Ordinal | None
    before: list[Ordinal]


def _runs(narrative: Narrative) -> Iterator[list[_Numbered]]:
    """Yield the numbered sections of each parent that has some, in the order of the text."""
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


def _out_of_order(run: list[_Numbered], ended: int) -> list[Slip]:
    """Return the sections whose ordinal is not the one that is due, by the kindest reading."""
    kindest = _slipped(run, 1, others=True)
    for first in (1, ended + 1):
        for others in (True, False):
            if kindest:
                kindest = min(kindest, _slipped(run, first, others=others), key=_severity)
    return kindest


def _severity(found: list[Slip]) -> tuple[int, int]:
    return len(found), sum(abs(ordinal.value - due) for _, ordinal, due in found)


def _slipped(run: list[_Numbered], first: int, *, others: bool) -> list[Slip]:
    """Return what is out of order when the run begins with ``first``: section, ordinal, due.

    ``others`` says whether what is no numbered section takes a number as well.
    """
    found = []
    due = first
    for section, ordinal, before in run:
        if ordinal:
            for other in before if others else ():
                due += other.style == ordinal.style and other.value == due
            if ordinal.value != due:
                found.append(Slip(section, ordinal, due))
        due += 1
    return found
