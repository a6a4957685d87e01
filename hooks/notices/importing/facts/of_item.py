"""What a text seems to say of an item: its printed status, who answers for it, until when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...facts.details import NO_DAY
from ...text.sections import Line as OwnLine
from ...text.sections import Section
from .days import day_in, plain
from .found import Leaf, Tree, leaf

_STATUS = re.compile(
    r"(?:整改|完成|办理)(?:状态|情况|进度)[:：] *(?P<v>[^，。,；;\s]{2,12})[。；;]?$"
)
_WHOLE = re.compile(
    r"(?:该|此|本)(?:项|条)?(?:问题|任务)?(?:现)?(?P<v>(?:已|均已)?(?:全部)?(?:完成整改|整改完成|整改到位|整改完毕|办结))"
)
_WHO = {
    "leader": re.compile(r"(?:责任领导|分管领导|牵头领导)[:：] *(?P<v>[^，。,；;\s]{2,20})"),
    "bodies": re.compile(r"(?:责任单位|整改责任单位)[:：] *(?P<v>[^。；;]{2,60})"),
    "department": re.compile(r"责任(?:部门|科室)[:：] *(?P<v>[^，。,；;\s]{2,30})"),
    "person": re.compile(r"(?:责任人|具体责任人)[:：] *(?P<v>[^，。,；;\s]{2,20})"),
}
_DEADLINE = re.compile(
    r"(?:完成时限|整改时限|完成时间|整改期限|时限)[:：] *(?P<v>[^，。；;]{2,24})"
)
_GOAL = re.compile(r"整改目标[:：] *(?P<v>[^\n]{2,200})")


def proposed_of(section: Section) -> Tree:
    """Return what the words of ``section`` seem to say beside its title."""
    tree: dict[str, Leaf | Tree | Sequence[Tree]] = {}
    if printed := _first(_STATUS, section) or _first(_WHOLE, section):
        tree["printed"] = printed
    if who := _responsible(section):
        tree["responsible"] = who
    if deadline := _deadline(section):
        tree["deadline"] = deadline
    if goal := _first(_GOAL, section):
        tree["goal"] = goal
    return tree


def _first(pattern: re.Pattern[str], section: Section) -> Leaf | None:
    for line in section.paragraphs:
        if match := pattern.search(line.text):
            return leaf(match["v"].strip(), None, _reason(line, match[0]))
    return None


def _reason(line: OwnLine, words: str) -> str:
    return f"叙述第{line.place.line}行：“{words}”"


def _responsible(section: Section) -> Tree:
    found: dict[str, Leaf | Sequence[Tree]] = {}
    for key, pattern in _WHO.items():
        if told := _first(pattern, section):
            found[key] = Leaf(f"[{told.value}]", told.reason) if key == "bodies" else told
    for cell in section.cells:
        if cell.role == "responsible" and cell.line.text and not found:
            found[_key(cell.name)] = _of_cell(cell.line.text, cell.name, cell.line)
    return found


def _key(name: str) -> str:
    if "领导" in name:
        return "leader"
    return "person" if name.endswith("人") else "bodies"


def _of_cell(text: str, name: str, line: OwnLine) -> Leaf:
    value = leaf(text, None, _reason(line, f"{name}：{text}"))
    return Leaf(f"[{value.value}]", value.reason) if _key(name) == "bodies" else value


def _deadline(section: Section) -> Leaf | None:
    """Return until when: a day, a month, or what stands for one."""
    told = [(cell.line, cell.line.text) for cell in section.cells if cell.role == "deadline"]
    found = ((line, _DEADLINE.search(line.text)) for line in section.paragraphs)
    told += [(line, match["v"]) for line, match in found if match]
    for line, text in told:
        words = next((each for each in NO_DAY if each in text), "")
        month = re.search(
            r"(\d{4}) *[年./-] *(\d{1,2}) *月?(?! *\d)(?:底|末|前)?$", plain(text).strip()
        )
        day = day_in(text)
        if words:
            return leaf(words, None, _reason(line, text))
        if month and 1 <= int(month[2]) <= 12:
            return Leaf(f"{month[1]}-{int(month[2]):02}", _reason(line, text))
        if day:
            return Leaf(str(day), _reason(line, text))
    return None
