"""The workshop: a folder beside the target, where a site is made before it takes its place.

It holds a mark of ours and, as long as somebody works there, a lock. One that a killed build has
left is known by both, and cleared by the next: a site that was being replaced is put back first.
Nothing without that mark is ever removed.
"""

from __future__ import annotations

import contextlib
import fcntl
import glob
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_MARK = ".gitignore"
_WORDS = "# Made by `notices build`, which removes this folder again.\n*\n"
"""So git, which a build asks what is not committed, does not see what is being made."""
_OLD = "old"
_SUFFIX = ".new"


@contextlib.contextmanager
def workshop(place: Path) -> Iterator[Path]:
    """Yield a new folder to make in what shall stand at ``place``; it is gone afterwards."""
    place.parent.mkdir(parents=True, exist_ok=True)
    _clear(place)
    folder = Path(tempfile.mkdtemp(prefix=f".{place.name}.", suffix=_SUFFIX, dir=place.parent))
    with (folder / _MARK).open("x", encoding="utf-8") as mark:
        _lock(mark)
        # What a killed build has started may still write here.
        os.set_inheritable(mark.fileno(), True)
        mark.write(_WORDS)
        mark.flush()
        try:
            yield folder
        finally:
            _settle(folder, place)


def put(new: Path, place: Path) -> Path | None:
    """Let ``new``, made in a workshop for ``place``, take the place of what stands there; return
    where that is now, until the workshop is gone.
    """
    old = new.with_name(_OLD) if os.path.lexists(place) else None
    if old:
        place.rename(old)
    new.rename(place)
    return old


def _clear(place: Path) -> None:
    """Remove the workshops that killed builds have left."""
    for found in place.parent.glob(f".{glob.escape(place.name)}.*{_SUFFIX}"):
        mark = found / _MARK
        with contextlib.suppress(OSError, UnicodeError):
            if found.is_symlink() or mark.is_symlink() or not mark.is_file():
                continue
            with mark.open(encoding="utf-8") as file:
                if file.read(len(_WORDS) + 1) == _WORDS and _lock(file):
                    _settle(found, place)


def _settle(folder: Path, place: Path) -> None:
    """Remove the workshop ``folder``, once the site that was to be replaced is in its place."""
    old = folder / _OLD
    if old.is_dir() and not os.path.lexists(place):
        old.rename(place)
    shutil.rmtree(folder, ignore_errors=True)


def _lock(mark: IO[str]) -> bool:
    """Tell whether nobody else works where ``mark`` stands; nobody else can as long as it is open.

    The system gives the lock back when all that hold the file open have ended, however they end.
    """
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
