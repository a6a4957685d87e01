"""What is found out about a file of a site, once for its content, and how that is kept.

All of it depends on the file alone, its path, its bytes, and on where the site stands: what the
whole site has or permits is asked of it afterwards.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from .. import software
from ..cache import Drawer
from ..checks import privacy
from ..digest import digest
from ..stamp import Stamp, is_settled
from .compress import METHODS, Form, Forms
from .links.addresses import Addresses
from .links.ties import Ties, ties_of
from .manifest import ALGORITHMS, Digests, digest_all

_SPARE = 4
_UNTIED = Ties()
_LIBRARIES = ("lxml", "openpyxl", "pydantic-core", "pypdfium2", "python-docx", "selectolax")


class Examined(NamedTuple):
    """What the content of a file gives."""

    digests: Digests
    ties: Ties = _UNTIED
    """What it offers other files, and wants of them."""
    personal: Sequence[str] = ()
    """The values that must be permitted: see :func:`notices.checks.privacy.values_in`."""


class Known(NamedTuple):
    """A file of a site: how it stood when it was read, and what its content gives."""

    stamp: Stamp | None
    """None when it was written so soon before that a stamp would tell nothing."""
    examined: Examined
    forms: Forms | None = None
    """Its compressed forms; None when it has not been asked whether it has any."""
    origin: str = ""
    """A name for all that it was made from, if anybody told."""


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

    def read(self) -> dict[str, Known]:
        """Return what is known of each file by its path."""
        content = self._kept.get(self._name)
        if content is None and (last := self._kept.get(self._last)):
            content = self._kept.get(last.decode())
        rows: dict[str, list[Any]] = from_json(content or b"{}")
        files: dict[str, Known] = {}
        while rows:  # an archive has many, which are not held twice
            path, row = rows.popitem()
            files.update(_known(path, row))
        return files

    def write(self, files: Mapping[str, Known]) -> None:
        """Keep what is known of ``files``, and of those of some other folders."""
        now = time.time_ns()
        forms = {path: _forms_beside(path, known, files, now) for path, known in files.items()}
        beside = {path + suffix for path, each in forms.items() for suffix in each or ()}
        rows = {
            path: (_settled(known.stamp, now), *known.examined, forms[path], known.origin)
            for path, known in files.items()
            if path not in beside
        }
        self._kept.set(self._name, to_json(rows))
        self._kept.set(self._last, self._name.encode())
        self._kept.forget({self._name, self._last}, spare=_SPARE)


@functools.cache
def _examiner() -> str:
    """Return a name for all that decides what is found out about a file, beside the file."""
    packers = (method.version for method in METHODS.values())
    parts = (software.code(), *map(version, _LIBRARIES), *ALGORITHMS, *packers)
    return digest(*(each.encode() for each in parts))


def _settled(stamp: Stamp | None, now: int) -> Stamp | None:
    return stamp if stamp and is_settled(stamp, now) else None


def _forms_beside(
    path: str, known: Known, files: Mapping[str, Known], now: int
) -> dict[str, tuple[Digests, Stamp | None, Stamp | None]] | None:
    """Return the forms of a file as a row has them: each with how it stands beside the file."""
    if known.forms is None:
        return None
    made = {}
    for suffix, form in known.forms.items():
        there = files.get(path + suffix)
        same = there and there.examined.digests == form.digests
        made[suffix] = (*form, _settled(there.stamp, now) if there and same else None)
    return made


def _known(path: str, row: list[Any]) -> Iterator[tuple[str, Known]]:
    """Yield what is known of a file, and of its forms, which stand beside it."""
    stamp, digests, ties, personal, forms, origin = row
    made: dict[str, Form] = {}
    for suffix, (of_form, entry, there) in (forms or {}).items():
        made[suffix] = Form(of_form, _stamp(entry))
        yield path + suffix, Known(_stamp(there), Examined(of_form))
    examined = Examined(digests, Ties(*ties) if any(ties) else _UNTIED, personal or ())
    yield path, Known(_stamp(stamp), examined, None if forms is None else made, origin)


def _stamp(told: list[int] | None) -> Stamp | None:
    return Stamp(*told) if told else None
