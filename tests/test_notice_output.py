"""What is made of a notice depends on nothing else, and is made once."""

from __future__ import annotations

import datetime
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import profiles
from notices import checks, software
from notices.cache import Cache, open_cache
from notices.catalogue.loading import opened
from notices.history.project import Project
from notices.proof.approvals.approvers import Approvers
from notices.publishing import notice_outputs
from notices.publishing.kept_outputs import KeptOutputs
from notices.publishing.notice_output import NoticeMaker, NoticeOutput
from notices.publishing.notice_outputs import outputs_of
from notices.publishing.notices_made import make_notices
from sitehouse import SAMPLE

FICTIONAL = "fictional-2020"
DAY = datetime.date(2026, 1, 1)


@pytest.fixture
def both(two_notices: Path, tmp_path: Path) -> Path:
    return shutil.copytree(two_notices, tmp_path / "both")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return open_cache(tmp_path, tmp_path / "cache")


@contextmanager
def maker(root: Path, cache: Cache, **how: Any) -> Iterator[NoticeMaker]:
    known = {"base": "", "approvers": None, "later": True} | how
    with opened(root, known.pop("as_of", DAY)) as loader:
        yield NoticeMaker(loader, cache=cache, **known)


def make_all(root: Path, cache: Cache, **how: Any) -> list[NoticeOutput]:
    with maker(root, cache, **how) as one:
        return outputs_of(one, [*one.names])


def kept(root: Path, cache: Cache, **how: Any) -> list[str]:
    """Return the notices that need not be made again."""
    with maker(root, cache, **how) as one:
        return [name for name in one.names if one.kept(name)]


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, file
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def add(file: Path, more: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")


# Of one notice.
ITS_OWN: dict[str, Callable[[Path], object]] = {
    "a fact": lambda root: add(
        root / f"data/notices/{FICTIONAL}/items/1-1-2.yml", "goal: 新的虚构目标\n"
    ),
    "a remark": lambda root: add(root / f"data/notices/{FICTIONAL}/notice.yml", "# 甲\n"),
    "an item less": lambda root: (root / f"data/notices/{FICTIONAL}/items/1-1-2.yml").unlink(),
    "white space of the text": lambda root: add(
        root / f"data/notices/{FICTIONAL}/approved.txt", "\n"
    ),
    "of the narrative": lambda root: add(root / f"content/notices/{FICTIONAL}.md", "\n"),
    "what was signed": lambda root: sign(root / f"data/notices/{FICTIONAL}/approvals"),
}
# Of all.
SHARED: dict[str, Callable[[Path], object]] = {
    "a word": lambda root: edit(root / "data/vocabulary.yml", "计划中", "计划里"),
    "the site": lambda root: add(root / "data/site.yml", "# 甲\n"),
    "a kind": lambda root: add(root / "data/kinds/inspection.yml", "# 甲\n"),
    "an attachment": lambda root: (root / "content/a.png").write_bytes(b"\x89PNG\r\n\x1a\n"),
}
# Of none: what the pages of a notice do not say.
OF_NONE: dict[str, Callable[[Path], object]] = {
    "a page": lambda root: add(root / "content/about.md", "\n又一句。\n"),
    "the handbook": lambda root: add(root / "data/README.md", "\n又一句。\n"),
}


def sign(folder: Path) -> None:
    folder.mkdir()
    (folder / "wang.txt").write_text("甲", encoding="utf-8")


@pytest.mark.parametrize("change", ITS_OWN.values(), ids=ITS_OWN.keys())
def test_a_notice_that_changes_is_made_again_alone(
    both: Path, cache: Cache, change: Callable[[Path], object]
) -> None:
    make_all(both, cache)
    change(both)
    assert kept(both, cache) == [SAMPLE]


@pytest.mark.parametrize("change", SHARED.values(), ids=SHARED.keys())
def test_what_all_have_in_common_makes_all_again(
    both: Path, cache: Cache, change: Callable[[Path], object]
) -> None:
    make_all(both, cache)
    change(both)
    assert kept(both, cache) == []


@pytest.mark.parametrize("change", OF_NONE.values(), ids=OF_NONE.keys())
def test_what_no_notice_says_makes_none_again(
    both: Path, cache: Cache, change: Callable[[Path], object]
) -> None:
    make_all(both, cache)
    change(both)
    assert kept(both, cache) == [FICTIONAL, SAMPLE]


def test_another_address_or_approver_or_software_makes_all_again(
    both: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_all(both, cache)
    assert kept(both, cache, base="https://notices.example.org/") == []
    assert kept(both, cache, approvers=Approvers("wang ssh-ed25519 AAAA", 1)) == []
    assert kept(both, cache, later=False) == []
    monkeypatch.setattr(software, "version", lambda: "another")
    assert kept(both, cache) == []


def test_what_lay_in_no_future_then_does_not_now(both: Path, cache: Cache) -> None:
    """On an earlier day, or when no day was held against it, nobody has looked."""
    before, after = (DAY + datetime.timedelta(days) for days in (-1, 1))
    make_all(both, cache)
    for as_of, found in ((DAY, True), (after, True), (None, True), (before, False)):
        assert (kept(both, cache, as_of=as_of) != []) is found
    make_all(both, cache, as_of=None, base="x")
    assert kept(both, cache, as_of=after, base="x") == []


def test_what_is_not_sound_is_checked_each_time(both: Path, cache: Cache) -> None:
    item = both / f"data/notices/{FICTIONAL}/items/1-1-2.yml"
    add(item, "goal_: 甲\n")
    for _ in range(2):
        (output, _) = make_all(both, cache)
        assert [problem.rule for problem in output.problems] == ["unknown-key"]
        assert kept(both, cache) == [SAMPLE]


def test_what_changes_while_it_is_read_is_told_and_not_kept(
    both: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor may save at any time: what would be kept under one name is of another."""
    check = checks.check_notice

    def save(notice: Any, settings: Any) -> Any:
        if notice.id == FICTIONAL:
            add(both / f"data/notices/{FICTIONAL}/notice.yml", "# 甲\n")
        return check(notice, settings)

    with monkeypatch.context() as patched:
        patched.setattr(checks, "check_notice", save)
        (output, _) = make_all(both, cache)
    assert [problem.rule for problem in output.problems] == ["changed-meanwhile"]
    assert kept(both, cache) == [SAMPLE]


def test_processes_make_what_one_makes(
    both: Path, cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And when one of them is killed, nothing is lost."""
    monkeypatch.setattr(notice_outputs, "_MANY", 2)
    alone = open_cache(tmp_path, tmp_path / "alone")
    monkeypatch.setattr(notice_outputs, "may_fork", lambda: False)
    expected = make_all(both, alone)
    monkeypatch.setattr(notice_outputs, "may_fork", lambda: True)
    assert make_all(both, cache) == expected
    assert contents(cache) == contents(alone)
    here = os.getpid()
    make = NoticeMaker.make

    def die(one: NoticeMaker, name: str) -> NoticeOutput:
        if os.getpid() != here and name == SAMPLE:
            os.kill(os.getpid(), signal.SIGKILL)
        return make(one, name)

    monkeypatch.setattr(NoticeMaker, "make", die)
    cache.room("notices").forget(())
    assert make_all(both, cache) == expected
    assert contents(cache) == contents(alone)


def contents(cache: Cache) -> dict[str, bytes | None]:
    room = cache.room("notices")
    return {path.name: room.get(path.name) for path in room.folder.iterdir()}


def test_a_body_that_is_gone_is_made_again(both: Path, cache: Cache) -> None:
    with maker(both, cache) as one:
        (output, _) = outputs_of(one, [*one.names])
        body = one.body(output)
        cache.room("notices").forget(())
        assert one.body(output) == body


def test_preview_and_site_do_not_drive_each_other_out(both: Path, cache: Cache) -> None:
    for base in ("https://a.example.org/", "", "https://b.example.org/", "", "x"):
        make_notices(Project(both, None, None), base, None, cache, later=True)
    assert len([*cache.room("notices").folder.iterdir()]) == 8
    shutil.rmtree(both / f"data/notices/{FICTIONAL}")
    (both / f"content/notices/{FICTIONAL}.md").unlink()
    make_notices(Project(both, None, None), "x", None, cache, later=True)
    assert len([*cache.room("notices").folder.iterdir()]) == 4


def test_those_of_many_are_kept_together(
    both: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And made again, and kept so, when they do not hold any longer."""
    monkeypatch.setattr("notices.publishing.kept_outputs._FEW", 1)
    then = datetime.datetime.combine(DAY, datetime.time(), datetime.UTC)
    for moment in (None, then, then):
        make_notices(Project(both, None, None, moment), "", None, cache, later=True)
        assert len([*cache.room("notices").folder.iterdir()]) == 3
        assert kept(both, cache, as_of=moment and DAY) == [FICTIONAL, SAMPLE]
    read = KeptOutputs[NoticeOutput](cache.room("notices"), "", later=True)
    read.read()
    with maker(both, cache, as_of=DAY) as one:
        expected = [one.kept(name) for name in one.names]
        one.outputs = read
        assert [one.kept(name) for name in one.names] == expected


STEPS = {**ITS_OWN, **SHARED, **OF_NONE}


@settings(max_examples=profiles.INPUTS // 200)
@given(names=st.lists(st.sampled_from(sorted(STEPS)), unique=True, max_size=4))
def test_any_history_makes_what_a_first_build_makes(
    names: list[str], two_notices: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("history")
    root = shutil.copytree(two_notices, folder / "root")
    kept = open_cache(folder, folder / "kept")
    for number, name in enumerate(names):
        make_all(root, kept)
        STEPS[name](root)
        fresh = open_cache(folder, folder / f"fresh-{number}")
        assert make_all(root, kept) == make_all(root, fresh)
        assert contents(fresh).items() <= contents(kept).items()
