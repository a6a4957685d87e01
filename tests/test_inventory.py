"""What lies in the folder of a site: nothing but regular files that the web server can read."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.command import main
from notices.problem import Faulty
from notices.proof import inventory, manifest
from smallsite import FILES, PAGE, small_site

FOLDER = "notices/sample"
OF_FOLDER = sorted(path for path in FILES if path.startswith(FOLDER))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_site(tmp_path_factory.mktemp("small") / "site")


@pytest.fixture
def site(whole: Path, tmp_path: Path) -> Path:
    """A site that a test may change."""
    return shutil.copytree(whole, tmp_path / "site")


@pytest.fixture
def inspect(capsys: pytest.CaptureFixture[str]) -> Callable[[Path], list[str]]:
    """Return what `notices verify` tells of a folder, as path and code."""

    def told(site: Path) -> list[str]:
        main(["verify", str(site), "--manifest-only", "--format", "json"])
        entries = json.loads(capsys.readouterr().out)
        return sorted(f"{entry['path']} {entry['rule']}" for entry in entries)

    return told


def missing(*paths: str) -> list[str]:
    return [f"{path} file-missing" for path in paths]


def link_to_the_same(site: Path) -> None:
    (site / PAGE).rename(site.parent / "elsewhere")
    (site / PAGE).symlink_to(site.parent / "elsewhere")


def folder_by_a_link(site: Path) -> None:
    (site / FOLDER).rename(site.parent / "elsewhere")
    (site / FOLDER).symlink_to(site.parent / "elsewhere", target_is_directory=True)


def folder_by_a_file(site: Path) -> None:
    shutil.rmtree(site / FOLDER)
    (site / FOLDER).write_text("甲", encoding="utf-8")


def file_by_a_folder(site: Path) -> None:
    (site / PAGE).unlink()
    (site / PAGE).mkdir()
    (site / PAGE / "x").write_text("甲", encoding="utf-8")


def file_by(make: Callable[[Path], object]) -> Callable[[Path], None]:
    def replace(site: Path) -> None:
        (site / PAGE).unlink()
        make(site / PAGE)

    return replace


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path.relative_to(Path.cwd())))  # which must be short


def mode(path: str, bits: int) -> Callable[[Path], object]:
    return lambda site: (site / path).chmod(bits)


CASES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "a link to a file": (
        lambda site: (site / "x").symlink_to("index.html"), ["x not-a-file"],
    ),
    "a link to a folder": (
        lambda site: (site / "x").symlink_to("about", target_is_directory=True), ["x not-a-file"],
    ),
    "a link out of the site": (lambda site: (site / "x").symlink_to("/etc"), ["x not-a-file"]),
    "a link to nothing": (lambda site: (site / "x").symlink_to("nothing"), ["x not-a-file"]),
    "a link to itself": (lambda site: (site / "x").symlink_to("x"), ["x not-a-file"]),
    "a file by a link to the same": (
        link_to_the_same, [*missing(PAGE), f"{PAGE} not-a-file"],
    ),
    "a folder by a link to the same": (
        folder_by_a_link, [f"{FOLDER} not-a-file", *missing(*OF_FOLDER)],
    ),
    "a folder by a file": (folder_by_a_file, [f"{FOLDER} file-added", *missing(*OF_FOLDER)]),
    "a file by a folder": (file_by_a_folder, [*missing(PAGE), f"{PAGE}/x file-added"]),
    "a file by an empty folder": (
        file_by(lambda path: path.mkdir()), [*missing(PAGE), f"{PAGE} folder-empty"],
    ),
    "a file by a pipe": (file_by(os.mkfifo), [*missing(PAGE), f"{PAGE} not-a-file"]),
    "a file by a socket": (file_by(listening), [*missing(PAGE), f"{PAGE} not-a-file"]),
    "a pipe": (lambda site: os.mkfifo(site / "x"), ["x not-a-file"]),
    "an empty folder": (lambda site: (site / "x/y").mkdir(parents=True), ["x/y folder-empty"]),
    "a hidden file": (lambda site: (site / ".x").write_bytes(b""), [".x file-added"]),
    "a hidden folder": (
        lambda site: shutil.copytree(site / "about", site / ".git"), [".git/index.html file-added"],
    ),
    "a packed twin": (
        lambda site: (site / f"{PAGE}.gz").write_bytes(b""), [f"{PAGE}.gz file-added"],
    ),
    "a name of several lines": (
        lambda site: (site / "a\nb").write_bytes(b""), ["a\nb name-unfit"],
    ),
    "a name in no encoding": (
        lambda site: Path(os.fsdecode(os.fsencode(site) + b"/\xff")).write_bytes(b""),
        ["\\xff name-unfit"],
    ),
    "a file that others cannot read": (mode(PAGE, 0o640), [f"{PAGE} mode-wrong"]),
    "a folder that others cannot enter": (mode(FOLDER, 0o750), [f"{FOLDER} mode-wrong"]),
    "a folder that others only list": (mode(FOLDER, 0o754), [f"{FOLDER} mode-wrong"]),
    "a site that others cannot enter": (mode("", 0o700), [". mode-wrong"]),
    "a file that anybody may change": (mode(PAGE, 0o666), [f"{PAGE} mode-wrong"]),
    "a manifest that others cannot read": (
        mode("manifest.json", 0o600), ["manifest.json mode-wrong"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_each_kind_of_thing_is_told(
    site: Path,
    case: tuple[Callable[[Path], object], list[str]],
    inspect: Callable[[Path], list[str]],
) -> None:
    change, expected = case
    with contextlib.chdir(site):
        change(site)
    assert inspect(site) == sorted(expected)


def test_nothing_is_told_of_a_site_that_is_whole(
    whole: Path, tmp_path: Path, inspect: Callable[[Path], list[str]]
) -> None:
    """Also where its folder is a link, as the one to the release that is public."""
    (tmp_path / "current").symlink_to(whole)
    assert inspect(whole) == inspect(tmp_path / "current") == []


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda path: path.symlink_to("index.html"), "not-a-file"),
        (os.mkfifo, "not-a-file"),
        (Path.mkdir, "not-a-file"),
        (lambda path: None, "manifest-missing"),
    ],
    ids=["link", "pipe", "folder", "nothing"],
)
def test_a_manifest_that_is_no_file_is_one_line(
    site: Path,
    make: Callable[[Path], object],
    rule: str,
    inspect: Callable[[Path], list[str]],
) -> None:
    (site / "manifest.json").unlink()
    make(site / "manifest.json")
    assert inspect(site) == [f"manifest.json {rule}"]


def test_a_folder_that_is_none_is_one_line(site: Path) -> None:
    """Whether something else stands there or nothing."""
    for path, rule in ((site / PAGE, "not-a-file"), (site / "nothing", "file-unreadable")):
        with pytest.raises(Faulty, match=rule):
            inventory.look(path)


def changed_bytes(site: Path, path: str, data: bytes) -> str:
    (site / path).write_bytes((site / path).read_bytes() + (data or b"x"))
    return path


def removed(site: Path, path: str, _: bytes) -> str:
    (site / path).unlink()
    if not any((site / path).parent.iterdir()):
        (site / path).parent.rmdir()
    return path


def replaced(site: Path, path: str, data: bytes) -> str:
    kinds: list[Callable[[Path], object]] = [
        lambda file: file.symlink_to(site.parent), os.mkfifo, Path.mkdir,
    ]  # fmt: skip
    (site / path).unlink()
    kinds[len(data) % len(kinds)](site / path)
    return path


def closed(site: Path, path: str, data: bytes) -> str:
    (site / path).chmod(len(data) * 8 & 0o770)
    return path


def added(site: Path, path: str, data: bytes) -> str:
    kinds: list[Callable[[Path], object]] = [
        lambda file: file.write_bytes(data), lambda file: file.symlink_to(path),
        os.mkfifo, Path.mkdir,
    ]  # fmt: skip
    name = f"{path}{data.hex()[:8]}~"
    kinds[len(data) % len(kinds)](site / name)
    return name


CHANGES = [changed_bytes, removed, replaced, closed, added]


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scratch")


@settings(max_examples=100, deadline=None)
@given(change=st.sampled_from(CHANGES), path=st.sampled_from(sorted(FILES)), data=st.binary())
def test_any_one_change_is_told_with_its_path(
    whole: Path,
    scratch: Path,
    change: Callable[[Path, str, bytes], str],
    path: str,
    data: bytes,
) -> None:
    shutil.rmtree(scratch / "site", ignore_errors=True)
    site = shutil.copytree(whole, scratch / "site")
    changed = change(site, path, data)
    told = {problem.place.path for problem in manifest.audit(site, manifest.read(site))}
    assert changed in told
