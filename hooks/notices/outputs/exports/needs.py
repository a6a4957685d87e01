"""Needs: what making a PDF takes from the system, where it is looked for, and what to install."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from ...digest import digest
from ...problem import Faulty, Place, Problem
from .gbt9704 import FACES

_FANDOL = "texlive-lang-chinese"
SPARE = "NotoSerifCJK-Regular.ttc"
"""Has the characters that the others have not."""
FONTS = {face.file: _FANDOL for face in FACES.values()} | {SPARE: "fonts-noto-cjk"}
"""The files of the fonts, and the package of Debian that holds each."""
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
_VERSIONS = {"libpango-1.0.so.0": "pango_version_string", "libharfbuzz.so.0": "hb_version_string"}
_TEX = "fonts/opentype/public/fandol"
_FOLDERS = (
    f"/usr/share/texlive/texmf-dist/{_TEX}",
    f"/usr/share/texmf-dist/{_TEX}",
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-serif-cjk-fonts",
)
_DIRECTORY = 4096  # bytes; in the first of them a font lists its tables, each with a checksum


def font_files() -> dict[str, Path]:
    """Return where each font is, by its file's name; what is nowhere is not in it.

    The folder that ``NOTICES_FONTS`` names comes before those where systems keep them.
    """
    folders = [Path(each) for each in (os.environ.get("NOTICES_FONTS"), *_FOLDERS) if each]
    found = {name: [*filter(Path.is_file, (each / name for each in folders))] for name in FONTS}
    return {name: paths[0] for name, paths in found.items() if paths}


def missing() -> Iterator[tuple[str, str]]:
    """Yield what is missing, and the package that has it."""
    found = font_files()
    yield from ((name, package) for name, package in FONTS.items() if name not in found)
    # Elsewhere libraries have other names, and WeasyPrint knows them.
    if sys.platform == "linux":
        for name, package in LIBRARIES.items():
            if _library(name) is None:
                yield name, package


def require(path: str) -> None:
    """Raise Faulty when something is missing without which the file ``path`` cannot be made."""
    lacking = [*missing()]
    if lacking:
        packages = " ".join(dict.fromkeys(package for _, package in lacking))
        message = (
            f"排版 PDF 缺少 {'、'.join(name for name, _ in lacking)}。请先安装，在 Debian 上运行 "
            f"sudo apt-get install --no-install-recommends {packages}；"
            "字体在别处的，用环境变量 NOTICES_FONTS 指出文件夹"
        )
        raise Faulty(Problem(Place(path), "fonts-missing", message))


def versions() -> str:
    """Return a name for the fonts and libraries: with others, a PDF has other bytes."""
    fonts = []
    for name, path in sorted(font_files().items()):
        with path.open("rb") as file:
            fonts.append(f"{name} {path.stat().st_size}".encode() + file.read(_DIRECTORY))
    return digest(*fonts, *(_version(*each).encode() for each in _VERSIONS.items()))


def _version(library: str, function: str) -> str:
    loaded = _library(library)
    if loaded is None:
        return ""
    ask = getattr(loaded, function)
    ask.restype = ctypes.c_char_p
    return f"{library} {ask().decode()}"


def _library(name: str) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None
