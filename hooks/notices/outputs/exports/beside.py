"""Beside a notice's page: its exports, made anew when it has changed."""

from __future__ import annotations

import contextlib
import functools
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...cache import Drawer
from ...catalogue.addresses import notice_address
from ...problem import Faulty, Problem
from ...processes import Beside
from .edition import Edition
from .key import key
from .outputs import Output, outputs_of

Prove = Callable[[str, bytes], Iterable[Problem]]
"""Returns what is wrong with the export at an address."""

_DOCUMENTS = 2
"""How many of the outputs are documents: they take as long as all tables together."""


def _nothing(_: str, __: bytes) -> tuple[Problem, ...]:
    return ()


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


def make_exports(exports: Mapping[str, Export], prove: Prove = _nothing) -> dict[str, Export]:
    """Return ``exports``, made where they have no size yet; raise Faulty when one cannot be, or
    ``prove`` finds something wrong in it.
    """
    make = functools.partial(_sizes, exports, prove)
    addresses = [*exports]
    if all(each.size for each in exports.values()):
        sizes = make(addresses)
    else:
        tables = functools.partial(make, addresses[_DOCUMENTS:])
        with _without_collecting(), Beside(tables, Faulty) as beside:
            sizes = make(addresses[:_DOCUMENTS]) | beside.made()
    return {address: each._replace(size=sizes[address]) for address, each in exports.items()}


def _sizes(exports: Mapping[str, Export], prove: Prove, addresses: Sequence[str]) -> dict[str, int]:
    """Return how long the exports at ``addresses`` are, each made if need be, and proven."""
    sizes: dict[str, int] = {}
    wrong: list[Problem] = []
    for address in addresses:
        export = exports[address]
        data = export.content() if export.size else export.make()
        wrong += prove(address, data)
        sizes[address] = len(data)
    if wrong:
        raise Faulty(*wrong)
    return sizes


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
