from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest

from notices import report
from notices.checks import RULES
from notices.command import main
from notices.problem import ERROR, WARNING, Place, Problem

PROBLEMS = [
    Problem(Place("data/a,b.yml", 3, 7), "unknown-key", "甲：100%\n乙", ERROR),
    Problem(Place("content/c.md", 1, 1), "mobile-number", "丙", WARNING),
]


def test_text_is_one_line_for_each_problem_and_says_what_is_only_a_warning() -> None:
    assert report.text(PROBLEMS[1:]) == "content/c.md:1:1: [mobile-number] （提醒）丙\n"


def test_only_terminals_get_colour() -> None:
    assert "\x1b" not in report.text(PROBLEMS)
    assert "\x1b[31m[unknown-key]\x1b[0m" in report.text(PROBLEMS, colour=True)
    assert "\x1b[33m[mobile-number]\x1b[0m" in report.text(PROBLEMS, colour=True)


def test_json_holds_every_part() -> None:
    assert json.loads(report.json_(PROBLEMS))[0] == {
        "path": "data/a,b.yml",
        "line": 3,
        "column": 7,
        "rule": "unknown-key",
        "message": "甲：100%\n乙",
        "severity": "error",
    }


def test_github_gets_annotations_on_the_line() -> None:
    assert report.github(PROBLEMS) == (
        "::error file=data/a%2Cb.yml,line=3,col=7,title=unknown-key::甲：100%25%0A乙\n"
        "::warning file=content/c.md,line=1,col=1,title=mobile-number::丙\n"
    )


def test_gitlab_gets_a_report_of_code_quality() -> None:
    first, second = json.loads(report.gitlab(PROBLEMS))
    assert {key: first[key] for key in ("check_name", "severity", "location")} == {
        "check_name": "unknown-key",
        "severity": "major",
        "location": {"path": "data/a,b.yml", "lines": {"begin": 3}},
    }
    assert second["severity"] == "minor"
    assert first["fingerprint"] != second["fingerprint"]


@pytest.mark.parametrize(
    ("problems", "told"),
    [
        ([], "2 份通报、34 个问题，全部合格。"),
        (PROBLEMS, "2 份通报、34 个问题：1 处错误、1 处提醒，请改正后再发布。"),
        (PROBLEMS[1:], "2 份通报、34 个问题：1 处提醒，没有错误。"),
    ],
)
def test_the_summary_is_one_line(problems: list[Problem], told: str) -> None:
    assert report.summary(problems, 2, 34) == told


@pytest.mark.parametrize(("flags", "status"), [([], 0), (["--strict"], 1)])
def test_a_warning_stops_only_a_strict_check(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    flags: list[str],
    status: int,
) -> None:
    warning = dataclasses.replace(RULES["mobile-number"], severity=WARNING)
    monkeypatch.setitem(RULES, "mobile-number", warning)
    item = project / "data/notices/shuangd-2023/items/1-1-1.yml"
    item.write_text(item.read_text(encoding="utf-8") + "goal: 电话13800000000\n", encoding="utf-8")
    assert main(["check", "--root", str(project), *flags]) == status
    printed = capsys.readouterr()
    assert "[mobile-number] （提醒）" in printed.out
    assert "1 处提醒" in printed.err


def test_an_error_stops_any_check(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "data/site.yml").unlink()
    assert main(["check", "--root", str(project), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["rule"] == "unreadable"


def test_an_archive_shows_its_progress_on_a_terminal(
    two_notices: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notices.command.check.MANY", 2)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    main(["check", "--root", str(two_notices)])
    assert "已检查 1/2 份通报" in capsys.readouterr().err


def test_a_reader_that_has_had_enough_is_no_fault() -> None:
    """``notices rules | head`` ends without a word."""
    with subprocess.Popen(
        [sys.executable, "-m", "notices", "rules"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1
