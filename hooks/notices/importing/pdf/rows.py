"""Rows of signs: what stands beside each other on a page, and which rows are one paragraph."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

_TOKEN = re.compile(
    r"[“‘（(《〈【\[]*(?:[A-Za-z0-9@%&./:_+-]+|.)[，。、；：？！”’）)》〉】\],.;:?!%]*"
)
_WIDE = 3.0
"""Characters: a gap as wide as that divides columns."""
_SPACE = 0.6
_SHORT = 0.25
"""Of a row: one that leaves so much was not full."""
_RAGGED = 3
"""Characters that a full row may leave, for what may not stand at its end."""
YES, FULL, UNSURE = "yes", "full", "unsure"


class PrintedRow(NamedTuple):
    """A row as it is printed, in points: where it begins and ends, and how large its signs are."""

    page: int
    text: str
    left: float
    right: float
    bottom: float
    size: float


class ColumnsError(Exception):
    """Signs stand in columns, or in an order that is not that of reading."""


def rows_of(page: int, signs: Iterable[list[Any]]) -> list[PrintedRow]:
    """Return the rows of a page from above, in the order of its signs."""
    rows: list[PrintedRow] = []
    for each in _groups(signs):
        row = _row(page, each)
        if row.text.strip():
            rows.append(row._replace(text=row.text.strip()))
    for above, below in itertools.pairwise(rows):
        if below.bottom > above.bottom - min(above.size, below.size) / 2:
            raise ColumnsError
    return rows


def _groups(signs: Iterable[list[Any]]) -> Iterator[list[list[Any]]]:
    """Yield signs that stand at one height."""
    group: list[list[Any]] = []
    for sign in signs:
        if len(sign) == 1:
            continue
        if group and abs(sign[2] - group[-1][2]) > max(sign[5], group[-1][5]) / 2:
            yield group
            group = []
        group.append(sign)
    if group:
        yield group


def _row(page: int, signs: list[list[Any]]) -> PrintedRow:
    text, right = "", signs[0][1]
    sizes = [sign[5] for sign in signs]
    for character, left, _, end, _, size in signs:
        gap = (left - right) / (size or 1)
        if gap > _WIDE or gap < -1:
            raise ColumnsError
        is_word = text[-1:].isascii() and character.isascii()
        if gap > _SPACE or (gap > _SPACE / 3 and is_word and text and not text.endswith(" ")):
            text += " " if text.strip() and not text.endswith(" ") and character != " " else ""
        text += character
        right = end
    left, bottom = signs[0][1], statistics.median(sign[2] for sign in signs)
    return PrintedRow(page, text, left, right, bottom, statistics.median(sizes))


def begins(above: PrintedRow | None, row: PrintedRow, left: float, right: float) -> str:
    """Tell whether ``row`` begins a paragraph between these edges of the text: YES, or UNSURE.

    FULL: only the indents of others can tell, for what is above may end with a full row.
    """
    if above is None or abs(above.size - row.size) > 1 or row.left - left > row.size:
        return YES
    token = _TOKEN.match(row.text)
    needed = _width(token[0] if token else row.text[:1]) * row.size
    room = right - above.right - needed
    if room > (right - left) * _SHORT:
        return YES
    return UNSURE if room > row.size * _RAGGED else FULL


def _width(text: str) -> float:
    return sum(0.55 if sign.isascii() else 1.0 for sign in text)


def edges(rows: list[PrintedRow]) -> tuple[float, float]:
    """Return where rows begin and end that are full."""
    return min(row.left for row in rows), max(row.right for row in rows)
