"""Where a site may be put: nothing that somebody else made is ever lost."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from notices import software
from notices.command import main
from notices.problem import Faulty
from notices.publishing import target
from smallsite import small_site

Make = Callable[[Path], object]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project, as far as its folders go."""
    for name in ("content", "data", "theme", ".git", "shelf"):
        (tmp_path / "project" / name).mkdir(parents=True)
    return tmp_path / "project"


def refusal(site: Path, root: Path, *others: Path) -> tuple[str, str] | None:
    """Return the code and the message by which ``site`` is refused, None when it is not."""
    try:
        target.check(site, root, *others)
    except Faulty as fault:
        (problem,) = fault.problems
        assert problem.place.path == str(site)
        return problem.rule, problem.message
    return None


# --- What gives way -----------------------------------------------------------------------------


def nothing(_: Path) -> None:
    pass


def an_empty_folder(site: Path) -> None:
    site.mkdir()


def folders_without_a_file(site: Path) -> None:
    (site / "a" / "b").mkdir(parents=True)


def a_site(site: Path) -> None:
    small_site(site)


def a_signed_site(site: Path) -> None:
    small_site(site)
    (site / "manifest.json.sig").touch()


def a_site_of_another_version(site: Path) -> None:
    """Which told more, or less, of what it was made by."""
    small_site(site)
    told = json.loads((site / "manifest.json").read_bytes())
    told.pop("software", None)
    (site / "manifest.json").write_text(json.dumps(told | {"later": 1}), encoding="utf-8")


def a_site_with_a_file_gone(site: Path) -> None:
    small_site(site)
    (site / "index.html").unlink()


GIVES_WAY = [
    nothing, an_empty_folder, folders_without_a_file, a_site, a_signed_site,
    a_site_of_another_version, a_site_with_a_file_gone,
]  # fmt: skip


@pytest.mark.parametrize("make", GIVES_WAY, ids=lambda make: make.__name__)
def test_what_is_absent_empty_or_ours_gives_way(root: Path, make: Make) -> None:
    make(root / "site")
    assert refusal(root / "site", root) is None


@pytest.mark.parametrize("place", ["a/b/site", "../beside", "content/../site", "shelf/site"])
def test_a_site_may_stand_where_nothing_of_the_project_is(root: Path, place: str) -> None:
    assert refusal(root / place, root) is None


# --- What does not ------------------------------------------------------------------------------


def a_file(site: Path) -> None:
    site.touch()


def a_link_to_a_folder(site: Path) -> None:
    (site.parent / "real").mkdir()
    site.symlink_to("real")


def a_link_to_a_site(site: Path) -> None:
    small_site(site.parent / "real")
    site.symlink_to("real")


def a_link_to_nothing(site: Path) -> None:
    site.symlink_to("nothing")


def a_link_to_itself(site: Path) -> None:
    site.symlink_to(site)


def a_pipe(site: Path) -> None:
    os.mkfifo(site)


def a_socket(site: Path) -> None:
    before = Path.cwd()
    os.chdir(site.parent)  # its path may be too long for one
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(site.name)
    os.chdir(before)


def documents(site: Path) -> None:
    site.mkdir()
    (site / "report.docx").touch()


def a_hidden_file(site: Path) -> None:
    site.mkdir()
    (site / ".notes").touch()


def a_file_deep_below(site: Path) -> None:
    (site / "a" / "b").mkdir(parents=True)
    (site / "a" / "b" / "c.txt").touch()


def a_file_beside_ours(site: Path) -> None:
    small_site(site)
    (site / "about" / "mine.docx").parent.mkdir(exist_ok=True)
    (site / "about" / "mine.docx").touch()


def a_link_beside_ours(site: Path) -> None:
    small_site(site)
    (site / "etc").symlink_to("/etc")


def a_pipe_beside_ours(site: Path) -> None:
    small_site(site)
    os.mkfifo(site / "pipe")


def a_repository(site: Path) -> None:
    subprocess.run(["git", "init", "--quiet", "--bare", str(site)], check=True)


def a_manifest_of_somebody_else(site: Path) -> None:
    site.mkdir()
    (site / "manifest.json").write_text('{"name": "app", "icons": []}', encoding="utf-8")


def a_manifest_that_is_none(site: Path) -> None:
    site.mkdir()
    (site / "manifest.json").write_bytes(b"[" * 100_000)


def a_manifest_behind_a_link(site: Path) -> None:
    small_site(site)
    (site / "manifest.json").rename(site.parent / "elsewhere")
    (site / "manifest.json").symlink_to("../elsewhere")


def a_manifest_that_is_a_pipe(site: Path) -> None:
    site.mkdir()
    os.mkfifo(site / "manifest.json")


TAKEN: dict[Make, str] = {
    a_file: "文件",
    a_link_to_a_folder: "链接",
    a_link_to_a_site: "链接",
    a_link_to_nothing: "链接",
    a_link_to_itself: "链接",
    a_pipe: "管道",
    a_socket: "套接字",
    documents: "report.docx",
    a_hidden_file: ".notes",
    a_file_deep_below: "a/b/c.txt",
    a_file_beside_ours: "about/mine.docx",
    a_link_beside_ours: "etc",
    a_pipe_beside_ours: "pipe",
    a_repository: "HEAD",
    a_manifest_of_somebody_else: "manifest.json",
    a_manifest_that_is_none: "manifest.json",
    a_manifest_behind_a_link: "404.html",
    a_manifest_that_is_a_pipe: "manifest.json",
}


@pytest.mark.parametrize(
    ("make", "named"), TAKEN.items(), ids=lambda each: getattr(each, "__name__", "")
)
def test_what_somebody_else_made_is_not_replaced(root: Path, make: Make, named: str) -> None:
    """It is named, and the answer does not wait for whatever it is."""
    make(root / "site")
    found = refusal(root / "site", root)
    assert found
    assert found[0] == "target-taken"
    assert named in found[1]


def test_a_place_where_something_is_mounted_is_not_replaced(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor one that is bound to another folder of the same disk."""
    mounts = root / "mounts"
    place = str(root / "a site").replace(" ", "\\040")
    mounts.write_text(f"24 1 0:5 / {place} rw - ext4 /dev/sda rw\n", encoding="utf-8")
    monkeypatch.setattr(target, "_MOUNTS", mounts)
    (root / "a site").mkdir()
    found = refusal(root / "a site", root)
    assert found
    assert found[0] == "target-taken"
    assert f"如 {root / 'a site'}/site" in found[1]
    assert refusal(root / "a site" / "site", root) is None
    assert (refusal(Path("/proc"), root) or "")[0] == "target-taken"


HOLDS = [
    ".", "..", "../..", "content", "content/notices/site", "data", "data/site", "theme", ".git",
    ".git/site", "shelf/.git/site", ".cache", ".cache/site", "shelf/../content", "link/site",
    "link",
]  # fmt: skip


@pytest.mark.parametrize("place", HOLDS)
def test_what_people_wrote_is_not_replaced_nor_written_into(root: Path, place: str) -> None:
    (root / "link").symlink_to("content")
    found = refusal(root / place, root)
    assert found
    assert found[0] == ("target-taken" if place == "link" else "target-protected")


@pytest.mark.parametrize(
    "place", ["", "hooks", "theme", "hooks/notices/site", "tests", "deploy/x", ".venv/x", ".."]
)
def test_the_software_is_not_replaced_nor_written_into(root: Path, place: str) -> None:
    site = software.ROOT / place
    assert (refusal(site.resolve(), root) or "")[0] == "target-protected"


def test_neither_home_nor_what_holds_everything_is_replaced(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "homes" / "zhang").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "homes" / "zhang"))
    for site in (tmp_path / "homes" / "zhang", tmp_path / "homes", Path("/")):
        assert (refusal(site, root) or "")[0] == "target-protected"
    assert refusal(tmp_path / "homes" / "zhang" / "site", root) is None


def test_the_cache_is_not_replaced_nor_written_into(root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "shelf" / "cache"
    for site in (cache, cache / "site", cache.parent):
        assert (refusal(site, root, cache) or "")[0] == "target-protected"


@pytest.mark.parametrize("name", [".", "..", "", "/", "site/.."])
def test_a_target_has_a_name(root: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where the folder is empty: whoever stands in it would stand nowhere."""
    (root / "shelf" / "site").mkdir()
    monkeypatch.chdir(root / "shelf")
    assert (refusal(Path(name), root) or "")[0] == "target-protected"


def test_a_name_in_another_case_is_the_same_folder_where_case_does_not_count(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is where folders are bound: they are compared by what they are."""
    real = os.path.samestat
    twins = {(root / "shelf").lstat().st_ino, (root / "content").lstat().st_ino}
    monkeypatch.setattr(
        os.path, "samestat", lambda a, b: real(a, b) or {a.st_ino, b.st_ino} == twins
    )
    assert (refusal(root / "shelf" / "site", root) or "")[0] == "target-protected"


def under_a_file(root: Path) -> Path:
    (root / "file").touch()
    return root / "file" / "site"


def under_a_loop(root: Path) -> Path:
    (root / "loop").symlink_to("loop")
    return root / "loop" / "site"


def under_a_folder_that_is_closed(root: Path) -> Path:
    return Path("/proc/site")


@pytest.mark.parametrize(
    "place", [under_a_file, under_a_loop, under_a_folder_that_is_closed], ids=lambda f: f.__name__
)
def test_where_nothing_can_be_written_is_said_before(
    root: Path, place: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    if place is under_a_folder_that_is_closed:
        monkeypatch.setattr(os, "access", lambda *_: False)
    assert (refusal(place(root), root) or "")[0] == "unwritable"


def test_a_folder_that_we_may_not_move_is_said_before(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "site").mkdir()
    monkeypatch.setattr(os, "access", lambda path, _: path != root / "site")
    assert (refusal(root / "site", root) or "")[0] == "unwritable"


@pytest.fixture
def no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever begins to work fails."""
    monkeypatch.setattr("notices.publishing.build.workshop.workshop", None)
    monkeypatch.setattr(subprocess, "Popen", None)


@pytest.mark.usefixtures("no_work")
@pytest.mark.parametrize("make", [documents, a_file_beside_ours, a_file, a_pipe, a_link_to_a_site])
def test_the_command_refuses_before_any_work_and_nothing_is_lost(
    root: Path, make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    make(root / "site")
    before = [*map(str, sorted(root.rglob("*")))]
    assert main(["build", str(root / "site"), "--root", str(root)]) == 1
    said = capsys.readouterr()
    assert said.out.startswith(f"{root / 'site'}:1:1: [target-taken] ")
    assert said.err == "有 1 处要改正，网站没有改动。\n"
    assert [*map(str, sorted(root.rglob("*")))] == before
