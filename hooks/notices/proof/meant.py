"""What a build means to publish, told file by file while it is made, and held against the site.

Whatever else writes into the folder of the site, or leaves something out, is found here: a program
that builds pages, a plugin of it, somebody on the same machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
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

    def meaning(self, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """Yield ``files``, each of which is meant as it goes by."""
        for path, content in files:
            self.add(path, content)
            yield path, content

    def differences(self, site: Path, found: Mapping[str, Digests]) -> Iterator[Problem]:
        """Yield how ``site`` is not as it is meant; ``found`` are the digests of its files.

        Beside each file, compressed forms of it may stand.
        """
        for path in sorted({*self.files, *found}):
            if path not in found:
                yield Problem(Place(path), "file-missing", "应当生成这个文件，网站上没有")
            elif path not in self.files:
                if not self._is_twin(site, path):
                    yield Problem(Place(path), "file-added", "网站上有这个文件，不是程序要生成的")
            elif found[path]["sha256"] != self.files[path]:
                message = "内容与程序要生成的不同：生成以后有别的程序改过，或者磁盘坏了"
                yield Problem(Place(path), "file-differs", message)

    def _is_twin(self, site: Path, path: str) -> bool:
        """Tell whether ``path`` gives, unpacked, what is meant to stand beside it."""
        from .compress import METHODS  # noqa: PLC0415 (who only says what is meant needs none)

        source = Path(path)
        method = METHODS.get(source.suffix)
        digest = self.files.get(source.with_suffix("").as_posix())
        if not (method and digest):
            return False
        try:
            content = method.unpack((site / path).read_bytes())
        except Exception:  # each method has its own
            return False
        return hashlib.sha256(content).hexdigest() == digest
