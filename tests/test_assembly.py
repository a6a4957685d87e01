"""A site is assembled in the folder of an earlier one, and is as if nothing had stood there."""

from __future__ import annotations

import functools
import gzip
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import profiles
from notices.cache import Cache
from notices.problem import Faulty, Place, Problem
from notices.proof.files import SiteFiles
from notices.publishing import spare
from notices.publishing.assembly import Assembly
from notices.publishing.component import Component
from sitehouse import cache_in

PAGE, SCRIPT = "notices/a/index.html", "search/x.js"
LONG = "<p>一是加强学习。</p>" * 20
STATE = {PAGE: LONG, SCRIPT: "1;" * 200, "short.txt": "甲"}


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file be as if it had been written long ago."""
    for module in ("register", "files"):
        monkeypatch.setattr(f"notices.proof.{module}.is_settled", lambda *_: True)


class Builds:
    """Builds one after the other, each in the folder of the one before the last."""

    def __init__(self, folder: Path) -> None:
        self.site, self.new = folder / "site", folder / "new"
        self.cache: Cache = cache_in(folder / "cache")
        self.spare = self.cache.folder / "spare"
        self.made: list[str] = []
        """What had to be made for the last one."""

    def build(self, state: Mapping[str, str], *, packed: bool = True, named: bool = True) -> None:
        self.made.clear()
        spare.take(self.cache.folder, self.new)
        files = SiteFiles(self.new, "", self.cache, packed=packed)
        assembly = Assembly(files)
        assembly.put(
            Component(path, text if named else "", functools.partial(self._make, path, text))
            for path, text in state.items()
        )
        assembly.finish()
        files.look()
        files.complete()
        assert [*assembly.meant.differences(files.digests, files.unpacked)] == []
        old = self.new.with_name("old") if self.site.exists() else None
        if old:
            self.site.rename(old)
        self.new.rename(self.site)
        spare.keep(old, self.cache.folder)

    def _make(self, path: str, text: str) -> bytes:
        self.made.append(path)
        return text.encode()

    def standing(self) -> dict[str, bytes]:
        """Return the files of the site, and that there is no folder without any."""
        paths = {path for path in self.site.rglob("*") if not path.is_dir()}
        for folder in self.site.rglob("*/"):
            assert any(folder in path.parents for path in paths)
        return {path.relative_to(self.site).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture
def builds(tmp_path: Path) -> Builds:
    builds = Builds(tmp_path)
    for _ in range(2):
        builds.build(STATE)
    assert builds.spare.is_dir()
    return builds


def test_what_stays_as_it_is_is_neither_made_nor_written_nor_read(
    builds: Builds, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.stat().st_ctime_ns for path in builds.spare.rglob("*.*")}
    read: list[str] = []
    monkeypatch.setattr(SiteFiles, "_read", lambda _, path, *__: read.append(path))
    builds.build(STATE)
    assert (builds.made, read) == ([], [])
    moved = {builds.site / path.relative_to(builds.spare): then for path, then in before.items()}
    assert {path: path.stat().st_ctime_ns for path in moved} == moved


def test_what_changes_is_made_again_and_nothing_else(builds: Builds) -> None:
    builds.build({**STATE, PAGE: f"{LONG}甲"})
    assert builds.made == [PAGE]
    builds.build({**STATE, PAGE: f"{LONG}甲"})
    assert builds.made == [PAGE], "in the other folder"
    builds.build({**STATE, PAGE: f"{LONG}甲"})
    assert builds.made == []


def test_what_nobody_names_is_made_each_time_and_written_only_if_it_is_another(
    builds: Builds,
) -> None:
    before = (builds.spare / PAGE).stat().st_ino
    builds.build(STATE, named=False)
    assert builds.made == [*STATE]
    assert (builds.site / PAGE).stat().st_ino == before


def rewrite(path: Path) -> None:
    """Write the same number of bytes, and say that it was long ago."""
    details = path.stat()
    path.write_bytes(b"x" * details.st_size)
    os.utime(path, ns=(details.st_atime_ns, details.st_mtime_ns))


def put_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


def put_folder(path: Path) -> None:
    path.unlink()
    (path / "more").mkdir(parents=True)
    (path / "more" / "still").touch()


def put_file(path: Path) -> None:
    path.rename(path.with_name("more"))
    path.touch()


def put_link_for_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))
    path.parent.symlink_to("elsewhere")


MEDDLING: dict[str, Callable[[Path], object]] = {
    "other words": lambda site: rewrite(site / PAGE),
    "another form": lambda site: rewrite(site / f"{PAGE}.gz"),
    "nothing": lambda site: (site / PAGE).unlink(),
    "no form": lambda site: (site / f"{PAGE}.br").unlink(),
    "a link": lambda site: put_link(site / PAGE),
    "a link for a folder": lambda site: put_link_for_folder(site / PAGE),
    "more": lambda site: (site / "more.html").write_text("甲", encoding="utf-8"),
    "a form of nothing": lambda site: (site / "more.html.gz").write_bytes(gzip.compress(b"a")),
    "an empty folder": lambda site: (site / "more" / "still").mkdir(parents=True),
    "a folder for a file": lambda site: put_folder(site / SCRIPT),
    "a file for a folder": lambda site: put_file(site / "notices"),
    "a pipe": lambda site: os.mkfifo(site / "more"),
}


@pytest.mark.parametrize("meddle", MEDDLING.values(), ids=MEDDLING.keys())
def test_whatever_was_done_to_the_spare_site_is_not_in_the_next(
    builds: Builds, meddle: Callable[[Path], object]
) -> None:
    before = builds.standing()
    time.sleep(0.02)  # a tick, by which every change of a file is known
    meddle(builds.spare)
    builds.build(STATE)
    assert builds.standing() == before
    assert not [path for path in builds.site.rglob("*") if path.is_symlink()]


def test_a_spare_site_that_is_a_link_is_not_followed(builds: Builds, tmp_path: Path) -> None:
    elsewhere = builds.spare.rename(tmp_path / "elsewhere")
    builds.spare.symlink_to(elsewhere)
    builds.build(STATE)
    assert (elsewhere / PAGE).exists()
    assert builds.standing().keys() >= STATE.keys()


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFiles:
    """Those of a site where nothing stands, which processes are to put."""
    monkeypatch.setattr("notices.publishing.assembly._MANY", 1)
    # A thread may be left that another test has started.
    monkeypatch.setattr("notices.publishing.assembly.may_fork", lambda: True)
    (tmp_path / "site").mkdir()
    return SiteFiles(tmp_path / "site", "", cache_in(tmp_path / "cache"), packed=False)


def sources(make: Callable[[str], bytes]) -> list[list[Component]]:
    return [[Component(path, path, functools.partial(make, path))] for path in STATE]


def test_processes_put_what_one_does_and_find_out_at_once_what_it_gives(
    files: SiteFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, makers = os.getpid(), {path: multiprocessing.Value("i") for path in STATE}

    def make(path: str) -> bytes:
        makers[path].value = os.getpid()
        return STATE[path].encode()

    assembly = Assembly(files)
    assembly.put(*sources(make))
    assembly.finish()
    assert here not in {each.value for each in makers.values()}
    monkeypatch.delattr("notices.proof.files.examine")
    files.look()
    assert [*assembly.meant.differences(files.digests, files.unpacked)] == []


def test_what_is_written_over_what_a_process_put_is_seen(files: SiteFiles) -> None:
    assembly = Assembly(files)
    assembly.put(*sources(lambda path: STATE[path].encode()))
    (files.site / PAGE).write_text(f"{LONG}<a href=nowhere>", encoding="utf-8")
    files.look()
    assert [each.place.path for each in files.dead_links()] == [PAGE]
    assert [*assembly.meant.differences(files.digests, files.unpacked)] != []


def test_losing_processes_loses_no_file(files: SiteFiles) -> None:
    here = os.getpid()

    def make(path: str) -> bytes:
        if path == SCRIPT and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return STATE[path].encode()

    Assembly(files).put(*sources(make))
    assert {path: (files.site / path).read_text(encoding="utf-8") for path in STATE} == STATE


def test_what_a_process_cannot_make_is_told(files: SiteFiles) -> None:
    problem = Problem(Place("data/site.yml"), "changed-meanwhile", "甲")

    def make(path: str) -> bytes:
        raise Faulty(problem)

    with pytest.raises(Faulty) as caught:
        Assembly(files).put(*sources(make))
    assert caught.value.problems == (problem,)


PATHS = ("a.html", "b.js", "f/a.html", "f/g/b.json", "f/c.txt")
TEXTS = st.sampled_from(["甲", LONG, LONG.replace("学习", "整改"), "x" * 300, ""])
STATES = st.dictionaries(st.sampled_from(PATHS), TEXTS, min_size=1)


@settings(max_examples=profiles.INPUTS // 20)
@given(states=st.lists(st.tuples(STATES, st.booleans(), st.booleans()), min_size=1, max_size=6))
def test_any_history_gives_what_a_first_build_gives(
    states: list[tuple[dict[str, str], bool, bool]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    builds = Builds(tmp_path_factory.mktemp("builds"))
    for state, packed, named in states:
        builds.build(state, packed=packed, named=named)
        expected = {path: text.encode() for path, text in state.items()}
        found = builds.standing()
        assert {path: found.pop(path) for path in state} == expected
        texts = {path for path, text in state.items() if packed and len(text.encode()) >= 200}
        assert {path.rpartition(".")[0] for path in found} == texts
        for path, data in found.items():
            stem, _, ending = path.rpartition(".")
            unpack = {"gz": gzip.decompress, "br": brotli.decompress}[ending]
            assert packed
            assert unpack(data) == expected[stem]
