"""What is found out about a file of a site, once for its content, and how that is kept.

All of it depends on the file alone, its path, its bytes, and on where the site stands: what the
whole site has or permits is asked of it afterwards.
"""

from __future__ import annotations

import functools
import sys
from importlib.metadata import version
from pathlib import Path

from .. import software
from ..cache import Drawer
from ..checks import privacy
from ..digest import digest
from .compress import METHODS
from .links.addresses import Addresses
from .links.ties import ties_of
from .manifest import ALGORITHMS, digest_all
from .register import Examined, Register

_SPARE = 6
_LIBRARIES = ("lxml", "openpyxl", "pydantic-core", "pypdfium2", "python-docx", "selectolax")


def examine(path: str, data: bytes, addresses: Addresses) -> Examined:
    """Return what the file ``path`` of a site, which holds ``data``, gives."""
    ties, personal = ties_of(path, data, addresses), privacy.values_in(path, data)
    return Examined(digest_all(data), ties, sorted(personal))


class Index:
    """The files of a site at an address, as one entry of the room ``kept``: of the same folder, be
    it called otherwise by now, or of the last one.

    It is believed because its code says that this user wrote it here; what a stamp in it tells, is
    said in :mod:`notices.stamp`.
    """

    def __init__(self, kept: Drawer, own: str, site: Path) -> None:
        self._kept = kept
        self._last = digest(own.encode(), _examiner().encode())
        self._name = f"{self._last}.{site.stat().st_ino}"

    def read(self) -> Register:
        """Return what is known of each file."""
        name = self._name
        content = self._kept.get(name)
        if content is None and (last := self._kept.get(self._last)):
            content = self._kept.get(name := last.decode())
        files = Register(content)
        files.was_whole = self._kept.get(_whole(name)) == files.mark.encode()
        return files

    def write(self, files: Register) -> None:
        """Keep what is known of ``files``, and of those of some other folders."""
        self._kept.set(self._name, files.written())
        self._kept.set(self._last, self._name.encode())
        self._kept.forget({self._name, self._last}, spare=_SPARE)

    def vouch(self, files: Register) -> None:
        """Keep that in ``files``, as they were written, all links lead somewhere."""
        self._kept.set(_whole(self._name), files.mark.encode())


def _whole(name: str) -> str:
    return f"{name}.whole"


@functools.cache
def _examiner() -> str:
    """Return a name for all that decides what is found out about a file, beside the file, and how
    that is written.
    """
    packers = (method.version for method in METHODS.values())
    parts = (software.code(), sys.version, *map(version, _LIBRARIES), *ALGORITHMS, *packers)
    return digest(*(each.encode() for each in parts))
