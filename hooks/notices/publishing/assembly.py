"""The assembly of a site: of what stands there from an earlier build, only that is written anew
which shall be another.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..problem import writing
from ..proof.compress import METHODS
from ..proof.files import SiteFiles
from ..proof.meant import Meant
from ..stamp import Stamp, stamp_of
from .component import Component


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
        for part in parts:
            self.meant.files[part.address] = self._let_stand(part)
            self._files.originate(part.address, part.origin)

    def _let_stand(self, part: Component) -> str:
        """Let ``part`` stand there; return its SHA-256."""
        there = self._there.get(part.address)
        known = self._files.standing(part.address, there) if there else None
        if known and part.origin and known.origin == part.origin:
            return known.digest
        data = part.content()
        digest = hashlib.sha256(data).hexdigest()
        if known is None or known.digest != digest:
            self._write(part.address, data)
        return digest

    def _write(self, address: str, data: bytes) -> None:
        path = self._site / address
        with writing(path):
            self._make_folder(path.parent)
            for old in (address, *(f"{address}{suffix}" for suffix in METHODS)):
                self._remove(old)
            if path.is_dir():
                shutil.rmtree(path)
            with path.open("xb") as file:
                file.write(data)

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
