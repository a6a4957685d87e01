"""Notices are checked by one process or by two, and the problems are the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from notices.catalogue.loading import load
from notices.catalogue.notices import Catalogue, Notice
from notices.catalogue.settings import Settings
from notices.checks import each
from notices.problem import Place, Problem
from sitehouse import SAMPLE_ROOT


@pytest.fixture(scope="module")
def archive() -> Catalogue:
    """As many notices as are shared out."""
    catalogue, _ = load(SAMPLE_ROOT)
    (notice,) = catalogue.notices
    copies = [replace(notice, id=f"copy-{number}") for number in range(each.MANY)]
    return replace(catalogue, notices=copies)


def name(notice: Notice, settings: Settings) -> Iterator[Problem]:
    yield Problem(Place(notice.id), "named", settings.site.publisher)


def fail(notice: Notice, _: Settings) -> Iterator[Problem]:
    if notice.id == "copy-3":
        raise ValueError(notice.id)
    yield from ()


def test_every_notice_is_checked_once(archive: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = sorted(problem for notice in archive.notices for problem in name(notice, archive))
    for may_fork in (lambda: True, lambda: False):
        monkeypatch.setattr(each, "may_fork", may_fork)
        assert sorted(each.of_each(archive, name)) == expected


def test_a_fault_in_the_other_process_is_a_fault_of_this_one(
    archive: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(each, "may_fork", lambda: True)
    with pytest.raises(ValueError, match="copy-3"):
        list(each.of_each(archive, fail))
