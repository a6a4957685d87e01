"""Checkouts: what a commit holds, byte for byte, in a folder.

Neither attributes nor filters nor settings of git have a say in it: files are the bytes that the
commit names, and nothing but files is taken out of one.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..problem import Faulty, Place, Problem, writing
from .git import Repository, TreeEntry

_FILE, _FOLDER = 0o644, 0o755
_LINK = "120000"
_LONGEST = 255  # bytes of a name
_ALGORITHMS = {40: "sha1", 64: "sha256"}
"""How git names what it keeps, by the length of the names."""


def extract(repository: Repository, commit: str, folder: Path, *paths: str) -> list[Problem]:
    """Write the files at or below ``paths`` of ``commit`` into ``folder``, which must exist.

    Return a problem for each that may not be written; who may read them does not depend on us.
    """
    wanted: dict[str, list[Path]] = {}
    problems = []
    for entry in repository.entries(commit, *paths):
        if refused := _refused(entry):
            problems.append(Problem(Place(entry.path.decode(errors="backslashreplace")), *refused))
        else:
            wanted.setdefault(entry.name, []).append(folder / os.fsdecode(entry.path))
    made = {folder}
    for name, data in repository.contents(wanted):
        for path in wanted[name]:
            _make_folder(path.parent, made)
            _write(path, data)
    return problems


def holds(repository: Repository, commit: str, root: Path, *folders: str) -> bool:
    """Tell whether the files below ``folders`` of ``root`` are those of ``commit``, and no others.

    All of them, whatever git was told to ignore or to take for unchanged.
    """
    there = {entry.path: entry for entry in repository.entries(commit, *folders)}
    algorithm = _ALGORITHMS[len(commit)]
    for path in _standing(root, folders):
        entry = there.pop(os.fsencode(path.relative_to(root)), None)
        if entry is None or not _is(path, entry, algorithm):
            return False
    return not there


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


def _standing(root: Path, folders: Iterable[str]) -> Iterator[Path]:
    """Yield whatever stands below ``folders`` of ``root``, but for folders; no link is followed."""
    for name in folders:
        top = root / name
        if not top.is_dir() or top.is_symlink():
            yield from [top] if os.path.lexists(top) else []
            continue
        for place, inner, files in os.walk(top, onerror=_cannot_read):
            links = (each for each in inner if (Path(place) / each).is_symlink())
            yield from (Path(place) / each for each in (*files, *links))


def _cannot_read(error: OSError) -> None:
    raise Faulty(Problem(Place(str(error.filename)), "unreadable", "读不了这个文件夹"))


def _is(path: Path, entry: TreeEntry, algorithm: str) -> bool:
    """Tell whether what stands at ``path`` is ``entry``; a link never is, wherever it leads."""
    try:
        plain = stat.S_ISREG(path.lstat().st_mode) and entry.is_file()
        return plain and _name(path.read_bytes(), algorithm) == entry.name
    except OSError as error:
        raise Faulty(Problem(Place(str(path)), "unreadable", "读不了这个文件")) from error


def _name(data: bytes, algorithm: str) -> str:
    """Return what git calls a file of this content."""
    made = hashlib.new(algorithm, b"blob %d\0" % len(data), usedforsecurity=False)
    made.update(data)
    return made.hexdigest()
