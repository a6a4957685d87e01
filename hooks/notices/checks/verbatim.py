"""Rule: the narrative is the approved text."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterator

from ..catalogue import Catalogue, Notice
from ..narrative import Line
from ..problem import Place
from .rules import Finding, rule


@rule
def narrative_differs(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """叙述文件的文字必须与批准文本逐字相同（每行首尾的空白除外）。

    改叙述，不改批准的文本。两段看起来一样的，查全角半角和空格
    """
    ours = list(notice.narrative.lines())
    approved = _approved_lines(notice)
    if [line.text for line in ours] == [line.text for line in approved]:
        return
    end = Line(Place(notice.narrative.path, ours[-1].place.line if ours else 1), "")
    matcher = difflib.SequenceMatcher(
        None, [line.text for line in approved], [line.text for line in ours], autojunk=False
    )
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        here = ours[b1] if b1 < len(ours) else end
        for theirs, mine in itertools.zip_longest(approved[a1:a2], ours[b1:b2]):
            if theirs is None:
                yield Finding(mine.place, f"批准文本里没有这一行：“{_excerpt(mine.text, 0)}”")
            elif mine is None:
                message = f"缺少批准文本的一行（{theirs.place}）：“{_excerpt(theirs.text, 0)}”"
                yield Finding(here.place, message)
            else:
                yield _difference(theirs, mine)


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
