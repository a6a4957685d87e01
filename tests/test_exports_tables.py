"""What is read back from CSV and XLSX is what was written, however long, whatever it looks like."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

import profiles
from exporting import editions
from notices.outputs.exports.archive import Properties
from notices.outputs.exports.columns import SheetValue
from notices.outputs.exports.items_csv import harmless, written
from notices.outputs.exports.items_xlsx import CONTINUED, FIRST_DAY, LONGEST, fill_sheet
from notices.outputs.exports.outputs import OUTPUTS
from notices.outputs.exports.table_xlsx import LinkedRow, table
from notices.proof.readback.tables import csv_differences, xlsx_differences
from test_fuzz import NOTICE as SMALL
from test_fuzz import copy_base

# Whatever may stand in a field: every plane, nothing that is no character.
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn"))
CHANGED = [
    "007", "2023-6", "1/2", "=1+1", "+1", "-1", "@SUM(A1)", "'007", "''", "'", "1e5", "12:30",
    "50%", "￥100", "1,234", "(5)", "TRUE", "false", "2023年10月10日", "10月", "１２３", "3-4月",
    "Mar 5", "1 Jan 2020", "上午8:30", " =1", "　+1", "0.1", ".5", "1.0", "123456789012345678",
    "2023-10-10", "2023/10/10", "13800000000", " 007 ", "２０２３－６",
]  # fmt: skip
"""Texts that a spreadsheet takes for something else."""
LOOKS_LIKE = [
    *CHANGED, " 甲", "甲 ", "　甲　", "甲\n乙", '甲"乙"', "甲,乙", "甲;乙", "甲\t乙", "_x000A_",
    "_x005F_", "_x4e00_", "#N/A", "#REF!", "\n", "甲\n", "\n甲", "null", "0x1F",
]  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(LOOKS_LIKE),
    st.text(CHARACTERS, min_size=1, max_size=20),
    st.text(st.sampled_from("0123456789-/.,:%年月日'=+ e"), min_size=1, max_size=8),
    st.tuples(st.text(CHARACTERS, min_size=1, max_size=3), st.integers(1, 40_000)).map(
        lambda pair: (pair[0] * pair[1])[: pair[1]]
    ),
)
Rows = list[list[str]]
Sheet = list[tuple[object, ...]]
SHEETS = 100  # of a workbook: to make one and to read it takes longer than what stands in a sheet


def unescaped(text: str) -> str:
    """Return what programs take a cell for (ECMA-376, ST_Xstring)."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


def test_tables_hold_a_measure_of_any_length(tmp_path: Path) -> None:
    """Longer than a cell of a workbook, and than a reader of CSV takes by itself."""
    project = copy_base(tmp_path / "project")
    path = project / "content" / "notices" / f"{SMALL}.md"
    text = path.read_text(encoding="utf-8")
    paragraph = "的" * 40_000
    path.write_text(text.replace("会议还在压减。", "\n\n".join([paragraph] * 4)), encoding="utf-8")
    (edition,) = editions(project).values()
    longest = max(len(str(m.texts)) for item in edition.notice.items for m in item.measures)
    csv.field_size_limit(131_072)  # as in a process in which nothing was read yet
    assert longest > csv.field_size_limit()
    for name, read in (
        ("items.csv", csv_differences),
        ("items.xlsx", xlsx_differences),
    ):
        (output,) = (each for each in OUTPUTS if each.name == name)
        data = output.make(edition)
        assert [*read(name, data, edition.notice, edition.vocabulary)] == []


KEPT = ["甲", "问题1-3-2", "甲=1", "第3次", "1号楼", "3个", "综合部", "a@b", "maybe", "sunday", "e"]


@pytest.mark.parametrize("text", CHANGED)
def test_what_a_spreadsheet_would_change_is_kept_as_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", KEPT)
def test_what_a_spreadsheet_leaves_alone_is_left_alone(text: str) -> None:
    assert harmless(text) == text


def test_what_is_read_back_is_what_was_written() -> None:
    """Of a text that is too long for a cell of a workbook what goes on in the columns beside it."""
    tried, waiting, wrong = 0, list[Rows](), list[Rows]()

    @settings(max_examples=profiles.INPUTS)
    @given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=2))
    @example([["甲" * 32_767, "😀" * 40_000], ["_x000A_" * 9_000, "甲"]])
    @example([["😀" * 16_383 + "甲" * 9, "甲" + "😀" * 20_000]])
    def each(rows: Rows) -> None:
        nonlocal tried
        assert from_csv(written(rows)) == rows
        tried += 1
        waiting.append(rows)
        if len(waiting) == SHEETS:
            wrong.extend(kept_wrongly(waiting))
            waiting.clear()

    each()
    assert [*wrong, *kept_wrongly(waiting)] == []
    assert tried >= profiles.INPUTS


def kept_wrongly(tables: list[Rows]) -> list[Rows]:
    """Return those of ``tables`` that a workbook does not give back."""
    sheets = zip(tables, written_sheets(tables), strict=True) if tables else ()
    return [rows for rows, sheet in sheets if not fits(sheet) or from_sheet(sheet) != rows]


def from_csv(data: bytes) -> Rows:
    """Read ``data`` as whoever takes the first apostrophe off each cell has the text."""
    read = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [[cell.removeprefix("'") for cell in row] for row in read]


def written_sheets(tables: list[Rows]) -> Iterator[Sheet]:
    """Write each of ``tables`` into a sheet of one workbook, and yield what stands in it."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for rows in tables:
        fill_sheet(book.create_sheet(), {"甲": 10, "乙": 10}, rows)
    stored = io.BytesIO()
    book.save(stored)
    for sheet in load_workbook(stored, read_only=True).worksheets:
        yield [*sheet.iter_rows(values_only=True)]


def fits(sheet: Sheet) -> bool:
    """Tell whether each column has a name of its own, and each cell is one that programs read."""
    head, *rows = sheet
    longest = max(len(str(cell).encode("utf-16-le")) for row in rows for cell in row)
    return len({*head}) == len(head) and longest <= 2 * LONGEST


def from_sheet(sheet: Sheet) -> Rows:
    """Return what stands below 甲 and 乙, with what goes on in the columns beside them."""
    head, *rows = sheet
    headers = [str(name).partition(CONTINUED)[0] for name in head]
    return [
        [
            "".join(
                unescaped(str(cell))
                for name, cell in zip(headers, row, strict=True)
                if name == header and cell is not None
            )
            for header in ("甲", "乙")
        ]
        for row in rows
    ]


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "1900-02-28", "1900-03-01"])
def test_a_day_that_programs_count_differently_is_kept_as_text(day: str) -> None:
    """Before March 1900 some see another day, and others none."""
    book = Workbook()
    fill_sheet(book.worksheets[0], {"甲": 10}, [[datetime.date.fromisoformat(day)]])
    stored = io.BytesIO()
    book.save(stored)
    value = load_workbook(stored).worksheets[0]["A2"].value
    kept = value.date().isoformat() if isinstance(value, datetime.datetime) else value
    assert kept == day
    assert isinstance(value, str) == (day != "1900-03-01")


CELLS = st.one_of(
    st.none(),
    st.sampled_from(LOOKS_LIKE),
    st.text(CHARACTERS, min_size=1, max_size=20),
    st.integers(0, 9999),
    st.dates(),
)
KNOWN = Properties("甲 & <乙>", "丙", datetime.date(2020, 5, 6))


HEADS = {"甲": 10, "乙": 10, "丙": 10, "丁": 10}
LINKS = st.sampled_from(["", "https://notices.example.org/notices/x/#1-1?a=1&b=\"<'>"])


@settings(max_examples=profiles.INPUTS // 25)
@given(st.lists(st.tuples(st.tuples(*[CELLS] * 4), LINKS), min_size=1, max_size=30))
def test_a_long_table_gives_back_what_was_written(
    written: list[tuple[tuple[SheetValue, ...], str]],
) -> None:
    """On as many sheets as it takes, each of which can be filtered; texts stay texts, and the first
    cell of each row opens what it should, and no other does.
    """
    rows = [LinkedRow(cells, link if cells[0] else "") for cells, link in written]
    data = table("甲", HEADS, rows, KNOWN, most=20)
    assert data == table("甲", HEADS, rows, KNOWN, most=20)
    found: list[LinkedRow] = []
    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        head, *below = sheet.iter_rows()
        assert [cell.value for cell in head] == [*HEADS]
        assert 0 < len(below) <= 20
        assert sheet.auto_filter.ref == sheet.dimensions == f"A1:D{len(below) + 1}"
        assert all(
            cell.number_format == "@" for row in below for cell in row if cell.data_type == "s"
        )
        assert not [cell for row in below for cell in row[1:] if cell.hyperlink]
        for first, *others in below:
            link = first.hyperlink.target if first.hyperlink else ""
            found.append(LinkedRow([plainly(cell.value) for cell in (first, *others)], link or ""))
    assert found == [LinkedRow([*map(as_kept, row.cells)], row.link) for row in rows]


def plainly(value: object) -> SheetValue:
    if isinstance(value, datetime.datetime):
        return value.date()
    assert value is None or isinstance(value, str | int)
    return unescaped(value) if isinstance(value, str) else value


def as_kept(value: SheetValue) -> SheetValue:
    """Return what a workbook gives back: of a day that programs count differently its text."""
    is_early = isinstance(value, datetime.date) and value < FIRST_DAY
    return str(value) if is_early else value
