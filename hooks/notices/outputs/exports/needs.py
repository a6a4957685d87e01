"""Needs: the fonts of the PDF, and where they are looked for."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from ...digest import digest
from .gbt9704 import FACES

FANDOL = frozenset(face.file for face in FACES.values())
"""The files of the fonts that take the place of those of official documents."""
SPARE = ("NotoSerifSC-Regular.otf", "NotoSansSC-Regular.otf")
"""Those that a Python package brings along: what the others lack comes from them."""
OWN = Path(sys.prefix, "share", "notices", "fonts")
"""Where ``notices needs`` puts fonts: whoever may run the software can read them."""
_PACKAGE = "pylopdf_fonts_zh_cn"
_TEX = "fonts/opentype/public/fandol"
_FOLDERS = (OWN, Path("/usr/share/texlive/texmf-dist", _TEX), Path("/usr/share/texmf-dist", _TEX))
_DIRECTORY = 4096  # bytes; in the first of them a font lists its tables, each with a checksum


def font_files() -> dict[str, Path]:
    """Return where each font is, by its file's name; what is nowhere is not in it.

    The folder that ``NOTICES_FONTS`` names comes before our own and those of TeX.
    """
    named = os.environ.get("NOTICES_FONTS")
    places = {name: [*([Path(named)] if named else []), *_FOLDERS] for name in sorted(FANDOL)}
    places |= {name: [_packed()] for name in SPARE}
    found = {
        name: next((each / name for each in folders if (each / name).is_file()), None)
        for name, folders in places.items()
    }
    return {name: path for name, path in found.items() if path}


def font_folders() -> tuple[Path, ...]:
    """Return the folders that have them, the first one first."""
    return tuple(dict.fromkeys(path.parent.absolute() for path in font_files().values()))


def missing() -> Iterator[str]:
    """Yield the fonts of official documents that are nowhere; others are taken in their place."""
    yield from sorted(FANDOL - font_files().keys())


def versions() -> str:
    """Return a name for the fonts: with others, a PDF has other bytes."""
    fonts = []
    for name, path in sorted(font_files().items()):
        with path.open("rb") as file:
            fonts.append(f"{name} {path.stat().st_size}".encode() + file.read(_DIRECTORY))
    return digest(*fonts)


def _packed() -> Path:
    """Return the folder of the Python package of fonts."""
    found = importlib.util.find_spec(_PACKAGE)
    assert found
    assert found.origin
    return Path(found.origin).parent
