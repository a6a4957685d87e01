"""Rows: the tables of a text, and which of them list item after item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ..text.table import cells_of, columns_of
from .source import Line

_HEAD = re.compile(
    "序号|编号|问题|任务|事项|意见|建议|措施|举措|情况|状态|进展|进度|成效|结果|责任|牵头|配合|时限|期限|时间|目标|单位|部门|备注"
)
_ANSWER = re.compile("措施|举措|整改|情况|状态|进展|进度|成效|结果|落实|责任|时限|期限")
_SUM = re.compile(r"[总合小]\s*计|累\s*计|备\s*注")
_LONGEST_HEAD = 24  # characters of a cell of a head
_NARROWEST = 2  # columns


class Grid(NamedTuple):
    """A table: the numbers of its first line and of the one after its last.

    ``heads`` is how many of its rows name the columns, ``items`` are the lines that are items and
    ``others``, those between or after them that are none. One that has no items is only shown.
    """

    first: int
    end: int
    heads: int
    items: tuple[int, ...] = ()
    others: tuple[int, ...] = ()
    title: int = 0
    """The number of the column that says what an item is about."""


def grids(lines: Sequence[Line]) -> Iterator[Grid]:
    """Yield the tables among ``lines``: rows below each other that are as wide."""
    roles: list[str] = []
    ended = -1
    for first, end in _runs(lines):
        follows, ended = first == ended, end
        rows = [cells_of(line.text) for line in lines[first:end]]
        heads = 1 if _is_head(rows[0]) else 2 if len(rows) > 1 and _is_head(rows[1]) else 0
        if heads:
            named = columns_of(rows[:heads], {})
            is_ledger = "title" in {role for _, role in named} and any(
                _ANSWER.search(name) for name, role in named if role != "title"
            )
            roles = [role for _, role in named] if is_ledger else []
        # Right below another table, only a head tells that a new one begins.
        if len(roles) == len(rows[0]) and len(rows) > heads and (heads or not follows):
            title = roles.index("title")
            own = [*range(first + heads, end)]
            items = [at for at in own if _is_item(rows[at - first], title)]
            if items:
                others = [at for at in own if at not in items]
                yield Grid(first, end, heads, tuple(items), tuple(others), title)
                continue
        yield Grid(first, end, heads if len(rows) > heads else 0)


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield where rows of one width begin and end; a single one is no table, nor a lone column."""
    for width, group in groupby(range(len(lines)), key=lambda at: _width(lines[at])):
        numbers = [*group]
        if width >= _NARROWEST:
            yield numbers[0], numbers[-1] + 1


def _width(line: Line) -> int:
    return len(cells_of(line.text)) if line.cells else 0


def _is_head(cells: Sequence[str]) -> bool:
    """Tell whether these cells name columns."""
    named = [cell for cell in cells if _HEAD.search(cell)]
    is_short = all(len(cell) <= _LONGEST_HEAD for cell in cells)
    return is_short and len({*named}) >= 2 and not any(_SUM.fullmatch(cell) for cell in cells[:1])


def _is_item(cells: Sequence[str], title: int) -> bool:
    if not cells[title] or any(_SUM.match(cell) for cell in cells[: title + 1]):
        return False
    # Merged across: the name of a group, and nothing beside it.
    return len({cell for cell in cells if cell}) > 1
