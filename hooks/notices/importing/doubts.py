"""Doubts: what of a draft a person should look at, the most doubtful first."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from ..facts.model import Kind
from ..problem import WARNING, Place, Problem, shown
from ..text.numerals import read_ordinal
from .candidates import LIKE_A_MARK, in_contents
from .deciding import DOUBTFUL
from .draft import Draft
from .facts.of_notice import outside
from .facts.papers import misdated, windows_of
from .facts.totals import misstated, uncounted
from .furniture import is_furniture
from .outline import Proposal, Proposed

# 20211228日 has lost its 月, 2021915日 its 年 and 月.
_LONGEST = 200  # characters of a heading
_BEGINNING = 5  # lines, among which a page may have its title, and the article once more
_LOST = re.compile(
    r"(?<!\d)(?:19|20)\d{4,6}日|(?<!\d)(?:19|20)\d{2}年\d{3,4}日|(?<!\d)(?:19|20)\d{3,4}月\d{1,2}日"
    r"|[\ufffd□]+|\?{2,}"
)


def doubts(draft: Draft, path: str, kind: Kind) -> Iterator[Problem]:
    """Yield what is doubtful of a draft whose text stands at ``path``, each as a hint."""
    for at, message in _of_outline(draft.proposal):
        yield Problem(Place(path, at + 1), "import-doubtful", message, WARNING)
    yield from _of_numbers(draft, path, kind)
    yield from _of_pages(draft.proposal, path)
    yield from _of_characters(draft.proposal, path)


def _unfound(proposal: Proposal) -> Iterator[tuple[int, str]]:
    """Yield where issues seem to be counted off of which none was found."""
    if proposal.items:
        return
    bare = ["".join(line.text.split()).lstrip("#>*-·•") for line in proposal.lines]
    counted = [at for at, text in enumerate(bare) if read_ordinal(text)]
    if len(counted) >= 2:
        words = shown(proposal.lines[counted[0]].text)
        message = (
            f"没有找到逐条的问题，整篇当作一篇文字；“{words}”等 {len(counted)} 行却有编号："
            "其实分条的，在来源里去掉编号前后多余的记号和空格再导入"
        )
        yield counted[0], message


def _of_outline(proposal: Proposal) -> Iterator[tuple[int, str]]:
    yield from _unfound(proposal)
    yield from _outline(proposal)
    yield from _torn(proposal)
    yield from _wrapped(proposal)


def _of_numbers(draft: Draft, path: str, kind: Kind) -> Iterator[Problem]:
    """Yield the totals and windows that do not add up, and the totals of something else."""
    proposal = draft.proposal
    for at, message in misstated(proposal, draft.narrative, kind):
        yield Problem(Place(path, at + 1), "stated-total", message, WARNING)
    for at, words in uncounted(proposal, draft.narrative, kind):
        message = f"“{shown(words)}”另有所指，没有当作{kind.item}的总数；就是总数的，写进 stated"
        yield Problem(Place(path, at + 1), "import-doubtful", message, WARNING)
    for line, window in windows_of(outside(proposal)):
        if wrong := misdated(window):
            yield Problem(
                Place(path, proposal.lines.index(line) + 1), "window-days", wrong, WARNING
            )


def _of_pages(proposal: Proposal, path: str) -> Iterator[Problem]:
    """Yield what may come of a page or a program, and not of the author."""
    texts = [line.text for line in proposal.lines[:_BEGINNING]]
    for number, text in enumerate(texts):
        if text in texts[:number] and not text.endswith("。"):
            message = f"“{shown(text)}”出现了两次，一处多半是网页的标题；是的话，从来源里删去再导入"
            yield Problem(Place(path, number + 1), "import-page-words", message, WARNING)
    if listed := [*in_contents(proposal.lines)]:
        message = f"这里起的 {len(listed)} 行像是目录；不是正文的，从来源里删去再导入"
        yield Problem(Place(path, listed[0] + 1), "import-page-words", message, WARNING)
    for number, line in enumerate(proposal.lines):
        if is_furniture(line.text):
            message = f"“{shown(line.text)}”像是网页上带来的；不是正文的，从来源里删去再导入"
            yield Problem(Place(path, number + 1), "import-page-words", message, WARNING)


def _of_characters(proposal: Proposal, path: str) -> Iterator[Problem]:
    """Yield what seems to have lost characters, or to have some of ours."""
    for number, line in enumerate(proposal.lines):
        for match in _LOST.finditer(line.text):
            message = f"“{shown(match[0])}”像是丢了字，对照原件；原件确是如此的，照原样保留"
            yield Problem(
                Place(path, number + 1, match.start() + 1), "import-lost", message, WARNING
            )
        for match in LIKE_A_MARK.finditer(line.text):
            message = (
                f"“{match[0]}”像叙述里的编号，这一行因此没有当作标题；原文确有的照样保留，"
                "多带来的，从来源里删去再导入"
            )
            yield Problem(
                Place(path, number + 1, match.start() + 1), "import-doubtful", message, WARNING
            )


_ENDS = re.compile(r".*[。；;：:！!？?…”\"’』」）)\]】.]\s*$")
_SHORTEST, _FEWEST = 20, 3  # characters of a line that may be a piece of one, and how many of them


def _wrapped(proposal: Proposal) -> Iterator[tuple[int, str]]:
    """Yield where paragraphs seem to be broken into lines as wide as a screen; once."""
    heads = {each.line for each in proposal.sections}
    lines = proposal.lines
    broken = [
        at
        for at, (line, after) in enumerate(itertools.pairwise(lines))
        if len(line.text) >= _SHORTEST
        and not (line.cells or after.cells or {at, at + 1} & heads)
        and not _ENDS.fullmatch(line.text)
        and not read_ordinal(after.text)
    ]
    if len(broken) >= _FEWEST:
        words = shown(lines[broken[0]].text)
        broken_off = f"“{words}”等 {len(broken)} 行不像一段的结尾"
        message = f"{broken_off}，多半是一段断成了几行：在来源里并成一段再导入"
        yield broken[0], message


_TORN = re.compile(r".*(?:关于|针对|对于|在|的|和|与|及|、|，|,|“|《|（)$")
"""How no heading ends, unless its line was broken."""


def _torn(proposal: Proposal) -> Iterator[tuple[int, str]]:
    """Yield the headings that seem to go on in the next line."""
    for each in proposal.sections:
        text = proposal.lines[each.line].text
        is_open = text.count("“") > text.count("”") and len(text) <= _LONGEST
        if each.marks and not each.rest and (is_open or _TORN.fullmatch(each.title)):
            words = shown(each.title)
            yield each.line, f"标题“{words}”像是断在行里：与下一行是一句的，在来源里并成一行再导入"


def _is_like(one: Proposed, other: Proposed) -> bool:
    return (one.why, one.marks, one.sure) == (other.why, other.marks, other.sure)


def _outline(proposal: Proposal) -> Iterator[tuple[int, str]]:
    """Yield the headings that may be none, and what may be headings after all; runs only once."""
    told: set[tuple[str, int]] = set()
    for each in proposal.sections:
        if each.sure == DOUBTFUL and (each.why, each.marks) not in told:
            told.add((each.why, each.marks))
            alike = [other for other in proposal.sections if _is_like(other, each)]
            more = f"（这样的共 {len(alike)} 处）" if len(alike) > 1 else ""
            role = "问题" if each.role == "item" else "一层标题"
            yield each.line, f"“{shown(each.title)}”看作{role}，不大有把握{more}：{each.why}"
    for run in proposal.passed:
        if run.sure == DOUBTFUL:
            words = shown(proposal.lines[run.lines[0]].text)
            count = len(run.lines)
            yield run.lines[0], f"“{words}”等 {count} 段看作正文，不大有把握：{run.why}"
