"""Rows merged across a table of items are the names of groups, whatever file they stand in."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest
from openpyxl import Workbook

from importing import KIND
from notices.importing.draft import DraftTerms, drafted
from notices.importing.outline import propose
from notices.importing.readers import read_source
from notices.importing.source import Answers
from word import tbl, tc, tr, word

HEAD = ("序号", "存在问题", "整改措施", "责任单位")
GROUPS = {
    "counted off": ("一、日常管理方面", "二、采购管理方面"),
    "named": ("日常管理方面", "采购管理方面"),
    "of bodies": ("虚构一局", "虚构二局"),
}
ITEMS = (("1", "台账不全", "补登。", "综合科"), ("2", "采购没有比价", "三家比价。", "财务科"))
Rows = Sequence[Sequence[str]]


def rows_of(groups: Sequence[str]) -> Rows:
    """Return the rows of a table: a group is a row of one cell."""
    return (HEAD, (groups[0],), ITEMS[0], (groups[1],), ITEMS[1], ("合计", "2个", "", ""))


def as_word(rows: Rows) -> bytes:
    def cells(row: Sequence[str]) -> list[str]:
        return [tc(row[0], '<w:gridSpan w:val="4"/>')] if len(row) == 1 else [*row]

    return word(tbl(*(tr(*cells(row)) for row in rows)))


def as_old_word(rows: Rows) -> bytes:
    """Return it with cells that say themselves that they are merged with the one before."""

    def cells(row: Sequence[str]) -> list[str]:
        begin, goes_on = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
        merged = [tc(row[0], begin), *[tc("", goes_on)] * 3]
        return merged if len(row) == 1 else [*row]

    return word(tbl(*(tr(*cells(row)) for row in rows)))


def as_page(rows: Rows) -> bytes:
    def cells(row: Sequence[str]) -> str:
        across = ' colspan="4"' if len(row) == 1 else ""
        return "".join(f"<td{across}>{cell}</td>" for cell in row)

    table = "".join(f"<tr>{cells(row)}</tr>" for row in rows)
    return f"<body><table>{table}</table></body>".encode()


def as_workbook(rows: Rows, *, is_merged: bool = True) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(rows, 1):
        sheet.append([*row])
        if len(row) == 1 and is_merged:
            sheet.merge_cells(f"A{number}:D{number}")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def separated(rows: Rows, separator: str) -> bytes:
    return "\n".join(separator.join([*row, "", "", ""][:4]) for row in rows).encode()


FILES: dict[str, Callable[[Rows], bytes]] = {
    "a.docx": as_word,
    "hmerge.docx": as_old_word,
    "a.html": as_page,
    "a.xlsx": as_workbook,
    "alone.xlsx": lambda rows: as_workbook(rows, is_merged=False),
    "a.csv": lambda rows: separated(rows, ","),
    "a.txt": lambda rows: separated(rows, "\t"),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("groups", GROUPS.values(), ids=GROUPS)
def test_a_row_across_a_table_is_a_group(groups: tuple[str, str], name: str) -> None:
    source = read_source(FILES[name](rows_of(groups)), name, Answers())
    assert source.questions == ()
    draft = drafted(propose(source.lines), "imported", name, DraftTerms(KIND))
    own = draft.narrative
    assert [(str(each.id), each.heading.text) for each in own.groups] == [
        ("1", groups[0]), ("2", groups[1]),
    ]  # fmt: skip
    assert {str(each.id): each.label for each in own.items} == {
        "1-1": "台账不全", "2-1": "采购没有比价",
    }  # fmt: skip
    assert [str(each.id) for each in own.all_sections if not each.id.depth] == ["part-1"]
    said = [cell for row in rows_of(groups) for cell in row if cell]
    approved = draft.files["data/notices/imported/approved.txt"]
    assert [cell for line in approved.splitlines() for cell in line.split("\t") if cell] == said


def beside(rows: Rows) -> Rows:
    """Return the rows with the number of each group in a cell of its own."""
    return [("一二"[at // 3], row[0]) if len(row) == 1 else row for at, row in enumerate(rows)]


@pytest.mark.parametrize("name", ["a.docx", "a.html", "a.csv", "a.txt"])
def test_the_number_of_a_group_may_have_its_own_cell(name: str) -> None:
    wide = [(*row, "", "", "")[:4] for row in beside(rows_of(GROUPS["named"]))]
    source = read_source(FILES[name](wide), name, Answers())
    titles = [(str(each.id), each.title) for each in propose(source.lines).sections]
    assert titles == [
        ("1", "一 日常管理方面"), ("1-1", "台账不全"), ("2", "二 采购管理方面"),
        ("2-1", "采购没有比价"), ("part-1", "合计"),
    ]  # fmt: skip


ALONE = {
    "a sum": (*rows_of(GROUPS["named"])[:3], ("合计", "", "", ""), ITEMS[1]),
    "a remark": (*rows_of(GROUPS["named"])[:3], ("注：数据截至六月。", "", "", ""), ITEMS[1]),
    "a number": (*rows_of(GROUPS["named"])[:3], ("3", "", "", ""), ITEMS[1]),
}


@pytest.mark.parametrize("rows", ALONE.values(), ids=ALONE)
@pytest.mark.parametrize("name", ["a.csv", "a.txt", "alone.xlsx"])
def test_what_stands_alone_and_names_nothing_is_no_group(rows: Rows, name: str) -> None:
    source = read_source(FILES[name](rows), name, Answers())
    roles = [(str(each.id), each.role) for each in propose(source.lines).sections]
    assert roles == [("1", "group"), ("1-1", "item"), ("part-1", "part"), ("1-2", "item")]
