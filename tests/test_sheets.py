"""Ledgers as offices have them, as the source of a notice: what a sheet shows is its text.

What it does not show, shows once for several cells or has only computed is asked; what nobody can
see there is refused by the address of its cell.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from notices.importing.readers import read_source
from notices.importing.source import Answers, Source
from notices.problem import Faulty
from sitehouse import ROOT

ROWS: list[list[Any]] = [
    ["序号", "问题", "整改措施", "完成情况", "责任单位", "完成时限"],
    [1, "台账不全", "补登。\n抽查", "已完成", "综合科", "2024年6月"],
    [2, "采购没有比价", "三家以上比价", None, "财务科", datetime.date(2024, 6, 30)],
]
CHINESE = 'yyyy"年"m"月"d"日"'


def sheet_of(book: Workbook) -> Worksheet:
    sheet = book.worksheets[0]
    for row in ROWS:
        sheet.append(row)
    sheet["F3"].number_format = CHINESE
    return sheet


def read(change: Callable[[Worksheet], None] | None = None, **answers: str) -> Source:
    book = Workbook()
    sheet = sheet_of(book)
    if change:
        change(sheet)
    stored = io.BytesIO()
    book.save(stored)
    return read_source(stored.getvalue(), "台账.xlsx", Answers(**answers))


def test_a_row_is_a_line_with_its_cells() -> None:
    source = read()
    assert source.questions == ()
    assert [line.text for line in source.lines] == [
        "序号\t问题\t整改措施\t完成情况\t责任单位\t完成时限",
        "1\t台账不全\t补登。抽查\t已完成\t综合科\t2024年6月",
        "2\t采购没有比价\t三家以上比价\t\t财务科\t2024年6月30日",
    ]
    assert [line.place for line in source.lines] == ["第1行", "第2行", "第3行"]
    assert all("\t".join(line.cells) == line.text for line in source.lines)


def titled(sheet: Worksheet) -> None:
    sheet.insert_rows(1, 2)
    sheet["A1"] = "某某公司整改台账"
    sheet.merge_cells("A1:F1")
    sheet["A2"] = "（虚构）"
    sheet["A7"] = "注：以上均为虚构。"
    sheet.column_dimensions["H"].width = 3


def test_what_stands_above_and_below_the_table_is_lines_of_their_own() -> None:
    source = read(titled)
    assert source.questions == ()
    assert [(line.text, line.place) for line in source.lines if not line.cells] == [
        ("某某公司整改台账", "第1行"), ("（虚构）", "第2行"), ("注：以上均为虚构。", "第7行"),
    ]  # fmt: skip
    assert sum(bool(line.cells) for line in source.lines) == 3


def merged(sheet: Worksheet) -> None:
    sheet.merge_cells("E2:E3")


def formula(sheet: Worksheet) -> None:
    sheet["A3"] = "=A2+1"


def hidden_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


def hidden_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["D"].hidden = True


def second(sheet: Worksheet) -> None:
    assert sheet.parent
    sheet.parent.create_sheet("第二张")["A1"] = "某某"


def hidden_sheet(sheet: Worksheet) -> None:
    second(sheet)
    assert sheet.parent
    sheet.parent.worksheets[1].sheet_state = "hidden"


def local_day(sheet: Worksheet) -> None:
    sheet["F3"].number_format = "mm-dd-yy"


ASKED: list[tuple[Callable[[Worksheet], None], str, dict[str, str], str]] = [
    (merged, "sheet-merged", {"merged": "repeat"}, "综合科\t2024年6月30日"),
    (merged, "sheet-merged", {"merged": "once"}, "\t\t2024年6月30日"),
    (formula, "sheet-formula", {"formulas": "leave"}, "\t采购没有比价"),
    (hidden_row, "sheet-hidden", {"hidden": "keep"}, "采购没有比价"),
    (hidden_row, "sheet-hidden", {"hidden": "leave"}, ""),
    (hidden_column, "sheet-hidden", {"hidden": "keep"}, "台账不全\t补登。抽查\t已完成\t综合科"),
    (hidden_column, "sheet-hidden", {"hidden": "leave"}, "台账不全\t补登。抽查\t综合科"),
    (second, "sheet-several", {"sheet": "Sheet"}, "台账不全"),
    (second, "sheet-several", {"sheet": "第二张"}, "某某"),
    (hidden_sheet, "sheet-hidden", {"hidden": "leave"}, "台账不全"),
    (local_day, "sheet-date", {"dates": "slash"}, "财务科\t2024/6/30"),
    (local_day, "sheet-date", {"dates": "dash"}, "财务科\t2024-06-30"),
    (local_day, "sheet-date", {"dates": "chinese"}, "财务科\t2024年6月30日"),
]


@pytest.mark.parametrize(("change", "rule", "answer", "words"), ASKED)
def test_what_is_not_plain_is_asked_with_its_readings_until_it_is_answered(
    change: Callable[[Worksheet], None], rule: str, answer: dict[str, str], words: str
) -> None:
    (question,) = read(change).questions
    assert question.rule == rule
    assert len(question.readings) > 1
    ((option, value),) = answer.items()
    assert f"--{option} {value}" in question.answer
    source = read(change, **answer)
    assert source.questions == ()
    assert words in "\n".join(line.text for line in source.lines)


def test_what_was_hidden_and_is_left_out_is_listed() -> None:
    source = read(hidden_row, hidden="leave")
    assert [line.place for line in source.left] == ["第3行"]
    assert "采购没有比价" in source.left[0].text


def put(at: str, value: object, code: str = "General") -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet[at] = value  # type: ignore[assignment]
        sheet[at].number_format = code

    return change


REFUSED = [
    (put("D3", "#REF!"), "台账.xlsx:D3: [import-error-value] 这一格是出错的结果 #REF!"),
    (put("D3", 0.5, "# ?/?"), "台账.xlsx:D3: [import-number] 不知道这一格怎样显示"),
    (
        put("D3", datetime.datetime(2024, 6, 30, 8), "yyyy-mm-dd hh:mm"),  # noqa: DTZ001
        "台账.xlsx:D3: [import-number] 不知道这一格怎样显示",
    ),
]


@pytest.mark.parametrize(("change", "told"), REFUSED)
def test_what_nobody_can_see_there_is_refused_by_its_address(
    change: Callable[[Worksheet], None], told: str
) -> None:
    with pytest.raises(Faulty, match=f"^{re.escape(told)}"):
        read(change)


SHOWN = [
    (45473, "General", "45473"), (0.1, "General", "0.1"), (12.5, "0.00", "12.50"),
    (1234567.891, "#,##0.00", "1,234,567.89"), (0.256, "0%", "26%"), (0.256, "0.0%", "25.6%"),
    (3, '0"个"', "3个"), (2.5, "0", "3"), (True, "General", "TRUE"), ("007", "@", "007"),
    (datetime.date(2024, 6, 5), "yyyy-mm-dd", "2024-06-05"),
    (datetime.date(2024, 6, 5), 'yyyy"年"m"月"', "2024年6月"),
    (datetime.date(2024, 6, 5), "yyyy/m/d;@", "2024/6/5"),
    (datetime.date(2024, 6, 5), '[$-804]yyyy"年"mm"月"dd"日"', "2024年06月05日"),
    (datetime.date(2024, 6, 5), "yy.m.d", "24.6.5"),
    (datetime.date(2024, 6, 5), r"yyyy\-m\-d", "2024-6-5"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "code", "words"), SHOWN)
def test_a_cell_says_what_it_shows(value: object, code: str, words: str) -> None:
    source = read(put("D3", value, code))
    assert source.questions == ()
    assert source.lines[-1].cells[3] == words


def test_a_sheet_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(Faulty, match=r"\[import-sheet\] 没有“第三张”这张表；有的是：Sheet、第二张"):
        read(second, sheet="第三张")


TABLE = """\
序号,问题,整改措施,责任单位
1,台账不全,"一是补登。
二是抽查，""每季度""一次。",综合科
2,采购没有比价,三家以上比价,财务科
"""


def written(separator: str) -> str:
    return TABLE.replace(",", separator)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_text_with_separators_is_rows_whatever_wrote_it(encoding: str, separator: str) -> None:
    """Also with line breaks and separators in quotes, and the line ends of any system."""
    for text in (written(separator), written(separator).replace("\n", "\r\n")):
        source = read_source(text.encode(encoding), "台账.csv", Answers())
        assert source.questions == ()
        assert [line.cells for line in source.lines] == [
            ("序号", "问题", "整改措施", "责任单位"),
            ("1", "台账不全", '一是补登。二是抽查，"每季度"一次。', "综合科"),
            ("2", "采购没有比价", "三家以上比价", "财务科"),
        ]


def test_a_quote_that_does_not_close_is_told_with_its_line() -> None:
    with pytest.raises(Faulty, match=r"^台账\.csv:[0-9]+:1: \[import-separated\] 引号没有成对"):
        read_source('序号,问题\n1,"台账不全\n'.encode(), "台账.csv", Answers())


def test_an_empty_table_is_refused() -> None:
    with pytest.raises(Faulty, match="import-empty"):
        read_source(b",,\n,,\n", "台账.csv", Answers())


def test_a_table_that_is_mostly_nothing_is_refused_for_its_size() -> None:
    text = "\n".join("," * at + "某" for at in range(600))
    with pytest.raises(Faulty, match=r"\[import-too-large\] 表格有 600 行、600 列"):
        read_source(text.encode(), "台账.csv", Answers())


def test_a_workbook_of_an_old_program_is_told_how_to_be_saved() -> None:
    old = b"\xd0\xcf\x11\xe0" + bytes(600)
    with pytest.raises(Faulty, match=r"这是旧式的 \.xls，或者加了打开密码.*另存为 \.xlsx"):
        read_source(old, "台账.xls", Answers())


def test_the_table_of_a_notice_is_its_text_again() -> None:
    """What stands in rows of a workbook is the approved text, line by line."""
    text = (ROOT / "tests/shapes/data/notices/table/approved.txt").read_text(encoding="utf-8")
    book = Workbook()
    for line in filter(str.strip, text.splitlines()):
        book.worksheets[0].append(line.split("\t"))
    stored = io.BytesIO()
    book.save(stored)
    source = read_source(stored.getvalue(), "台账.xlsx", Answers())
    assert source.questions == ()
    assert [line.text.rstrip("\t") for line in source.lines] == [
        line.rstrip("\t") for line in text.splitlines() if line.strip()
    ]
