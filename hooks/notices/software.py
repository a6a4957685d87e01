"""The software that is running: where its parts stand, and which version of it this is.

A site is made from two things that must not be mixed up: what people publish, ``content/`` and
``data/`` of a project, and what makes it public, which is always the software that is installed.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from .digest import digest

ROOT = Path(__file__).parents[2]
"""The folder that the software was installed from."""
THEME = ROOT / "theme"
FRAGMENTS = THEME / "fragments"
CONFIGURATION = ROOT / "mkdocs.yml"
PARTS = ("hooks", "theme", "mkdocs.yml", "requirements.txt")
ALONE = {"PYDANTIC_DISABLE_PLUGINS": "__all__"}
"""What a process of ours is told: nothing else that is installed takes part in what it does."""
_MADE = "__pycache__"
"""What Python leaves beside its sources."""


@functools.cache
def version() -> str:
    """Return a name for all that decides how a site is made, the same on every machine."""
    return name_of((PurePosixPath(path.relative_to(ROOT)), path.read_bytes()) for path in _files())


def looks() -> list[tuple[str, int]]:
    """Return how the files of the software stand, by which it is seen that one was written."""
    return [(str(path), path.stat().st_mtime_ns) for path in _files()]


@functools.cache
def code() -> str:
    """Return a name for the package itself, by which what it makes of the same is the same."""
    files = (ROOT / "hooks" / "notices").rglob("*")
    sources = sorted(file for file in files if file.suffix in (".py", ".txt", ".json"))
    return digest(*(source.read_bytes() for source in sources))


@functools.cache
def fragment_names() -> frozenset[str]:
    """Return the names that ``[[name]]`` may take in the pages that people write."""
    return frozenset(path.stem for path in (FRAGMENTS / "site").glob("*.html"))


def name_of(files: Iterable[tuple[PurePosixPath, bytes]]) -> str:
    """Return what :func:`version` is of a software that is these ``files``, by their path in it."""
    parts = (
        part
        for path, content in sorted(files, key=lambda file: file[0].parts)
        if _MADE not in path.parts
        for part in (path.as_posix().encode(), content)
    )
    return digest(*parts)


def state_folder() -> Path:
    """Return the folder for what programs keep of a user; raise OSError when there is none."""
    named = Path(os.environ.get("XDG_STATE_HOME") or "")
    home = Path(os.environ.get("HOME") or "")
    if named.is_absolute():
        return named
    if home.is_absolute() and home.is_dir():
        return home / ".local" / "state"
    raise FileNotFoundError("no home")


def command(module: str, *arguments: str) -> list[str]:
    """Return the command line that runs ``module`` of the software that is running, and never one
    that happens to stand in the folder that we are in.
    """
    return [sys.executable, "-P", "-m", module, *arguments]


def variables(**more: str) -> dict[str, str]:
    """Return the variables for :func:`command`: ours and ``more``, and no other software's.

    Which moment counts, is told by :mod:`notices.history.project`; libraries that are told another
    one would write that down.
    """
    others = ("PYTHONHOME", "SOURCE_DATE_EPOCH")
    kept = {name: value for name, value in os.environ.items() if name not in others}
    own = {"PYTHONPATH": str(ROOT / "hooks"), "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}
    return {**kept, **own, **ALONE, **more}


def _files() -> Iterator[Path]:
    """Yield the files of the software, but for what Python leaves beside them."""
    for part in PARTS:
        found = [ROOT / part]
        for folder, folders, names in os.walk(ROOT / part):
            folders[:] = [each for each in folders if each != _MADE]
            found += [Path(folder, name) for name in names]
        yield from filter(Path.is_file, found)
