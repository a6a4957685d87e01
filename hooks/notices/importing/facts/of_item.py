"""What a text seems to say of an item: its printed status, who answers for it, until when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...facts.details import NO_DAY
from ...text.sections import Line as OwnLine
from ...text.sections import Section
from .days import day_in, plain
from .found import Leaf, Tree, leaf, scalar

_AT = (
    r"(?:已|均已|已经)?(?:全部|基本|部分)?(?:完成整改|整改完成|整改到位|整改完毕|办结|销号|整改销号)"
    "|正在整改|持续整改|持续推进|长期坚持|立行立改|分阶段整改|部分整改|未完成(?:整改)?|申请延期"
    "|(?:取得)?阶段性(?:成效|办结|完成)|基本完成|已完成|达到序时进度"
)
_STATUS = re.compile(
    r"(?:整改|完成|办理)(?:状态|情况|进度|进展|结果)[:：] *(?P<v>[^，。,；;\s]{2,12})[。；;]?$"
)
_WHOLE = re.compile(rf"(?:该|此|本)(?:项|条)?(?:问题|任务)?(?:现)?(?P<v>{_AT})")
_BRACKETED = re.compile(rf"[（(【\[](?P<v>{_AT})[）)】\]]")
_WHO = {
    "leader": re.compile(r"(?:责任领导|分管领导|牵头领导)[:：] *(?P<v>[^，。,；;\s]{2,20})"),
    "lead": re.compile(r"牵头(?:单位|部门)[:：] *(?P<v>[^。；;]{2,60})"),
    "bodies": re.compile(r"(?:责任单位|整改责任单位)[:：] *(?P<v>[^。；;]{2,60})"),
    "assisting": re.compile(r"配合(?:单位|部门)[:：] *(?P<v>[^。；;]{2,60})"),
    "department": re.compile(r"责任(?:部门|科室)[:：] *(?P<v>[^，。,；;\s]{2,30})"),
    "person": re.compile(r"(?:责任人|具体责任人)[:：] *(?P<v>[^，。,；;\s]{2,20})"),
}
_SEVERAL = ("lead", "bodies", "assisting")
_STATUS_COLUMN = re.compile("状态|情况|进度|进展|结果")
_COLUMNS = {
    "leader": "领导",
    "lead": "牵头",
    "assisting": "配合",
    "person": "人$",
    "department": "部门|科室",
}
_DEADLINE = re.compile(
    r"(?:完成时限|整改时限|完成时间|整改期限|时限)[:：] *(?P<v>[^，。；;]{2,24})"
)
_GOAL = re.compile(r"整改目标[:：] *(?P<v>[^\n]{2,200})")


def proposed_of(section: Section) -> Tree:
    """Return what the words of ``section`` seem to say beside its title."""
    tree: dict[str, Leaf | Tree | Sequence[Tree]] = {}
    if printed := _printed(section):
        tree["printed"] = printed
    if who := _responsible(section):
        tree["responsible"] = who
    if deadline := _deadline(section):
        tree["deadline"] = deadline
    if goal := _first(_GOAL, section):
        tree["goal"] = goal
    return tree


def _printed(section: Section) -> Leaf | None:
    """Return the status that is printed: in a column, under its name, in a sentence or brackets."""
    for cell in section.cells:
        words = cell.line.text.rstrip("。")
        if _STATUS_COLUMN.search(cell.name) and re.fullmatch(_AT, words):
            return leaf(words, None, _reason(cell.line, f"{cell.name}：{words}"))
    found = _first(_STATUS, section) or _first(_WHOLE, section)
    title = section.heading
    bracketed = [*_BRACKETED.finditer(title.text)]
    if not found and bracketed and bracketed[-1].end() == len(title.text.rstrip("。 ")):
        return leaf(bracketed[-1]["v"], None, _reason(title, bracketed[-1][0]))
    return found


def _first(pattern: re.Pattern[str], section: Section) -> Leaf | None:
    for line in section.paragraphs:
        if match := pattern.search(line.text):
            return leaf(match["v"].strip(), None, _reason(line, match[0]))
    return None


def _reason(line: OwnLine, words: str) -> str:
    return f"叙述第{line.place.line}行：“{words}”"


def _responsible(section: Section) -> Tree:
    found: dict[str, Leaf] = {}
    for key, pattern in _WHO.items():
        if told := _first(pattern, section):
            found[key] = _as_list(told) if key in _SEVERAL else told
    of_cells: dict[str, Leaf] = {}
    for cell in section.cells:
        key = _key(cell.name)
        if cell.role == "responsible" and cell.line.text and key not in of_cells:
            of_cells[key] = _of_cell(key, cell.name, cell.line)
    # What a table says stands in its cells alone.
    return of_cells or found


def _key(name: str) -> str:
    return next((key for key, words in _COLUMNS.items() if re.search(words, name)), "bodies")


def _of_cell(key: str, name: str, line: OwnLine) -> Leaf:
    value = leaf(line.text, None, _reason(line, f"{name}：{line.text}"))
    return _as_list(value) if key in _SEVERAL else value


def _as_list(told: Leaf) -> Leaf:
    """Return several bodies as YAML has them, where nothing but a sign for that parts them."""
    if told.value[:1] in "'\"":
        return Leaf(f"[{told.value}]", told.reason)
    bodies = [each.strip() for each in re.split("[、，,；;]", told.value) if each.strip()]
    return Leaf(f"[{', '.join(map(scalar, bodies))}]", told.reason)


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
