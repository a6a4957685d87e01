"""Facts that are proposed of a text: true, each with its words, and sound when taken."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from importing import KIND, VOCABULARY, accepted, outline_of, write
from notices.checks import inspect
from notices.importing.doubts import doubts
from notices.importing.draft import Draft, DraftTerms, drafted
from notices.problem import stops
from once import once
from shapes import ALL, SHAPES
from sitehouse import ROOT, copy_project

CASES: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "tests/cases/proposals.yml").read_text(encoding="utf-8")
)
ITEMS = ["一、关于“台账不全”问题", "已经补登。", "二、关于“值班脱岗”问题", "已经调整。"]
UNKNOWN = "待补充"
LATER = re.compile(r"^## (?=printed_totals:| )", re.MULTILINE)


def text_of(case: dict[str, Any]) -> str:
    return case.get("text") or "\n".join([*case.get("head", ()), *ITEMS, *case.get("tail", ())])


def draft_of(text: str, notice_id: str = "imported") -> Draft:
    return drafted(outline_of(text), notice_id, "text.txt", DraftTerms(KIND, words=VOCABULARY))


def taken(text: str) -> dict[str, Any]:
    """Return the facts of a file of which a person has taken every proposal."""
    facts: dict[str, Any] = yaml.safe_load(accepted(text))
    return facts


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["promise"])
def test_what_a_text_says_is_proposed(case: dict[str, Any]) -> None:
    draft = draft_of(text_of(case))
    notice = draft.files["data/notices/imported/notice.yml"]
    found = taken(notice)
    wanted = case.get("facts", {})
    assert {key: found.get(key) for key in wanted} == wanted
    if later := case.get("later"):
        found = taken(LATER.sub("", notice))
        assert {key: found.get(key) for key in later} == later
    for number, item in case.get("items", {}).items():
        assert taken(draft.files[f"data/notices/imported/items/{number}.yml"]) == item


VALUE = re.compile(r"# +(?:- )?(?:[^ :]+: )?[^ #:].*  # (?P<reason>.+)|# +[^ ].*:")
OURS = re.compile(r"# +(?:- )?(?:rule|at|note): |# yaml-language-server")
REASON = re.compile(r"(?:第\d+行|叙述第\d+行).*“.+”|.*没有找到.*|原文没有标题.*")


def test_each_proposal_has_its_line_and_its_words() -> None:
    """Or says that nothing was found; what we say ourselves of an oddity has none."""
    for text in [*map(text_of, CASES), *map(shape, ALL)]:
        for path, written in draft_of(text).files.items():
            for line in written.splitlines() if path.endswith(".yml") else ():
                if line.startswith("# ") and not OURS.match(line):
                    value = VALUE.fullmatch(line)
                    assert value, line
                    assert value["reason"] is None or REASON.fullmatch(value["reason"]), line


def shape(name: str) -> str:
    return (SHAPES / f"data/notices/{name}/approved.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Errors by notice of a project in which all proposals of all texts are taken."""
    texts = {f"case-{number}": text_of(case) for number, case in enumerate(CASES)}
    texts |= {f"shape-{name}": shape(name) for name in ALL}

    def make(folder: Path) -> None:
        project = copy_project(folder / "project")
        for name, text in texts.items():
            files = {
                path: accepted(each).replace("draft: true\n", "").replace(UNKNOWN, "虚构单位")
                for path, each in draft_of(text, name).files.items()
            }
            write(files, project)

    project = once(tmp_path_factory, "proposals", make) / "project"
    found: dict[str, list[str]] = {name: [] for name in texts}
    for problem in inspect(project)[1]:
        if stops([problem]):
            found.setdefault(Path(problem.place.path).parts[2], []).append(str(problem))
    return found


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["promise"] for case in CASES])
def test_what_is_proposed_may_be_taken(checked: dict[str, list[str]], number: int) -> None:
    assert checked[f"case-{number}"] == []


@pytest.mark.parametrize("name", ALL)
def test_what_is_proposed_of_a_shape_may_be_taken(checked: dict[str, list[str]], name: str) -> None:
    assert checked[f"shape-{name}"] == []


def told(text: str) -> list[str]:
    return [each.message for each in doubts(draft_of(text), "approved.txt", KIND)]


def test_a_total_of_what_is_no_item_is_doubted() -> None:
    (message,) = told("\n".join(["区委第四巡察组移交问题线索3件。", *ITEMS]))
    assert "问题线索3件" in message


def test_a_window_that_does_not_add_up_is_doubted() -> None:
    (message,) = told("\n".join([*ITEMS, "公示时间：2024年1月8日至1月12日，共7天。"]))
    assert "首尾都算是5天" in message


MARKS = {
    "一、关于“甲{#1}乙”问题": True,
    "一、关于“甲” {#2} 问题": True,
    "已经补登{#part-1}": True,
    "｛#1｝": True,
    "一、关于“甲{乙}丙”问题": False,
    "一、关于“甲#1丙”问题": False,
}


@pytest.mark.parametrize(("line", "is_told"), MARKS.items())
def test_what_looks_like_a_mark_is_never_passed_over(line: str, is_told: bool) -> None:
    text = f"{line}\n已经补登。\n二、关于“值班脱岗”问题\n已经调整。"
    draft = draft_of(text)
    assert [each.text for each in draft.narrative.lines] == text.splitlines()
    assert any("像叙述里的编号" in each for each in told(text)) == is_told
    assert (len(draft.narrative.items) == 2) == (not is_told)


@pytest.mark.parametrize(
    ("heading", "is_told"),
    [("一、关于", True), ("一、关于“台账", True), ("一、关于“台账不全”问题", False)],
)
def test_a_heading_whose_line_was_broken_is_doubted(heading: str, is_told: bool) -> None:
    text = f"{heading}\n不全”问题\n二、关于“值班脱岗”问题\n已经调整。"
    assert any("断在行里" in each for each in told(text)) == is_told


def test_paragraphs_that_were_broken_into_lines_are_doubted() -> None:
    width = 24
    long = "虚构局党组召开会议逐条研究反馈意见，明确了责任单位和完成时限，" * 4 + "已经完成。"
    pieces = [long[at : at + width] for at in range(0, len(long), width)]
    (message,) = told("\n".join([*ITEMS, *pieces]))
    assert "断成了几行" in message
    assert told("\n".join([*ITEMS, long])) == []


def test_a_table_of_contents_is_no_outline_and_is_doubted() -> None:
    contents = ["目录", f"{ITEMS[0]} …………1", f"{ITEMS[2]}\t2".replace("\t", " ")]
    text = "\n".join([*contents, *ITEMS])
    assert [str(each.id) for each in outline_of(text).items] == ["1", "2"]
    assert [each for each in told(text) if "像是目录" in each]


@pytest.mark.parametrize("before", ["## ", "**", "一 、 "])
def test_issues_that_are_counted_off_and_not_found_are_doubted(before: str) -> None:
    lines = [f"{before}{line}" if "关于" in line else line for line in ITEMS]
    text = "\n".join(lines).replace("一 、 一、", "一 、 ").replace("一 、 二、", "二 、 ")
    assert outline_of(text).items == []
    (message,) = told(text)
    assert "没有找到逐条的问题" in message
