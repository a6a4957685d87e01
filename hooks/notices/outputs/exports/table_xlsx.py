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
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from .archive import Properties, settle
from .columns import SheetValue
from .items_xlsx import ESCAPED, FIRST_DAY, MOST_LINKS, fill_sheet, lay_out, lead

MOST = 1_000_000  # rows of a sheet: a program shows 1,048,576
_PATTERN: tuple[SheetValue, ...] = ("甲", "乙", 1, FIRST_DAY)
"""What a row begins with, and a text, a number and a day."""
_ROW = re.compile('<row r="2".*?</row>', re.DOTALL)
_STYLE = re.compile('<c r="[A-Z]+2" s="([0-9]+)"')
_REACH = re.compile('(?<=ref="A1:)[A-Z]+[0-9]+(?=")')
_LINKS = re.compile("<hyperlinks>.*?</hyperlinks>")
_TARGET = re.compile('<Relationship [^>]*?/hyperlink"[^>]*?/>')
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ZERO = datetime.date(1899, 12, 30)  # the day that programs count from


class LinkedRow(NamedTuple):
    """A row: what stands in its cells, and what its first one opens, if anything."""

    cells: Sequence[SheetValue]
    link: str = ""


def table(
    title: str,
    widths: Mapping[str, int],
    rows: Iterable[LinkedRow],
    known: Properties,
    most: int = MOST,
) -> bytes:
    """Return a workbook of ``rows`` below the headers that ``widths`` has, which are four or more.

    No text may be longer than a cell. On a sheet stand at most so many rows, and fewer links.
    """
    sheets = [*_sheets(rows, most)] or [[]]
    data = _empty(title, widths, len(sheets))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        parts = dict[str, bytes]()
        for number, some in enumerate(sheets, 1):
            name = f"xl/worksheets/sheet{number}.xml"
            parts[name] = _filled(book.read(name).decode(), some, len(widths))
            leads = f"xl/worksheets/_rels/sheet{number}.xml.rels"
            parts[leads] = _leading(book.read(leads).decode(), some)
    return settle(data, known, parts)


def _sheets(rows: Iterable[LinkedRow], most: int) -> Iterator[list[LinkedRow]]:
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
        lead(sheet["A2"], "https://notices.invalid/")
        lay_out(sheet)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _filled(sheet: str, rows: Sequence[LinkedRow], columns: int) -> bytes:
    """Return ``sheet`` with ``rows`` in the place of the one that is their pattern."""
    pattern = _ROW.search(sheet)
    assert pattern  # it was written so
    leading, *styles = (f'<c s="{style}"' for style in _STYLE.findall(pattern[0])[: len(_PATTERN)])
    body = "".join(_row(row, leading if row.link else styles[0], styles) for row in rows)
    reach = f"{get_column_letter(columns)}{len(rows) + 1}"
    head, tail = sheet[: pattern.start()], sheet[pattern.end() :]
    links = "".join(f'<hyperlink ref="A{at}" r:id="rId{at}"/>' for at, _ in _linked(rows))
    links = links and f'<hyperlinks xmlns:r="{_RELATIONS}">{links}</hyperlinks>'
    tail = _LINKS.sub(lambda _: links, tail)
    return "".join((_REACH.sub(reach, head), body, _REACH.sub(reach, tail))).encode()


def _leading(relations: str, rows: Sequence[LinkedRow]) -> bytes:
    """Return ``relations`` with what the links of ``rows`` open in the place of their pattern."""
    pattern = _TARGET.search(relations)
    assert pattern  # it was written so
    found = (
        f'<Relationship Id="rId{at}" Type="{_RELATIONS}/hyperlink"'
        f' Target={quoteattr(link)} TargetMode="External"/>'
        for at, link in _linked(rows)
    )
    return relations.replace(pattern[0], "".join(found)).encode()


def _linked(rows: Sequence[LinkedRow]) -> Iterator[tuple[int, str]]:
    """Yield the number of each row that opens something, and what."""
    return ((at, row.link) for at, row in enumerate(rows[:MOST_LINKS], 2) if row.link)


def _row(row: LinkedRow, first: str, styles: Sequence[str]) -> str:
    text, number, day = styles
    cells = [_cell(row.cells[0], first, number, day)]
    cells += [_cell(value, text, number, day) for value in row.cells[1:]]
    return f"<row>{''.join(cells)}</row>"


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
