"""Every rule, as cases: what an editor does to a sound project, and the lines that he then sees."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from notices.checks import PAGE_RULES, RULES, SITE_RULES, inspect, table
from notices.checks.rules import ACKNOWLEDGED, STALE
from sitehouse import ROOT

CASES: list[dict[str, Any]] = [
    case
    for path in sorted((Path(__file__).parent / "cases" / "checks").glob("*.yml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def change(project: Path, edit: dict[str, str]) -> None:
    """Do what ``edit`` says to one file: write it, delete it, or replace a text that it has."""
    path = project / edit["file"]
    if "write" in edit:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(edit["write"], encoding="utf-8")
    elif "replace" in edit:
        text = path.read_text(encoding="utf-8")
        assert edit["replace"] in text, f"{edit['file']} no longer has {edit['replace']!r}"
        path.write_text(text.replace(edit["replace"], edit["with"], 1), encoding="utf-8")
    else:
        path.unlink()


@pytest.mark.parametrize("case", CASES, ids=[case["promise"] for case in CASES])
def test_an_editor_is_told_exactly(case: dict[str, Any], project: Path) -> None:
    for edit in case["edits"]:
        change(project, edit)
    _, problems = inspect(project, case.get("as_of"))
    assert [str(problem) for problem in problems] == case["problems"]


def test_every_rule_has_a_case() -> None:
    told = {line.split("[")[1].split("]")[0] for case in CASES for line in case["problems"]}
    assert told >= RULES.keys() | SITE_RULES.keys() | PAGE_RULES.keys()


def test_every_rule_says_what_it_is() -> None:
    assert all(rule and remedy for _, _, rule, remedy in table())


def test_only_rules_are_acknowledged_and_by_the_keys_that_there_are() -> None:
    assert ACKNOWLEDGED.keys() <= RULES.keys()
    assert {key for keys in ACKNOWLEDGED.values() for key in keys} == STALE.keys()


def test_no_finding_offers_an_acknowledgement_that_would_not_be_taken() -> None:
    """Whatever a message says to write is what one rule is acknowledged by, in that place."""
    offers = [line for case in CASES for line in case["problems"] if "下面加一行" in line]
    assert len(offers) > 20
    for line in offers:
        code = line.split("[")[1].split("]")[0]
        assert [key for key in STALE if f"{key} 下面加一行" in line] == [*ACKNOWLEDGED[code]]
        assert line.count(f"- {{rule: {code}, at: ") == len(ACKNOWLEDGED[code])


def test_what_a_message_says_to_write_mends_it(project: Path) -> None:
    """As a clerk would: the line from the message, with words of one's own."""
    for name in ("content/notices/shuangd-2023.md", "data/notices/shuangd-2023/approved.txt"):
        path = project / name
        text = path.read_text(encoding="utf-8")
        sum_ = "25个问题,已完成整改19个、正在整改5个。迅速组织召开支委会"
        path.write_text(text.replace("迅速组织召开支委会", sum_), encoding="utf-8")
    path = project / "data/notices/shuangd-2023/notice.yml"
    sound = path.read_text(encoding="utf-8")
    (problem,) = inspect(project)[1]
    for key, own in (("known_discrepancies", "note: 甲"), ("accepted", "reason: 甲")):
        said = problem.message.split(f"{key} 下面加一行 ")[1].split("}")[0] + "}"
        line = said.rpartition(", ")[0] + f", {own}}}"
        text = sound if key in sound else f"{sound}{key}:\n"
        path.write_text(text.replace(f"{key}:\n", f"{key}:\n  {line}\n"), encoding="utf-8")
        assert inspect(project)[1] == []


def test_both_notices_are_sound(two_notices: Path) -> None:
    catalogue, problems = inspect(two_notices)
    assert problems == []
    assert [(notice.id, len(notice.items)) for notice in catalogue.notices] == [
        ("fictional-2020", 3),
        ("shuangd-2023", 31),
    ]


def test_a_notice_of_another_shape_raises_no_alarm(project: Path) -> None:
    """No 一、 level, three-deep numbering, full-width marks, sums, rates and zero counts."""
    shutil.copytree(ROOT / "tests" / "second", project, dirs_exist_ok=True)
    catalogue, problems = inspect(project, datetime.date(2024, 12, 31))
    assert problems == []
    assert [len(notice.items) for notice in catalogue.notices] == [31, 5]


ITEM = "data/notices/shuangd-2023/items/1-1-1.yml"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            "title: 以学促干意识不强\n".encode("gb18030"),
            "1:1: [encoding] 文件不是 UTF-8 编码，看起来是 GBK",
        ),
        (
            "title: 以学促干意识不强\n".encode("utf-16"),
            "1:1: [encoding] 文件不是 UTF-8 编码，看起来是 UTF-16",
        ),
        (b"title: a\n# \xff\xff\xff\n", "2:1: [encoding] 文件不是 UTF-8 编码，请"),
        (b"\xef\xbb\xbftitle: a\n", "1:1: [byte-order-mark] 文件开头有看不见的 BOM"),
        (b"title: a\n" + b"#" * 1_000_000, "1:1: [unreadable] 文件超过了 1 MB"),
    ],
    ids=["GBK", "UTF-16", "neither", "byte order mark", "too large"],
)
def test_a_file_in_a_form_of_its_own_is_a_problem_of_that_file_alone(
    project: Path, data: bytes, told: str
) -> None:
    (project / ITEM).write_bytes(data)
    (problem,) = inspect(project)[1]
    assert str(problem).startswith(f"{ITEM}:{told}")
