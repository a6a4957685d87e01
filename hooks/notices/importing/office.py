"""Formats from before ``.docx``: LibreOffice makes a ``.docx`` of them, where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import NoReturn

from ..problem import Faulty, Place, Problem
from .docx import read_docx
from .docx.sniffing import OLE, is_encrypted, is_zip, refuse_other
from .source import Answers, Source

SUFFIXES = (".doc", ".wps")
_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 120
_BY_HAND = "请用 Word 或者 WPS 打开这个文件，点“文件”“另存为”，类型选“Word 文档 (*.docx)”，再导入"


def read_office(data: bytes, name: str, answers: Answers) -> Source:
    """Return what the file says once it is a ``.docx``; raise Faulty when it cannot become one.

    One that is a ``.docx`` already, whatever its name, is read as such.
    """
    if is_zip(data):
        return read_docx(data, name, answers)
    if not data.startswith(OLE) or is_encrypted(data):
        refuse_other(data, name)
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        _refuse(name, f"这台机器上没有装 LibreOffice，转换不了；{_BY_HAND}")
    with tempfile.TemporaryDirectory(prefix="notices-") as folder:
        made = _convert(program, data, Path(folder), name)
        return read_docx(made, name, answers)


def _convert(program: str, data: bytes, folder: Path, name: str) -> bytes:
    """Return the file as a ``.docx``; the program gets a profile of its own, and runs alone."""
    source = folder / f"source{Path(name).suffix.lower()}"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = [
        program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nologo",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "made"), str(source),
    ]  # fmt: skip
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            _refuse(name, f"LibreOffice 转换了 {_SECONDS} 秒还没有完；{_BY_HAND}")
        finally:
            _end(process.pid)
    made = folder / "made" / "source.docx"
    if not made.is_file():
        _refuse(name, f"LibreOffice 转换不了这个文件；{_BY_HAND}")
    return made.read_bytes()


def _end(group: int) -> None:
    """End whatever is left of the processes that a program has started."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def _refuse(name: str, message: str) -> NoReturn:
    raise Faulty(Problem(Place(name), "import-converter", message))
