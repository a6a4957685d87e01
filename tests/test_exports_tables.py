"""What is read back from CSV and XLSX is what was written, however long, whatever it looks like."""

from __future__ import annotations

import csv
import datetime
import io
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

import profiles
from exporting import editions
from notices.outputs.exports.items_csv import harmless, written
from notices.outputs.exports.items_xlsx import CONTINUED, LONGEST, fill_sheet
from notices.outputs.exports.outputs import OUTPUTS
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
CELLS = st.lists(TEXTS, min_size=1, max_size=4)


def unescaped(text: str) -> str:
    """Return what programs take a cell for (ECMA-376, ST_Xstring)."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


@settings(max_examples=profiles.INPUTS)
@given(CELLS)
@example(["甲" * 40_000])
def test_csv_gives_back_what_was_written(texts: list[str]) -> None:
    """Whoever takes the first apostrophe off has the text, byte for byte."""
    made = written([texts]).decode("utf-8-sig")
    [row] = csv.reader(io.StringIO(made, newline=""))
    assert [cell.removeprefix("'") for cell in row] == texts


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


@settings(max_examples=profiles.INPUTS // 4)
@given(st.lists(CELLS.filter(lambda cells: len(cells) == 2), min_size=1, max_size=4))
@example([["甲" * 32_767, "😀" * 40_000], ["_x000A_" * 9_000, "甲"]])
@example([["😀" * 16_383 + "甲" * 9, "甲" + "😀" * 20_000]])
def test_xlsx_gives_back_what_was_written(rows: list[list[str]]) -> None:
    """A text that is too long for a cell goes on in the columns beside it."""
    book = Workbook()
    fill_sheet(book.worksheets[0], {"甲": 10, "乙": 10}, rows)
    stored = io.BytesIO()
    book.save(stored)
    head, *table = load_workbook(stored).worksheets[0].iter_rows(values_only=True)
    headers = [str(name).partition(CONTINUED)[0] for name in head]
    assert len({*head}) == len(head)
    read = [
        [
            "".join(
                unescaped(str(cell))
                for name, cell in zip(headers, row, strict=True)
                if name == header and cell is not None
            )
            for header in ("甲", "乙")
        ]
        for row in table
    ]
    assert read == rows
    longest = max(len(str(cell).encode("utf-16-le")) for row in table for cell in row)
    assert longest <= 2 * LONGEST


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
