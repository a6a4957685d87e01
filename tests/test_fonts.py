"""The fonts of official documents: from Debian's package, once, and only those that we know."""

from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from notices.command import main
from notices.outputs.exports import fandol, needs
from notices.outputs.exports.gbt9704 import FACES

APT = """#!/bin/sh
echo "$@" >>"$LOG"
case "$*" in
  *lists=*update*) exit 0 ;;
  *lists=*download*) ;;
  *download*) [ -z "$NO_LISTS" ] || exit 100 ;;
esac
[ -z "$OFFLINE" ] || exit 100
cp "$PACKAGE" texlive-lang-chinese_1_all.deb
"""
"""In place of apt-get: it copies a package, unless it has no lists of its own, or no network."""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], Path]:
    """A machine without fonts: let the package have them or others, return where they are put."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "apt-get").write_text(APT)
    (programs / "dpkg-deb").write_text('#!/bin/sh\ncat "$2"\n')
    for program in programs.iterdir():
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("LOG", str(tmp_path / "log"))
    monkeypatch.setenv("PACKAGE", str(tmp_path / "package"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("NOTICES_FONTS", raising=False)
    found = {name: needs.font_files()[name] for name in needs.FANDOL}
    own = tmp_path / "own"
    monkeypatch.setattr(needs, "OWN", own)
    monkeypatch.setattr(needs, "_FOLDERS", (own,))

    def prepare(sound: bool) -> Path:
        with tarfile.open(tmp_path / "package", "w") as archive:
            for name, path in found.items():
                data = path.read_bytes() if sound else b"other"
                member = tarfile.TarInfo(f"./usr/share/{name}")
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
        return own

    return prepare


def calls(folder: Path) -> list[str]:
    return (folder / "log").read_text().splitlines()


def test_digests_are_those_of_all_faces() -> None:
    assert fandol.DIGESTS.keys() == {face.file for face in FACES.values()}


def test_fonts_are_fetched_once_for_all_installations(
    machine: Callable[[bool], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = machine(True)
    assert main(["needs"]) == 0
    assert {path.name for path in own.iterdir()} == needs.FANDOL
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in own.iterdir())
    for path in own.iterdir():
        path.unlink()
    assert main(["needs"]) == 0
    assert [*needs.missing()] == []
    assert len(calls(tmp_path)) == 1
    assert capsys.readouterr() == ("", "")


def test_a_system_without_lists_gets_some_of_our_own(
    machine: Callable[[bool], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine(True)
    monkeypatch.setenv("NO_LISTS", "1")
    assert main(["needs"]) == 0
    assert [*needs.missing()] == []
    assert len(calls(tmp_path)) == 3


@pytest.mark.parametrize("why", ["offline", "others", "none"])
def test_without_them_a_line_says_so_and_others_are_taken(
    machine: Callable[[bool], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    why: str,
) -> None:
    own = machine(why != "others")
    if why == "offline":
        monkeypatch.setenv("OFFLINE", "1")
    if why == "none":
        monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["needs"]) == 0
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 1
    assert "texlive-lang-chinese" in told
    assert "NOTICES_FONTS" in told
    assert not own.exists() or not [*own.iterdir()]
    assert {*needs.font_files()} == {*needs.SPARE}
