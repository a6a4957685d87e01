"""Rule: the narrative is the approved text."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterator

from ..catalogue.notices import Catalogue, Notice
from ..problem import Place
from ..text.narrative import Line
from .rules import Finding, rule


@rule
def narrative_differs(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """叙述文件的文字必须与批准文本逐字相同（每行首尾的空白除外）。

    改叙述，不改批准的文本。两段看起来一样的，查全角半角和空格
    """
    ours = list(notice.narrative.lines)
    approved = _approved_lines(notice)
    if [line.text for line in ours] == [line.text for line in approved]:
        return
    end = Line(Place(notice.narrative.path, ours[-1].place.line if ours else 1), "")
    matcher = difflib.SequenceMatcher(
        None, [line.text for line in approved], [line.text for line in ours], autojunk=False
    )
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag != "equal":
            here = ours[b1] if b1 < len(ours) else end
            yield from _differences(approved[a1:a2], ours[b1:b2], here)


def _differences(approved: list[Line], ours: list[Line], here: Line) -> Iterator[Finding]:
    """Describe a run of lines that differ: pair by pair, and what is left over at once."""
    paired = min(len(approved), len(ours))
    for theirs, mine in zip(approved, ours, strict=False):
        yield _difference(theirs, mine)
    if missing := approved[paired:]:
        first = missing[0]
        message = f"缺少批准文本的 {len(missing)} 行（从 {first.place} 起）"
        place = ours[-1].place if ours else here.place
        yield Finding(place, f"{message}：“{_excerpt(first.text, 0)}”")
    if added := ours[paired:]:
        message = f"批准文本里没有这 {len(added)} 行"
        yield Finding(added[0].place, f"{message}：“{_excerpt(added[0].text, 0)}”")


def _approved_lines(notice: Notice) -> list[Line]:
    return [
        Line(Place(notice.approved_path, number), text.strip())
        for number, text in enumerate(notice.approved.splitlines(), 1)
        if text.strip()
    ]


def _difference(theirs: Line, mine: Line) -> Finding:
    """Describe the first difference of two lines, with a few characters around it."""
    pairs = enumerate(itertools.zip_longest(theirs.text, mine.text))
    at = next(index for index, (a, b) in pairs if a != b)
    place = Place(mine.place.path, mine.place.line, at + 1)
    message = (
        f"与批准文本不同：批准的是“{_excerpt(theirs.text, at)}”"
        f"（{theirs.place.path}:{theirs.place.line}:{at + 1}），这里是“{_excerpt(mine.text, at)}”"
    )
    return Finding(place, message)


def _excerpt(text: str, at: int, around: int = 8) -> str:
    begin, end = max(at - around, 0), at + around + 1
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"
