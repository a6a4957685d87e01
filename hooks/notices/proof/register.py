"""The register: what is known of the files of a site, a table for each kind of it.

An archive has ten thousands of files, of which an edit concerns few. So tables are read, written
and compared as a whole, as Python does it quickest, and only of a file that is asked for is
anything made.
"""

from __future__ import annotations

import functools
import marshal
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from ..stamp import Stamp, is_settled
from .compress import Form, Forms
from .inventory import Listed
from .links.ties import Ties
from .manifest import Digests

T = TypeVar("T")

_UNTIED = Ties()
_EMPTY = marshal.dumps(("", {}, {}, {}, {}, {}, {}, marshal.dumps({})))
_MINUTE = 60_000_000_000  # nanoseconds


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


class Register:
    """What is known of files, by their path; what was :meth:`written` gives the same again."""

    def __init__(self, written: bytes | None = None) -> None:
        tables = marshal.loads(written or _EMPTY)
        self.mark: str = tables[0]
        """A name for what is written, which nothing else has."""
        self.was_whole = False
        """Whether all links led somewhere, when it was written."""
        self.before: dict[str, Ties | None] = {}
        """What was written of the ties of those files of which something was found out since; None
        when a file was not known.
        """
        self.folders: dict[str, Listed] = tables[1]
        """What is in each folder, while it stands so."""
        self.stamps: dict[str, Stamp] = tables[2]
        """How those stood that need not be read again while they stand so."""
        self.digests: dict[str, Digests] = tables[3]
        self.origins: dict[str, str] = tables[4]
        self.personal: dict[str, Sequence[str]] = tables[5]
        """Only of those that have any."""
        self._forms: dict[str, Mapping[str, tuple[Digests, Stamp | None]]] = tables[6]
        self._unread_ties: bytes = tables[7]

    @functools.cached_property
    def _ties(self) -> dict[str, Ties]:
        """Of those that have any; asked only when something has changed."""
        plain = marshal.loads(self._unread_ties)
        return dict(zip(plain, map(Ties._make, plain.values()), strict=True))

    def get(self, path: str) -> Known | None:
        """Return what is known of the file ``path``."""
        digests = self.digests.get(path)
        if digests is None:
            return None
        examined = Examined(digests, self.ties(path), self.personal.get(path, ()))
        return Known(self.stamps.get(path), examined, self.forms(path), self.origins.get(path, ""))

    def set(self, path: str, known: Known) -> None:
        """Know that of the file ``path``."""
        self._note(path)
        examined = known.examined
        self.digests[path] = examined.digests
        _put(self.stamps, path, known.stamp)
        self.originate(path, known.origin)
        _put(self.personal, path, (*examined.personal,))
        _put(self._ties, path, examined.ties if any(examined.ties) else None)
        self.set_forms(path, known.forms)

    def ties(self, path: str) -> Ties:
        """Return what the file ``path`` offers and wants."""
        return self._ties.get(path, _UNTIED)

    def all_ties(self) -> dict[str, Ties]:
        """Return what each file offers and wants."""
        return {**dict.fromkeys(self.digests, _UNTIED), **self._ties}

    def forms(self, path: str) -> Forms | None:
        """Return the compressed forms of the file ``path``, None when nobody asked for them."""
        found = self._forms.get(path)
        if found is None:
            return None
        return {suffix: Form(*form) for suffix, form in found.items()}

    def set_forms(self, path: str, forms: Forms | None) -> None:
        """Know these compressed forms of the file ``path``."""
        if forms is None:
            self._forms.pop(path, None)
            return
        self._forms[path] = {suffix: (*form,) for suffix, form in forms.items()}

    def has_forms(self, path: str) -> bool:
        """Tell whether it was asked which compressed forms the file ``path`` has."""
        return path in self._forms

    def all_forms(self) -> dict[str, Forms]:
        """Return the compressed forms of each file of which that was asked."""
        return {path: self.forms(path) or {} for path in self._forms}

    def originate(self, path: str, origin: str) -> None:
        """Know a name for all that the file ``path`` was made from, "" when nobody can tell."""
        _put(self.origins, path, origin)

    def forget(self, paths: Iterable[str]) -> None:
        """Know nothing of the files ``paths``."""
        for path in paths:
            self._note(path)
            for table in (self.stamps, self.digests, self.origins, self.personal):
                table.pop(path, None)
            self._ties.pop(path, None)
            self._forms.pop(path, None)

    def _note(self, path: str) -> None:
        if path not in self.before:
            self.before[path] = self.ties(path) if path in self.digests else None

    def written(self) -> bytes:
        """Return it as bytes, in which a file that has just been written has no stamp."""
        now = time.time_ns()
        settled = {
            path: stamp
            for path, stamp in self.stamps.items()
            if stamp[2] < now - _MINUTE or is_settled(stamp, now)  # as most are, seen at a glance
        }
        ties = self._unread_ties
        if self.before:
            ties = marshal.dumps({path: (*each,) for path, each in self._ties.items()})
        plain = (self.folders, settled, self.digests, self.origins, self.personal, self._forms)
        return marshal.dumps((self.mark, *plain, ties))


def _put(table: dict[str, T], path: str, value: T | None) -> None:
    if value:
        table[path] = value
    else:
        table.pop(path, None)
