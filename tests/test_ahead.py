"""Files of facts are read by one process or by two, and all that comes of them is the same."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from notices.catalogue.loading import load
from notices.catalogue.notices import Catalogue
from notices.facts import ahead
from notices.facts.files import Shelf
from notices.problem import Problem

FAULTS = {
    "1.yml": "title: 甲\nstatus: unstated\n",
    "2.yml": "title: 甲 #1 乙\nstatus: [\n",
    "3.yml": "title: 甲\ntitle: 乙\nupdates:\n  - date: 2024-01-02\n",
    "4.yml": "\ufefftitle: 甲\n",
    "5.yml": "",
}


@pytest.fixture
def groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """As many groups as are shared out, of sound files and faulty ones, and files that miss."""
    monkeypatch.setattr(ahead, "may_fork", lambda: True)
    for group in map(str, range(ahead.MANY)):
        (tmp_path / group).mkdir()
        for name, text in FAULTS.items():
            (tmp_path / group / name).write_text(text, encoding="utf-8")
    names = [*FAULTS, "6.yml"]
    return {str(n): [f"{n}/{name}" for name in names[: n % 7]] for n in range(ahead.MANY)}


def everything(root: Path, groups: ahead.PathsByNotice) -> list[Sequence[ahead.Read]]:
    with Shelf(root) as shelf, ahead.reading(shelf, groups) as read:
        return [read(name) for name in groups]


def test_what_a_second_process_reads_is_what_one_process_reads(
    tmp_path: Path, groups: dict[str, list[str]]
) -> None:
    with Shelf(tmp_path) as shelf:
        expected = [[ahead.read(shelf, path) for path in paths] for paths in groups.values()]
    assert everything(tmp_path, groups) == expected
    assert any(each.problems for group in expected for each in group)


def test_what_a_second_process_does_not_tell_the_first_one_reads(
    tmp_path: Path, groups: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = everything(tmp_path, groups)
    first, read, asked = os.getpid(), ahead.read, list[str]()

    def fail_elsewhere(shelf: Shelf, path: str) -> ahead.Read:
        asked.append(path)
        if os.getpid() != first and path.startswith("20/"):
            raise ValueError(path)
        return read(shelf, path)

    monkeypatch.setattr(ahead, "read", fail_elsewhere)
    assert everything(tmp_path, groups) == expected
    assert groups["20"][0] in asked
    assert groups["19"][0] not in asked


def test_a_project_is_the_same_whoever_reads_it(
    two_notices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def loaded(*, forks: bool) -> tuple[Catalogue, list[Problem]]:
        monkeypatch.setattr(ahead, "MANY", 1)
        monkeypatch.setattr(ahead, "may_fork", lambda: forks)
        return load(two_notices)

    (alone, told), (shared, told_too) = loaded(forks=False), loaded(forks=True)
    assert told_too == told
    assert [each.item_records for each in shared.notices] == [
        each.item_records for each in alone.notices
    ]
