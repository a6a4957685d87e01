"""Tables as text with separators, as spreadsheets write them: commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from ..problem import Faulty, Place, Problem
from .encodings import decoded
from .sheets import lines_of_rows, one_line, refuse_wide
from .source import Answers, Question, Source

_SEPARATORS = (",", "\t", ";", "；", "，")
_LONGEST = 1_000_000  # characters of a cell: a quote that is never closed takes all that is left
_MOST = 200_000  # cells


def read_separated(data: bytes, name: str, answers: Answers) -> Source:
    """Return the rows of a table; raise Faulty where quotes do not close, or it is too large."""
    text = decoded(data, name, answers)
    if isinstance(text, Question):
        return Source((), (text,))
    rows = _rows(text, name)
    if sum(map(len, rows)) > _MOST:
        message = f"格子超过了 {_MOST} 个，不像是台账"
        raise Faulty(Problem(Place(name), "import-too-large", message))
    cells = {
        (number, column): words
        for number, row in enumerate(rows, 1)
        for column, cell in enumerate(row, 1)
        if (words := one_line(cell))
    }
    if not cells:
        raise Faulty(Problem(Place(name), "import-empty", "文件里没有文字"))
    refuse_wide(cells, name)
    return Source(tuple(lines_of_rows(cells, frozenset())))


def _rows(text: str, name: str) -> list[list[str]]:
    """Return the rows of ``text`` by the separator by which most of it falls into alike rows."""
    limit = csv.field_size_limit(_LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        return [*reader]
    except csv.Error as error:
        line = max(reader.line_num, 1)
        message = "引号没有成对，不知道一格到哪里为止：用表格软件打开，另存为 .xlsx 再导入"
        raise Faulty(Problem(Place(name, line), "import-separated", message)) from error
    finally:
        csv.field_size_limit(limit)


def _separator(text: str) -> str:
    """Return the separator of which there are most outside of quotes in the first lines."""
    outside = "".join(text[:20_000].split('"')[::2])
    return max(_SEPARATORS, key=lambda each: _alike(outside.splitlines(), each))


def _alike(lines: Sequence[str], separator: str) -> tuple[int, int]:
    """Return how many lines have as many of a separator as most have, and how many these are."""
    counts = [count for line in lines if (count := line.count(separator))]
    usual = max(set(counts), key=counts.count) if counts else 0
    return counts.count(usual), usual
