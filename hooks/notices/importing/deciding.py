"""Deciding: which candidates are headings, and of these, which are items, groups and parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ..text.outline import DEEPEST
from .candidates import BOLD, Candidate
from .phrases import is_about_all, is_ahead, is_round, is_side

SURE, LIKELY, DOUBTFUL = 3, 2, 1
_ISSUES = ("issue", "aspect")
Role = Literal["group", "item", "part", "holder"]
"""A ``holder`` is a part that all items stand in: it is not counted."""


class Verdict(NamedTuple):
    """Why candidates that are counted off alike are headings, or none, and how sure that is."""

    is_kept: bool
    why: str
    sure: int = SURE


@dataclass(eq=False)
class Settled:
    """A heading as it is proposed, with the headings below it."""

    candidate: Candidate
    why: str
    sure: int
    role: Role = "item"
    children: list[Settled] = field(default_factory=list)


@dataclass(eq=False)
class Decided:
    """The headings that stand outermost, and what of the candidates is only text, with why."""

    roots: list[Settled] = field(default_factory=list)
    refused: list[tuple[list[Candidate], Verdict]] = field(default_factory=list)
    is_whole: bool = False
    """Whether all of it is one item, of which the outermost headings only name the sides."""


Has = Callable[[Candidate], bool]
"""Tells whether there are rows of a table that are items below a candidate."""


def decide(roots: Sequence[Candidate], has_rows: Has, items_at: int = 0) -> Decided:
    """Return which of the candidates are headings.

    Where somebody said that items stand ``items_at`` so many levels, there are no more, nor are
    any passed over that stand there.
    """
    deciding = _Deciding(has_rows)
    if not items_at:
        if _are_sides(roots):
            return Decided(is_whole=True)
        return deciding.decided(roots)
    usual = deciding.decided(roots)
    held = any(each.role == "holder" for each in usual.roots)
    return _Deciding(has_rows, items_at + held).decided(roots)


def share(run: Sequence[Candidate], test: Callable[[Candidate], bool]) -> float:
    """Return of how much of ``run`` the test is true, of 1."""
    return sum(map(test, run)) / len(run)


def is_strong(each: Candidate) -> bool:
    """Tell whether it, or something below it, is framed as an issue."""
    return each.saying in _ISSUES or any(is_strong(child) for child in each.children)


class _Deciding:
    """Decides level by level, from the outside in; ``levels`` is how many there are, if known."""

    def __init__(self, has_rows: Has, levels: int = 0) -> None:
        self._has_rows, self._levels = has_rows, levels
        self._refused: list[tuple[list[Candidate], Verdict]] = []

    def decided(self, roots: Sequence[Candidate]) -> Decided:
        """Return what becomes of the candidates that stand outermost, and of those below them."""
        kept = self._kept(roots, None, 1)
        return Decided(kept, self._refused)

    def _kept(
        self,
        run: Sequence[Candidate],
        parent: Candidate | None,
        level: int,
        alike: Set[str] = frozenset(),
    ) -> list[Settled]:
        """Return the headings among candidates below ``parent``, each way of counting by itself.

        ``alike`` are the ways in which issues are counted off below the headings beside it.
        """
        kept: list[Settled] = []
        for style in dict.fromkeys(each.style for each in run):
            members = [each for each in run if each.style == style]
            verdict = self._told(level) or _judge(members, parent, self._has_rows)
            if style in alike and _may_be_issues(members, verdict):
                verdict = Verdict(True, "旁边的标题下面也这样列问题", DOUBTFUL)
            if verdict.is_kept and level <= DEEPEST:
                found = [Settled(each, verdict.why, verdict.sure) for each in members]
                _settle_parts(found, parent is None, self._has_rows)
                kept += found
            else:
                self._refused.append((members, verdict))
        kept.sort(key=lambda each: each.candidate.line)
        for each in kept:
            self._descend(each, level)
        below = {child.candidate.style for each in kept for child in each.children}
        for each in kept:
            self._reconsider(each, level, below)
        _settle_holder(kept, parent is None)
        return kept

    def _reconsider(self, each: Settled, level: int, below: Set[str]) -> None:
        """Decide again what stands below a heading, where others beside it have issues there."""
        own = [pair for pair in self._refused if pair[0][0] in each.candidate.children]
        if not each.children and any(
            run[0].style in below and _may_be_issues(run, verdict) for run, verdict in own
        ):
            self._refused = [pair for pair in self._refused if pair not in own]
            self._descend(each, level, below)

    def _descend(self, each: Settled, level: int, alike: Set[str] = frozenset()) -> None:
        """Decide what stands below a heading, which is then a group if there are items."""
        if each.role == "part":
            return
        each.children = self._kept(each.candidate.children, each.candidate, level + 1, alike)
        has_rows = level < DEEPEST and self._has_rows(each.candidate)
        if has_rows or any(child.role != "part" for child in each.children):
            each.role = "group"

    def _told(self, level: int) -> Verdict | None:
        if not self._levels:
            return None
        if level > self._levels:
            return Verdict(False, "比 --items-at 说的深，看作正文")
        return Verdict(True, "按 --items-at 看作标题")


def _may_be_issues(run: Sequence[Candidate], verdict: Verdict) -> bool:
    """Tell whether only words speak against it that what stands on lines of its own is an issue."""
    return (
        not verdict.is_kept
        and verdict.sure < SURE
        and share(run, lambda each: not each.rest and each.saying != "action") >= 0.5
    )


def _judge(run: Sequence[Candidate], parent: Candidate | None, has_rows: Has) -> Verdict:
    """Tell whether the members of ``run``, counted off alike, are headings.

    Of those that nothing counts off, and which only stand out, that is never sure.
    """
    verdict = _judged(run, parent, has_rows)
    if run[0].style == BOLD and (len(run) < 2 or verdict.sure > LIKELY):
        return verdict._replace(is_kept=verdict.is_kept and len(run) > 1, sure=LIKELY)
    return verdict


def _judged(run: Sequence[Candidate], parent: Candidate | None, has_rows: Has) -> Verdict:
    """Tell whether the members of ``run``, counted off alike, are headings."""
    if parent and is_under_issue(parent) and _are_only_sides(run):
        return Verdict(False, "说的是同一个问题的几个方面（措施、成效……）")
    below = [child for each in run for child in each.children]
    if any(is_strong(child) for child in below):
        return Verdict(True, "下面有一条一条的问题")
    if share(run, lambda each: each.saying in _ISSUES) >= 0.5:
        kind = "方面" if all(each.saying == "aspect" for each in run) else "问题"
        return Verdict(True, f"标题写明是{kind}（{_shown(run)}）")
    if any(has_rows(each) for each in run):
        return Verdict(True, "下面有逐条列问题的表格")
    if share(run, lambda each: each.marked) >= 0.5:
        return Verdict(True, "来源里标为标题")
    if share(run, lambda each: each.is_answered) < 0.5:
        return Verdict(False, "各条下面都没有正文，是列举")
    return _judge_by_words(run, parent)


def _judge_by_words(run: Sequence[Candidate], parent: Candidate | None) -> Verdict:
    """Judge by what titles say, where nothing frames them."""
    own = share(run, lambda each: not each.rest)
    faults = share(run, lambda each: each.saying == "fault")
    actions = share(run, lambda each: each.saying == "action")
    if parent and is_under_issue(parent):
        if actions >= 0.5 or faults < 0.5:
            sure = LIKELY if actions >= 0.5 or not own else DOUBTFUL
            return Verdict(False, "在问题下面，说的是做了什么，看作措施", sure)
        return Verdict(True, "在问题下面，各条又是问题", DOUBTFUL)
    if own >= 0.5:
        if actions >= 0.5:
            return Verdict(parent is None, "标题单独一行，说的却是做了什么", DOUBTFUL)
        return Verdict(True, "标题单独一行，下面是正文", SURE if faults or not parent else LIKELY)
    if share(run, lambda each: each.counts) >= 0.5:
        return Verdict(True, "一句标题，接着是一是、二是", SURE if faults >= 0.5 else LIKELY)
    if faults >= 0.5:
        return Verdict(True, "第一句说的是问题，接着是怎样整改", LIKELY)
    if actions >= 0.5 or len(run) < 2:
        return Verdict(False, "第一句说的是做了什么，看作正文", LIKELY)
    return Verdict(True, "每条第一句像标题", DOUBTFUL)


def is_under_issue(parent: Candidate) -> bool:
    """Tell whether what stands below ``parent`` answers an issue that it names."""
    return parent.saying in ("issue", "fault")


def _are_sides(roots: Sequence[Candidate]) -> bool:
    """Tell whether the outermost headings are the sides of one issue, which is then the whole."""
    if len(roots) < 2 or any(is_strong(each) for each in roots):
        return False
    names = [each.title for each in roots if is_side(each.title)]
    tasks = [name for name in names if any(word in name for word in ("任务", "目标", "问题"))]
    answers = ("措施", "情况", "成效", "进展")
    told = [name for name in names if any(word in name for word in answers)]
    distinct = {*tasks, *told}
    return bool(tasks and {*told} - {*tasks}) and len(distinct) * 3 >= len(roots) * 2


def _are_only_sides(run: Sequence[Candidate]) -> bool:
    return share(run, lambda each: is_side(each.title)) > 0.5


def _settle_parts(found: Sequence[Settled], is_outermost: bool, has_rows: Has) -> None:
    """Tell the headings that are read and not counted: 总体情况, 下一步打算."""
    strong = [is_strong(each.candidate) or has_rows(each.candidate) for each in found]
    for each, is_held in zip(found, strong, strict=True):
        said = each.candidate.saying
        if is_held:
            continue
        if said == "general" or (said == "label" and any(strong)):
            if not (is_outermost or any(strong) or is_ahead(each.candidate.title)):
                continue
            if is_round(each.candidate.title) and _has_faults(each.candidate):
                continue
            each.role, each.why, each.sure = "part", "说的是工作的总体，不是问题", SURE
        elif is_outermost and any(strong) and said in ("action", "plain"):
            each.role, each.why, each.sure = "part", "别处有写明的问题，这里没有", LIKELY


def _has_faults(each: Candidate) -> bool:
    """Tell whether what is counted off below it may be issues that nothing frames."""
    return any(child.saying in ("fault", *_ISSUES) or child.children for child in each.children)


def _settle_holder(kept: Sequence[Settled], is_outermost: bool) -> None:
    """Tell the one heading that all items stand in: it is read, and they are counted from 1."""
    counted = [each for each in kept if each.role != "part"]
    if not is_outermost or len(counted) != 1 or len(kept) < 2:
        return
    only = counted[0]
    if only.role == "group" and is_about_all(only.candidate.title):
        only.role, only.why = "holder", "所有问题都在它下面，本身不计数"


def _shown(run: Sequence[Candidate]) -> str:
    first = next(each for each in run if each.saying in _ISSUES)
    return first.title if len(first.title) <= 16 else f"{first.title[:16]}…"
