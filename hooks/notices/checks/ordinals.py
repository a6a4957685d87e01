"""Rule: the ordinals that are printed in headings follow one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..catalogue import Catalogue, Notice
from ..narrative import Line, Section
from .numbers import number
from .rules import Finding, rule

_CHINESE, _ARABIC = "[一二三四五六七八九十]{1,4}", "[0-9０-９]{1,3}"
_CIRCLED, _ROMAN = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
# How a heading may begin, by style: brackets and marks half-width or full-width. 3.15 is a day.
_STYLES = (
    ("（一）", f"[(（] ?({_CHINESE}) ?[)）]"),
    ("第一", f"第({_CHINESE})[,，、:：]"),
    ("一、", f"({_CHINESE})[、.．]"),
    ("一是", f"({_CHINESE})是"),
    ("（1）", f"[(（] ?({_ARABIC}) ?[)）]"),
    ("1）", f"({_ARABIC})[)）]"),
    ("1.", f"({_ARABIC})[、.．](?![0-9０-９])"),
    ("①", f"([{_CIRCLED}])"),
    ("Ⅰ", f"([{_ROMAN}])[、.．]?"),
)
_ORDINALS = [(style, re.compile(pattern)) for style, pattern in _STYLES]
_HALF_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}


class Ordinal(NamedTuple):
    """The number that a line begins with: how it is written, and what it is."""

    style: str
    printed: str
    value: int


def read_ordinal(text: str) -> Ordinal | None:
    """Return the ordinal that ``text`` begins with."""
    for style, pattern in _ORDINALS:
        if match := pattern.match(text):
            return Ordinal(style, match[1], _value(match[1]))
    return None


def without_ordinal(text: str) -> str:
    """Return ``text`` without the ordinal that it begins with."""
    return next((text[each.end() :] for _, p in _ORDINALS if (each := p.match(text))), text)


def _value(printed: str) -> int:
    for signs in (_CIRCLED, _ROMAN):
        if printed in signs:
            return signs.index(printed) + 1
    return int(number(printed.translate(_HALF_WIDTH)))


@rule
def printed_ordinal(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """方面、子项和问题标题上印的序号要一个接一个，从1起，或者接着前面的往下数。

    先查编号和标题的层次
    """
    ended: dict[int, int] = {}  # depth → the last ordinal of the group before
    for run in _runs(notice):
        yield from _out_of_order(run, ended)
        depth = run.sections[0].depth
        ended[depth] = max((each.value for _, each in run.printed), default=ended.get(depth, 0))


class _Run(NamedTuple):
    """Numbered sections that stand next to one another in the outline, in their order.

    ``before`` are the ordinals of what stands before each of them that is no numbered section: a
    part, or a paragraph, as 一、总体情况 before 二、; by the id of the section.
    """

    sections: Sequence[Section]
    before: dict[str, list[Ordinal]]

    @property
    def printed(self) -> list[tuple[Section, Ordinal]]:
        pairs = ((section, read_ordinal(section.heading.text)) for section in self.sections)
        return [(section, ordinal) for section, ordinal in pairs if ordinal]


def _runs(notice: Notice) -> Iterator[_Run]:
    """Yield the numbered sections of each parent, parents in the order of the text."""
    narrative = notice.narrative
    yield from _run(narrative.preamble, narrative.sections)
    for section in narrative.all_sections:
        heading = [] if section.depth else [section.heading]
        yield from _run([*heading, *section.paragraphs], section.children)


def _run(paragraphs: Sequence[Line], children: Sequence[Section]) -> Iterator[_Run]:
    before: dict[str, list[Ordinal]] = {}
    lines = [line.text for line in paragraphs]
    for child in children:
        if child.depth:
            before[child.id] = [*filter(None, map(read_ordinal, lines))]
            lines = []
        else:
            lines.append(child.heading.text)
    if before:
        yield _Run([child for child in children if child.depth], before)


def _out_of_order(run: _Run, ended: dict[int, int]) -> Iterator[Finding]:
    """Yield the sections whose ordinal is not the one that is due, by the kindest reading."""
    firsts = (1, ended.get(run.sections[0].depth, 0) + 1)
    readings = [_slips(run, first, others) for first in firsts for others in (True, False)]
    for section, ordinal, due in min(readings, key=_severity):
        message = f"标题印的序号是“{ordinal.printed}”，按位置是第 {due} 个"
        yield Finding(section.heading.place, message, at=section.id)


_Slips = list[tuple[Section, Ordinal, int]]


def _severity(slips: _Slips) -> tuple[int, int]:
    return len(slips), sum(abs(ordinal.value - due) for _, ordinal, due in slips)


def _slips(run: _Run, first: int, others: bool) -> _Slips:
    """Return what is out of order when the run begins with ``first``: section, ordinal, due.

    ``others`` says whether what is no numbered section takes a number as well.
    """
    slips = []
    due = first
    for section in run.sections:
        if ordinal := read_ordinal(section.heading.text):
            for other in run.before[section.id] if others else ():
                due += other.style == ordinal.style and other.value == due
            if ordinal.value != due:
                slips.append((section, ordinal, due))
        due += 1
    return slips
