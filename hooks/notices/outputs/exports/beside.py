"""Beside a notice's page: its exports, made anew when it has changed."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...cache import Drawer
from ...catalogue.addresses import notice_address
from .edition import Edition
from .key import key
from .outputs import Output, outputs_of


class Export(NamedTuple):
    """An export that was made: it may stand in ``room``, and is not held in memory."""

    edition: Edition
    output: Output
    room: Drawer
    name: str
    """What it is called in the room."""
    size: int = 0

    def content(self) -> bytes:
        """Return the file: as it was made, proven again, or made once more if it is gone."""
        found = self.room.get(self.name)
        return self.make() if found is None else found

    def make(self) -> bytes:
        """Return the file made anew, and keep it."""
        made = self.output.make(self.edition)
        self.room.set(self.name, made)
        return made


def exports_beside(edition: Edition, room: Drawer) -> dict[str, Export]:
    """Return the exports of ``edition`` by their address; those that ``room``, where what was made
    is kept, does not have, have no size.
    """
    outputs = outputs_of(edition.notice)
    if not outputs:  # what they are made from, need not be named
        return {}
    folder, name = notice_address(edition.notice), key(edition)
    exports = {}
    for output in outputs:
        kept = f"{name}.{output.name}"
        size = len(room.get(kept) or b"")
        exports[folder + output.name] = Export(edition, output, room, kept, size)
    return exports


def make_exports(exports: Mapping[str, Export]) -> dict[str, Export]:
    """Return ``exports``, made where they have no size yet; raise Faulty when one cannot be."""
    with _without_collecting():
        return {
            address: each if each.size else each._replace(size=len(each.make()))
            for address, each in exports.items()
        }


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Look for no garbage meanwhile: the libraries use nearly all they make up to the end."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
