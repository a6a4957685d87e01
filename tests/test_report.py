from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from notices import report
from notices.cache import open_cache
from notices.command import main
from notices.history.project import Project
from notices.problem import ERROR, WARNING, Place, Problem
from notices.publishing.notices_made import make_notices
from sitehouse import mkdocs

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


def test_a_hint_is_printed_and_stops_no_check(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repeat_a_narrative(project)
    assert main(["check", "--root", str(project)]) == 0
    printed = capsys.readouterr()
    assert "[same-narrative] （提醒）" in printed.out
    assert "1 处提醒，没有错误" in printed.err


def test_a_hint_stops_no_build(clone: Path, tmp_path: Path) -> None:
    """Neither the check before it, nor MkDocs, which counts warnings as errors."""
    repeat_a_narrative(clone)
    made = make_notices(Project.at(clone), "", None, open_cache(tmp_path), later=True)
    assert [problem.rule for problem in made.hints] == ["same-narrative"]
    published = mkdocs(clone, "build", "--strict", "--site-dir", str(tmp_path / "site"))
    assert published.returncode == 0, published.stderr
    assert "[same-narrative] （提醒）" in published.stderr


def repeat_a_narrative(project: Path) -> None:
    words = (
        "组织支委会成员逐条对照巡察反馈意见开展自查自纠。建立台账并由支部书记每月调度一次整改进展。"
    )
    for name in ("content/notices/shuangd-2023.md", "data/notices/shuangd-2023/approved.txt"):
        text = (project / name).read_text(encoding="utf-8")
        for line in ("迅速组织召开支委会", "引导公司全体党员"):
            (whole,) = (each for each in text.splitlines() if each.startswith(line))
            text = text.replace(
                whole, f"{words}《八届区委巡察发现共性问题通报》。每月认真制定计划组织开展。"
            )
        (project / name).write_text(text, encoding="utf-8")
    item = project / "data/notices/shuangd-2023/items/3-2-3.yml"
    item.write_text("title: 党日制度落实未能持之以恒\n", encoding="utf-8")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("variables", "wanted"),
    [
        ({}, True),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": "0"}, False),
        ({"TERM": "dumb"}, False),
    ],
)
def test_nobody_gets_colour_who_does_not_want_it(variables: dict[str, str], wanted: bool) -> None:
    assert report.wants_colour(Terminal(), variables) is wanted
    assert not report.wants_colour(io.StringIO(), variables)


def test_the_terminal_of_a_check_is_asked(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "data/site.yml").unlink()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    for value, coloured in (("", True), ("1", False)):
        monkeypatch.setenv("NO_COLOR", value)
        main(["check", "--root", str(project)])
        assert ("\x1b[31m" in capsys.readouterr().out) is coloured


def test_an_error_stops_any_check(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "data/site.yml").unlink()
    assert main(["check", "--root", str(project), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["rule"] == "unreadable"


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
