"""Explaining: the outline as a tree to look through, each heading with why it was taken for one."""

from __future__ import annotations

from collections.abc import Iterator

from ..problem import shown
from .deciding import DOUBTFUL, LIKELY, SURE
from .outline import Proposal, Proposed

_HOW_SURE = {SURE: "", LIKELY: "，多半", DOUBTFUL: "，不大有把握"}
_ROLES = {"group": "一层标题", "item": "问题", "part": "不计数", "holder": "不计数"}
_DOUBTFUL = "不大有把握的（{count} 处，请先看这些）："
_NO_ITEMS = "没有找到逐条的问题，整篇作为一篇文字；其实有的，在草稿的叙述里加上标题记号。"
_WHOLE = "全部提纲："
_LONGEST = 44  # characters of a heading


def explained(proposal: Proposal) -> Iterator[str]:
    """Yield what is doubtful, if anything is, and then the whole tree, where it has a mark."""
    tree = [*_tree(proposal)]
    if not proposal.items:
        yield _NO_ITEMS
    if doubtful := [line.strip("？ ") for line in tree if line.startswith("？")]:
        yield _DOUBTFUL.format(count=len(doubtful))
        yield from (f"  {line}" for line in doubtful)
        yield _WHOLE
    yield from tree


def _tree(proposal: Proposal) -> Iterator[str]:
    """Yield the lines of the tree."""
    above = 0
    for each in proposal.sections:
        above = each.marks or (above if each.is_row else 0)
        depth = max(above - 2, 0) + (each.is_row and bool(above))
        mark = "？" if each.sure == DOUBTFUL else "　"
        words = shown(each.title, _LONGEST) or "（没有标题）"
        why = f"{_ROLES[each.role]}{_HOW_SURE[each.sure]}：{each.why}"
        yield f"{mark}{'  ' * depth}{each.id}  {words}  〔{_at(proposal, each)}，{why}〕"
    for run in proposal.passed:
        if run.sure != SURE:
            first, last = (proposal.lines[at].place for at in (run.lines[0], run.lines[-1]))
            mark = "？" if run.sure == DOUBTFUL else "　"
            words = shown(proposal.lines[run.lines[0]].text, _LONGEST)
            place = first if first == last else f"{first}至{last}"
            why = f"{len(run.lines)} 段{_HOW_SURE[run.sure]}：{run.why}"
            yield f"{mark}正文  {words}  〔{place}，{why}〕"


def _at(proposal: Proposal, each: Proposed) -> str:
    return proposal.lines[each.line].place
