"""The command that imports: a draft as a whole or nothing, and every doubt told."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cms import page_of
from importing import accepted
from notices.checks import inspect, inspect_drafts
from notices.command import main
from notices.problem import stops
from shapes import SHAPES
from sitehouse import ROOT, SAMPLE, SAMPLE_ROOT, copy_project

APPROVED = (SAMPLE_ROOT / f"data/notices/{SAMPLE}/approved.txt").read_text(encoding="utf-8")
Say = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project without a draft, which each test leaves as it was."""
    return copy_project(tmp_path_factory.mktemp("import") / "project")


@pytest.fixture
def say(empty: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs the command in a project; returns its status, and what it said."""

    def run(*arguments: str, root: Path = empty) -> tuple[int, str]:
        status = main(["import", *arguments, "--root", str(root)])
        return status, "".join(capsys.readouterr())

    return run


def file(folder: Path, text: str | bytes, name: str = "notice.txt") -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def state(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_the_sample_is_imported_with_two_oddities_to_look_at(tmp_path: Path, say: Say) -> None:
    root = copy_project(tmp_path / "project")
    status, said = say(file(tmp_path, APPROVED), "--id", "again-2023", root=root)
    assert status == 0
    assert "31个问题，13个上层标题" in said
    assert "要核对的（2 处）" in said
    assert "[stated-total]" in said
    assert "[printed-ordinal]" in said
    assert inspect(root)[1] == []


def test_a_draft_whose_proposals_are_taken_is_sound(tmp_path: Path, say: Say) -> None:
    root = copy_project(tmp_path / "project")
    say(file(tmp_path, APPROVED), "--id", "again-2023", root=root)
    path = root / "data/notices/again-2023/notice.yml"
    text = accepted(path.read_text(encoding="utf-8"))
    path.write_text(text.replace("draft: true\n", ""), encoding="utf-8")
    problems = inspect(root)[1]
    assert [each for each in problems if stops([each])] == []
    assert inspect_drafts(root) == []


def test_an_outline_is_listed_and_nothing_is_written(empty: Path, tmp_path: Path, say: Say) -> None:
    before = state(empty)
    text = (SHAPES / "data/notices/round-over-bodies/approved.txt").read_text(encoding="utf-8")
    status, said = say(file(tmp_path, text), "--outline")
    assert status == 0
    assert "　1  一、虚构一局" in said
    assert said.index("不大有把握的（3 处") < said.index("全部提纲")
    assert "？  1-1  (一)虚构案一：乱收费。" in said
    assert state(empty) == before


def test_what_is_pasted_is_imported(
    tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copy_project(tmp_path / "project")
    pasted = io.TextIOWrapper(io.BytesIO("一、关于“台账不全”问题\n已经补登。\n".encode("gb18030")))
    monkeypatch.setattr(sys, "stdin", pasted)
    assert say("-", "--id", "pasted", "--kind", "audit", root=root)[0] == 0
    approved = root / "data/notices/pasted/approved.txt"
    assert approved.read_text(encoding="utf-8") == "一、关于“台账不全”问题\n已经补登。"
    assert "kind: audit\n" in (root / "data/notices/pasted/notice.yml").read_text(encoding="utf-8")


REFUSED = {
    "no name": ((), "import-name"),
    "a name that is no address": (("--id", "某某"), "import-name"),
    "a name of the software's": (("--id", "index"), "import-name"),
    "a notice that is there": (("--id", SAMPLE), "import-exists"),
    "a notice that is there, again": (("--id", SAMPLE, "--again"), "import-exists"),
    "a kind that is not there": (("--id", "new", "--kind", "inspektion"), "unknown-kind"),
    "an encoding that there is not": (("--id", "new", "--encoding", "gb0"), "import-encoding"),
}


@pytest.mark.parametrize(("options", "rule"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_written_is_refused_by_name(
    empty: Path, tmp_path: Path, say: Say, options: tuple[str, ...], rule: str
) -> None:
    before = state(empty)
    status, said = say(file(tmp_path, "一、关于“台账不全”问题\n已经补登。"), *options)
    assert status == 1
    assert f"[{rule}]" in said
    assert "什么也没有写" in said
    assert state(empty) == before


FILES = {
    "nothing": (b"", "a.txt", "import-empty"),
    "no file": (None, "missing.txt", "import-unreadable"),
    "another kind": (b"\x89PNG", "a.png", "import-kind"),
    "no text": (bytes(range(256)) * 40, "a.txt", "import-encoding"),
    "a mark of ours": ("一、关于“甲”问题\n{#1}\n".encode(), "a.txt", "import-unmarkable"),
}


@pytest.mark.parametrize("case", FILES)
def test_what_cannot_be_read_is_refused_by_name(
    empty: Path, tmp_path: Path, say: Say, case: str
) -> None:
    data, name, rule = FILES[case]
    before = state(empty)
    path = str(tmp_path / name) if data is None else file(tmp_path, data, name)
    status, said = say(path, "--id", "new")
    assert (status, f"[{rule}]" in said) == (1, True), said
    assert state(empty) == before


def test_a_draft_is_written_again_only_where_that_is_said(tmp_path: Path, say: Say) -> None:
    root = copy_project(tmp_path / "project")
    first, second = "一、关于“台账不全”问题\n已经补登。", "一、关于“值班脱岗”问题\n已经调整。"
    assert say(file(tmp_path, first), "--id", "new", root=root)[0] == 0
    written = state(root)
    status, said = say(file(tmp_path, second), "--id", "new", root=root)
    assert (status, "[import-exists]" in said, "--again" in said) == (1, True, True)
    assert state(root) == written
    assert say(file(tmp_path, second), "--id", "new", "--again", root=root)[0] == 0
    item = root / "data/notices/new/items/1.yml"
    assert "值班脱岗" in item.read_text(encoding="utf-8")


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_a_machine_that_fails_leaves_all_or_nothing(
    tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """Whichever step fails: a new draft, and one that takes the place of another."""
    root = copy_project(tmp_path / "project")
    say(file(tmp_path, "一、关于“台账不全”问题\n已经补登。"), "--id", "new", root=root)
    before = state(root)
    moves = iter(range(10))
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if next(moves) == at:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    other = file(tmp_path, "一、关于“值班脱岗”问题\n已经调整。")
    status, said = say(other, "--id", "new", "--again", root=root)
    assert (status, "磁盘满了" in said) == (1, True)
    assert state(root) == before


def test_doubts_go_into_a_file_where_that_is_wanted(tmp_path: Path, say: Say) -> None:
    root = copy_project(tmp_path / "project")
    text = "整改通报\n整改通报\n一、关于“台账不全”问题\n20211228日补登。\n打印本页"
    sheet = tmp_path / "doubts.md"
    say(file(tmp_path, text), "--id", "new", "--doubts", str(sheet), root=root)
    told = sheet.read_text(encoding="utf-8")
    assert "approved.txt:2:1: [import-page-words]" in told
    assert "approved.txt:4:1: [import-lost]" in told
    assert "approved.txt:5:1: [import-page-words]" in told


def test_a_sheet_of_doubts_lies_beside_the_draft_and_in_nobodys_way(
    tmp_path: Path, say: Say
) -> None:
    """With the words that are doubted, and what was left out; neither git nor checks see it."""
    root = copy_project(tmp_path / "project")
    page = page_of(["整改通报", "一、关于“台账不全”问题", "20211228日补登。"], "TRS")
    _, said = say(file(tmp_path, page, "page.html"), "--id", "new", root=root)
    sheet = (root / "核对-new.md").read_text(encoding="utf-8")
    assert "核对-new.md" in said
    assert "approved.txt:3:1: [import-lost]" in sheet
    assert "段）：20211228日补登。" in sheet
    assert "打印本页" in sheet.partition("没有导入的")[2]
    assert "/核对-*.md" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert [each for each in inspect(root)[1] if "核对" in str(each)] == []
    (root / "核对-new.md").write_text("看过了", encoding="utf-8")
    assert say(file(tmp_path, b"", "a.txt"), "--id", "new", "--again", root=root)[0] == 1
    assert (root / "核对-new.md").read_text(encoding="utf-8") == "看过了"


def test_what_must_be_asked_is_asked_with_both_readings(
    empty: Path, tmp_path: Path, say: Say
) -> None:
    before = state(empty)
    page = "<p>虚构局党组召开会议，逐条研究反馈意见。</p><p>甲<s>乙</s></p>"
    path = file(tmp_path, page, "page.html")
    status, said = say(path, "--id", "new")
    assert status == 1
    assert "[html-struck]" in said
    assert "请加：--struck keep / --struck leave" in said
    assert state(empty) == before


def test_a_draft_follows_headings_that_were_marked_otherwise(tmp_path: Path, say: Say) -> None:
    """Facts stay with the title that they were written of; nothing that was written is lost."""
    root = copy_project(tmp_path / "project")
    text = (
        "一、财务管理\n（一）报销不规范\n已退回。\n（二）账目不清\n已重建。\n二、资产闲置\n已出租。"
    )
    say(file(tmp_path, text), "--id", "new", "--items-at", "1", root=root)
    items = root / "data/notices/new/items"
    with (items / "2.yml").open("a", encoding="utf-8") as stream:
        stream.write("goal: 全部出租\n")
    narrative = root / "content/notices/new.md"
    marked = narrative.read_text(encoding="utf-8")
    marked = marked.replace("（一）报销不规范", "### （一）报销不规范 {#1-1}")
    marked = marked.replace("（二）账目不清", "### （二）账目不清 {#1-2}")
    narrative.write_text(marked, encoding="utf-8")
    assert say("--id", "new", root=root)[0] == 0
    titles = {
        path.name: path.read_text(encoding="utf-8").split("\n")[1] for path in items.iterdir()
    }
    assert titles == {
        "1-1.yml": "title: 报销不规范", "1-2.yml": "title: 账目不清", "2.yml": "title: 资产闲置",
    }  # fmt: skip
    assert "goal: 全部出租" in (items / "2.yml").read_text(encoding="utf-8")
    facts = (root / "data/notices/new/notice.yml").read_text(encoding="utf-8")
    assert facts.count("outline: {levels: [方面]}") == 1
    left = {each.rule for each in inspect_drafts(root)}
    assert left == {"missing-key"}


def test_what_is_no_draft_follows_nothing(empty: Path, say: Say) -> None:
    for name in (SAMPLE, "nobody"):
        status, said = say("--id", name)
        assert (status, "[import-missing]" in said) == (1, True)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("审计查出问题", "audit"),
        ("省委巡视组反馈", "central-inspection"),
        ("开展了巡察", ""),
        ("某某", ""),
    ],
)
def test_a_text_of_another_kind_is_told(tmp_path: Path, say: Say, words: str, kind: str) -> None:
    root = copy_project(tmp_path / "project")
    text = f"现将{words}的整改情况公布。\n一、关于“台账不全”问题\n已经补登。"
    _, said = say(file(tmp_path, text), "--id", "new", root=root)
    assert ("--kind" in said) == bool(kind)
    assert f"--kind {kind}" in said or not kind


def test_a_sheet_that_cannot_be_written_stops_before_the_draft(
    empty: Path, tmp_path: Path, say: Say
) -> None:
    before = state(empty)
    text = file(tmp_path, "一、关于“台账不全”问题\n已经补登。")
    status, said = say(text, "--id", "new", "--doubts", str(tmp_path / "no" / "sheet.md"))
    assert (status, "[unwritable]" in said) == (1, True)
    assert state(empty) == before


def test_what_was_not_found_cannot_be_taken_for_a_fact(tmp_path: Path, say: Say) -> None:
    """Somebody who takes every proposal as it is, is told what is still to be filled in."""
    root = copy_project(tmp_path / "project")
    say(file(tmp_path, "一、关于“台账不全”问题\n已经补登。"), "--id", "new", root=root)
    path = root / "data/notices/new/notice.yml"
    path.write_text(accepted(path.read_text(encoding="utf-8")), encoding="utf-8")
    told = [each.message for each in inspect_drafts(root) if each.rule == "placeholder"]
    assert len(told) == 4
