"""Rule: the narrative is the approved text."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterator

from ..catalogue.notices import Notice
from ..catalogue.settings import Settings
from ..problem import Place
from ..text.narrative import Line
from ..text.table import cells_of, write_row
from .rules import Objection, rule
from .texts import approved_lines


@rule
def narrative_differs(notice: Notice, _: Settings) -> Iterator[Objection]:
    """叙述文件的文字必须与批准文本逐字相同（每行首尾的空白除外）。

    改叙述，不改批准的文本。两段看起来一样的，查全角半角和空格
    """
    ours = list(notice.narrative.lines)
    texts = [line.text for line in ours]
    if _plainly_equal(notice, ours, texts):
        return
    approved = [*approved_lines(notice)]
    if texts == [line.text for line in approved]:
        return
    end = Line(Place(notice.narrative.path, ours[-1].place.line if ours else 1), "")
    matcher = difflib.SequenceMatcher(None, [line.text for line in approved], texts, autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag != "equal":
            here = ours[b1] if b1 < len(ours) else end
            yield from _differences(approved[a1:a2], ours[b1:b2], here)


def _plainly_equal(notice: Notice, ours: list[Line], texts: list[str]) -> bool:
    """Tell that the narrative has no rows, and the lines of the approved text: where each of them
    stands, nobody needs to know.
    """
    typed = (line.strip() for line in notice.approved.splitlines())
    return not any(line.cells for line in ours) and texts == [*filter(None, typed)]


def _differences(approved: list[Line], ours: list[Line], here: Line) -> Iterator[Objection]:
    """Describe a run of lines that differ: pair by pair, and what is left over at once."""
    paired = min(len(approved), len(ours))
    for theirs, mine in zip(approved, ours, strict=False):
        yield _difference(theirs, mine)
    if missing := approved[paired:]:
        first = missing[0]
        message = f"缺少批准文本的 {len(missing)} 行（从 {first.place} 起）"
        place = ours[-1].place if ours else here.place
        yield Objection(place, f"{message}：“{_excerpt(first.text, 0)}”")
    if added := ours[paired:]:
        message = f"批准文本里没有这 {len(added)} 行"
        yield Objection(added[0].place, f"{message}：“{_excerpt(added[0].text, 0)}”")


def _difference(theirs: Line, mine: Line) -> Objection:
    """Describe the first difference of two lines, with a few characters around it."""
    if mine.cells:
        return _difference_of_rows(theirs, mine)
    if "\t" in theirs.text:
        row = write_row(cells_of(theirs.text))
        message = f"批准的是表格的一行（{theirs.place}），有 {len(cells_of(theirs.text))} 格"
        return Objection(mine.place, f"{message}，请写成“{_excerpt(row, 0, 40)}”")
    pairs = enumerate(itertools.zip_longest(theirs.text, mine.text))
    at = next(index for index, (a, b) in pairs if a != b)
    place = Place(mine.place.path, mine.place.line, at + 1)
    message = (
        f"与批准文本不同：批准的是“{_excerpt(theirs.text, at)}”"
        f"（{theirs.place.path}:{theirs.place.line}:{at + 1}），这里是“{_excerpt(mine.text, at)}”"
    )
    return Objection(place, message)


def _difference_of_rows(theirs: Line, mine: Line) -> Objection:
    """Describe the first cell in which two rows differ."""
    approved = cells_of(theirs.text)
    if len(approved) != len(mine.cells):
        count = f"批准的这一行（{theirs.place}）有 {len(approved)} 格，这里有 {len(mine.cells)} 格"
        return Objection(mine.place, f"{count}；空的格也要写出来：“| |”")
    pairs = enumerate(zip(approved, mine.cells, strict=True), 1)
    number, (wanted, said) = next((at, pair) for at, pair in pairs if pair[0] != pair[1])
    at = next(at for at, (a, b) in enumerate(itertools.zip_longest(wanted, said)) if a != b)
    message = f"第 {number} 格与批准文本不同：批准的是“{_excerpt(wanted, at)}”（{theirs.place}）"
    return Objection(mine.place, f"{message}，这里是“{_excerpt(said, at)}”")


def _excerpt(text: str, at: int, around: int = 8) -> str:
    begin, end = max(at - around, 0), at + around + 1
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"
