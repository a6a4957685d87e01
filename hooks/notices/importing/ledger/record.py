"""The record: what each row was when a ledger was written, in a sheet that nobody is shown.

By it we know which cells somebody has filled in, and whether the file of an item is another since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from .book import BookSheet
from .columns import FactRow, RowKey, plain
from .mark import NAME, SHEET
from .parts import unreadable

_VERSION = "1"
_PIECE = 15_000  # characters of a cell: with whatever is escaped, fewer than programs take


class Recorded(NamedTuple):
    """What a row was: a digest of the file of its item, and its cells as plain texts."""

    digest: str
    values: Mapping[str, str]


Record = Mapping[RowKey, Recorded]


def recorded(row: FactRow, digest: str) -> Recorded:
    return Recorded(digest, {key: plain(value) for key, value in row.values.items()})


def lines_of(record: Record) -> Iterator[list[str]]:
    """Yield the rows of the sheet."""
    yield [NAME, _VERSION]
    for key, row in record.items():
        values = json.dumps(dict(row.values), ensure_ascii=False)
        pieces = [values[at : at + _PIECE] for at in range(0, len(values), _PIECE)]
        yield [key.table, key.notice, key.item, str(key.number), row.digest, *pieces]


def read_record(sheets: Iterable[BookSheet], name: str) -> Record | None:
    """Return what was recorded in a workbook, None in one that we did not write.

    Raise Faulty when it is another version's, or somebody has changed it.
    """
    sheet = next((each for each in sheets if each.title == SHEET), None)
    if sheet is None:
        return None
    lines = [[str(cell.value) for cell in cells.values()] for cells in sheet.rows().values()]
    if not lines or lines[0][:1] != [NAME]:
        return None
    if lines[0] != [NAME, _VERSION]:
        raise unreadable(name, "这本台账是别的版本的程序导出的：重新导出一本，把填好的格复制过去")
    try:
        return dict(map(_read, lines[1:]))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        message = f"看不见的“{SHEET}”这张表被改动了：重新导出一本，把填好的格复制过去"
        raise unreadable(name, message) from error


def _read(line: list[str]) -> tuple[RowKey, Recorded]:
    table, notice, item, number, digest, *pieces = line
    values = json.loads("".join(pieces))
    texts = {key: value for key, value in values.items() if isinstance(value, str)}
    return RowKey(table, notice, item, int(number)), Recorded(digest, texts)
