"""The survey: what of a project may become public, and a problem for whatever else stands there.

Nothing else in the package lists ``content/`` and ``data/``. No link is followed: what it leads to
is for somebody else to say.
"""

from __future__ import annotations

import itertools
import operator
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..facts.files import read_start, symbolic_link
from ..problem import Faulty, Place, Problem
from .public import (
    APPROVAL,
    ATTACHMENT,
    ATTACHMENTS,
    ITEM,
    KIND,
    NARRATIVE,
    NOTICE_FOLDER,
    PAGE,
    PUBLISHER,
    ROOMS,
    SYNONYMS,
    Room,
    address_of,
    is_made,
)

_LONGEST = 200  # bytes of a name: with `.br` behind it, it must still be one to any file system
_DEEPEST = 8  # folders within folders
_MOST = 20_000  # entries of a folder
_ENOUGH = 200  # problems: more of them say nothing more
_LARGEST = 20_000_000  # bytes of a picture or document


@dataclass
class Public:
    """What may become public, as paths from the root of the project, sorted."""

    pages: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    narratives: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    publishers: list[str] = field(default_factory=list)
    synonyms: list[str] = field(default_factory=list)
    """The one file of them, where there is one."""
    items: dict[str, list[str]] = field(default_factory=dict)
    """The files of items by the id of their notice: each folder in ``data/notices/`` has some."""
    approvals: dict[str, list[str]] = field(default_factory=dict)
    """What reviewers have signed, by the id of the notice, and the signatures."""


Surveyed = tuple[Public, list[Problem]]
"""What of a project may become public, and a problem for whatever else stands there."""


def survey(root: Path) -> Surveyed:
    """Return what of ``root`` may become public, and a problem for whatever else stands there.

    Files of facts are not opened; of an attachment the beginning is read.
    """
    walk = _Walk(root)
    for name, room in ROOMS.items():
        walk.enter(name, room)
    walk.look_for_links("theme")
    return walk.public, [*walk.problems, *_one_source_each(walk.public)]


def _one_source_each(public: Public) -> Iterator[Problem]:
    """Yield what would take the address of something else."""
    sources: dict[str, str] = {}
    for path in sorted([*public.pages, *public.attachments]):
        address = address_of(path)
        first = sources.setdefault(address, path)
        shown = address.removesuffix("index.html")
        if is_made(address):
            folder, _, rest = address.partition("/")
            message = f"网址 {shown} 由程序自己使用，请换一个名字"
            if rest not in ("", "index.html"):
                message = f"网址 {folder}/ 下面由程序自己使用，请放进别的文件夹"
        elif first != path:
            message = f"网址 {shown} 已经是 {first} 的，请改名或者合并"
        else:
            continue
        yield Problem(Place(path), "same-address", message)


class _Walk:
    """Goes through folders once, following nothing, and sorts what it meets."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._kinds: dict[tuple[int, str], str | None] = {}
        self.public = Public()
        self.problems: list[Problem] = []

    def enter(self, folder: str, room: Room, depth: int = 0) -> None:
        """Sort what stands in ``folder``, which need not be there."""
        if depth > _DEEPEST:
            self.refuse(folder, "stray-file", f"文件夹套得太深了，最多{_DEEPEST}层")
            return
        if not (depth or self._is_folder(folder)):
            return
        for entry in self._entries(folder):
            if len(self.problems) >= _ENOUGH:
                return
            path = f"{folder}/{entry.name}"
            kind = self._kinds.get((id(room), entry.name))  # as of many in folders alike
            if kind and kind != ATTACHMENT and entry.is_file(follow_symlinks=False):
                self._list(path, kind)
            elif fault := _unusable(entry.name):
                self.refuse(path, "file-name", fault)
            elif entry.is_dir(follow_symlinks=False):
                self._folder(path, room, depth)
            elif entry.is_file(follow_symlinks=False):
                self._file(path, room)
            elif entry.is_symlink():
                self._link(path, room)
            else:
                self.refuse(path, "stray-file", f"这不是一个普通的文件；{room.says}")

    def look_for_links(self, folder: str) -> None:
        """Refuse the links below ``folder``, whatever else stands there."""
        if not self._is_folder(folder):
            return
        for entry in self._entries(folder):
            path = f"{folder}/{entry.name}"
            if entry.is_symlink():
                self.problems.append(symbolic_link(path))
            elif entry.is_dir(follow_symlinks=False) and path.count("/") <= _DEEPEST:
                self.look_for_links(path)

    def _is_folder(self, path: str) -> bool:
        try:
            mode = (self.root / path).lstat().st_mode
        except OSError:
            return False
        if stat.S_ISLNK(mode):
            self.problems.append(symbolic_link(path))
        elif not stat.S_ISDIR(mode):
            self.refuse(path, "unreadable", "这里应是一个文件夹")
        return stat.S_ISDIR(mode)

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self.root / folder) as entries:
                found = [*itertools.islice(entries, _MOST + 1)]
        except OSError:
            self.refuse(folder, "unreadable", "读不了这个文件夹")
            return []
        if len(found) > _MOST:
            self.refuse(folder, "stray-file", f"这个文件夹里有{_MOST}个以上的文件，多半放错了")
            return []
        return sorted(found, key=operator.attrgetter("name"))

    def _folder(self, path: str, room: Room, depth: int) -> None:
        name = path.rpartition("/")[2]
        for pattern, inner in room.rooms.items():
            if re.fullmatch(pattern, name):
                if inner is NOTICE_FOLDER:
                    self.public.items.setdefault(name, [])
                self.enter(path, inner, depth + 1)
                return
        self._refuse_by_name(path, f"{name}/", room)

    def _link(self, path: str, room: Room) -> None:
        self.problems.append(symbolic_link(path))
        if self._kind(path, room) == ITEM:  # it is there, though it cannot be read
            self._file(path, room)

    def _file(self, path: str, room: Room) -> None:
        name, kind = path.rpartition("/")[2], self._kind(path, room)
        if kind is None:
            self._refuse_by_name(path, name, room)
        elif kind == ATTACHMENT:
            self._attachment(path, name, room)
        else:
            self._list(path, kind)

    def _list(self, path: str, kind: str) -> None:
        if kind == ITEM:
            self.public.items[path.split("/")[2]].append(path)
        elif kind == APPROVAL:
            self.public.approvals.setdefault(path.split("/")[2], []).append(path)
        elif kind in (lists := self._lists()):
            lists[kind].append(path)

    def _kind(self, path: str, room: Room) -> str | None:
        """Return what a file is by its name, which many have in folders alike."""
        name = path.rpartition("/")[2]
        known = (id(room), name)
        if known not in self._kinds:
            kinds = (kind for pattern, kind in room.files.items() if re.fullmatch(pattern, name))
            self._kinds[known] = next(kinds, None)
        return self._kinds[known]

    def _lists(self) -> dict[str, list[str]]:
        """Return where files are listed that are of no notice, by what they are."""
        public = self.public
        named = {
            KIND: public.kinds,
            PUBLISHER: public.publishers,
            SYNONYMS: public.synonyms,
        }
        return {PAGE: public.pages, NARRATIVE: public.narratives, **named}

    def _attachment(self, path: str, name: str, room: Room) -> None:
        if unicodedata.normalize("NFKC", name.casefold()) != name:
            self._refuse_by_name(path, name, room)
            return
        ending = name.rpartition(".")[2]
        try:
            start = read_start(self.root, path, _LARGEST)
        except Faulty as fault:
            self.problems += fault.problems
            return
        if re.match(ATTACHMENTS[ending], start, re.DOTALL):
            self.public.attachments.append(path)
        else:
            self.refuse(path, "attachment-type", _mistyped(ending, start))

    def _refuse_by_name(self, path: str, name: str, room: Room) -> None:
        for pattern, message in room.names.items():
            if pattern.endswith("/") == name.endswith("/") and re.fullmatch(pattern, name):
                self.refuse(path, "file-name", message)
                return
        self.refuse(path, "stray-file", f"{room.says}；其他的请移走")

    def refuse(self, path: str, rule: str, message: str) -> None:
        self.problems.append(Problem(Place(path), rule, message))


def _mistyped(ending: str, start: bytes) -> str:
    """Return what to do with a file that is not what its name says."""
    others = (name for name, begins in ATTACHMENTS.items() if re.match(begins, start, re.DOTALL))
    if other := next(others, ""):
        return f"内容是 {other}，不是 {ending}：扩展名改成 .{other}，或者用软件另存为 {ending}"
    return f"内容不是 {ending}，请用软件另存为 {ending}"


def _unusable(name: str) -> str:
    """Return what is wrong with a name whatever it names, or ""."""
    try:
        length = len(name.encode())
    except UnicodeEncodeError:  # bytes that no encoding of this system gives
        return "文件名不是 UTF-8 编码，请改名"
    if not name.isprintable():
        return "文件名里有看不见的字符，请改名"
    return f"文件名太长了，最多{_LONGEST // 3}个汉字" if length > _LONGEST else ""
