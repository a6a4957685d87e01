"""What a build means to publish, told file by file while it is made, and held against the site.

Whatever else writes into the folder of the site, or leaves something out, is found here: a program
that builds pages, a plugin of it, somebody on the same machine.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..problem import Place, Problem
from ..stamp import Stamp, stamp_of

if TYPE_CHECKING:
    from .manifest import Digests


class Meant:
    """The files that a site is meant to have."""

    def __init__(self, files: Mapping[str, str] | None = None) -> None:
        self.files = {**(files or {})}
        """The SHA-256 of each, by its path in the site."""
        self._stamps: dict[str, Stamp] = {}

    def add(self, path: str, content: bytes) -> None:
        """Mean ``path`` to have this ``content``."""
        self.files[path] = hashlib.sha256(content).hexdigest()

    def meaning(
        self, files: Iterable[tuple[str, bytes]], site: Path | None = None
    ) -> Iterator[tuple[str, bytes]]:
        """Yield ``files``, each of which is meant as it goes by; with ``site``, to be written there
        before the next is asked for.
        """
        for path, content in files:
            self.add(path, content)
            yield path, content
            if site:
                with contextlib.suppress(OSError):
                    self._stamps[path] = stamp_of(os.lstat(f"{site}/{path}"))

    def is_as_written(self, path: str, stamp: Stamp) -> bool:
        """Tell whether the file ``path``, which has this ``stamp``, stands as it was written.

        To be taken for us, somebody must write to it within the tick of a clock in which we did;
        he could as well wait until all is proven.
        """
        return self._stamps.get(path) == stamp

    def differences(
        self, found: Mapping[str, Digests], unpacked: Callable[[str], str | None]
    ) -> Iterator[Problem]:
        """Yield how a site is not as it is meant, of whose files ``found`` are the digests.

        Beside each file, compressed forms of it may stand: ``unpacked`` returns the SHA-256 of what
        a file gives when it is one, else None.
        """
        for path in sorted({*self.files, *found}):
            if path not in found:
                yield Problem(Place(path), "file-missing", "应当生成这个文件，网站上没有")
            elif path not in self.files:
                source = self.files.get(path.rpartition(".")[0])
                if source is None or unpacked(path) != source:
                    yield Problem(Place(path), "file-added", "网站上有这个文件，不是程序要生成的")
            elif found[path]["sha256"] != self.files[path]:
                message = "内容与程序要生成的不同：生成以后有别的程序改过，或者磁盘坏了"
                yield Problem(Place(path), "file-differs", message)
