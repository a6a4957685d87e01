"""How a site takes the place of the one before, and what a kill leaves."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from notices.publishing.workshop import put, workshop
from publishing import git

KILLED = """
import os, signal, sys
from pathlib import Path
from notices.publishing import workshop
place, moment = Path(sys.argv[1]), sys.argv[2]
with workshop.workshop(place) as folder:
    (folder / "site").mkdir()
    (folder / "site" / "words").write_text("new")
    if moment == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    if moment == "between":
        place.rename(folder / "old")
        os.kill(os.getpid(), signal.SIGKILL)
    workshop.put(folder / "site", place)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "words").write_text("old", encoding="utf-8")
    return tmp_path / "site"


def make(place: Path, words: str) -> None:
    with workshop(place) as folder:
        (folder / "site").mkdir()
        (folder / "site" / "words").write_text(words, encoding="utf-8")
        put(folder / "site", place)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_new_site_takes_the_place_of_the_old_one(place: Path) -> None:
    make(place, "new")
    assert (place / "words").read_text(encoding="utf-8") == "new"
    assert names(place.parent) == ["site"]


def test_a_site_may_be_the_first_even_of_its_folder(tmp_path: Path) -> None:
    make(tmp_path / "a" / "b" / "site", "new")
    assert names(tmp_path / "a" / "b") == ["site"]


def test_what_fails_leaves_nothing_and_the_old_site(place: Path) -> None:
    with pytest.raises(KeyboardInterrupt), workshop(place):
        raise KeyboardInterrupt
    assert names(place.parent) == ["site"]


def test_a_swap_that_fails_halfway_puts_the_old_site_back(place: Path) -> None:
    with pytest.raises(FileNotFoundError), workshop(place) as folder:
        put(folder / "nothing made", place)
    assert names(place.parent) == ["site"]
    assert (place / "words").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("moment", ["before", "between", "after"])
def test_after_a_kill_the_next_build_finds_a_whole_site_and_clears_up(
    place: Path, moment: str
) -> None:
    """Also when it comes to nothing itself: what was public before is there again."""
    command = [sys.executable, "-c", KILLED, str(place), moment]
    done = subprocess.run(command, check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(names(place.parent)) == (1 if moment == "between" else 2)
    with pytest.raises(KeyboardInterrupt), workshop(place):
        raise KeyboardInterrupt
    assert names(place.parent) == ["site"]
    expected = "new" if moment == "after" else "old"
    assert (place / "words").read_text(encoding="utf-8") == expected


def test_what_another_build_makes_at_the_same_time_is_left_alone(place: Path) -> None:
    with workshop(place) as first:
        make(place, "second")
        (first / "site").mkdir()
        put(first / "site", place)
    assert names(place.parent) == ["site"]
    assert names(place) == []


def test_what_a_killed_build_has_started_is_left_alone_while_it_writes(place: Path) -> None:
    """It holds the lock of the one that was killed."""
    with workshop(place) as folder:
        left = shutil.copytree(folder, place.parent / ".site.left.new")
        script = "import fcntl, sys; f = open(sys.argv[1]); fcntl.flock(f, 2); print(); input()"
        with subprocess.Popen(
            [sys.executable, "-c", script, str(left / ".gitignore")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as child:
            assert child.stdout
            child.stdout.readline()
            make(place, "new")
            assert left.is_dir()
            child.communicate(b"\n")
        make(place, "new")
        assert not left.exists()


def somebodys(folder: Path) -> None:
    (folder / "document").touch()


def with_another_mark(folder: Path) -> None:
    (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    (folder / "document").touch()


def with_a_link_for_a_mark(folder: Path) -> None:
    (folder / "document").touch()
    (folder / ".gitignore").symlink_to("document")


def with_a_pipe_for_a_mark(folder: Path) -> None:
    (folder / "document").touch()
    os.mkfifo(folder / ".gitignore")


@pytest.mark.parametrize("name", [".site.new", ".site.old", ".site.x.new", ".sites.x.new"])
@pytest.mark.parametrize(
    "fill",
    [somebodys, with_another_mark, with_a_link_for_a_mark, with_a_pipe_for_a_mark],
    ids=lambda fill: fill.__name__,
)
def test_what_we_did_not_make_is_never_removed(place: Path, name: str, fill: object) -> None:
    assert callable(fill)
    (place.parent / name).mkdir()
    fill(place.parent / name)
    make(place, "new")
    assert (place.parent / name / "document").exists()


def test_git_does_not_see_what_is_being_made(place: Path) -> None:
    """Else nothing would be wholly committed as soon as a build has begun."""
    git(place.parent, "init", "--quiet")
    git(place.parent, "add", "--all")
    git(place.parent, "commit", "--quiet", "--message", "甲")
    with workshop(place) as folder:
        (folder / "site").mkdir()
        (folder / "site" / "words").touch()
        assert git(place.parent, "status", "--porcelain") == ""
