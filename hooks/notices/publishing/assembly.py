"""The assembly of a site: of what stands there from an earlier build, only that is written anew
which shall be another. Where nothing stands yet, processes share the work.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import multiprocessing
import os
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import NamedTuple, Self

from ..problem import writing
from ..processes import may_fork
from ..proof.compress import METHODS
from ..proof.files import SiteFiles
from ..proof.inventory import Inventory
from ..proof.meant import Meant
from ..proof.register import Examined
from ..stamp import Stamp, stamp_of
from .component import Component

_WAITING = 32  # files that wait to be written, and take memory meanwhile
_NOTHING = ("", "")
_MANY = 8  # sources; for fewer, starting processes takes longer than it saves


class _Placed(NamedTuple):
    """A file that stands at an address as it is meant to."""

    address: str
    origin: str
    digest: str
    """Its SHA-256."""
    examined: Examined | None = None
    """What its content gives, if that was found out at once."""


class Assembly:
    """A site that is assembled in the folder of ``files``; that was ``found`` there, if somebody
    looked.
    """

    def __init__(self, files: SiteFiles, found: Inventory | None = None) -> None:
        self._site, self._files = files.site, files
        found = files.take(found) if found else files.look_only()
        self._there, self._found = found.stamps, sorted(found.folders)[1:]
        if found.strange:
            self._look_again()
        self._standing = files.standing(self._there)
        self._folders = {self._site}
        self.meant = Meant()
        """What the site is meant to be."""

    def put(self, *sources: Iterable[Component]) -> None:
        """Let each component of ``sources`` stand at its address, as it is meant to.

        No source may need that another one was put before.
        """
        left: Sequence[Iterable[Component]] = sources
        if len(sources) >= _MANY and not self._there and may_fork():
            left = [*self._put_by_processes(sources)]
            if left:  # a process was killed, and some of what it had to put stands there
                self._look_again()
        for source in left:
            with _Writer() as writer:
                for part in filter(self._is_to_put, source):
                    self._remember(self._let_stand(part, writer.write))

    def _look_again(self) -> None:
        """Find what stands there, and take away whatever is no file and no folder."""
        self._there = {}
        self._found = [*_found(os.fspath(self._site), "", self._there)]

    def _put_by_processes(
        self, sources: Sequence[Iterable[Component]]
    ) -> Iterator[Iterable[Component]]:
        """Let processes put one of ``sources`` each at a time, and find out what their files give;
        yield those that nobody put.
        """
        gc.freeze()
        fork = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(os.cpu_count(), fork, _Putter.begin, (self, sources)) as processes:
            putting = [processes.submit(_Putter.put, number) for number in range(len(sources))]
            for source, future in zip(sources, putting, strict=True):
                try:
                    for placed in future.result():
                        self._remember(placed)
                except BrokenProcessPool:
                    yield source

    def placed(self, source: Iterable[Component]) -> Iterator[_Placed]:
        """Let each component of ``source`` stand at its address, and yield what stands there and
        what its content gives.
        """
        for part in source:
            yield self._let_stand(part, _write, looks=True)

    def _is_to_put(self, part: Component) -> bool:
        """Tell whether ``part`` may not stand there as it is meant to; else it is remembered."""
        digest, origin = self._standing.get(part.address, _NOTHING)
        if not origin or origin != part.origin:
            return True
        self.meant.files[part.address] = digest
        return False

    def _remember(self, placed: _Placed) -> None:
        """Remember what stands there now, and is meant to."""
        self.meant.files[placed.address] = placed.digest
        self._files.originate(placed.address, placed.origin)
        if placed.examined:
            self._files.expect(placed.address, placed.examined)

    def _let_stand(
        self, part: Component, write: Callable[[Path, bytes], None], *, looks: bool = False
    ) -> _Placed:
        """Let ``part`` stand there."""
        data = part.content()
        digest = hashlib.sha256(data).hexdigest()
        if self._standing.get(part.address, _NOTHING)[0] != digest:
            self._make_room(part.address)
            write(self._site / part.address, data)
        examined = self._files.examine(part.address, data) if looks else None
        return _Placed(part.address, part.origin, digest, examined)

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
        self._standing.pop(address, None)
        if self._there.pop(address, None):
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):  # gone with its folder
                (self._site / address).unlink()

    def finish(self) -> None:
        """Take away whatever else stands there, but for compressed forms of what does."""
        for address in self._there.keys() - self.meant.files.keys():
            if not self._is_form(address):
                self._remove(address)
        used = _folders_of(self.meant.files)
        for folder in reversed(self._found):
            if folder not in used:
                with contextlib.suppress(OSError):  # gone already
                    (self._site / folder).rmdir()

    def _is_form(self, address: str) -> bool:
        stem, dot, ending = address.rpartition(".")
        return self._files.packed and dot + ending in METHODS and stem in self.meant.files


class _Putter:
    """A process that puts sources into the site of an assembly."""

    assembly: Assembly
    sources: Sequence[Iterable[Component]]

    @classmethod
    def begin(cls, assembly: Assembly, sources: Sequence[Iterable[Component]]) -> None:
        cls.assembly, cls.sources = assembly, sources
        gc.enable()  # it makes many

    @classmethod
    def put(cls, number: int) -> list[_Placed]:
        return [*cls.assembly.placed(cls.sources[number])]


class _Writer:
    """Writes files while this process makes others: a disk takes its time to begin one. Leaving it,
    all of them are written.
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
    """Let ``data`` stand at ``path``, where nothing stands."""
    with writing(path), path.open("xb") as file:
        file.write(data)


def _folders_of(addresses: Iterable[str]) -> set[str]:
    """Return all folders that the files at ``addresses`` stand in."""
    folders: set[str] = set()
    for address in addresses:
        folder = address.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


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
