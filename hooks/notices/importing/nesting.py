"""Nesting: which candidate stands below which, by the ways in which they are counted off."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from .candidates import BOLD, ROW, Candidate

_RANKS = {
    "第一章": 5,
    "第一节": 6,
    "部分": 8,
    "Ⅰ": 10,
    "壹、": 15,
    "一、": 20,
    "第一条": 22,
    "第一个": 23,
    "第一": 24,
    "一是": 25,
    "（壹）": 28,
    "（一）": 30,
    "一）": 35,
    "A.": 38,
    "1.": 40,
    "1.1": 45,
    "1.1.1": 46,
    "1.1.1.1": 47,
    "（1）": 50,
    "1）": 60,
    "a.": 65,
    "①": 70,
}
_BOLD, _ROW = 75, 76
_ISSUE = 80  # an issue that nothing counts off stands below all that was counted before it
_ISSUES = ("issue", "aspect")
_DEEPEST = 12  # levels within levels: more are none


def nested(found: Sequence[Candidate]) -> list[Candidate]:
    """Return the outermost of the candidates; the others stand in their ``children``."""
    ranks = _ranks(found)
    roots: list[Candidate] = []
    opened: list[Candidate] = []
    for each in found:
        level = _level(each, opened, ranks)
        del opened[level:]
        (opened[-1].children if opened else roots).append(each)
        opened.append(each)
    return roots


def _level(each: Candidate, opened: Sequence[Candidate], ranks: dict[str, int]) -> int:
    """Return how many of the ``opened`` candidates ``each`` stands below."""
    own = ranks[each.style]
    same = [at for at, other in enumerate(opened) if other.style == each.style]
    if same and each.style.startswith("1.1"):  # all of its number says where it stands
        return same[0]
    if same:
        follows = [at for at in same if _follows(opened[at], each)]
        if follows:
            alike = [at for at in follows if opened[at].saying == each.saying]
            return (alike or follows)[-1]
        if each.value == 1 and each.ordinal and len(opened) < _DEEPEST:
            # It counts anew below what is open, in a way that was used further out.
            last = opened[-1]
            answers = last.saying in _ISSUES and each.saying not in _ISSUES
            return len(opened) if answers or last.style != each.style else same[-1]
        return same[-1]
    if each.style == "issue":
        return min(len(opened), _DEEPEST)
    above = [at for at, other in enumerate(opened) if ranks[other.style] >= own]
    return above[0] if above else min(len(opened), _DEEPEST)


def _follows(before: Candidate, each: Candidate) -> bool:
    return each.value == before.value + 1 or not each.ordinal


def _ranks(found: Sequence[Candidate]) -> dict[str, int]:
    """Return how deep each way of counting stands, the outermost first.

    It is the usual one, unless the text itself turns two around: where one begins anew below each
    of the other, it stands below it.
    """
    styles = list(dict.fromkeys(each.style for each in found))
    ranks = {style: _usual(style, at) for at, style in enumerate(styles)}
    for outer, inner in itertools.permutations(styles, 2):
        if ranks[outer] > ranks[inner] and _encloses(found, outer, inner):
            ranks[inner] = ranks[outer] + 1
    return ranks


def _usual(style: str, at: int) -> int:
    if style.startswith("h"):
        return int(style[1:])
    return {BOLD: _BOLD, ROW: _ROW}.get(style) or _RANKS.get(style, _ISSUE + at)


def _encloses(found: Sequence[Candidate], outer: str, inner: str) -> bool:
    """Tell whether ``inner`` begins anew below each of ``outer``, which counts on."""
    both = [each for each in found if each.style in (outer, inner)]
    outers = [each for each in both if each.style == outer]
    if both[0].style != outer or len(outers) < 2:
        return False
    if any(b.value != a.value + 1 for a, b in itertools.pairwise(outers)):
        return False
    after = [b.style == inner and b.value == 1 for a, b in itertools.pairwise(both)
             if a.style == outer]  # fmt: skip
    return len(after) >= len(outers) - 1 and all(after)
