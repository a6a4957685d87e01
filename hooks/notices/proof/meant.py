"""What a build means to publish, told file by file while it is made, and held against the site.

Whatever else writes into the folder of the site, or leaves something out, is found here: a program
that builds pages, a plugin of it, somebody on the same machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from ..problem import Place, Problem

if TYPE_CHECKING:
    from .manifest import Digests


class Meant:
    """The files that a site is meant to have."""

    def __init__(self, files: Mapping[str, str] | None = None) -> None:
        self.files = {**(files or {})}
        """The SHA-256 of each, by its path in the site."""

    def add(self, path: str, content: bytes) -> None:
        """Mean ``path`` to have this ``content``."""
        self.files[path] = hashlib.sha256(content).hexdigest()

    def differences(
        self, found: Mapping[str, Digests], unpacked: Callable[[str], str | None]
    ) -> Iterator[Problem]:
        """Yield how a site is not as it is meant, of whose files ``found`` are the digests.

        Beside each file, compressed forms of it may stand: ``unpacked`` returns the SHA-256 of what
        a file gives when it is one, else None.
        """
        if self.files == {path: each["sha256"] for path, each in found.items()}:
            return  # as a whole, which is seen sooner
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
