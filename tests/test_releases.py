"""Releases in a folder of a server's: which is public, which are kept, and who may read them."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from notices.proof import manifest
from notices.publishing.releases import Releases, commit_of
from smallsite import small_site

COMMITS = [digit * 40 for digit in "123456"]
KEPT = "assets/5qxlbzlq2d4a/frame.js"
NEVER = 4_000_000_000  # seconds since 1970: in the year 2096


@pytest.fixture
def releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Releases:
    monkeypatch.setattr(os, "sync", lambda: None)  # of the whole machine, which has more to write
    return Releases(tmp_path / "srv")


def publish(releases: Releases, number: int, keep: int = 5) -> Path:
    """Publish the small site as the commit of that number."""
    with releases.locked(lambda: None):
        site = small_site(releases.work / "site")
        release = releases.add(site, COMMITS[number])
        releases.publish(release, keep)
    return release


def names(releases: Releases) -> list[str]:
    return [release.name.replace(commit_of(release), "") for release in releases.all()]


def test_releases_are_numbered_and_the_public_one_is_the_newest(releases: Releases) -> None:
    for number in range(4):
        release = publish(releases, number, keep=3)
        assert releases.current() == release
        assert commit_of(release) == COMMITS[number]
    assert names(releases) == ["000004-", "000003-", "000002-"]
    assert releases.before(release) == releases.all()[1]


def test_no_clock_decides_what_goes(releases: Releases) -> None:
    """Releases that were stamped in the future are older than the one that follows them."""
    for number in range(3):
        os.utime(publish(releases, number), (NEVER, NEVER))
    release = publish(releases, 3, keep=2)
    assert releases.current() == release
    assert release.is_dir()
    assert names(releases) == ["000004-", "000003-"]


def test_what_is_public_is_never_removed(releases: Releases) -> None:
    first = publish(releases, 0)
    for number in range(1, 4):
        publish(releases, number)
    releases.switch(first)
    releases.publish(first, keep=1)
    assert releases.current() == first
    assert names(releases) == ["000004-", "000001-"]


def test_a_release_that_is_published_again_is_the_newest(releases: Releases) -> None:
    first = publish(releases, 0)
    publish(releases, 1)
    again = releases.add(first, COMMITS[0])
    releases.publish(again, keep=2)
    assert releases.current() == again
    assert names(releases) == ["000003-", "000002-"]
    assert commit_of(again) == COMMITS[0]


def test_releases_of_earlier_software_are_older_than_all_others(releases: Releases) -> None:
    """They were named by their commit alone, and the second of one got a ``.2``."""
    for name in (COMMITS[4], f"{COMMITS[5]}.2"):
        small_site(releases.folder / name)
    releases.switch(releases.folder / COMMITS[4])
    assert releases.current() == releases.folder / COMMITS[4]
    release = publish(releases, 0)
    assert release.name == f"000001-{COMMITS[0]}"
    assert [commit_of(each) for each in releases.all()] == [COMMITS[0], COMMITS[5], COMMITS[4]]


@pytest.mark.parametrize("how", ["dangling", "missing", "elsewhere"])
def test_a_link_that_leads_to_no_release_is_led_to_the_newest_sound_one(
    releases: Releases, tmp_path: Path, how: str
) -> None:
    sound, damaged = publish(releases, 0), publish(releases, 1)
    (damaged / "index.html").write_text("damaged", encoding="utf-8")
    link = releases.target / "current"
    link.unlink()
    if how == "dangling":
        link.symlink_to("releases/nothing")
    elif how == "elsewhere":
        link.symlink_to(shutil.copytree(sound, tmp_path / "releases" / sound.name))
    assert releases.current() is None
    assert releases.heal() == sound
    assert releases.current() == sound
    assert releases.heal() is None


def test_a_web_server_may_read_it_whoever_publishes(releases: Releases) -> None:
    """Whatever the umask; what is not public stays with who publishes."""
    old = os.umask(0o077)
    try:
        publish(releases, 0)
    finally:
        os.umask(old)
    served = (releases.folder, releases.target / "kept")
    for path in [releases.target, *served, *(each for top in served for each in top.rglob("*"))]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert (path, oct(mode)) == (path, oct(0o755 if path.is_dir() else 0o644))
    for folder in (releases.work, releases.cache):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_folders_that_could_not_be_read_are_set_right(releases: Releases) -> None:
    publish(releases, 0)
    for folder in (releases.target, releases.folder, releases.target / "kept/assets"):
        folder.chmod(0o700)
    publish(releases, 1)
    for folder in (releases.target, releases.folder, releases.target / "kept/assets"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_what_is_kept_is_what_the_public_release_has(releases: Releases) -> None:
    """A file that was damaged in an earlier release is not served on."""
    first = publish(releases, 0)
    (first / KEPT).write_text("damaged", encoding="utf-8")
    assert (releases.target / "kept" / KEPT).read_text(encoding="utf-8") == "damaged"
    second = publish(releases, 1)
    kept = releases.target / "kept" / KEPT
    assert kept.read_bytes() == (second / KEPT).read_bytes()
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_only_what_is_named_by_its_content_is_kept(releases: Releases) -> None:
    release = publish(releases, 0)
    kept = manifest.digests(releases.target / "kept").keys()
    assert kept == {KEPT} < manifest.read(release).files.keys()
