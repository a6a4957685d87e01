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

_COUNT = r"(?P<n>\d{1,4}|[一二三四五六七八九十百]{1,5})个?(?:大|主要|具体|突出|重点|子|小)*"
_OF_ALL = re.compile("反馈|查出|共|总计|合计|梳理|分解|认领|围绕")


class Stated(NamedTuple):
    """How many of something the text says there are: the number of its line, and the words."""

    value: int
    line: int
    words: str


def totals(proposal: Proposal, narrative: Narrative, kind: Kind) -> dict[str, Tree | list[Tree]]:
    """Return ``stated`` and ``known_discrepancies``, as far as there are any."""
    counts = _counts(proposal, narrative, kind)
    stated = _stated(proposal, [*counts])
    found: dict[str, Tree | list[Tree]] = {}
    if stated:
        lines = proposal.lines
        found["stated"] = {
            name: exact(said.value, lines[said.line], said.words) for name, said in stated.items()
        }
    wrong = [
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
    for at in _outside(proposal) if names else ():
        for sentence in re.split("[。；;]", plain(proposal.lines[at].text)):
            found = {
                name: Stated(int(number(match["n"])), at, match[0])
                for name in names
                if (match := re.search(_COUNT + re.escape(name), sentence))
            }
            if len(found) > 1 or (names[-1] in found and _OF_ALL.search(sentence)):
                return found
    return {}
