"""Files from before .docx: another program makes one of them, or a line says how to do it."""

from __future__ import annotations

from pathlib import Path

import pytest

from notices.importing import office
from notices.importing.readers import read_source
from notices.importing.source import Answers
from notices.problem import Faulty
from test_import_docx import texts
from word import p, word

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
NOBODY = Answers()


def install(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program that is called like LibreOffice's where the system looks for it."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@pytest.mark.parametrize("name", ["通报.doc", "通报.WPS"])
def test_another_program_makes_a_docx_of_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is given the file, a profile of its own, and a folder that is gone afterwards."""
    made = tmp_path / "made.docx"
    made.write_bytes(word(p("甲")))
    script = (
        'for last; do :; done; while [ "$1" != --outdir ]; do echo "$1"; shift; done'
        f' >{tmp_path}/told; mkdir "$2"; cp {made} "$2/source.docx"; cp "$last" {tmp_path}/given'
    )
    install(tmp_path, script, monkeypatch)
    assert texts(read_source(OLD, name, NOBODY)) == ["甲"]
    assert (tmp_path / "given").read_bytes() == OLD
    told = (tmp_path / "told").read_text(encoding="utf-8").split("\n")
    profile = Path(told[0].removeprefix("-env:UserInstallation=file://"))
    assert "--headless" in told
    assert not profile.parent.exists()


def test_without_that_program_a_line_says_how_to_do_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Faulty, match=r"import-converter.*没有装 LibreOffice.*另存为.*\.docx"):
        read_source(OLD, "通报.doc", NOBODY)


@pytest.mark.parametrize(("script", "said"), [("exit 1", "转换不了"), ("sleep 60", "还没有完")])
def test_a_program_that_fails_or_hangs_is_told(
    script: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "_SECONDS", 0.5)
    install(tmp_path, script, monkeypatch)
    with pytest.raises(Faulty, match=said):
        read_source(OLD, "通报.doc", NOBODY)


def test_a_docx_is_one_whatever_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert texts(read_source(word(p("甲")), "通报.doc", NOBODY)) == ["甲"]


OTHERS = [
    (b"<html><body>", r"\.html"),
    (b"{\\rtf1 }", "RTF"),
    (OLD + "EncryptedPackage".encode("utf-16-le"), "密码"),
]


@pytest.mark.parametrize(("data", "said"), OTHERS)
def test_what_is_only_called_doc_is_refused_by_its_name(data: bytes, said: str) -> None:
    with pytest.raises(Faulty, match=said):
        read_source(data, "通报.doc", NOBODY)
