"""Checkouts: what a commit holds, byte for byte, in a folder.

Neither attributes nor filters nor settings of git have a say in it: files are the bytes that the
commit names, and nothing but files is taken out of one.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import stat
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from ..cache import Drawer
from ..digest import digest
from ..problem import Place, Problem, writing
from ..stamp import Stamp, is_settled, stamp_of
from .git import Repository, TreeEntry

_FILE, _FOLDER = 0o644, 0o755
_FOLDER_ONLY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FEW = 500  # of so many files, one is read again sooner than all are told
_LINK = "120000"
_FILES = ("100644 blob ", "100755 blob ")  # as git tells of plain files
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
    seen = _Seen(root, kept, length)
    names = seen.names(_standing(root, folders))
    seen.keep()
    return names


def is_committed(
    repository: Repository, commit: str, names: Mapping[str, str | None], *folders: str
) -> bool:
    """Tell whether files of these ``names`` are those of ``commit`` below ``folders``, and no
    others.
    """
    return _committed(repository, commit, folders) == names


def _committed(repository: Repository, commit: str, folders: Iterable[str]) -> dict[str, str]:
    """Return what git calls the content of each file below ``folders`` in ``commit``, by its path;
    "" where there is no plain file. As :meth:`Repository.entries`, and for an archive sooner.
    """
    prefix = repository.prefix
    how = ("-r", "-z", "--full-tree", commit, "--", *(prefix + each for each in folders))
    listing = os.fsdecode(repository.ask_bytes("ls-tree", *how)).split("\0")[:-1]
    # Each line is a mode and a type, the name, a tab and the path.
    start, end = len(_FILES[0]), len(_FILES[0]) + len(commit)
    return {
        line[end + 1 :].removeprefix(prefix): line[start:end] if line.startswith(_FILES) else ""
        for line in listing
    }


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
        # Two tables, which are compared as a whole sooner than file by file.
        self._stamps: dict[str, Stamp] = {}
        self._names: dict[str, str] = {}
        if known := kept and kept.get(self._entry):
            self._stamps, self._names = marshal.loads(known)  # the cache gives what is ours alone
        self._read = 0

    @property
    def _entry(self) -> str:
        said = (str(self._root.resolve()), str(self._length), sys.version)
        return digest(*map(os.fsencode, said))

    def names(self, standing: Mapping[str, Stamp | None]) -> dict[str, str | None]:
        """Return what git calls the content of each file that stands so; None when it is no file,
        or cannot be read.
        """
        started = time.time_ns()
        stamps, names = self._stamps, self._names
        changed = [
            path for path, stamp in standing.items() if stamp is None or stamps.get(path) != stamp
        ]
        for path in stamps.keys() - standing.keys():
            del stamps[path], names[path]
        unknown: dict[str, str | None] = {}
        for path in changed:
            stamp, name = standing[path], self._name(path) if standing[path] else None
            if stamp and name and is_settled(stamp, started):
                stamps[path], names[path] = stamp, name
                self._read += 1
            else:
                stamps.pop(path, None), names.pop(path, None)
                unknown[path] = name
        return {**names, **unknown}

    def _name(self, path: str) -> str | None:
        try:
            return blob_name((self._root / path).read_bytes(), self._length)
        except OSError:
            return None

    def keep(self) -> None:
        """Keep how the files stand, for the next time, when that saves some reading."""
        if self._kept and self._read > len(self._names) // _FEW:
            self._kept.set(self._entry, marshal.dumps((self._stamps, self._names)))
            self._kept.forget({self._entry}, spare=1)


def _standing(root: Path, folders: Iterable[str]) -> dict[str, Stamp | None]:
    """Return whatever stands below ``folders`` of ``root``, but for folders, by its path: a file
    with its stamp, anything else without. No link is followed.
    """
    found: dict[str, Stamp | None] = {}
    for name in folders:
        with contextlib.suppress(FileNotFoundError):
            _take(name, os.fspath(root / name), (root / name).lstat(), found)
    return found


def _take(path: str, place: str, details: os.stat_result, found: dict[str, Stamp | None]) -> None:
    if stat.S_ISDIR(details.st_mode):
        # Whoever loads what stands in a folder tells when it cannot be read.
        with contextlib.suppress(OSError):
            _below(path, place, found)
    else:
        found[path] = stamp_of(details) if stat.S_ISREG(details.st_mode) else None


def _below(path: str, place: str, found: dict[str, Stamp | None]) -> None:
    folder = os.open(place, _FOLDER_ONLY)
    try:
        for name in os.listdir(folder):  # noqa: PTH208 (by number, of ten thousands of files)
            details = os.stat(name, dir_fd=folder, follow_symlinks=False)
            if stat.S_ISREG(details.st_mode):
                found[f"{path}/{name}"] = stamp_of(details)
            else:
                _take(f"{path}/{name}", f"{place}/{name}", details, found)
    finally:
        os.close(folder)


def blob_name(data: bytes, length: int = USUAL) -> str:
    """Return what git calls a file of this content, in a name of this length."""
    made = hashlib.new(_ALGORITHMS[length], b"blob %d\0" % len(data), usedforsecurity=False)
    made.update(data)
    return made.hexdigest()
