"""Who waits at a terminal sees how far long work is; nobody else sees anything."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from notices import progress
from notices.command import main


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool, str, float], None]:
    """Sets whether there is a terminal, whether this is a pipeline, and how long is long."""

    def set_up(is_there: bool, pipeline: str, long: float) -> None:
        monkeypatch.setattr("sys.stderr.isatty", lambda: is_there)
        monkeypatch.setenv("CI", pipeline)
        monkeypatch.setattr(progress, "_LONG", long)
        monkeypatch.setattr(progress, "_OFTEN", 0)

    return set_up


def test_a_terminal_without_a_size_shows_it_too() -> None:
    """As those that programs open for one another."""
    ours, theirs = os.openpty()
    code = (
        "from notices import progress; progress._LONG = progress._OFTEN = 1e-9\n"
        "with progress.shown('生成通报', 4) as done: done(1)"
    )
    env = {name: value for name, value in os.environ.items() if name != "CI"}
    subprocess.run(
        [sys.executable, "-c", code], stderr=theirs, stdout=subprocess.DEVNULL, env=env, check=True
    )
    assert "生成通报：1/4 份 |" in os.read(ours, 10_000).decode()
    os.close(ours)
    os.close(theirs)


def work() -> None:
    before = threading.active_count()
    with progress.shown("生成通报", 4) as done:
        assert threading.active_count() == before, "no thread stands in the way of a fork"
        for _ in range(4):
            done(1)


def test_long_work_tells_how_much_is_done_how_fast_and_how_long_it_will_take(
    terminal: Callable[[bool, str, float], None], capsys: pytest.CaptureFixture[str]
) -> None:
    terminal(True, "", 1e-9)
    with progress.shown("生成通报", 4) as done:
        done(1)
    said = capsys.readouterr().err
    assert "生成通报：1/4 份 |" in said
    assert "份/s，还要 00:0" in said


@pytest.mark.parametrize(
    ("is_there", "pipeline", "long"), [(False, "", 0), (True, "true", 0), (True, "", 60)]
)
def test_what_is_short_or_seen_by_nobody_tells_nothing(
    terminal: Callable[[bool, str, float], None], capsys: pytest.CaptureFixture[str],
    is_there: bool, pipeline: str, long: float,
) -> None:  # fmt: skip
    terminal(is_there, pipeline, long)
    work()
    assert capsys.readouterr().err == ""


def test_a_check_shows_it(
    two_notices: Path,
    terminal: Callable[[bool, str, float], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    terminal(True, "", 1e-9)
    main(["check", "--root", str(two_notices)])
    said = capsys.readouterr().err
    assert "读取通报：" in said
    assert "检查通报：" in said
