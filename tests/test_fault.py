"""What nobody foresaw: one line for who meets it, details for who mends it, never a traceback."""

from __future__ import annotations

import argparse
import errno
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from notices import fault
from notices.command import check, main
from notices.problem import Faulty, Place, Problem
from publishing import clean
from sitehouse import ROOT, mkdocs

LINE = re.compile(r"(\S+):\d+:1: \[software-fault\] .*公开的网站没有变化.*详情在 (\S+)，.*（(.+)）")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where details are kept: a folder of the test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state/notices/faults"


def broken(error: BaseException) -> str:
    """Return the line that is told of ``error``."""
    try:
        raise error
    except BaseException as raised:
        return str(fault.tell(raised))


def test_a_command_tells_it_in_one_line_and_keeps_the_details(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], state: Path
) -> None:
    def run(_: argparse.Namespace) -> NoReturn:
        raise ValueError("虚构的\n错误")

    monkeypatch.setattr(check, "run", run)
    assert main(["check"]) == 1
    said, traceback = capsys.readouterr()
    assert not traceback
    match = LINE.fullmatch(said.rstrip("\n"))
    assert match, said
    assert match[1].startswith("hooks/notices/"), "the innermost place that is ours"
    assert match[3] == "ValueError：虚构的"
    details = Path(match[2])
    assert details.parent == state
    assert "Traceback" in details.read_text(encoding="utf-8")
    assert details.stat().st_mode & 0o777 == 0o600, "for this user alone"


def test_the_rim_tells_it_as_a_command_does(clone: Path) -> None:
    """What MkDocs runs of ours, too."""
    rim = clone / "hooks/publish.py"
    text = rim.read_text(encoding="utf-8")
    broken_rim = text.replace("def on_env(", "def on_env(*_: object, **__: object) -> None:\n"
                              "    raise ValueError('甲')\n\n\ndef _on_env(")  # fmt: skip
    rim.write_text(broken_rim, encoding="utf-8")
    done = mkdocs(clone, "build")
    assert done.returncode == 1
    assert LINE.search(done.stderr), done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_no_more_than_twenty_are_kept(state: Path) -> None:
    for _ in range(25):
        broken(ValueError("甲"))
    assert len([*state.iterdir()]) == 20


def test_where_nothing_can_be_kept_it_is_told_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nothing"))
    assert "详情没有地方保存，请告诉维护的同事（ValueError：甲）" in broken(ValueError("甲"))


def test_a_full_disk_is_no_fault_of_the_software(state: Path) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "甲")
    assert broken(full) == "甲:1:1: [unwritable] 磁盘满了，写不下"
    assert not state.exists()


@pytest.mark.parametrize(
    ("status", "output", "said"),
    [(1, "甲\n乙\n", "乙"), (-9, "甲\n", "被信号 9 停止，可能内存不够"), (3, "", "退出状态 3")],
)
def test_a_program_that_ends_without_a_word_of_ours_is_told(
    status: int, output: str, said: str, state: Path
) -> None:
    line = str(fault.tell_output("mkdocs", output, status))
    assert line.startswith("mkdocs:1:1: [software-fault] ")
    assert line.endswith(f"（{said}）")
    assert [path.read_text(encoding="utf-8").endswith(output) for path in state.iterdir()] == [True]


def test_a_problem_that_nobody_caught_is_told_as_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(_: argparse.Namespace) -> NoReturn:
        raise Faulty(Problem(Place("甲"), "unreadable", "乙"))

    monkeypatch.setattr(check, "run", run)
    assert main(["check"]) == 1
    assert capsys.readouterr().out == "甲:1:1: [unreadable] 乙\n"


TERMINALS = {
    "Latin-1": {"PYTHONIOENCODING": "latin-1"},
    "ASCII": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "GB 18030": {"PYTHONIOENCODING": "gb18030"},
}


@pytest.mark.parametrize("terminal", TERMINALS)
def test_a_terminal_of_any_kind_is_told_in_chinese(terminal: str, project: Path) -> None:
    """And files are called what they are called."""
    (project / "content/附件.pdf").write_bytes(b"x")
    kept = {name: value for name, value in clean().items() if name != "PYTHONUTF8"}
    done = subprocess.run(
        [sys.executable, "-m", "notices", "check", "--root", str(project)],
        cwd=ROOT, env={**kept, **TERMINALS[terminal]}, capture_output=True, check=False,
    )  # fmt: skip
    said = done.stdout.decode("gb18030" if terminal == "GB 18030" else "utf-8")
    assert "content/附件.pdf:1:1: [attachment-type] " in said
    assert "Traceback" not in done.stderr.decode(errors="replace")
    assert done.returncode == 1
