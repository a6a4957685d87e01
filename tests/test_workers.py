"""Many machines make what one makes, and whichever of them is lost, nothing is."""

from __future__ import annotations

import argparse
import pickle
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from dasks import started_scheduler, started_worker
from notices.cache import Cache, open_cache
from notices.catalogue.loading import opened
from notices.command.build import configure
from notices.problem import Faulty, Problem
from notices.publishing import cluster
from notices.publishing.notice_output import NoticeMaker, NoticeOutput
from notices.publishing.notice_outputs import outputs_of
from shapes import SMALL, project_of
from sitehouse import ROOT


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests run at the same time; a test that wants less says so."""
    for name in ("_REACHABLE", "_FIRST", "_READY", "_SILENT"):
        monkeypatch.setattr(cluster, name, 300.0)


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project_of(SMALL, tmp_path_factory.mktemp("small") / "project")


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a scheduler on this machine."""
    with started_scheduler() as address:
        yield address


@pytest.fixture(scope="module")
def workers(
    scheduler: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[subprocess.Popen[str]]]:
    """Two workers of one thread each; tests kill the last that are left."""
    folder = str(tmp_path_factory.mktemp("workers"))
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setenv("TMPDIR", folder)  # who is killed tidies up nothing
    with started_worker(scheduler, folder) as one, started_worker(scheduler, folder) as other:
        monkeypatch.undo()
        yield [one, other]


def make(
    root: Path, cache: Cache, scheduler: str = "", *, later: bool = False,
    lost: Sequence[subprocess.Popen[str]] = (),
) -> tuple[list[NoticeOutput], list[Problem]]:  # fmt: skip
    """Return what is made and told; when the first notice is made, workers are ``lost``."""
    told: list[Problem] = []
    with opened(root) as loader:
        maker = NoticeMaker(loader, "", None, cache, later=later)
        if not lost:
            return outputs_of(maker, [*maker.names], scheduler, told.append), told
        made = cluster.made_by_cluster(maker, [*maker.names], scheduler, told.append)
        outputs = [next(made)]
        for each in lost:
            each.kill()
        return sorted([*outputs, *made], key=lambda output: output.name), told


def contents(cache: Cache) -> dict[str, object]:
    """Return all that is kept of notices. Of the heads, sets have no order."""
    found: dict[str, object] = {}
    for room in (cache.room("notices"), cache.room("exports")):
        for path in room.folder.iterdir():
            data = room.get(path.name)
            assert data
            found[path.name] = data if "." in path.name else pickle.loads(data)
    return found


def test_a_worker_that_is_killed_loses_nothing(
    shapes: Path, scheduler: str, workers: list[subprocess.Popen[str]], tmp_path: Path
) -> None:
    """And what the others make in its place is, to the byte, what this machine makes."""
    alone, many = (open_cache(tmp_path, tmp_path / name) for name in ("alone", "many"))
    outputs, told = make(shapes, many, scheduler, lost=[workers.pop()])
    assert told == []
    assert [output.problems for output in outputs] == [()] * len(SMALL)
    assert make(shapes, alone) == (outputs, [])
    assert contents(many) == contents(alone)


def test_when_all_workers_are_gone_the_rest_is_made_here(
    shapes: Path,
    scheduler: str,
    workers: list[subprocess.Popen[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster, "_SILENT", 0.5)
    alone, many = (open_cache(tmp_path, tmp_path / name) for name in ("alone", "many"))
    outputs, told = make(shapes, many, scheduler, later=True, lost=workers)
    assert [problem.rule for problem in told] == ["workers-lost"]
    assert make(shapes, alone, later=True) == (outputs, [])
    assert contents(many) == contents(alone)


def test_where_there_is_no_worker_that_is_told_at_once(
    shapes: Path, scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_FIRST", 0.5)
    refused(shapes, scheduler, tmp_path, "秒里没有 worker 回应")


def test_where_there_is_no_scheduler_that_is_told_at_once(
    shapes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_REACHABLE", 0.5)
    refused(shapes, "tcp://127.0.0.1:1", tmp_path, "连不上这里的 scheduler")


def test_without_the_extra_that_is_told(
    shapes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    refused(shapes, "tcp://127.0.0.1:1", tmp_path, "没有装 Dask")


def refused(root: Path, scheduler: str, folder: Path, words: str) -> None:
    cache = open_cache(folder, folder / "cache")
    with pytest.raises(Faulty, match=words) as raised:
        make(root, cache, scheduler, later=True)
    assert [problem.rule for problem in raised.value.problems] == ["workers-unreachable"]
    assert contents(cache) == {}


def test_the_lock_is_that_of_the_extra() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extra = settings["project"]["optional-dependencies"]["cluster"]
    assert settings["dependency-groups"]["cluster"] == extra


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("tcp://a.example.org:8786", "tcp://a.example.org:8786"),
        ("dask://10.0.0.1:1", "tcp://10.0.0.1:1"),
    ],
)
def test_an_address_may_be_said_in_two_ways(given: str, address: str) -> None:
    assert workers_of(given) == address


@pytest.mark.parametrize("given", ["a:1", "http://a:1", "tcp://a", "tcp://a:x", "tcp://a:1/x", ""])
def test_what_is_no_address_is_refused(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        workers_of(given)
    assert "应像 tcp://主机:8786 那样" in capsys.readouterr().err


def workers_of(given: str) -> str:

    parser = argparse.ArgumentParser()
    configure(parser)
    workers: str = parser.parse_args(["site", "--workers", given]).workers
    return workers


def test_nobody_need_have_workers() -> None:
    parser = argparse.ArgumentParser()
    configure(parser)
    assert not parser.parse_args(["site"]).workers
