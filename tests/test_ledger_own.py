"""An office's own ledger: its columns are named once, its rows found by number or title.

What is filled in there is written, what is empty changes nothing, and what does not match is told.
"""

from __future__ import annotations

import datetime
import io
import re
import shutil
from pathlib import Path
from typing import Any, get_args

import pytest
from openpyxl import Workbook

from ledgers import NAME, NOW, standing
from notices.catalogue.loading import opened
from notices.command import main
from notices.facts import model
from notices.importing.ledger.columns import ITEMS, UPDATES
from notices.importing.ledger.own import KEYS
from notices.importing.ledger.own_updates import ROLES
from notices.publishing.ledgers import Outcome, outcome, write
from once import once
from test_fuzz import NOTICE, copy_base

LEDGER = """\
ledger:
  序号: number
  问题清单: title
  整改措施: measure
  完成情况: status
  佐证文件: document
  文件日期: document_date
  责任单位: bodies
  完成时限: deadline
"""
HEAD = [
    "序号", "问题清单", "整改措施", "完成情况", "佐证文件", "文件日期", "责任单位",
    "完成时限", "备注",
]  # fmt: skip
DAY = datetime.date(2020, 7, 1)
ROWS: list[list[Any]] = [
    HEAD,
    [1, "学习*不够*深入 & 不够广", "培训", None, None, None, "综合科", "2024年6月", "无"],
    [3, "会议过多", "压减", "整改完成", "虚构报告", DAY, "办公室\n财务科", None, None],
]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sound project whose kind says what the columns are."""

    def make(folder: Path) -> None:
        kind = copy_base(folder / "project") / "data/kinds/inspection.yml"
        kind.write_text(kind.read_text(encoding="utf-8") + LEDGER, encoding="utf-8")

    return once(tmp_path_factory, "ledger-own", make) / "project"


@pytest.fixture
def root(base: Path, tmp_path: Path) -> Path:
    return shutil.copytree(base, tmp_path / "project")


def book(rows: list[list[Any]], above: int = 0) -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    for at, row in enumerate(rows, above + 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(at, column)
            cell.value = value
    if above:
        sheet["A1"] = "某某公司整改台账"
        sheet.merge_cells("A1:I1")
    stored = io.BytesIO()
    made.save(stored)
    return stored.getvalue()


def read(root: Path, rows: list[list[Any]], above: int = 0) -> Outcome:
    return outcome(root, NAME, book(rows, above), NOW, only=NOTICE)


def items(root: Path) -> dict[str, str]:
    folder = root / f"data/notices/{NOTICE}/items"
    return {path.stem: path.read_text(encoding="utf-8") for path in folder.iterdir()}


@pytest.mark.parametrize("above", [0, 2])
def test_what_is_filled_in_is_written_and_what_is_empty_stays(root: Path, above: int) -> None:
    before = items(root)
    made = read(root, ROWS, above)
    assert made.problems == []
    assert made.unread == ["备注"]
    write(root, made)
    after = items(root)
    assert "bodies:\n    - 综合科" in after["1-1-1"]
    assert "deadline: 2024-06\n" in after["1-1-1"]
    assert after["1-1-1"].count("status: in-progress") == before["1-1-1"].count("status: in-progr")
    assert (
        "status: completed\nbasis:\n  document:\n    title: 虚构报告\n    date: 2020-07-01"
        in (after["2-1-1"])
    )
    assert "    - 办公室\n    - 财务科\n" in after["2-1-1"]
    assert after["1-1-2"] == before["1-1-2"]
    assert read(root, ROWS, above).files == {}, "what is there already is written once"


def changed(**cells: Any) -> list[list[Any]]:
    """Return the rows with cells that are filled in otherwise, by their addresses."""
    rows = [[*row] for row in ROWS]
    for at, value in cells.items():
        rows[int(at[1]) - 1]["ABCDEFGHI".index(at[0])] = value
    return rows


TOLD: list[tuple[list[list[Any]], str]] = [
    (changed(B3="会议太多"), f"{NAME}:B3: [ledger-row] 没有题目是“会议太多”的；是不是想写“会议过"),
    (changed(B3=None, A3=9), f"{NAME}:A3: [ledger-row] 没有编号是“9”的"),
    (changed(B3=None, A3=None), f"{NAME}:A3: [ledger-row] 这一行没有编号，也没有题目"),
    (changed(B3=None, A3=1), f"{NAME}:C3: [ledger-row] “1-1-1”有 2 行，这一行是哪一条措施的"),
    (changed(B3=None, A3=datetime.date(2001, 1, 1)), f"{NAME}:A3: [ledger-id-date]"),
    (changed(D3="差不多了"), f"{NAME}:D3: [unknown-status] 没有“差不多了”这个状态"),
    (changed(F3="去年"), f"{NAME}:F3: [ledger-date]"),
    (changed(H3="=TODAY()"), f"{NAME}:H3: [ledger-formula]"),
    (changed(G3="#REF!"), f"{NAME}:G3: [ledger-error-value]"),
    (changed(F3=None), f"{NAME}:F3: [missing-key] 填了这一格，还要有“依据：文件日期”"),
    (changed(I1="责任单位"), f"{NAME}:1:1: [ledger-column] 责任单位：与前面的一列是一样的"),
    ([HEAD[2:]], f"{NAME}:1:1: [ledger-sheet] 没有找到表头（序号、问题清单、"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "told"), TOLD)
def test_what_does_not_match_is_told_by_its_address(
    root: Path, rows: list[list[Any]], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = standing(root)
    file = tmp_path / NAME
    file.write_bytes(book(rows))
    command = ["ledger", str(file), "--id", NOTICE, "--root", str(root), "--write"]
    assert main(command) == 1
    assert f"\n{told}" in f"\n{capsys.readouterr().out}"
    assert standing(root) == before


def test_a_number_alone_is_the_id_or_counts_from_the_first(root: Path) -> None:
    for number, item in (("2-1-1", "2-1-1"), (3, "2-1-1"), ("２", "1-1-2")):
        rows: list[list[Any]] = [[HEAD[0], HEAD[7]], [number, "长期坚持"]]
        assert [*read(root, rows).files] == [f"data/notices/{NOTICE}/items/{item}.yml"]


MEASURES: list[list[Any]] = [
    HEAD,
    [1, "学习*不够*深入 & 不够广", "{0}", "已完成", "虚构报告", DAY, "综合科", "2024年6月", None],
    [None, None, "{1}", "持续推进", "虚构方案", DAY, None, None, None],
    [2, "第2个虚构问题", None, None, None, None, "办公室", None, None],
]


def by_measures(root: Path) -> list[list[Any]]:
    """Return rows of which the first two are about the measures of one item."""
    with opened(root) as loader:
        notice = loader.notice(NOTICE)
        assert notice
    texts = ["".join(each.texts) for each in notice.items_by_id["1-1-1"].measures]
    texts[0] = texts[0].removeprefix("一是").rstrip("。；")
    return [
        [each.format(*texts) if isinstance(each, str) else each for each in row] for row in MEASURES
    ]


def merged(rows: list[list[Any]], *areas: str) -> bytes:
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    for area in areas:
        made.worksheets[0].merge_cells(area)
    stored = io.BytesIO()
    made.save(stored)
    return stored.getvalue()


def test_an_item_may_have_a_row_for_each_of_its_measures(root: Path) -> None:
    """Its number and title stand once, and so does what is of the whole item."""
    data = merged(by_measures(root), "A2:A3", "B2:B3", "G2:G3", "H2:H3")
    made = outcome(root, NAME, data, NOW, only=NOTICE)
    assert made.problems == []
    write(root, made)
    text = items(root)["1-1-1"]
    first, second = re.findall(r"^  ([12]):\n    status: ([a-z-]+)$", text, re.MULTILINE)
    assert (first, second) == (("1", "completed"), ("2", "continuing"))
    assert text.count("title: 虚构报告") == text.count("title: 虚构方案") == 1
    assert "bodies:\n    - 综合科" in text
    assert "status: in-progress" in text, "of the whole item nothing was said"
    assert outcome(root, NAME, data, NOW, only=NOTICE).files == {}


def test_rows_of_one_item_that_cannot_be_told_apart_are_refused(root: Path) -> None:
    rows = by_measures(root)
    rows[2][2] = "另一条"
    told = [str(each) for each in read(root, [*rows[:2], [1, *rows[2][1:]]]).problems]
    assert told[0].startswith(f"{NAME}:C3: [ledger-row] “1-1-1”有 2 行")
    rows = by_measures(root)
    rows[2][:2], rows[2][7] = rows[1][:2], "2025年1月"
    told = [str(each) for each in read(root, rows).problems]
    assert told[0].startswith(f"{NAME}:H3: [ledger-conflict] 与 H2 填的不一样")


@pytest.mark.parametrize("area", ["D2:D3", "F2:F3", "A2:B2", "G2:H2", "C3:D3"])
def test_what_is_merged_so_that_nobody_can_tell_is_refused(root: Path, area: str) -> None:
    problems = outcome(root, NAME, merged(ROWS, area), NOW, only=NOTICE).problems
    wanted = f"{NAME}:{area.partition(':')[0]}: [ledger-merged]"
    assert any(str(each).startswith(wanted) for each in problems)


def test_two_tables_and_a_kind_without_columns_are_told(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = Workbook()
    for sheet in (made.worksheets[0], made.create_sheet("又一张")):
        sheet.append(HEAD)
    made.save(file := tmp_path / NAME)
    command = ["ledger", str(file), "--root", str(root)]
    assert main([*command, "--id", NOTICE]) == 1
    assert "[ledger-sheet] 有几张表都像台账（Sheet、又一张）" in capsys.readouterr().out
    assert main(command) == 1
    assert "加 --id 通报的文件夹名" in capsys.readouterr().out
    kind = root / "data/kinds/inspection.yml"
    kind.write_text(kind.read_text(encoding="utf-8").replace(LEDGER, ""), encoding="utf-8")
    assert main([*command, "--id", NOTICE]) == 1
    assert "至少写 number（编号）或者 title（题目）" in capsys.readouterr().out


def test_every_role_is_a_fact_or_says_what_a_row_is_about() -> None:
    assert {*get_args(model.LedgerRole)} == {*KEYS} | {*ROLES} | {"number", "title", "measure"}
    assert {*ROLES.values()} == {column.key for column in UPDATES.columns}
    assert {*KEYS.values()} <= {column.key for column in ITEMS.columns}


# --- What is new of an item ---------------------------------------------------------------------

UPDATE_COLUMNS = """\
  最新进展: update
  进展日期: update_date
  信息来源: update_source
"""
UPDATE_HEAD = ["序号", "完成时限", "最新进展", "进展日期", "信息来源"]
NEWS: list[list[Any]] = [
    UPDATE_HEAD,
    [1, None, "补训了虚构人员。", "2020.9.1", "虚构会议纪要"],
    [2, "长期坚持", None, None, None],
    [3, None, "会议又减少三成。", DAY, "虚构督查单"],
]


@pytest.fixture
def telling(root: Path) -> Path:
    """A project whose kind says which columns have what is new."""
    kind = root / "data/kinds/inspection.yml"
    kind.write_text(kind.read_text(encoding="utf-8") + UPDATE_COLUMNS, encoding="utf-8")
    return root


def updates(root: Path, item: str) -> list[tuple[str, str, str]]:
    with opened(root) as loader:
        notice = loader.notice(NOTICE)
        assert notice
    told = notice.items_by_id[item].facts.updates
    return [(str(each.date), each.text, each.source) for each in told]


def test_what_is_new_of_an_item_is_added_by_its_day_once(telling: Path) -> None:
    made = read(telling, NEWS)
    assert made.problems == []
    write(telling, made)
    told = updates(telling, "1-1-1")
    assert ("2020-09-01", "补训了虚构人员。", "虚构会议纪要") in told
    assert told == sorted(told)
    assert updates(telling, "2-1-1") == [("2020-07-01", "会议又减少三成。", "虚构督查单")]
    assert "updates" not in items(telling)["1-1-2"]
    assert read(telling, NEWS).files == {}


def test_a_day_and_words_that_are_there_have_their_source_put_right(telling: Path) -> None:
    write(telling, read(telling, NEWS))
    again = [[*row] for row in NEWS]
    again[3][4] = "虚构督查通报"
    write(telling, read(telling, again))
    assert updates(telling, "2-1-1") == [("2020-07-01", "会议又减少三成。", "虚构督查通报")]


def test_a_row_for_each_update_of_an_item_is_a_log(telling: Path) -> None:
    rows: list[list[Any]] = [
        [3, None, text, DAY, "虚构督查单"] for text in ("第一次。", "第二次。")
    ]
    rows.insert(0, UPDATE_HEAD)
    made = read(telling, rows)
    assert made.problems == []
    write(telling, made)
    assert [text for _, text, _ in updates(telling, "2-1-1")] == ["第一次。", "第二次。"]
    rows[2][1] = rows[1][1] = "长期坚持"
    assert any("ledger-row" in str(each) for each in read(telling, rows).problems)


NEWS_TOLD: list[tuple[dict[str, Any], str]] = [
    ({"D2": None}, f"{NAME}:D2: [missing-key]"),
    ({"E2": None}, f"{NAME}:E2: [missing-key]"),
    ({"C2": None}, f"{NAME}:C2: [missing-key]"),
    ({"D2": "上月"}, f"{NAME}:D2: [ledger-date]"),
    ({"C2": "第一行\n第二行"}, f"{NAME}:C2: [ledger-line-break]"),
    ({"D2": "=TODAY()"}, f"{NAME}:D2: [ledger-formula]"),
    ({"D2": datetime.date(2019, 1, 1)}, f"{NAME}:D2: [dates-out-of-order]"),
    ({"E1": "备注"}, f"{NAME}:C2: [missing-key] 填了进展的一格，还要有“来源”：在 ledger 里写明"),
]


@pytest.mark.parametrize(("cells", "told"), NEWS_TOLD, ids=lambda value: str(value)[:40])
def test_what_is_wrong_with_an_update_is_told_by_its_address(
    telling: Path, cells: dict[str, Any], told: str
) -> None:
    rows = [[*row] for row in NEWS]
    for at, value in cells.items():
        rows[int(at[1]) - 1]["ABCDE".index(at[0])] = value
    problems = [str(each) for each in read(telling, rows).problems]
    assert any(each.startswith(told) for each in problems), problems
