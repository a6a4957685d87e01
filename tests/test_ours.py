"""What is remembered of a site hides nothing that somebody else put there."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from notices.cache import Cache
from notices.proof import inventory
from notices.publishing import ours
from sitehouse import cache_in

FILES = ("index.html", "a/x.html", "a/b/y.html", "c/z.html")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return cache_in(tmp_path / "cache")


@pytest.fixture(params=[0.0, 0.05], ids=["just written", "settled"])
def site(tmp_path: Path, cache: Cache, request: pytest.FixtureRequest) -> Path:
    """A site that was put in its place, with its manifest, so long after it was written."""
    made = tmp_path / "made"
    for path in FILES:
        (made / path).parent.mkdir(parents=True, exist_ok=True)
        (made / path).write_text("甲", encoding="utf-8")
    time.sleep(request.param)
    found = inventory.look(made)
    (made / inventory.MANIFEST).write_text("{}", encoding="utf-8")
    ours.remember(site := made.rename(tmp_path / "site"), found, cache)
    return site


def fill(folder: Path) -> None:
    folder.mkdir()
    (folder / "x").touch()


def file_by_folder(path: Path) -> None:
    path.unlink()
    fill(path)


ADDED: dict[str, Callable[[Path], object]] = {
    "a file at the top": lambda site: (site / "x").touch(),
    "a hidden file": lambda site: (site / ".x").touch(),
    "a file in a folder": lambda site: (site / "a/y.html").touch(),
    "a file deep down": lambda site: (site / "a/b/x.html").touch(),
    "a link": lambda site: (site / "c/y.html").symlink_to("z.html"),
    "a folder": lambda site: fill(site / "a/c"),
    "a folder at the top": lambda site: fill(site / "b"),
    "a folder for a file": lambda site: file_by_folder(site / "a/x.html"),
    "a folder for a file at the top": lambda site: file_by_folder(site / "index.html"),
}


def test_while_nobody_writes_there_all_of_it_is_ours(site: Path, cache: Cache) -> None:
    assert ours.are_all(site, cache)


@pytest.mark.parametrize("add", ADDED.values(), ids=ADDED.keys())
def test_whatever_is_added_is_seen(site: Path, cache: Cache, add: Callable[[Path], object]) -> None:
    add(site)
    assert not ours.are_all(site, cache)


def test_of_another_folder_nothing_is_known(site: Path, cache: Cache, tmp_path: Path) -> None:
    other = tmp_path / "other"
    fill(other)
    assert not ours.are_all(other, cache)
