"""A ledger goes out, is filled in, and comes back: what was filled in is written, and nothing else.

Whatever is wrong with it is told by the address of the cell, all of it at once, and then nothing is
written.
"""

from __future__ import annotations

import datetime
import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from ledgers import HEADS, NAME, NOW, Change, Desk, standing
from notices.checks import inspect
from notices.command import main
from notices.facts import model
from notices.importing.ledger import book, workbook
from notices.importing.ledger.columns import APART, ITEMS, TABLES
from notices.importing.ledger.columns import ITEM as ITEM_ID
from notices.problem import WARNING, Faulty
from notices.publishing import ledgers
from notices.publishing.ledgers import ledger_of, outcome, write
from once import once
from sitehouse import ROOT, SAMPLE, SAMPLE_ROOT
from test_fuzz import NOTICE, copy_base
from test_handbook import models_in
from test_splice import LAYOUTS

CASES = yaml.safe_load((ROOT / "tests" / "cases" / "ledger.yml").read_text(encoding="utf-8"))
ITEM = f"data/notices/{NOTICE}/items/1-1-1.yml"
ODD = """\
# 说明一
title:   "学习*不够*深入 & 不够广"   # 题目
status: 'in-progress'

basis: {document: {title: 关于虚构整改的报告, date: 2020-05-06}}   # 依据
# 说明二
measures:
    2:
        status: completed

        basis:
            # 说明三
            quote: "登记电话138****1234"
documents: ["虚构学习制度(试行)"]
updates:
- date: 2020-06-01   # 第一次
  text: 第一期虚构培训办完。
  source: 虚构会议纪要
-   date: 2020-12-20
    status: completed
    source: 虚构验收单
    text: 全部虚构培训办完。
# 完"""

DOCUMENT = """\
            document:
              title: 某报告
              date: 2020-05-08
"""
"""What takes the place of the quote."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A small sound project, one of its files in an odd layout, and its ledger."""

    def make(folder: Path) -> None:
        project = copy_base(folder / "project")
        (project / ITEM).write_bytes(ODD.replace("\n", "\r\n").encode())
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(workbook, "FREE", 5)  # rows take longer than what they are tried for
            (folder / NAME).write_bytes(ledger_of(project).data)

    made = once(tmp_path_factory, "ledger", make)
    return made / "project", (made / NAME).read_bytes()


@pytest.fixture
def desk(base: tuple[Path, bytes], tmp_path: Path) -> Desk:
    """The ledger of such a project of one's own."""
    return Desk(shutil.copytree(base[0], tmp_path / "project"), base[1])


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The ledger of the real notice."""

    def make(folder: Path) -> None:
        (folder / NAME).write_bytes(ledger_of(SAMPLE_ROOT, SAMPLE).data)

    return (once(tmp_path_factory, "ledger-sample", make) / NAME).read_bytes()


def typed(value: Any) -> tuple[Any, str]:
    """Return what a case types, and the format that its cell then has."""
    if not isinstance(value, dict):
        return value, ""
    kind = next(iter(value))
    return value[kind], value.get("format", "")


# --- what is wrong ---


def test_each_wrong_cell_is_told_by_its_address(sample: bytes) -> None:
    """All of them in one workbook: no one hides another, and no cell is told that is sound."""
    desk = Desk(SAMPLE_ROOT, sample)
    wanted, changes = [], []
    for case in CASES:
        item, number = case["at"]
        head = case.get("at_head") or case["head"]
        at = desk.address(item, number, case["head"])
        wanted.append((desk.address(item, number, head), case))
        value, code = typed(case["typed"])
        changes.append((at, value, code))
    for at, value, code in changes:
        desk.put(at, value, code=code)
    told = {line.split(": ", 1)[0]: line for line in desk.told()}
    for at, case in wanted:
        if not case.get("elsewhere"):
            line = told.get(f"{NAME}:{at}", "")
            assert f"[{case['rule']}]" in line, (case, line)
            assert case["told"] in line, (case, line)
    assert len(wanted) >= 40


CHANGES: dict[str, tuple[Change, str]] = {}
"""What somebody does to a ledger, and what he is told; "" for nothing."""


def change(told: str) -> Callable[[Change], Change]:
    def noted(done: Change) -> Change:
        CHANGES[done.__name__] = done, told
        return done

    return noted


@change("台账.xlsx:A3: [ledger-merged] 合并了单元格（A3:A4）")
def merging_cells(desk: Desk) -> None:
    desk.sheet().merge_cells("A3:A4")


@change("台账.xlsx:H1: [ledger-column] 不认识“状态”这一列")
def renaming_a_column(desk: Desk) -> None:
    desk.put("H1", "状态")


@change("台账.xlsx:A1: [ledger-column] “台账”里缺少“完成时限”这一列")
def removing_a_column(desk: Desk) -> None:
    desk.sheet().delete_cols(HEADS["台账"].index("完成时限") + 1)


@change("台账.xlsx:B1: [ledger-column] 不认识“备注”这一列：自己的备注请写在另一张表里")
def adding_a_column(desk: Desk) -> None:
    desk.sheet().insert_cols(2)
    desk.put("B1", "备注")


@change("台账.xlsx:B1: [ledger-column] 这一列有内容，没有表头")
def writing_beside_the_columns(desk: Desk) -> None:
    desk.sheet().insert_cols(2)
    desk.put("B5", "备注")


@change("台账.xlsx:I1: [ledger-column] “整改状态”这一列有两次")
def having_a_column_twice(desk: Desk) -> None:
    desk.put("I1", "整改状态")


@change("台账.xlsx:A1: [ledger-column] “台账”的第1行不是表头")
def writing_above_the_head(desk: Desk) -> None:
    desk.sheet().insert_rows(1)
    desk.put("A1", "某某公司整改台账")


@change("台账.xlsx:B6: [ledger-row] “1-1-1”有两行，第 2 行已有")
def copying_a_row(desk: Desk) -> None:
    sheet = desk.sheet()
    sheet.insert_rows(6)
    for column in range(1, len(HEADS["台账"]) + 1):
        sheet.cell(6, column).value = sheet.cell(2, column).value


@change("台账.xlsx:1:1: [ledger-row-missing] “台账”里缺少 1 行：“1-1-1”的第1条措施")
def removing_a_row(desk: Desk) -> None:
    desk.sheet().delete_rows(3)


@change("台账.xlsx:1:1: [ledger-sheet] 没有“进展”这张表；是不是想写“进展情况”？")
def renaming_a_sheet(desk: Desk) -> None:
    desk.sheet("进展").title = "进展情况"


@change("台账.xlsx:进展!B4: [ledger-row] 台账里原来没有编号是“9-9”的")
def reporting_of_nothing(desk: Desk) -> None:
    desk.put("B4", "9-9", "进展")
    desk.put("E4", "某某", "进展")


@change("台账.xlsx:进展!C4: [ledger-row] 台账里原来没有“1-1-1”的第7次进展")
def numbering_what_is_new(desk: Desk) -> None:
    for at, value in {"B4": "1-1-1", "C4": 7, "E4": "某某"}.items():
        desk.put(at, value, "进展")


@change("台账.xlsx:进展!G4: [missing-key] “来源”没有填")
def reporting_without_a_source(desk: Desk) -> None:
    for at, value in {"B4": "1-1-2", "D4": datetime.date(2021, 1, 1), "E4": "某某"}.items():
        desk.put(at, value, "进展")


@change("台账.xlsx:进展!D4: [missing-key] “日期”没有填")
def reporting_nothing_of_an_item(desk: Desk) -> None:
    desk.put("B4", "1-1-2", "进展")


@change("台账.xlsx:数字!E2: [ledger-number] 应为数字，现在是“两万”")
def counting_in_words(desk: Desk) -> None:
    for at, value in {"B2": "1-1-2", "D2": "金额", "E2": "两万", "G2": "某某"}.items():
        desk.put(at, value, "数字")


@change("台账.xlsx:数字!E2: [ledger-number] 应为 0 至 1e+12 的数字，现在是 1e+13")
def counting_too_far(desk: Desk) -> None:
    for at, value in {"B2": "1-1-2", "D2": "金额", "E2": 1e13, "G2": "某某"}.items():
        desk.put(at, value, "数字")


@change("台账.xlsx:数字!E2: [ledger-number] 表格软件把这一格当成了日期")
def counting_in_days(desk: Desk) -> None:
    for at, value in {"B2": "1-1-2", "D2": "金额", "E2": datetime.date(2020, 1, 2)}.items():
        desk.put(at, value, "数字")


@change("台账.xlsx:1:1: [ledger-file] 这不是 notices ledger 导出的台账")
def losing_the_record(desk: Desk) -> None:
    del desk.book["_记录"]


@change("台账.xlsx:1:1: [ledger-file] 看不见的“_记录”这张表被改动了")
def changing_the_record(desk: Desk) -> None:
    desk.sheet("_记录")["F2"].value = "{"


@change("台账.xlsx:1:1: [ledger-file] 这本台账是别的版本的程序导出的")
def keeping_an_old_one(desk: Desk) -> None:
    desk.sheet("_记录")["B1"].value = "0"


@change("")
def sorting_rows(desk: Desk) -> None:
    sheet = desk.sheet()
    first, last = ([cell.value for cell in sheet[row]] for row in (2, sheet.max_row))
    for row, values in ((2, last), (sheet.max_row, first)):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value


@change("")
def moving_columns(desk: Desk) -> None:
    for sheet in (desk.sheet(), desk.sheet("进展")):
        sheet.move_range(f"A1:A{sheet.max_row}", cols=40)


@change("")
def hiding_and_filtering(desk: Desk) -> None:
    desk.sheet().row_dimensions[3].hidden = True
    desk.sheet().column_dimensions["F"].hidden = True
    desk.sheet().auto_filter.add_filter_column(1, ["1-1-1"])


@change("")
def leaving_empty_rows_and_columns(desk: Desk) -> None:
    desk.sheet().insert_rows(3)
    desk.sheet().insert_cols(4)
    desk.put("B3", "　")


@change("")
def adding_a_sheet_of_notes(desk: Desk) -> None:
    desk.book.create_sheet("备注")["A1"] = "=1+1"


@change("")
def counting_days_from_1904(desk: Desk) -> None:
    desk.book.epoch = datetime.datetime(1904, 1, 1)  # noqa: DTZ001 (as the library has it)


@change("")
def typing_blanks_behind(desk: Desk) -> None:
    desk.put(desk.address("1-1-1", 0, "责任领导"), " 　")
    desk.put(desk.address("1-1-1", 0, "编号"), "１-1-１ ")
    desk.put(desk.address("1-1-1", 2, "依据：原话"), " 登记电话138****1234　")


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_done_to_a_ledger_is_told_or_changes_nothing(desk: Desk, name: str) -> None:
    done, told = CHANGES[name]
    before = standing(desk.root)
    done(desk)
    try:
        made = desk.outcome()
    except Faulty as fault:
        problems, files = [str(each) for each in fault.problems], None
    else:
        problems, files = [str(each) for each in made.problems], made.files
    assert any(line.startswith(told) for line in problems) if told else problems == []
    assert told or not files
    assert standing(desk.root) == before


OTHERS = {
    "nothing": (b"", "这不是 .xlsx 文件"),
    "text": ("编号,状态\n".encode("gb18030"), "这不是 .xlsx 文件"),
    "old": (b"\xd0\xcf\x11\xe0" + bytes(600), "这是旧式的 .xls，或者加了打开密码"),
    "broken": (b"PK\x03\x04" + bytes(600), "文件坏了"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_workbook_is_refused_by_what_it_is(desk: Desk, name: str) -> None:
    data, said = OTHERS[name]
    with pytest.raises(Faulty, match=rf"^台账\.xlsx:1:1: \[ledger-file\] {re.escape(said)}"):
        outcome(desk.root, NAME, data, NOW)


def zipped(parts: dict[str, bytes]) -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stored.getvalue()


def test_a_bomb_is_refused_before_it_is_unpacked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "MOST_CELLS", 2_000)
    monkeypatch.setattr("notices.importing.ledger.parts.MOST_TAGS", 200_000)
    with zipfile.ZipFile(io.BytesIO(desk.data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    bombs = {
        "解开以后超过 60 MB": {sheet: bytes(61_000_000)},
        "文件里有 DOCTYPE": {sheet: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + parts[sheet]},
        "里面的格式太复杂": {sheet: b"<a>" + b"<d/>" * 100_001 + b"</a>"},
        "有内容的格超过了 2000 个": {
            sheet: b"<a><row r='1'/>" + b"<c r='A1'><v>1</v></c>" * 2_001 + b"</a>"
        },
    }
    for said, bomb in bombs.items():
        with pytest.raises(Faulty, match=said):
            outcome(desk.root, NAME, zipped({**parts, **bomb}), NOW)


def test_a_merged_range_of_a_whole_sheet_is_one_range(desk: Desk) -> None:
    with zipfile.ZipFile(io.BytesIO(desk.data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet, merged = "xl/worksheets/sheet1.xml", b"<mergeCells><mergeCell ref='A1:XFD1048576'/>"
    parts[sheet] = parts[sheet].replace(
        b"</sheetData>", b"</sheetData>" + merged + b"</mergeCells>"
    )
    (problem, *_) = outcome(desk.root, NAME, zipped(parts), NOW).problems
    assert problem.rule == "ledger-merged"


# --- what comes of it ---


def test_a_ledger_that_nobody_touched_writes_nothing(desk: Desk, sample: bytes) -> None:
    """As it was written, and as another program has saved it."""
    for root, data in ((desk.root, desk.data), (desk.root, desk.saved()), (SAMPLE_ROOT, sample)):
        made = outcome(root, NAME, data, NOW)
        assert (made.problems, made.files, made.edits) == ([], {}, [])


@pytest.mark.parametrize("first", range(0, len(LAYOUTS), 3))
def test_no_layout_of_a_file_makes_a_change_of_its_own(desk: Desk, first: int) -> None:
    folder = desk.root / f"data/notices/{NOTICE}/items"
    for path, layout in zip(sorted(folder.iterdir()), [*LAYOUTS.values()][first:], strict=False):
        path.write_bytes(layout.encode())
    made = outcome(desk.root, NAME, ledger_of(desk.root).data, NOW)
    assert (made.problems, made.files) == ([], {})


FILLED: dict[str, Callable[[int], Any]] = {
    "责任领导": lambda n: f"虚构领导{n}",
    "牵头单位": lambda n: f"虚构单位{n}\n虚构单位{n + 1}" if n % 3 else f"虚构单位{n}",
    "责任单位": lambda n: f"#{n}库房: 虚构 #组",
    "配合单位": lambda n: f"虚构配合{n}",
    "责任部门": lambda n: ["true", "12", "~", "- 虚构部", "'虚构部'", "虚构部: 一"][n % 6],
    "责任人": lambda n: f"虚构人员{n}",
    "整改目标": lambda n: f"虚构目标{n}，到“{n}”为止",
    "完成时限": lambda n: [datetime.date(2025, 1, 1 + n % 28), "2025-06", "长期坚持"][n % 3],
    "整改状态": lambda n: ["已完成", "正在整改", "持续推进", "计划中"][n % 4],
    "依据：文件": lambda n: f"虚构报告（第{n}号）",
    "依据：文件日期": lambda n: datetime.date(2024, 1, 1) + datetime.timedelta(days=n),
}


def test_three_hundred_cells_come_back_as_they_were_filled_in(project: Path, sample: bytes) -> None:
    """The next ledger has them, the public is told of each, and no other byte is another."""
    desk = Desk(project, sample)
    items = [each for each, number in rows(desk) if not number]
    wanted = {
        desk.address(item, 0, head): fill(number)
        for number, item in enumerate(items)
        for head, fill in FILLED.items()
    }
    for at, value in wanted.items():
        desk.put(at, value)
    before = standing(project)
    made = desk.written()
    assert len(wanted) >= 300
    assert len({each.place for each in made.edits}) == len(wanted)
    after = standing(project)
    assert {path for path in after if after[path] != before[path]} == {*made.files}
    for path in made.files:
        kept = [line for line in before[path].splitlines() if line not in after[path].splitlines()]
        assert kept in ([], [b"status: unstated"]), path
    again = Desk(project)
    for at, value in wanted.items():
        cell = again.sheet()[at].value
        assert (cell.date() if isinstance(cell, datetime.datetime) else cell) == value
    assert desk.outcome().files == {}, "what is filled in twice is filled in once"


def rows(desk: Desk) -> list[tuple[str, int]]:
    """Return what the rows of a ledger are about."""
    found = ((row[1].value, row[2].value) for row in desk.sheet().iter_rows(min_row=2))
    return [(str(item), int(str(number or 0))) for item, number in found]


def test_in_an_odd_layout_only_what_was_filled_in_is_another_byte(desk: Desk) -> None:
    for head, value in {"责任领导": "某某", "依据：文件日期": datetime.date(2020, 5, 7)}.items():
        desk.put(desk.address("1-1-1", 0, head), value)
    desk.put(desk.address("1-1-1", 2, "整改状态"), "正在整改")
    desk.put(desk.address("1-1-1", 2, "依据：原话"), None)
    desk.put(desk.address("1-1-1", 2, "依据：文件"), "某报告")
    desk.put(desk.address("1-1-1", 2, "依据：文件日期"), "2020年5月8日")
    desk.written()
    wanted = (
        ODD.replace("2020-05-06}}", "2020-05-07}}")
        .replace("        status: completed\n", "        status: in-progress\n")
        .replace('            quote: "登记电话138****1234"\n', DOCUMENT)
        .replace('试行)"]\n', '试行)"]\nresponsible:\n  leader: 某某\n')
    )
    assert (desk.root / ITEM).read_bytes().decode() == wanted.replace("\n", "\r\n")


# --- two who change the same ---


def edit(desk: Desk, old: str, new: str) -> None:
    """Change the file of the item, as somebody else does in the meantime."""
    path = desk.root / ITEM
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def test_a_cell_that_both_have_changed_is_told_with_both_values(desk: Desk) -> None:
    at = desk.address("1-1-1", 0, "依据：文件")
    desk.put(at, "台账里的报告")
    edit(desk, "关于虚构整改的报告", "文件里的报告")
    before = standing(desk.root)
    (line,) = desk.told()
    assert line.startswith(f"{NAME}:{at}: [ledger-conflict] “依据：文件”两边都改了")
    for words in ("关于虚构整改的报告", "文件里的报告", "台账里的报告"):
        assert f"“{words}”" in line
    with pytest.raises(Faulty, match="ledger-conflict"):
        desk.written()
    assert standing(desk.root) == before


def test_what_the_other_has_changed_elsewhere_stays(desk: Desk) -> None:
    desk.put(desk.address("1-1-1", 0, "责任领导"), "某某")
    edit(desk, "关于虚构整改的报告", "文件里的报告")
    (hint,) = desk.written().problems
    assert (hint.rule, hint.severity) == ("ledger-since", WARNING)
    text = (desk.root / ITEM).read_text(encoding="utf-8")
    assert "文件里的报告" in text
    assert "leader: 某某" in text


def test_what_both_have_changed_alike_is_no_conflict(desk: Desk) -> None:
    desk.put(desk.address("1-1-1", 0, "依据：文件"), "文件里的报告")
    edit(desk, "关于虚构整改的报告", "文件里的报告")
    made = desk.outcome()
    assert (made.problems, made.files) == ([], {})


def test_an_item_of_which_the_text_is_another_is_a_conflict(desk: Desk) -> None:
    desk.put(desk.address("1-1-1", 0, "责任领导"), "某某")
    edit(desk, "学习*不够*深入", "学习不深入")
    assert any("[ledger-conflict] 导出以后，这一条的文字改了" in line for line in desk.told())


def test_an_item_that_has_gone_is_a_conflict_where_something_was_filled_in(desk: Desk) -> None:
    (desk.root / ITEM).unlink()
    assert desk.outcome().files == {}
    desk.put(at := desk.address("1-1-1", 0, "责任领导"), "某某")
    assert any(
        line.startswith(f"{NAME}:{at.replace('M', 'B')}: [ledger-conflict] 现在没有“1-1-1”了")
        for line in desk.told()
    )


# --- updates come, change and go ---


def add(desk: Desk, row: int, day: datetime.date, text: str = "虚构进展", **more: str) -> None:
    values = {"B": "1-1-1", "D": day, "E": text, "G": "虚构纪要（2020年7月）"} | more
    for column, value in values.items():
        desk.put(f"{column}{row}", value, "进展")


def dates(desk: Desk) -> list[str]:
    text = (desk.root / ITEM).read_text(encoding="utf-8")
    return re.findall("date: ([0-9-]+)", text)[1:]


def test_what_is_new_stands_where_its_day_is(desk: Desk) -> None:
    add(desk, 4, datetime.date(2020, 7, 1), F="正在整改")
    add(desk, 5, datetime.date(2020, 12, 25))
    add(desk, 6, datetime.date(2020, 7, 1), "另一次虚构进展")
    desk.written()
    assert dates(desk) == ["2020-06-01", "2020-07-01", "2020-07-01", "2020-12-20", "2020-12-25"]
    assert desk.outcome().files == {}, "what is new is new once"


def test_an_update_is_corrected_in_its_place_and_goes_when_it_is_emptied(desk: Desk) -> None:
    desk.put(desk.address("1-1-1", 1, "进展", "进展"), "改过的虚构进展", "进展")
    for head in ("日期", "进展", "状态", "来源"):
        desk.put(desk.address("1-1-1", 2, head, "进展"), None, "进展")
    add(desk, 4, datetime.date(2020, 7, 1))
    made = desk.written()
    assert [(each.kind, each.what) for each in made.changes if each.kind == "update"] == [
        ("update", "改正进展"), ("update", "增加进展"), ("update", "删去进展"),
    ]  # fmt: skip
    assert dates(desk) == ["2020-06-01", "2020-07-01"]


def test_figures_come_in_a_table_of_their_own(desk: Desk) -> None:
    for at, value in {"B2": "1-1-2", "D2": "虚构数", "E2": 2, "G2": "第2个虚构问题"}.items():
        desk.put(at, value, "数字")
    files = desk.outcome().files
    (text,) = files.values()
    assert text.endswith("figures:\n  - name: 虚构数\n    value: 2\n    quote: 第2个虚构问题\n")


# --- drafts ---


def test_a_draft_has_a_ledger_too_and_what_it_lacks_yet_keeps_nothing_out(desk: Desk) -> None:
    notice = desk.root / f"data/notices/{NOTICE}/notice.yml"
    text = notice.read_text(encoding="utf-8")
    notice.write_text(re.sub("(?m)^publisher: .*", "draft: true", text), encoding="utf-8")
    desk = Desk(desk.root)
    desk.put(desk.address("1-1-1", 0, "责任领导"), "某某")
    made = desk.written()
    assert [*made.files] == [ITEM]
    assert all(title.startswith("【草稿】") for (_, at), title in made.titles.items() if not at)


# --- checked as a whole ---


def test_what_a_rule_finds_is_told_at_the_cell_that_it_comes_from(desk: Desk) -> None:
    """Also where that cell is one that nobody filled in, and the update that is new."""
    status = desk.address("1-1-2", 1, "整改状态")
    quote = desk.address("1-1-1", 2, "依据：原话")
    desk.put(status, "已完成")
    desk.put(quote, "没有这句话")
    desk.put(desk.address("2-1-1", 0, "依据：文件日期"), datetime.date(2031, 1, 1))
    add(desk, 4, datetime.date(2030, 7, 1))
    told = desk.told()
    day = desk.address("2-1-1", 0, "依据：文件日期")
    for at, rule in {
        status: "status-without-basis", quote: "quote-not-found", day: "future-date",
        "进展!D4": "future-date",
    }.items():  # fmt: skip
        assert any(line.startswith(f"{NAME}:{at}: [{rule}]") for line in told), (at, told)


def test_what_was_wrong_elsewhere_before_keeps_nobody_from_writing(desk: Desk) -> None:
    other = desk.root / ITEM.replace("1-1-1", "2-1-1")
    other.write_text(other.read_text(encoding="utf-8").replace("会议过多", "会议过少"), "utf-8")
    desk.put(desk.address("1-1-1", 0, "责任领导"), "某某")
    assert [*desk.written().files] == [ITEM]


def test_all_files_are_written_or_none(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for item in ("1-1-1", "1-1-2", "2-1-1"):
        desk.put(desk.address(item, 0, "责任领导"), "某某")
    before, replace, left = standing(desk.root), Path.replace, [2]

    def failing(self: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(Faulty, match="unwritable"):
        desk.written()
    assert standing(desk.root) == before
    monkeypatch.undo()
    assert len(desk.written().files) == 3
    assert {*standing(desk.root)} == {*before}, "nothing else is left behind"


def test_what_was_cut_off_halfway_is_finished_by_the_same_command(desk: Desk) -> None:
    """Whatever ended it between one file and the next: what is there is no conflict."""
    for item in ("1-1-1", "1-1-2", "2-1-1"):
        desk.put(desk.address(item, 0, "责任领导"), "某某")
    made = desk.outcome()
    path = next(iter(made.files))
    (desk.root / path).write_bytes(made.files[path].encode())
    rest = desk.written()
    assert {*rest.files} == {*made.files} - {path}
    assert desk.outcome().files == {}


def test_several_notices_in_one_ledger_each_have_their_own_words(
    two_notices: Path, tmp_path: Path
) -> None:
    root = shutil.copytree(two_notices, tmp_path / "project")
    desk = Desk(root)
    sheet, names = desk.sheet(), {NOTICE, SAMPLE}
    column = HEADS["台账"].index("责任领导") + 1
    for row in range(2, sheet.max_row + 1):
        notice, item, number = (sheet.cell(row, at).value for at in (1, 2, 3))
        assert notice in names
        if (item, number) == ("1-1-2", None):
            sheet.cell(row, column).value = f"{notice}的某某"
    made = desk.written()
    assert {path.split("/")[2] for path in made.files} == names
    assert {each.notice for each in made.changes} == names


def test_a_file_that_somebody_changed_just_now_is_left_alone(desk: Desk) -> None:
    desk.put(desk.address("1-1-1", 0, "责任领导"), "某某")
    made = desk.outcome()
    edit(desk, "关于虚构整改的报告", "文件里的报告")
    before = standing(desk.root)
    with pytest.raises(Faulty, match="刚才又改了"):
        write(desk.root, made)
    assert standing(desk.root) == before


# --- the workbook itself ---


def leaves(facts: type[BaseModel], before: str = "") -> Iterator[str]:
    """Yield the keys of all facts that a thing may have, with dots between."""
    for name, field in facts.model_fields.items():
        inner = [each for each in models_in(field.annotation) if each]
        if inner and not before and name in APART:
            yield name
        elif inner:
            yield from leaves(inner[0], f"{before}{name}.")
        else:
            yield f"{before}{name}"


def test_every_fact_of_an_item_has_its_column() -> None:
    """A fact that is new in the model is in the ledger, or said to be none of its."""
    columns = {column.key for column in ITEMS.columns}
    assert columns | {*APART} == {*leaves(model.Item)}
    measures = {column.key for column in ITEMS.columns if column.of_measures}
    assert measures == {*leaves(model.Measure)}
    for table in TABLES[1:]:
        assert {column.key for column in table.columns} == {*leaves(table.facts)}


def test_the_order_of_keys_is_that_of_the_model() -> None:
    """Each key has its place, so that what is written stands where the handbook has it."""
    kinds: dict[str, type[model.Facts]] = {
        "": model.Item, "basis": model.Basis, "document": model.Document, "figures": model.Figure,
        "measures": model.Measure, "responsible": model.Responsible, "updates": model.Update,
        "finding": model.Finding, "verified": model.Verified,
    }  # fmt: skip
    for key, facts in kinds.items():
        assert {*ledgers.ORDER[key]} == {*facts.model_fields}


def test_the_ledger_can_be_filled_in_and_nothing_else(desk: Desk) -> None:
    for table in TABLES:
        sheet = desk.sheet(table.title)
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert (sheet.freeze_panes, bool(sheet.auto_filter.ref)) == (
            "E2" if table is ITEMS else "D2", True,
        )  # fmt: skip
        for column, place in zip(table.all, range(1, 99), strict=False):
            cells = [sheet.cell(row, place) for row in range(2, sheet.max_row + 1)]
            is_open = [not cell.protection.locked for cell in cells]
            assert any(is_open) == (column.form != "fixed" or bool(table.list and place < 3))
            tints = {cell.fill.fgColor.rgb for cell in cells if not cell.protection.locked}
            assert tints <= {"00FFFBE6"}
            if column.key == ITEM_ID:
                assert {cell.number_format for cell in cells} == {"@"}
            if column.form == "day":
                assert {cell.number_format for cell in cells} == {"yyyy-mm-dd"}
    days = [desk.sheet()[desk.address("1-1-1", 0, head)].value for head in ("完成时限",)]
    assert [type(day) for day in days] == [type(None)]
    states = [desk.sheet(name).sheet_state for name in ("_记录", "_词汇")]
    assert states == ["veryHidden", "veryHidden"]


def test_lists_offer_the_words_of_the_kind_and_no_others(
    base: tuple[Path, bytes], tmp_path: Path
) -> None:
    root = shutil.copytree(base[0], tmp_path / "project")
    kind = root / "data/kinds/inspection.yml"
    kind.write_text(kind.read_text(encoding="utf-8") + "statuses: [completed, unstated]\n", "utf-8")
    desk = Desk(root)
    rules = desk.sheet().data_validations.dataValidation
    lists = {rule.formula1 for rule in rules if rule.type == "list"}
    words = desk.sheet("_词汇")
    offered = [
        [cell.value for (cell,) in words[each.split("!")[1].replace("$", "")]] for each in lists
    ]
    assert sorted(offered) == [
        ["属实", "部分属实", "不属实", "采纳", "未采纳"], ["已完成", "原文未写明"],
    ]  # fmt: skip
    at = desk.address("1-1-2", 0, "整改状态")
    desk.put(at, "正在整改")
    assert desk.told()[0].startswith(f"{NAME}:{at}: [unknown-status]")


def test_a_ledger_that_nobody_can_look_through_is_not_written(
    base: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledgers, "MOST_ROWS", 5)
    with pytest.raises(Faulty, match=r"\[ledger-large\] 有 [0-9]+ 行，一本台账最多 5 行：加 --id"):
        ledger_of(base[0])


def test_each_column_is_explained(desk: Desk) -> None:
    lines = [[cell.value for cell in row] for row in desk.sheet("说明").iter_rows()]
    told = {(line[0], line[1]): line[2:4] for line in lines}
    for table in TABLES:
        for column in table.all:
            means, how = told[table.title, column.head]
            assert means
            assert how
    assert {line[0] for line in lines} >= {"已完成", "原文未写明", "属实"}


def test_a_ledger_is_refused_wherever_it_would_be_public(desk: Desk) -> None:
    """Also one that another program has saved since."""
    for data in (desk.data, desk.saved()):
        path = desk.root / "content/files/某某台账.xlsx"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        told = [str(each) for each in inspect(desk.root)[1]]
        wanted = "content/files/某某台账.xlsx:1:1: [ledger-place] 这是导出的台账"
        assert any(line.startswith(wanted) for line in told)


# --- the command ---


def test_the_command_writes_a_ledger_shows_what_it_changes_and_takes_it(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / NAME
    command = ["ledger", str(file), "--root", str(desk.root)]
    assert main(command) == 0
    assert "1 份通报、3 个问题" in capsys.readouterr().out
    assert main(command) == 0
    assert capsys.readouterr().out == "台账里没有改动，什么也不用写。\n"
    before = standing(desk.root)
    desk.put(desk.address("1-1-1", 0, "责任领导"), "某某")
    file.write_bytes(desk.saved())
    assert main(command) == 0
    shown = capsys.readouterr().out
    assert "责任领导：" in shown
    assert "会写进 1 个文件，1 格" in shown
    assert standing(desk.root) == before
    assert main([*command, "--write"]) == 0
    assert "写进了 1 个文件，1 格" in capsys.readouterr().out
    assert "leader: 某某" in (desk.root / ITEM).read_text(encoding="utf-8")
    desk.put(desk.address("1-1-1", 0, "完成时限"), "明年")
    file.write_bytes(desk.saved())
    before = standing(desk.root)
    assert main([*command, "--write"]) == 1
    assert (
        f"{NAME}:{desk.address('1-1-1', 0, '完成时限')}: [ledger-date]" in capsys.readouterr().out
    )
    assert standing(desk.root) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["没有.xlsx", "--write"], "[ledger-file] 没有这个文件"),
        (["台账.docx"], "[ledger-file] 台账的文件名以 .xlsx 结尾"),
        (["project/content/files/台账.xlsx"], "[ledger-place] 台账里有不公开的内容"),
        (["project/data/台账.xlsx"], "[ledger-place] 台账里有不公开的内容"),
        (["没有/台账.xlsx"], "[unwritable]"),
        (["台账.xlsx", "--id", "fictional-2021"], "[ledger-notice] 没有“fictional-2021”这份通报"),
        (["project"], "[ledger-file] 读不了这个文件"),
    ],
)
def test_what_the_command_cannot_do_it_says(
    desk: Desk, arguments: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = standing(tmp_path)
    name, *more = arguments
    assert main(["ledger", str(tmp_path / name), *more, "--root", str(desk.root)]) == 1
    assert told in capsys.readouterr().out
    assert standing(tmp_path) == before
