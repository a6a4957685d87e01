"""The totals that a text states of itself, and where they or its ordinals are not what is there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ...facts.model import Kind
from ...text.narrative import Narrative
from ...text.numerals import number
from ...text.ordinals import Slip, slips
from ...text.outline import CLOSING
from ..outline import Proposal
from .days import plain
from .found import Leaf, Tree, exact, leaf

_N = r"(?P<n>\d{1,4}|[一二三四五六七八九十百]{1,5}|两)"
_UNIT = "(?:个|项|条|件|类|起|处|宗|点)"
_SORT = "大|主要|具体|突出|重点|共性|个性|各类|子|小"
_BEFORE = (
    r"(?:^|(?<=[，,、（(])"
    "|(?:反馈|发现|查出|查摆|存在|指出|涉及|认领|梳理|交办|移交|通报|提出|列出|揭示|整改|审计|督察|检查|巡[视察]"
    rf"|形成|制定|细化|分解|确定|明确|建立)(?:{_SORT}|出|到|了|的)*)"
)
_JOINT = r"(?:清单|事项)?(?:总?共有?|共?计|总计|合计|总数|数量|数|有|为|是|[:： ])*"
_OF_ALL = re.compile(
    "反馈|查出|发现|指出|通报|交办|提出|认领|共|总计|合计|梳理|分解|围绕|列出|揭示|移交"
)
_OF_SOME = re.compile("已|完成|正在|基本|尚|未|其中|立案|销号|持续|办结|新增")
_OTHERS = "问题线索|线索|信访举报件?|信访件|意见建议|案件"


class Stated(NamedTuple):
    """How many of something the text says there are: the number of its line, and the words."""

    value: int
    line: int
    words: str


def totals(
    proposal: Proposal, narrative: Narrative, kind: Kind
) -> dict[str, Tree | list[Tree | Leaf]]:
    """Return ``stated`` and ``known_discrepancies``, as far as there are any."""
    counts = _counts(proposal, narrative, kind)
    stated = _stated(proposal, [*counts])
    found: dict[str, Tree | list[Tree | Leaf]] = {}
    if stated:
        lines = proposal.lines
        found["stated"] = {
            name: exact(said.value, lines[said.line], said.words) for name, said in stated.items()
        }
    wrong: list[Tree | Leaf] = [
        _oddity("stated-total", name, _not_counted(said, counts[name]))
        for name, said in stated.items()
        if said.value != counts[name]
    ]
    wrong += [
        _oddity("printed-ordinal", slip.section.id, _slipped(slip)) for slip in slips(narrative)
    ]
    if wrong:
        found["known_discrepancies"] = wrong
    return found


def misstated(proposal: Proposal, narrative: Narrative, kind: Kind) -> Iterator[tuple[int, str]]:
    """Yield the totals that are not what is counted: the number of the line, and what is wrong."""
    counts = _counts(proposal, narrative, kind)
    for name, said in _stated(proposal, [*counts]).items():
        if said.value != counts[name]:
            yield said.line, _not_counted(said, counts[name])


def _counts(proposal: Proposal, narrative: Narrative, kind: Kind) -> dict[str, int]:
    """Return how many there are of each level of groups and of items, by what they are called."""
    depths = Counter(group.depth for group in narrative.groups)
    levels = kind.levels[: proposal.depth]
    counts = {name: depths[depth] for depth, name in enumerate(levels, 1)}
    return {**counts, kind.item: len(narrative.items)} if narrative.items else {}


def _not_counted(said: Stated, count: int) -> str:
    return f"原文称“{said.words}”，正文逐项数出{count}个。"


def _slipped(slip: Slip) -> str:
    return f"标题印作“{slip.ordinal.words}”，按位置是第{slip.due}个。"


def _oddity(rule: str, at: str, note: str) -> Tree:
    return {"rule": Leaf(rule), "at": Leaf(at), "note": leaf(note)}


def _outside(proposal: Proposal) -> Iterator[int]:
    """Yield the lines that belong to no item: before the first heading, and in parts."""
    roles = {each.line: "" if each.id == CLOSING else each.role for each in proposal.sections}
    role = "part"
    for at in range(len(proposal.lines)):
        role = roles.get(at, role)
        if role in ("part", "holder"):
            yield at


def _stated(proposal: Proposal, names: Sequence[str]) -> Mapping[str, Stated]:
    """Return what is said of how many there are of each: in the first sentence that counts several
    of them, or all of one.
    """
    for at, sentence in _sentences(proposal) if names else ():
        found = {
            name: Stated(count, at, words)
            for name in names
            for count, words in [_count(sentence, name, may_follow=name == names[-1])]
            if words
        }
        if len(found) > 1 or (names[-1] in found and _OF_ALL.search(sentence)):
            return found
    return {}


def uncounted(proposal: Proposal, narrative: Narrative, kind: Kind) -> Iterator[tuple[int, str]]:
    """Yield the totals of what is none of the sections: the number of the line, and the words."""
    pattern = rf"\d{{1,4}} *{_UNIT}(?:{_OTHERS})|(?:{_OTHERS}){_JOINT}\d{{1,4}} *{_UNIT}"
    for at, sentence in _sentences(proposal) if _counts(proposal, narrative, kind) else ():
        found = re.search(pattern, sentence)
        if found and _OF_ALL.search(sentence) and kind.item not in _OTHERS.split("|"):
            yield at, found[0]


def _sentences(proposal: Proposal) -> Iterator[tuple[int, str]]:
    """Yield the sentences that are about no item, each with the number of its line."""
    for at in _outside(proposal):
        for sentence in re.split("[。；;]", plain(proposal.lines[at].text)):
            yield at, sentence


def _count(sentence: str, name: str, *, may_follow: bool) -> tuple[int, str]:
    """Return how many of ``name`` a sentence counts, and in which words; "" where it does not.

    The number comes before the noun or, if it ``may_follow``, after it: 反馈问题共计5个. Of what it
    counts only some, 已整改问题3个, nothing is known.
    """
    noun = re.escape(name) + "(?!线索)"
    patterns = [rf"{_N} *{_UNIT}?(?:{_SORT})*{noun}"]
    if may_follow:
        patterns.append(rf"{_BEFORE}{noun}{_JOINT}{_N} *{_UNIT}")
    found = sorted(
        (match for each in patterns for match in re.finditer(each, sentence)),
        key=lambda match: match.start(),
    )
    for match in found:
        clause = re.split("[，,、（(]", sentence[: match.start("n")])[-1]
        if not _OF_SOME.search(clause):
            return int(number(match["n"])), match[0]
    return 0, ""
