"""Rows that are one cell across a table: they name what stands below them, and are lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NARROWEST = 3  # columns of a table in which one cell alone is told from one that is not filled
_LONGEST = 60  # characters of what may be such a name
_NO_NAME = re.compile(r".*[。；;，,：:！!？?]|[总合小]\s*计.*|累\s*计.*|备?\s*注.*|[\d\W]*")


_COUNTED = re.compile("[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?")


def named_beside(cells: Sequence[str]) -> str:
    """Return the name of a group whose number has a cell of its own before it: 一 | 日常管理方面;
    "" for any other row.
    """
    if len(cells) < _NARROWEST or any(cell.strip() for cell in cells[2:]):
        return ""
    number, name = cells[0].strip(), cells[1].strip()
    is_name = bool(name) and len(name) <= _LONGEST and not _NO_NAME.fullmatch(name)
    return f"{number} {name}" if is_name and _COUNTED.fullmatch(number) else ""


def stands_across(cells: Sequence[str]) -> bool:
    """Tell whether a row of which nobody says what is merged has but the name of a group."""
    name = cells[0].strip() if cells else ""
    is_alone = len(cells) >= _NARROWEST and not any(cell.strip() for cell in cells[1:])
    return is_alone and 1 < len(name) <= _LONGEST and not _NO_NAME.fullmatch(name)
