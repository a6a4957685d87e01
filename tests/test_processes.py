"""A second process makes what this one would, or this one makes it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from notices import processes
from notices.problem import Faulty, Place, Problem
from notices.processes import Beside

HERE = os.getpid()
PROBLEM = Problem(Place("a"), "rule", "甲")


def fail() -> int:
    raise Faulty(PROBLEM)


def die() -> int:
    if os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def stumble() -> object:
    if os.getpid() != HERE:
        raise ValueError
    return os.getpid()


def unpickled() -> Callable[[], int]:
    return lambda: HERE


@pytest.mark.parametrize("forks", [True, False])
def test_what_is_made_beside_is_what_would_be_made_here(
    forks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "may_fork", lambda: forks)
    with Beside(os.getpid, Faulty) as process:
        assert (process.made() != HERE) == forks
    with Beside(fail, Faulty) as failing, pytest.raises(Faulty) as caught:
        failing.made()
    assert [*caught.value.problems] == [PROBLEM]


def test_a_copy_has_no_processor_to_give_to_another(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = processes.may_fork
    monkeypatch.setattr(processes, "may_fork", lambda: True)
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    with Beside(asked, Faulty) as process:
        assert not process.made()


def test_whoever_dies_or_stumbles_is_no_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "may_fork", lambda: True)
    for make in (die, stumble):
        with Beside(make, Faulty) as process:
            assert process.made() == HERE
    with Beside(unpickled, Faulty) as process:
        assert process.made()() == HERE


def test_what_is_not_wanted_any_more_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "may_fork", lambda: True)
    with Beside(signal.pause, Faulty) as process:
        assert not process.is_made
