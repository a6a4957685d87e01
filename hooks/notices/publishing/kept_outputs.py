"""The outputs of the last build, kept together: of an archive, one file is read instead of a
thousand.
"""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Iterable
from functools import cached_property
from typing import Generic, TypeVar

from ..cache import Drawer
from ..digest import digest

T = TypeVar("T")


class KeptOutputs(Generic[T]):
    """Outputs by their key, in ``room``: each as it was made, and those of the last build of what
    ``said`` names together.
    """

    def __init__(self, room: Drawer, *said: str) -> None:
        self._room = room
        self.name = f"{digest(*(each.encode() for each in said))}.all"

    @cached_property
    def _together(self) -> dict[str, bytes]:
        """The outputs that are kept together, each to be unpickled by itself."""
        found = self._room.get(self.name)
        return marshal.loads(found) if found else {}

    def get(self, key: str) -> T | None:
        """Return the output of that key, if it is kept."""
        found = self._found(key)
        # It is proven to be ours, like all that the cache gives.
        return pickle.loads(found) if found else None

    def add(self, key: str, output: T) -> None:
        """Keep ``output`` under that key."""
        self._room.set(key, pickle.dumps(output, pickle.HIGHEST_PROTOCOL))

    def drop(self, key: str) -> None:
        """Keep the output of that key no longer together with others: it is made again."""
        self._together.pop(key, None)

    def keep(self, keys: Iterable[str]) -> None:
        """Keep those of these ``keys`` together, and none but them."""
        wanted = {key: found for key in keys if (found := self._found(key))}
        if wanted != self._together:
            self._room.set(self.name, marshal.dumps(wanted))
            self._room.remove(wanted.keys() - self._together.keys())

    def _found(self, key: str) -> bytes | None:
        return self._together.get(key) or self._room.get(key)
