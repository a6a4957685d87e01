"""Candidates: the lines that may be headings, each with its ordinal, its title and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..text.numerals import COUNTING, Ordinal, ordinals_within, read_ordinal
from .phrases import COUNTED_ISSUE, Saying, is_side, said_by
from .source import ACROSS, Line

LONGEST = 200  # characters of a heading; a quoted sentence may be long
_SHORT = 60  # of one that its line goes on from
_CLOSES = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "（": "）", "(": ")"}
_MEASURED = frozenset({COUNTING, "第一"})
"""Styles that count off what was done, never sections, unless the line names an issue."""
_ISSUE = re.compile(
    r"(?:针对|关于|对于?|反馈(?:意见)?指出|巡[视察]反馈)[^。]{0,12}[“\"「『].+"
    rf"|{COUNTED_ISSUE}"
)
_UNQUOTED = re.compile(r"(?:关于|针对)[^。；;，,：:！!？?]{4,50}的问题(?:的?整改(?:落实)?情况)?")
_PART = re.compile(r"第[一二三四五六七八九十]{1,3}部分[、:： \u3000]*(?=\S)")
BOLD, ROW = "bold", "row"
"""The styles of a line that only stands out, and of one that is a row of a table."""
LIKE_A_MARK = re.compile(r"[{｛]#[^{}｛｝\s]{0,40}[}｝]")
"""What a narrative may take for the id of a heading: no heading can have it, and doubts tell it."""
_NO_HEADING = re.compile(r".*[。；;，,：:！!？?]")
_TITLE = re.compile(r".*(?:通报|公告|公示|报告|通知|说明)(?:[（(].*[）)])?")
_ALONE = re.compile(r"([0-9]{1,2})[ \u3000]+(?=[\u4e00-\u9fff“])")
_PAGE = re.compile(r"(?P<words>.{2,}?)[ \u3000.…·\t]*\d{1,3}")
_DIGITS = re.compile("[0-9]+")
_GOES_ON = re.compile(r"[。：:；;][ \u3000]*(?=\S)")
_COUNTS = re.compile(r"[ \u3000]+(?=(?:一是|[（(]1[）)]|①|1[.．、]|第一[,，、]))")


@dataclass(eq=False)
class Candidate:
    """A line that may be a heading: ``line`` is its number among the lines, from 0.

    ``title`` is what the heading would say, all of the line or, where the line goes on after it,
    its beginning; then ``rest`` is the offset at which the text begins.
    """

    line: int
    style: str
    ordinal: Ordinal | None
    title: str
    saying: Saying
    rest: int = 0
    marked: bool = False
    """Whether its source marks it as a heading."""
    body: int = 0
    """How many lines of text stand below it, before the next candidate."""
    counts: bool = False
    """Whether what follows in its line counts off measures."""
    children: list[Candidate] = field(default_factory=list)

    @property
    def value(self) -> int:
        """The number of its ordinal; 0 when it has none."""
        return self.ordinal.value if self.ordinal else 0

    @property
    def is_answered(self) -> bool:
        """Whether there is text below it, or in its line after it."""
        return bool(self.body or self.rest or self.children)


def candidates(lines: Sequence[Line]) -> Iterator[Candidate]:
    """Yield the lines that may be headings, in their order, with how much text is below each."""
    found: Candidate | None = None
    first = [each.style for line in lines if (each := read_ordinal(line.text))]
    has_dotted = "1.1" in first
    listed = {*in_contents(lines)}
    for number, line in enumerate(lines):
        is_listed = number in listed
        candidate = None if is_listed else _candidate(number, line, has_dotted=has_dotted)
        if candidate:
            if found:
                yield found
            found = candidate
        elif found:
            found.body += 1
    if found:
        yield found


def in_contents(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the numbers of the lines of a table of contents: another line, and a page behind it."""
    texts = {"".join(line.text.split()) for line in lines if not line.cells}
    for number, line in enumerate(lines):
        match = _PAGE.fullmatch(line.text) if not line.cells else None
        if match and "".join(match["words"].split()) in texts:
            yield number


def _candidate(number: int, line: Line, *, has_dotted: bool) -> Candidate | None:
    """Return what ``line`` would be as a heading, if it may be one.

    Where there is 1.1, a number without any sign behind it stands above it.
    """
    if line.cells or LIKE_A_MARK.search(line.text, 0, LONGEST + 1):
        return None
    ordinal = read_ordinal(line.text)
    if has_dotted and not ordinal and (bare := _ALONE.match(line.text)):
        ordinal = Ordinal("1.", bare[1], int(bare[1]), bare[0])
    end = _end_of_title(line.text)
    title = line.text[:end].rstrip()
    if len(title) > LONGEST:
        return None
    saying = said_by(_words(title))
    style = _style(line, ordinal, title, saying)
    if not style:
        return None
    rest = 0 if end >= len(line.text) else end
    while rest and line.text[rest] in " \u3000":
        rest += 1
    if rest and line.text[rest].isspace():  # of other blanks than a mark may stand behind
        return None
    counted = [each for _, each in ordinals_within(line.text[rest:])] if rest else []
    is_marked = bool(line.level) and not rest
    return Candidate(
        number, style, ordinal, title, saying, rest, is_marked, counts=len(counted) > 1
    )


def _words(text: str) -> str:
    """Return ``text`` without the words that count off a part of it: 第一部分."""
    found = _PART.match(text)
    return text[found.end() :] if found else text


def _style(line: Line, ordinal: Ordinal | None, title: str, saying: Saying) -> str:
    """Return how a heading is counted off, or "" for a line that is none."""
    names_issue = saying in ("issue", "aspect") and bool(_ISSUE.match(_bare(title, ordinal)))
    if _PART.match(line.text):
        return "部分"
    # 一是党的领导方面, on a line of its own.
    is_alone = saying == "aspect" and title == line.text and len(title) <= _SHORT
    if ordinal and (ordinal.style not in _MEASURED or names_issue or is_alone):
        # 1.1.1 stands below 1.1.
        return ordinal.style + ".1" * max(len(_DIGITS.findall(ordinal.words)) - 2, 0)
    if ordinal:
        return ""
    if saying == "issue" and (names_issue or _UNQUOTED.fullmatch(line.text)):
        return "issue"
    if len(line.text) > _SHORT or is_side(title) or _TITLE.fullmatch(line.text):
        return ""
    if line.level == ACROSS:
        return ROW
    if line.level:
        return f"h{line.level}"
    return BOLD if line.bold and not _NO_HEADING.fullmatch(line.text) else ""


def _bare(title: str, ordinal: Ordinal | None) -> str:
    return title[len(ordinal.words) :].strip() if ordinal else title


def _end_of_title(text: str) -> int:
    """Return where the heading ends that ``text`` begins with: all of it, or before its text.

    What stands in quotes or brackets ends nothing; a colon does where the words before it, or
    what is counted off behind it, say that the answer follows.
    """
    depths = _depths(text)
    for mark in _GOES_ON.finditer(text, 0, LONGEST + 2):
        at = mark.start()
        if depths[at] or mark[0][0] in "；;":
            continue
        if mark[0][0] == "。" or _answers(text, at, mark.end()):
            return _at_count(text, at + 1, depths)
    return _at_count(text, len(text), depths)


def _answers(text: str, at: int, after: int) -> bool:
    """Tell whether the answer begins behind the colon ``at``."""
    before = text[:at]
    follows = next((offset for offset, _ in ordinals_within(text[after : after + 6])), -1)
    framed = said_by(before) in ("issue", "aspect") and _ISSUE.match(_bare_of(before))
    return follows == 0 or before.endswith("如下") or bool(framed and not _names(before))


def _bare_of(text: str) -> str:
    ordinal = read_ordinal(text)
    return _bare(text, ordinal)


def _names(text: str) -> bool:
    """Tell whether a colon after ``text`` says which issue it is: 问题1：…"""
    return bool(
        re.fullmatch(
            r"(?:反馈|整改|存在|主要)?的?(?:问题|任务|事项)第?[^，。]{1,4}", _bare_of(text)
        )
    )


def _at_count(text: str, end: int, depths: Sequence[int]) -> int:
    """Return ``end``, or where blanks part the title from what is counted off before that."""
    for mark in _COUNTS.finditer(text, 1, min(end, LONGEST)):
        if not depths[mark.start()]:
            return mark.start()
    return end


def _depths(text: str) -> list[int]:
    """Return in how many quotes or brackets each of the first characters stands.

    A quote that is never closed is none.
    """
    head = text[: LONGEST + 3]
    depths = [0] * (len(head) + 1)
    opened: list[tuple[str, int]] = []
    for at, sign in enumerate(head):
        if sign in _CLOSES:
            opened.append((_CLOSES[sign], at))
        elif any(sign == close for close, _ in opened):
            while opened[-1][0] != sign:
                opened.pop()
            _, begin = opened.pop()
            for inside in range(begin, at):
                depths[inside] += 1
    straight = [at for at, sign in enumerate(head) if sign == '"']
    for begin, end in zip(straight[::2], straight[1::2], strict=False):
        for inside in range(begin, end):
            depths[inside] += 1
    return depths
