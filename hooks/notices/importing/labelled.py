"""Labels: texts that call each paragraph by what it tells of an issue, 反馈问题：, 整改措施：."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..text.measures import LABEL
from .source import Line

_ASKS = re.compile(
    r"(?:反馈|存在|整改|主要)?的?(?:问题|任务|事项)(?:描述|表现|内容)?[:：] *(?P<words>.*)"
)
_NUMBER = re.compile(r"(?:序号|编号|任务编号|问题编号)[:：]")
_AIMS = re.compile("(?:整改)?(?:任务|目标)[:：] *(?P<words>.*)")


class Labelled(NamedTuple):
    """An issue that is told under labels: its first line, and the sentence that says what it is."""

    line: int
    title: str


def labelled(lines: Sequence[Line]) -> list[Labelled]:
    """Return the issues of a text whose paragraphs are called by their sides; none of any other."""
    asks = [at for at, line in enumerate(lines) if not line.cells and _ASKS.match(line.text)]
    sides = {match[1] for line in lines if not line.cells and (match := LABEL.match(line.text))}
    if not asks:
        asks = [at for at, line in enumerate(lines) if not line.cells and _AIMS.match(line.text)][
            :1
        ]
    if not asks or not sides - {"整改任务", "任务"}:
        return []
    return [Labelled(_start(lines, at), task(lines, at)) for at in asks]


def task(lines: Sequence[Line], at: int) -> str:
    """Return the sentence that says what the issue is that line ``at`` names, or the one below."""
    match = _ASKS.match(lines[at].text) or _AIMS.match(lines[at].text)
    words = match["words"] if match else ""
    if not words and at + 1 < len(lines):
        words = lines[at + 1].text
    return words.partition("。")[0].strip()


def _start(lines: Sequence[Line], at: int) -> int:
    """Return where the issue begins: with its number, where that stands right before."""
    return at - 1 if at and _NUMBER.match(lines[at - 1].text) else at
