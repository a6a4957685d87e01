"""Inventory: what lies in the folder of a site, of which a web server gives out regular files only.

Everything is looked at with lstat before it is opened: a link may lead anywhere, a pipe never ends.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from ..problem import Faulty, Place, Problem
from ..stamp import Stamp, stamp_of

MANIFEST = "manifest.json"
SIGNATURE = f"{MANIFEST}.sig"
"""What says of a site what it is, and whose; by it one of ours is known."""
_OTHERS_READ, _OTHERS_ENTER = stat.S_IROTH, stat.S_IROTH | stat.S_IXOTH
_OPEN = stat.S_IFMT(0o170000) | _OTHERS_READ | stat.S_IWOTH
_USUAL = stat.S_IFREG | _OTHERS_READ
"""Of the mode of a file, what counts here, and how that mostly is."""
_KINDS = {
    stat.S_IFDIR: "文件夹",
    stat.S_IFLNK: "链接",
    stat.S_IFIFO: "管道",
    stat.S_IFSOCK: "套接字",
    stat.S_IFCHR: "设备",
    stat.S_IFBLK: "设备",
}
# A part of a path that means something else to some system or browser.
_UNFIT = re.compile(r"\.{0,2}|.*[\\\x00-\x1f\x7f].*", re.DOTALL)
_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*").fullmatch  # as most are, and none is unfit

Listed = tuple[Stamp, Sequence[str]]
"""How a folder stands, and the names of all that is in it: the same while it stands so."""
_NOTHING: Mapping[str, Listed] = MappingProxyType({})


class Inventory(NamedTuple):
    """What lies in a folder."""

    files: list[str]
    """The paths of the regular files, sorted."""
    strange: list[Problem]
    """Everything else that no site has: links, pipes, empty folders, names that fit no address."""
    closed: list[Problem]
    """What a web server, which runs as somebody else, cannot read, or anybody may change."""
    stamps: dict[str, Stamp]
    """How each of the files stands."""
    folders: dict[str, Listed]
    """How each of the folders stands, the whole among them as "", and what is in it."""
    started: int
    """When the first was looked at."""


def look(site: Path, known: Mapping[str, Listed] = _NOTHING) -> Inventory:
    """Return what lies in ``site``, which may itself be a link; raise Faulty when it is no folder.

    Nothing is opened but folders, and no link is followed. What is ``known`` of folders need not be
    listed again.
    """
    found = Inventory([], [], [], {}, {}, time.time_ns())
    try:
        details = site.stat()
    except OSError as error:
        raise Faulty(_unreadable(str(site), error)) from error
    if not stat.S_ISDIR(details.st_mode):
        raise Faulty(Problem(Place(str(site)), "not-a-file", "这不是网站所在的文件夹"))
    found.closed.extend(_closed(".", details.st_mode))
    _Looking(os.fspath(site), known, found).enter("", stamp_of(details))
    found.files.sort()
    return found


def read(site: Path, path: str) -> bytes | None:
    """Return the content of the file ``path`` of ``site``, None when nothing is there.

    Raise Faulty when it is no regular file, or cannot be read.
    """
    held = held_in(site, path)
    return held and held[0]


def held_in(site: Path, path: str) -> tuple[bytes, Stamp] | None:
    """Return what the file ``path`` of ``site`` holds, and how it stood then, as :func:`read`."""
    try:
        file = os.open(site / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 (it is open)
            details = os.fstat(file)
            if stat.S_ISREG(details.st_mode):
                return stream.read(), stamp_of(details)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if not (strange := _strange(site / path)):
            raise Faulty(_unreadable(path, error)) from error
    else:
        strange = details.st_mode
    raise Faulty(_no_file(path, strange))


def _strange(path: Path) -> int | None:
    """Return the mode of ``path`` when it is something else than a file: a link, which is not
    followed, a folder or a socket, which cannot be opened.
    """
    with contextlib.suppress(OSError):
        mode = path.lstat().st_mode
        return None if stat.S_ISREG(mode) else mode
    return None


def is_fit(path: str) -> bool:
    """Tell whether ``path`` names a file inside of a site, to every system and browser alike."""
    return not any(map(_UNFIT.fullmatch, path.split("/"))) and _shown(path) == path


def alike(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield those of ``paths`` that are one file where case does not count, with the other one."""
    every = [*paths]
    if len({*map(str.casefold, every)}) == len(every):
        return  # as in most sites, of which many have ten thousands of files
    seen: dict[str, str] = {}
    for path in every:
        if (first := seen.setdefault(path.casefold(), path)) != path:
            yield path, first


class _Looking:
    """Takes all that lies in the folder ``top`` into what was ``found``."""

    def __init__(self, top: str, known: Mapping[str, Listed], found: Inventory) -> None:
        self._top, self._known, self._found = top, known, found

    def enter(self, path: str, stamp: Stamp) -> None:
        """Take what is in the folder ``path``, "" for all, which stands so."""
        found, below = self._found, f"{path}/" if path else ""
        place = f"{self._top}/{below}"
        listed = self._known.get(path)
        if listed is None or listed[0] != stamp:
            try:
                listed = stamp, (*sorted(os.listdir(place)),)  # noqa: PTH208 (of thousands)
            except OSError as error:
                found.strange.append(_unreadable(path or ".", error))
                return
        found.folders[path] = listed
        for name in listed[1]:
            try:
                details = os.lstat(place + name)
            except OSError as error:  # taken away meanwhile
                found.strange.append(_unreadable(f"{below}{_shown(name)}", error))
                continue
            if details.st_mode & _OPEN == _USUAL and _PLAIN(name):  # of ten thousands
                found.files.append(below + name)
                found.stamps[below + name] = stamp_of(details)
            else:
                self._take(name, f"{below}{_shown(name)}", details)
        if not listed[1]:
            message = "这是一个空文件夹，网站里没有空文件夹"
            found.strange.append(Problem(Place(path or "."), "folder-empty", message))

    def _take(self, name: str, path: str, details: os.stat_result) -> None:
        found, mode = self._found, details.st_mode
        if _UNFIT.fullmatch(name) or _shown(name) != name:
            message = "这个名字里有不能出现在网址里的字符"
            found.strange.append(Problem(Place(path), "name-unfit", message))
            return
        found.closed.extend(_closed(path, mode))
        if stat.S_ISDIR(mode):
            self.enter(path, stamp_of(details))
        elif stat.S_ISREG(mode):
            found.files.append(path)
            found.stamps[path] = stamp_of(details)
        else:
            target = str(Path(self._top, path).readlink()) if stat.S_ISLNK(mode) else ""
            found.strange.append(_no_file(path, mode, _shown(target)))


def _closed(path: str, mode: int) -> Iterator[Problem]:
    if stat.S_ISLNK(mode):  # its mode means nothing
        return
    wanted, do = (_OTHERS_ENTER, "进入") if stat.S_ISDIR(mode) else (_OTHERS_READ, "读取")
    shown = f"（权限是 {stat.S_IMODE(mode):04o}）"
    if mode & wanted != wanted:
        yield Problem(Place(path), "mode-wrong", f"网站服务器以别的用户运行，不能{do}这里{shown}")
    if mode & stat.S_IWOTH:
        yield Problem(Place(path), "mode-wrong", f"机器上的任何用户都能改动这里{shown}")


def _no_file(path: str, mode: int, target: str = "") -> Problem:
    kind = _KINDS.get(stat.S_IFMT(mode), "特殊文件")
    leads = f"，指向 {target}" if target else ""
    return Problem(Place(path), "not-a-file", f"这是{kind}{leads}，这里只能是普通文件")


def _unreadable(path: str, error: OSError) -> Problem:
    return Problem(Place(path), "file-unreadable", f"读不了：{error.strerror or error}")


def _shown(name: str) -> str:
    """Return ``name`` as text that can be printed, though it may be none in UTF-8."""
    return name if name.isascii() else os.fsencode(name).decode(errors="backslashreplace")
