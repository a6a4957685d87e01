"""The outputs of the last build, kept together: of an archive, one file is read instead of a
thousand.
"""

from __future__ import annotations

import marshal
import pickle
import sys
from collections.abc import Set
from functools import cached_property
from typing import Generic, TypeVar

from ..cache import Drawer
from ..digest import digest

T = TypeVar("T")

_FEW = 16
"""So many are sooner read one by one than all are written anew."""


class KeptOutputs(Generic[T]):
    """Outputs by their key, in ``room``: those of the last site at ``base`` together, and by
    themselves a few that were made since; others are those whose exports are made ``later``.
    """

    def __init__(self, room: Drawer, base: str, *, later: bool) -> None:
        self._room, self._is_stale = room, False
        said = (sys.version, base, str(later))
        self._name = f"{digest(*(each.encode() for each in said))}.all"
        self._read: dict[str, T] = {}

    @cached_property
    def _together(self) -> dict[str, bytes]:
        """The outputs that are kept together, each to be unpickled by itself."""
        found = self._room.get(self._name)
        return marshal.loads(found) if found else {}

    def read(self) -> None:
        """Read all that are kept together, before somebody asks."""
        self._read = {key: pickle.loads(found) for key, found in self._together.items()}

    def get(self, key: str) -> T | None:
        """Return the output of that key, if it is kept."""
        if key in self._read:
            return self._read[key]
        found = self._found(key)
        # It is proven to be ours, like all that the cache gives.
        return pickle.loads(found) if found else None

    def add(self, key: str, output: T) -> None:
        """Keep ``output`` under that key."""
        self._room.set(key, pickle.dumps(output, pickle.HIGHEST_PROTOCOL))

    def drop(self, key: str) -> None:
        """Keep the output of that key no longer together with others: it is made again."""
        self._read.pop(key, None)
        self._is_stale = self._together.pop(key, None) is not None or self._is_stale

    def keep(self, keys: Set[str]) -> set[str]:
        """Keep the outputs of these ``keys``; return the names of all that holds them."""
        alone = {*keys} - self._together.keys()
        if len(alone) > _FEW or self._is_stale:
            wanted = {key: found for key in keys if (found := self._found(key))}
            self._room.set(self._name, marshal.dumps(wanted))
            self._room.remove(wanted.keys() & alone)
            alone = set()
        return alone if alone == keys else alone | {self._name}

    def _found(self, key: str) -> bytes | None:
        return self._together.get(key) or self._room.get(key)
