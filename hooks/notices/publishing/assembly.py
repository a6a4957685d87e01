"""The assembly of a site: of what stands there from an earlier build, only that is written anew
which shall be another.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Self

from ..problem import writing
from ..proof.compress import METHODS
from ..proof.files import SiteFiles
from ..proof.meant import Meant
from ..stamp import Stamp, stamp_of
from .component import Component

_WAITING = 32  # files that wait to be written, and take memory meanwhile


class Assembly:
    """A site that is assembled in the folder that ``files`` looks at."""

    def __init__(self, files: SiteFiles) -> None:
        self._site, self._files = files.site, files
        self._there: dict[str, Stamp] = {}
        self._found = [*_found(os.fspath(self._site), "", self._there)]
        self._folders = {self._site}
        self.meant = Meant()
        """What the site is meant to be."""

    def put(self, parts: Iterable[Component]) -> None:
        """Let each of ``parts`` stand at its address, as it is meant to."""
        with _Writer() as writer:
            for part in parts:
                self.meant.files[part.address] = self._let_stand(part, writer)
                self._files.originate(part.address, part.origin)

    def _let_stand(self, part: Component, writer: _Writer) -> str:
        """Let ``part`` stand there; return its SHA-256."""
        there = self._there.get(part.address)
        known = self._files.standing(part.address, there) if there else None
        if known and part.origin and known.origin == part.origin:
            return known.digest
        data = part.content()
        digest = hashlib.sha256(data).hexdigest()
        if known is None or known.digest != digest:
            self._make_room(part.address)
            writer.write(self._site / part.address, data)
        return digest

    def _make_room(self, address: str) -> None:
        path = self._site / address
        with writing(path):
            self._make_folder(path.parent)
            for old in (address, *(f"{address}{suffix}" for suffix in METHODS)):
                self._remove(old)
            if path.is_dir():
                shutil.rmtree(path)

    def _make_folder(self, folder: Path) -> None:
        if folder not in self._folders:
            self._make_folder(folder.parent)
            self._remove(folder.relative_to(self._site).as_posix())
            folder.mkdir(exist_ok=True)
            self._folders.add(folder)

    def _remove(self, address: str) -> None:
        if self._there.pop(address, None):
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):  # gone with its folder
                (self._site / address).unlink()

    def finish(self) -> None:
        """Take away whatever else stands there, but for compressed forms of what does."""
        for address in [*self._there]:
            if address not in self.meant.files and not self._is_form(address):
                self._remove(address)
        for folder in reversed(self._found):
            with contextlib.suppress(OSError):  # something stands there
                (self._site / folder).rmdir()

    def _is_form(self, address: str) -> bool:
        stem, dot, ending = address.rpartition(".")
        return self._files.packed and dot + ending in METHODS and stem in self.meant.files


class _Writer:
    """Writes files while others are made: a disk takes its time to begin one. Leaving it, all of
    them are written.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor()
        self._waiting: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._threads.shutdown(cancel_futures=kind is not None)
        while kind is None and self._waiting:
            self._waiting.popleft().result()

    def write(self, path: Path, data: bytes) -> None:
        """Let ``data`` stand at ``path``, where nothing stands."""
        self._waiting.append(self._threads.submit(_write, path, data))
        if len(self._waiting) > _WAITING:
            self._waiting.popleft().result()


def _write(path: Path, data: bytes) -> None:
    with writing(path), path.open("xb") as file:
        file.write(data)


def _found(folder: str, below: str, files: dict[str, Stamp]) -> Iterator[str]:
    """Yield the folders below ``folder``, outer ones first, and put into ``files`` how each file
    stands there; whatever else there is, is taken away.
    """
    with os.scandir(folder) as found:
        entries = [*found]
    for entry in entries:
        address = f"{below}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield address
            yield from _found(entry.path, f"{address}/", files)
        elif entry.is_file(follow_symlinks=False):
            files[address] = stamp_of(entry.stat(follow_symlinks=False))
        else:
            Path(entry.path).unlink()
