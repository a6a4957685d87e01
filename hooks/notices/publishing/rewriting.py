"""Files of facts that are written anew: all of them, or none."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ..facts.files import read_text
from ..problem import Faulty, Place, Problem, unwritable

WORKSHOP = ".notices-ledger-"
"""What the folder is called in which new files wait until all are there, with some characters more.
"""


def rewrite(root: Path, before: Mapping[str, str], files: Mapping[str, str]) -> None:
    """Put ``files`` in the place of what was there ``before``; raise Faulty, and leave all as it
    is, when something else is there by now, or the disk takes nothing.
    """
    for path, text in before.items():
        if read_text(root, path) != text:
            message = "这个文件刚才又改了，什么也没有写：再运行一次"
            raise Faulty(Problem(Place(path), "ledger-conflict", message))
    try:
        folder = Path(tempfile.mkdtemp(prefix=WORKSHOP, dir=root))
        try:
            _put(root, folder, files)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise Faulty(unwritable(error, root)) from error


def _put(root: Path, folder: Path, files: Mapping[str, str]) -> None:
    """Write all files beside those that there are, and then change them over."""
    waiting = []
    for number, (path, text) in enumerate(files.items()):
        new, kept = folder / f"{number}.new", folder / f"{number}.old"
        new.write_bytes(text.encode())
        shutil.copymode(root / path, new)
        shutil.copy2(root / path, kept)
        waiting.append((new, kept, root / path))
    with contextlib.ExitStack() as undo:
        for new, kept, place in waiting:
            undo.callback(os.replace, kept, place)
            new.replace(place)
        undo.pop_all()
