"""Rules: a table is marked as one, and what is known of a row agrees with its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalogue.due import due
from ..catalogue.notices import Item, Notice
from ..catalogue.settings import Settings
from ..facts import model
from ..facts.source import KeyPath
from ..problem import shown, suggest
from ..text.sections import Cell
from ..text.table import cells_of, write_row
from .rules import Objection, rule, warning

# A day, or a month where the text says no more.
_DAY = re.compile(r"(\d{4})[年.\-/](\d{1,2})(?:[月.\-/](\d{1,2}))?")


@rule
def unknown_column(notice: Notice, _: Settings) -> Iterator[Objection]:
    """columns 里的键要是叙述里表头的一格。

    从表头里复制
    """
    heads = dict.fromkeys(
        word for line in notice.narrative.lines if line.is_head for word in line.words
    )
    names = {cell.name for section in notice.narrative.all_sections for cell in section.cells}
    for name in notice.facts.columns:
        if name not in names | heads.keys():
            hint = suggest(name, heads) if heads else "；表头下面要有一行“|---|”"
            place = notice.record.document.at_key("columns", name)
            yield Objection(place, f"表头里没有“{name}”这一格{hint}")


@rule
def column_differs(notice: Notice, _: Settings) -> Iterator[Objection]:
    """表格里有责任单位、完成时限的，问题文件里的 responsible、deadline 要与那一格相同。

    照那一格改，或者删去
    """
    for item in notice.items:
        for path, value in _responsible(item):
            cells = _cells(item, "responsible")
            if cells and not any(value in cell.line.text for cell in cells):
                place = item.record.document.at("responsible", *path)
                yield Objection(place, _differs(value, cells))
        day = item.facts.deadline
        cells = _cells(item, "deadline")
        if day and cells and not any(_says(cell.line.text, day) for cell in cells):
            yield Objection(item.record.document.at("deadline"), _differs(str(day), cells))


def _responsible(item: Item) -> Iterator[tuple[KeyPath, str]]:
    """Yield key path and words of whoever answers for an item."""
    who = item.facts.responsible
    for key, value in who.model_dump(exclude_none=True).items() if who else ():
        if isinstance(value, list):
            yield from (((key, at), each) for at, each in enumerate(value))
        else:
            yield (key,), value


def _cells(item: Item, role: str) -> list[Cell]:
    return [cell for cell in item.section.cells if cell.role == role]


def _differs(value: str, cells: list[Cell]) -> str:
    said = "”“".join(f"{cell.name}：{shown(cell.line.text) or '（空）'}" for cell in cells)
    return f"“{value}”与表格（{cells[0].line.place}）里的“{said}”不同"


def _says(text: str, deadline: model.Deadline) -> bool:
    """Tell whether a cell says that day, or no more than its month, or what stands for one."""
    days = due(deadline)
    if days is None:
        return str(deadline) in text
    first, to_the_day = days.first, days.first == days.last
    return any(
        (int(year), int(month)) == (first.year, first.month)
        and (not to_the_day or int(date or first.day) == first.day)
        for year, month, date in _DAY.findall(text)
    )


@warning
def tab_in_text(notice: Notice, _: Settings) -> Iterator[Objection]:
    """正文里有制表符（Tab）的一行，多半是表格的一行，写成“| 甲 | 乙 |”。

    是表格的，照说明里的写；不是的不用改。at 写那一节的编号
    """
    preamble = [("preamble", line) for line in notice.narrative.preamble]
    sections = notice.narrative.all_sections
    lines = [(str(each.id), line) for each in sections for line in each.lines]
    for at, line in (*preamble, *lines):
        if not line.cells and "\t" in line.text:
            row = write_row(cells_of(line.text))
            message = f"这一行有制表符，是表格的一行的，写成“{shown(row, 60)}”"
            yield Objection(line.place, message, at=at)
