"""Checkouts: what a commit holds, byte for byte, in a folder.

Neither attributes nor filters nor settings of git have a say in it: files are the bytes that the
commit names, and nothing but files is taken out of one.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from ..cache import Drawer
from ..digest import digest
from ..problem import Place, Problem, writing
from ..stamp import is_settled, stamp_of
from .git import Repository, TreeEntry

_FILE, _FOLDER = 0o644, 0o755
_FEW = 500  # of so many files, one is read again sooner than all are told
_LINK = "120000"
_LONGEST = 255  # bytes of a name
_ALGORITHMS = {40: "sha1", 64: "sha256"}
"""How git names what it keeps, by the length of the names."""
USUAL = 40


def extract(
    repository: Repository,
    commit: str,
    folder: Path,
    *paths: str,
    wanted: Callable[[str], bool] = lambda _: True,
) -> list[Problem]:
    """Write the files at or below ``paths`` of ``commit``, as far as they are ``wanted``, into
    ``folder``, which must exist.

    Return a problem for each that may not be written; who may read them does not depend on us.
    """
    taken: dict[str, list[Path]] = {}
    problems = []
    for entry in repository.entries(commit, *paths):
        path = os.fsdecode(entry.path)
        if refused := _refused(entry):
            problems.append(Problem(Place(entry.path.decode(errors="backslashreplace")), *refused))
        elif wanted(path):
            taken.setdefault(entry.name, []).append(folder / path)
    made = {folder}
    for name, data in repository.contents(taken):
        for target in taken[name]:
            _make_folder(target.parent, made)
            _write(target, data)
    return problems


def names_of(
    root: Path, *folders: str, kept: Drawer | None = None, length: int = USUAL
) -> dict[str, str | None]:
    """Return what git calls the files below ``folders`` of ``root``, by their path, in names of
    this ``length``; None for whatever is no file, or cannot be read.

    All of them, whatever git was told to ignore or to take for unchanged. ``kept`` is a room that
    keeps how each stood when it was read, so that it need not be read again.
    """
    names: dict[str, str | None] = {}
    seen = _Seen(root, kept, length)
    for path, details in _standing(root, folders):
        # A link is no file, wherever it leads.
        names[path] = seen.name(path, details) if stat.S_ISREG(details.st_mode) else None
    seen.keep()
    return names


def is_committed(
    repository: Repository, commit: str, names: Mapping[str, str | None], *folders: str
) -> bool:
    """Tell whether files of these ``names`` are those of ``commit`` below ``folders``, and no
    others.
    """
    there = {
        os.fsdecode(each.path): each.name if each.is_file() else ""
        for each in repository.entries(commit, *folders)
    }
    return there == names


def changed(repository: Repository, root: Path) -> list[str]:
    """Return the files of the project in ``root`` that differ from the last commit, wherever in it
    they stand; what git does not know is none of them.
    """
    top = root.resolve()
    for _ in range(repository.prefix.count("/")):
        top = top.parent
    there = ("-C", str(root.resolve()), f"--work-tree={top}")
    how = ("--porcelain", "-z", "--untracked-files=no", "--no-renames", "--", ".")
    said = repository.ask_bytes(*there, "status", *how)
    names = (name.decode(errors="backslashreplace")[3:] for name in said.split(b"\0") if name)
    return [name.removeprefix(repository.prefix) for name in names]


def _refused(entry: TreeEntry) -> tuple[str, str] | None:
    """Return the rule by which ``entry`` may not be written, and why; None when it may."""
    if entry.mode == _LINK:
        return "stray-file", "这是一个链接，请换成文件本身"
    if not entry.is_file():
        return "stray-file", "这是一个子模块，请换成文件本身"
    parts = entry.path.split(b"/")
    if any(part.lower() in (b"", b".", b"..", b".git") for part in parts):
        return "file-name", "文件和文件夹不能用这样的名字"
    try:
        entry.path.decode()
    except UnicodeDecodeError:
        return "file-name", "文件名不是 UTF-8 编码，请改名"
    return ("file-name", "文件名太长") if max(map(len, parts)) > _LONGEST else None


def _make_folder(folder: Path, made: set[Path]) -> None:
    if folder not in made:
        _make_folder(folder.parent, made)
        folder.mkdir(exist_ok=True)
        folder.chmod(_FOLDER)
        made.add(folder)


def _write(path: Path, data: bytes) -> None:
    with writing(path), path.open("xb") as file:
        file.write(data)
        os.fchmod(file.fileno(), _FILE)


class _Seen:
    """What git calls the files below ``root``, those that were read before without reading."""

    def __init__(self, root: Path, kept: Drawer | None, length: int) -> None:
        self._root, self._kept, self._length = root, kept, length
        # Stamps as plain tuples, which are read in a third of the time.
        self._before: dict[str, tuple[tuple[int, ...], str]] = {}
        self._now: dict[str, tuple[tuple[int, ...], str]] = {}
        self._started = time.time_ns()
        if known := kept and kept.get(self._entry):
            self._before = pickle.loads(known)  # the cache gives nothing that is not ours

    @property
    def _entry(self) -> str:
        return digest(os.fsencode(self._root.resolve()), str(self._length).encode())

    def name(self, path: str, details: os.stat_result) -> str | None:
        """Return what git calls the content of the file ``path``, which has these ``details``; None
        when it cannot be read.
        """
        stamp = stamp_of(details)
        known = self._before.get(path)
        if known is None or known[0] != stamp:
            try:
                known = tuple(stamp), blob_name((self._root / path).read_bytes(), self._length)
            except OSError:
                return None
        if is_settled(stamp, self._started):
            self._now[path] = known
        return known[1]

    def keep(self) -> None:
        """Keep how the files stand, for the next time, when that saves some reading."""
        new = len(self._now.items() - self._before.items())
        if self._kept and new > len(self._before) // _FEW:
            self._kept.set(self._entry, pickle.dumps(self._now, pickle.HIGHEST_PROTOCOL))
            self._kept.forget({self._entry}, spare=1)


def _standing(root: Path, folders: Iterable[str]) -> Iterator[tuple[str, os.stat_result]]:
    """Yield whatever stands below ``folders`` of ``root``, but for folders; no link is followed."""
    for name in folders:
        top = root / name
        if top.is_dir() and not top.is_symlink():
            yield from _below(os.fspath(top), name)
        elif os.path.lexists(top):
            yield name, top.lstat()


def _below(folder: str, path: str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        with os.scandir(folder) as found:
            entries = [*found]
    except OSError:
        return  # whoever loads what stands there tells
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path, f"{path}/{entry.name}")
        else:
            yield f"{path}/{entry.name}", entry.stat(follow_symlinks=False)


def blob_name(data: bytes, length: int = USUAL) -> str:
    """Return what git calls a file of this content, in a name of this length."""
    made = hashlib.new(_ALGORITHMS[length], b"blob %d\0" % len(data), usedforsecurity=False)
    made.update(data)
    return made.hexdigest()
