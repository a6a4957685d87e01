"""Files as text: what an editor's program may have written, told in words when it is unusable.

Nothing else in the package opens a file of ``content/`` or ``data/``.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from ..problem import Faulty, Place, Problem
from ..text.characters import controls

MAX_BYTES = 1_000_000  # no notice comes near; what does is a picture or an archive by mistake
_START = 16  # bytes, in which every type of file says what it is
# A pipe would make us wait for ever.
_SAFELY = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
# What is in a folder may be read by whoever cannot list it.
_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC
_BOMS = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}


class Shelf:
    """Reads files below the folder ``root``, none of which a link leads to.

    It keeps the folder open that it has read from last: of thousands of files most stand beside
    each other, and each question to the system takes as long as reading a file.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._folder: str | None = None
        self._open = contextlib.ExitStack()
        self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def read_bytes(self, path: str, most: int = MAX_BYTES, count: int = 0) -> bytes:
        """Return the content of ``path``, or the first ``count`` bytes of it; raise Faulty when it
        may not be read.

        Refused: what is missing or no file, what a link leads to, more than ``most`` bytes.
        """
        folder, _, name = path.rpartition("/")
        try:
            if folder != self._folder:
                self._go_to(folder)
            descriptor = os.open(name, _SAFELY, dir_fd=self._descriptor)
            try:
                details = os.fstat(descriptor)
                if not stat.S_ISREG(details.st_mode):
                    raise Faulty(_unreadable(path, "这不是一个文件"))
                if details.st_size > most:
                    message = f"文件超过了 {most // 1_000_000} MB，多半放错了"
                    raise Faulty(_unreadable(path, message))
                data = os.read(descriptor, count or details.st_size)
                if len(data) < min(count or details.st_size, details.st_size):
                    raise OSError(errno.EIO, "not all of it")
                return data
            finally:
                os.close(descriptor)
        except OSError as error:
            if link := _first_link(self.root, path):
                raise Faulty(symbolic_link(link)) from error
            message = "没有这个文件" if isinstance(error, FileNotFoundError) else "读不了这个文件"
            raise Faulty(_unreadable(path, message)) from error

    def read_text(self, path: str) -> str:
        """Return the text of ``path``; raise Faulty when it is not plain UTF-8."""
        data = self.read_bytes(path)
        if data.startswith(codecs.BOM_UTF8):
            message = "文件开头有看不见的 BOM，请在编辑器里另存为 UTF-8（不带 BOM）"
            raise Faulty(Problem(Place(path), "byte-order-mark", message))
        return decode(path, data)

    def _close(self) -> None:
        self._open.close()
        self._folder = None

    def _go_to(self, folder: str) -> None:
        self._close()
        self._descriptor = self._enter(self.root, _FOLDER)
        for part in filter(None, folder.split("/")):
            self._descriptor = self._enter(part, _FOLDER | os.O_NOFOLLOW)
        self._folder = folder

    def _enter(self, name: str | Path, how: int) -> int:
        within = self._descriptor if isinstance(name, str) else None
        descriptor = os.open(name, how, dir_fd=within)
        self._open.callback(os.close, descriptor)
        return descriptor


class Overlay(Shelf):
    """Reads as if some files held something else: what they would, before anything is written."""

    def __init__(self, root: Path, instead: Mapping[str, bytes]) -> None:
        super().__init__(root)
        self._instead = instead

    def read_bytes(self, path: str, most: int = MAX_BYTES, count: int = 0) -> bytes:
        """Return what ``path`` would hold, or holds, as any shelf does."""
        held = self._instead.get(path)
        if held is None:
            return super().read_bytes(path, most, count)
        if len(held) > most:
            raise Faulty(_unreadable(path, f"文件会超过 {most // 1_000_000} MB"))
        return held[:count] if count else held


def read_bytes(root: Path, path: str, most: int = MAX_BYTES) -> bytes:
    """Return the content of ``path`` under ``root``, as :meth:`Shelf.read_bytes` does."""
    with Shelf(root) as shelf:
        return shelf.read_bytes(path, most)


def read_start(root: Path, path: str, most: int) -> bytes:
    """Return how ``path`` under ``root`` begins; raise Faulty like :func:`read_bytes`."""
    with Shelf(root) as shelf:
        return shelf.read_bytes(path, most, _START)


def read_text(root: Path, path: str) -> str:
    """Return the text of ``path`` under ``root``, as :meth:`Shelf.read_text` does."""
    with Shelf(root) as shelf:
        return shelf.read_text(path)


def symbolic_link(path: str) -> Problem:
    """Return the problem that a link stands at ``path``."""
    message = "这是一个链接（快捷方式），请换成文件或者文件夹本身"
    return Problem(Place(path), "symbolic-link", message)


def _first_link(root: Path, path: str) -> str | None:
    """Return the first link on the way from ``root`` to ``path``, which may be one itself."""
    parts = path.split("/")
    ways = ("/".join(parts[:end]) for end in range(1, len(parts) + 1))
    return next((way for way in ways if (root / way).is_symlink()), None)


def decode(path: str, data: bytes) -> str:
    """Return ``data`` as text, a byte order mark taken off; raise Faulty when it is not
    UTF-8, or holds control characters.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"文件不是 UTF-8 编码{_guess(data)}，请在编辑器里另存为 UTF-8"
        raise Faulty(Problem(Place(path, line), "encoding", message)) from error
    if found := next(controls(text), None):
        start = text.rfind("\n", 0, found.offset)
        place = Place(path, text.count("\n", 0, found.offset) + 1, found.offset - start)
        approved = path.endswith("/approved.txt")  # nobody may change it to please us
        remedy = "批准的文本不要自己改，请重新报批" if approved else "请删去"
        message = f"这里有看不见的{found.name}，{remedy}"
        raise Faulty(Problem(place, "control-character", message))
    return text


def _guess(data: bytes) -> str:
    """Say which other encoding the bytes look like, as far as that can be told."""
    for mark, name in _BOMS.items():
        if data.startswith(mark):
            return f"，看起来是 {name}"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "，看起来是 GBK"


def _unreadable(path: str, message: str) -> Problem:
    return Problem(Place(path), "unreadable", message)
