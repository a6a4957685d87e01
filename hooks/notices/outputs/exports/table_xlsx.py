"""A table of any length as a workbook: its rows are written as they are in the file.

A library that keeps each cell takes minutes for a hundred thousand of them. Here it writes the head
of each sheet and a single row, and what stands below is put in after the pattern of that.
"""

from __future__ import annotations

import datetime
import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from .archive import Properties, settle
from .columns import SheetValue
from .items_xlsx import ESCAPED, FIRST_DAY, fill_sheet, lay_out

MOST = 1_000_000  # rows of a sheet: a program shows 1,048,576
_PATTERN: tuple[SheetValue, ...] = ("甲", 1, FIRST_DAY)
"""A text, a number and a day."""
_ROW = re.compile('<row r="2".*?</row>', re.DOTALL)
_STYLE = re.compile('<c r="[A-Z]+2" s="([0-9]+)"')
_REACH = re.compile('(?<=ref="A1:)[A-Z]+[0-9]+(?=")')
_ZERO = datetime.date(1899, 12, 30)  # the day that programs count from


def table(
    title: str,
    widths: Mapping[str, int],
    rows: Iterable[Sequence[SheetValue]],
    known: Properties,
    most: int = MOST,
) -> bytes:
    """Return a workbook of ``rows`` below the headers that ``widths`` has, which are three or more.

    No text may be longer than a cell. On a sheet stand at most so many rows.
    """
    sheets = [*_sheets(rows, most)] or [[]]
    data = _empty(title, widths, len(sheets))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        names.sort(key=lambda name: (len(name), name))
        parts = {
            name: _filled(book.read(name).decode(), some, len(widths))
            for name, some in zip(names, sheets, strict=True)
        }
    return settle(data, known, parts)


def _sheets(
    rows: Iterable[Sequence[SheetValue]], most: int
) -> Iterator[list[Sequence[SheetValue]]]:
    every = iter(rows)
    while some := [*itertools.islice(every, most)]:
        yield some


def _empty(title: str, widths: Mapping[str, int], sheets: int) -> bytes:
    """Return a workbook of as many sheets, each with its head and the row that is the pattern."""
    book = Workbook()
    book.remove(book.worksheets[0])
    pattern = [*_PATTERN, *[None] * (len(widths) - len(_PATTERN))]
    for number in range(1, sheets + 1):
        sheet = book.create_sheet(title if number == 1 else f"{title}{number}")
        fill_sheet(sheet, widths, [pattern])
        lay_out(sheet)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _filled(sheet: str, rows: Sequence[Sequence[SheetValue]], columns: int) -> bytes:
    """Return ``sheet`` with ``rows`` in the place of the one that is their pattern."""
    pattern = _ROW.search(sheet)
    assert pattern  # it was written so
    styles = _STYLE.findall(pattern[0])[: len(_PATTERN)]
    text, number, day = (f'<c s="{style}"' for style in styles)
    body = "".join(
        f"<row>{''.join(_cell(value, text, number, day) for value in row)}</row>" for row in rows
    )
    reach = f"{get_column_letter(columns)}{len(rows) + 1}"
    head, tail = sheet[: pattern.start()], sheet[pattern.end() :]
    return "".join((_REACH.sub(reach, head), body, _REACH.sub(reach, tail))).encode()


def _cell(value: SheetValue, text: str, number: str, day: str) -> str:
    if value is None:
        return f"{text}/>"
    if isinstance(value, int):
        return f"{number}><v>{value}</v></c>"
    if isinstance(value, datetime.date):
        if value >= FIRST_DAY:
            return f"{day}><v>{(value - _ZERO).days}</v></c>"
        value = value.isoformat()
    said = escape(ESCAPED.sub("_x005F_", value))
    return f'{text} t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'
