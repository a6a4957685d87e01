"""Sums in sentences: a total, then 其中, and parts that cannot be more than it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ..text.numerals import number
from ..text.patterns import later
from .forms import Forms
from .numbers import EXACT, NUMBER, UNIT, clause_before, make_plain, show


@dataclass(frozen=True)
class Nested:
    """A total and the parts that follow 其中, in its unit; ``disjoint`` when none holds another."""

    start: int
    text: str
    total: Fraction
    parts: tuple[Fraction, ...]
    disjoint: bool


_MONEY = {"元": 1, "千元": 1000, "万元": 10_000, "亿元": 100_000_000}
_ANY_UNIT = rf"(?:{UNIT}|人次|人(?![员民均才])|次(?!数)|亿元|万元|千元|元)"
_WITHIN = later(
    rf"{EXACT}(?P<n>{NUMBER}) *(?P<u>{_ANY_UNIT})(?P<tail>[^,;:、()。!?\d]{{0,8}})"
    r"(?P<open>[,( ]*)其中(?P<list>[,:]?) *"
)
_INNER = later(rf"(?P<label>[^,、]*?){EXACT}(?P<n>{NUMBER}) *(?P<u>{_ANY_UNIT})(?P<tail>[^\d]*)")
# After a number: what the counted ones did or are, not what they are called.
_PREDICATE = later("[已正未尚仍还为是属由被均需待]")
_ABOUT = later("[余多]|以上|以下|左右|以内|不等")
_COUNTED = later(
    "(?:问题|任务|事项|措施|举措|意见|建议|制度|办法|规定|方案|机制|流程|方面|单位|部门|项目|隐患|线索"
    "|案件|文件|会议|培训|活动|合同|清单|资产|企业|岗位|谈话|检查|整改|风险|漏洞)$"
)
# Such parts may hold what another part holds as well, as may those at some statuses.
_MAY_OVERLAP = later(
    "涉及|包[含括]|带动|撬动|拉动|立案|[了办完]结|结案|移[送交]"
    "|启动|[开完]工|完成|竣工|验收|印发|出台|公布|审议"
)


def nested(text: str, forms: Forms) -> Iterator[Nested]:
    """Yield every total of ``text`` that is followed by 其中 and counts of the same unit."""
    if "其中" not in text:
        return
    plain = make_plain(text)
    for match in _WITHIN.finditer(plain):
        person = match["u"] in ("人", "人次")
        if _ABOUT.match(match["tail"]) or (person and match["tail"]):
            continue
        parts, end, overlap = _inner_parts(plain, match, forms)
        if parts:
            end += "(" in match["open"] and plain[end : end + 1] == ")"
            # One person may be a member and a leader, and get two penalties.
            disjoint = not (person or overlap)
            total = number(match["n"])
            yield Nested(match.start(), text[match.start() : end], total, parts, disjoint)


def _inner_parts(
    plain: str, total: re.Match[str], forms: Forms
) -> tuple[tuple[Fraction, ...], int, bool]:
    """Return the parts after 其中, where they end, and whether they may overlap.

    Only 、 surely goes on with the same list; after a comma something new may begin, unless a
    colon has announced a list.
    """
    separator = "[、,]" if total["list"] == ":" else "、"
    stop = re.compile(r"[。!?;)(\n]" if separator != "、" else r"[。!?;)(\n]|,(?!\d{3}\D)")
    bound = stop.search(plain, total.end())
    rest = plain[total.end() : bound.start() if bound else len(plain)]
    noun = _noun(total["tail"]) or _noun(clause_before(plain, total.start()))
    parts: list[Fraction] = []
    end, position, overlap = total.end(), total.end(), False
    for piece in re.split(separator, rest):
        match = _INNER.fullmatch(piece)
        if not match or not _counts_the_same(match, total["u"], noun):
            break
        parts.append(_worth(match) / _MONEY.get(total["u"], 1))
        overlap = overlap or bool(_MAY_OVERLAP.search(piece) or forms.overlapping.search(piece))
        end = position + len(piece.rstrip())
        position += len(piece) + 1
    return tuple(parts), end, overlap


def _counts_the_same(part: re.Match[str], unit: str, noun: str) -> bool:
    """Tell whether a part surely counts what its total counts."""
    if _ABOUT.match(part["tail"]):
        return False
    if unit in _MONEY:
        return part["u"] in _MONEY and not part["tail"]
    tail = "" if _PREDICATE.match(part["tail"]) else part["tail"]
    named = _noun(tail or part["label"])
    return part["u"] == unit and (named == noun or not (named or tail))


def over(inner: Nested) -> str:
    """Return what is more than its total, or "". Less is sound: 其中 need not name all."""
    if max(inner.parts) > inner.total:
        return f"“其中”有一项是 {show(max(inner.parts))}，大于总数 {show(inner.total)}"
    if inner.disjoint and sum(inner.parts) > inner.total:
        added, total = show(sum(inner.parts, Fraction(0))), show(inner.total)
        return f"“其中”各项相加是 {added}，大于总数 {total}"
    return ""


def _worth(match: re.Match[str]) -> Fraction:
    return number(match["n"]) * _MONEY.get(match["u"], 1)


def _noun(text: str) -> str:
    """Return the word for what is counted that ``text`` ends with, or ""."""
    match = _COUNTED.search(text)
    return match[0] if match else ""
