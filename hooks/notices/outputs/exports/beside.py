"""Beside a notice's page: its exports, made anew when it has changed, and offered to readers."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from ...cache import Drawer
from ...catalogue.addresses import notice_address
from ...catalogue.notices import Catalogue
from .edition import Edition
from .key import key
from .outputs import Download, Output, offered, outputs_of

_MANY = 4  # notices; for fewer, starting processes takes longer than it saves


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


class Exports(NamedTuple):
    """All exports of notices by their address, and by notice those that readers are offered."""

    beside: Mapping[str, Export]
    downloads: Mapping[str, list[Download]]


def make_exports(
    catalogue: Catalogue,
    base: str,
    templates: Path,
    room: Drawer,
    *,
    later: bool = False,
) -> Exports:
    """Return the exports of ``catalogue``, the public's, for a site at ``base`` ("": anywhere).

    ``templates`` is the folder of the fragments, ``room`` keeps what was made. With ``later``, they
    are made when their content is asked for, and have no size before.
    """
    editions = [
        Edition(notice, catalogue.site, catalogue.vocabulary, base, templates)
        for notice in catalogue.notices
    ]
    files = promised(editions, room) if later else all_exports(editions, room)
    used = {each.name for each in files.values()}
    # Preview and site, which have different addresses, do not drive each other out.
    room.forget(used, spare=len(used))
    sizes = {address: export.size for address, export in files.items()}
    downloads = {notice.id: offered(notice, sizes) for notice in catalogue.notices}
    return Exports(files, downloads)


def promised(editions: Sequence[Edition], room: Drawer) -> dict[str, Export]:
    """Return the exports of each notice by their address; those that have changed have no size."""
    return {
        notice_address(edition.notice) + each.output.name: each
        for edition in editions
        for each in _find(edition, room)
    }


def all_exports(editions: Sequence[Edition], room: Drawer) -> dict[str, Export]:
    """Return the exports of each notice by their address, made anew for those that have changed.

    Many are made by as many processes as there are processors.
    """
    found = [_find(each, room) for each in editions]
    changed = [exports for exports in found if not all(each.size for each in exports)]
    if len(changed) < _MANY:
        made = [*map(_make, changed)]
    else:
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as processes:
            made = [*processes.map(_make, changed)]
    fresh = iter(made)
    return {
        notice_address(each.edition.notice) + each.output.name: each
        for exports in found
        for each in (exports if all(each.size for each in exports) else next(fresh))
    }


def _find(edition: Edition, room: Drawer) -> list[Export]:
    """Return the exports of ``edition``; those that are not there have no size."""
    names = {output: f"{key(edition)}.{output.name}" for output in outputs_of(edition.notice)}
    return [
        Export(edition, output, room, name, len(room.get(name) or b""))
        for output, name in names.items()
    ]


def _make(exports: list[Export]) -> list[Export]:
    """Make those that have no size yet."""
    with _without_collecting():
        return [each if each.size else each._replace(size=len(each.make())) for each in exports]


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
