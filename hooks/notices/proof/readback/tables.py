"""``items.csv`` and ``items.xlsx``, read as a spreadsheet does."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from ...catalogue.notices import Notice
from ...facts import model
from ...problem import Problem
from .text import facts_differ

Rows = list[tuple[str, ...]]
_LONGEST = 2**31 - 1  # characters of a cell: by itself, the library takes no more than 131,072
# How the workbook says that a text goes on in the next column, and that _x000A_ is no line's end.
_CONTINUED = re.compile(r"（续\d+）")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def csv_differences(
    path: str, data: bytes, notice: Notice, vocabulary: model.Vocabulary
) -> Iterator[Problem]:
    """Yield where the table does not have the items with their measures, word for word."""
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    csv.field_size_limit(_LONGEST)
    head, *rows = csv.reader(text)
    items, measures = _items(notice, vocabulary), _measures(notice, vocabulary)
    of_item = {row[0]: row for row in items}
    wanted = [(*of_item[number], *rest) for number, _, *rest in measures]
    nothing = [(*row, "", "") for row in items if row[0] not in {each[0] for each in measures}]
    columns = (*_item_columns(notice), *_measure_columns(notice))
    found = _chosen(head, [[*map(_unmarked, row)] for row in rows], columns)
    yield from facts_differ(path, _each(sorted(found), sorted([*wanted, *nothing])))


def xlsx_differences(
    path: str, data: bytes, notice: Notice, vocabulary: model.Vocabulary
) -> Iterator[Problem]:
    """Yield where the sheets do not have the items and their measures, word for word."""
    from openpyxl import load_workbook  # noqa: PLC0415 (takes a while, and is seldom needed)

    book, kind = load_workbook(io.BytesIO(data), read_only=True), notice.kind
    of_measure = (*_item_columns(notice)[:2], *_measure_columns(notice))
    for sheet, columns, wanted in (
        (kind.item, _item_columns(notice), _items(notice, vocabulary)),
        (kind.measure, of_measure, _measures(notice, vocabulary)),
    ):
        head, *rows = book[sheet].iter_rows(values_only=True)
        found = _chosen([*map(str, head)], [[*map(_plain, row)] for row in rows], columns)
        yield from facts_differ(path, _each(found, wanted))


def _item_columns(notice: Notice) -> tuple[str, ...]:
    return ("编号", notice.kind.item, f"{notice.kind.item}状态")


def _measure_columns(notice: Notice) -> tuple[str, ...]:
    return (notice.kind.measure, f"{notice.kind.measure}状态")


def _items(notice: Notice, vocabulary: model.Vocabulary) -> Rows:
    return [
        (f"{notice.kind.item}{item.id}", item.facts.title, vocabulary[item.status].label)
        for item in notice.items
    ]


def _measures(notice: Notice, vocabulary: model.Vocabulary) -> Rows:
    return [
        (f"{word}{i.id}", i.facts.title, "\n".join(m.texts), vocabulary[m.facts.status].label)
        for word in [notice.kind.item]
        for i in notice.items
        for m in i.measures
    ]


def _chosen(head: Sequence[str], rows: Sequence[Sequence[str]], columns: Sequence[str]) -> Rows:
    """Return the cells of these columns, each with those in which its text goes on."""
    names = [_CONTINUED.sub("", name) for name in head]
    places = [[at for at, name in enumerate(names) if name == column] for column in columns]
    return [tuple("".join(row[each] for each in those) for those in places) for row in rows]


def _unmarked(cell: str) -> str:
    """Return a cell of CSV without the apostrophe before what would be a formula or a number."""
    return cell.removeprefix("'")


def _plain(cell: object) -> str:
    """Return a cell of a workbook as programs show it (ECMA-376, ST_Xstring)."""
    return "" if cell is None else _ESCAPED.sub(lambda it: chr(int(it[1], 16)), str(cell))


def _each(found: Rows, wanted: Rows) -> Iterator[tuple[str, object, object]]:
    yield "行数", len(wanted), len(found)
    for one, other in zip(wanted, found, strict=False):
        yield from ((one[0], a, b) for a, b in zip(one, other, strict=True))
