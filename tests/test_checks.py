"""Every rule, as cases: what an editor does to a sound project, and the lines that he then sees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from notices.checks import RULES, SITE_RULES, inspect, table

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
    _, problems = inspect(project)
    assert [str(problem) for problem in problems] == case["problems"]


def test_every_rule_has_a_case() -> None:
    told = {line.split("[")[1].split("]")[0] for case in CASES for line in case["problems"]}
    assert told >= RULES.keys() | SITE_RULES.keys()


def test_every_rule_says_what_it_is() -> None:
    assert all(rule and remedy for _, _, rule, remedy in table())


def test_both_notices_are_sound(two_notices: Path) -> None:
    catalogue, problems = inspect(two_notices)
    assert problems == []
    assert [(notice.id, len(notice.items)) for notice in catalogue.notices] == [
        ("fictional-2020", 3),
        ("shuangd-2023", 31),
    ]


def test_bytes_that_are_not_utf8_are_a_problem_of_that_file_alone(project: Path) -> None:
    item = project / "data/notices/shuangd-2023/items/1-1-1.yml"
    item.write_bytes("title: 以学促干意识不强\n".encode("gb18030"))
    _, problems = inspect(project)
    assert [str(problem) for problem in problems] == [
        "data/notices/shuangd-2023/items/1-1-1.yml:1:1: [encoding] "
        "文件不是 UTF-8 编码，请在编辑器里另存为 UTF-8"
    ]
