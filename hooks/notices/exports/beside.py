"""Beside a notice's page: its exports, made anew when it has changed, and offered to readers."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from ..catalogue import Catalogue
from ..pages import notice_address
from . import cache as store
from .cache import Files
from .edition import Edition
from .needs import require
from .outputs import OUTPUTS, Download, offered
from .sitewide import Stand, sitewide

_MANY = 4  # notices; for fewer, starting processes takes longer than it saves


class Exports(NamedTuple):
    """All exports of a site by their address, and by notice those that readers are offered.

    Those of notices are many and stand in the cache already; ``sitewide`` are few.
    """

    beside: Mapping[str, Path]
    sitewide: Mapping[str, bytes]
    downloads: Mapping[str, list[Download]]


def make_exports(catalogue: Catalogue, base: str, templates: Path, cache: Path) -> Exports:
    """Return the exports of ``catalogue``, the public's, for a site at ``base`` ("": anywhere).

    ``templates`` is the folder of the fragments, ``cache`` one that keeps what was made. Raise
    Faulty when this machine lacks what making them needs.
    """
    editions = [
        Edition(notice, catalogue.site, catalogue.vocabulary, base, templates)
        for notice in catalogue.notices
    ]
    made = all_files(editions, cache)
    store.forget(cache, made.keys())
    files = {
        notice_address(notice) + name: path
        for notice in catalogue.notices
        for name, path in made[notice.id].items()
    }
    downloads = {notice.id: offered(notice, files) for notice in catalogue.notices}
    return Exports(files, sitewide(Stand(catalogue, base, downloads)), downloads)


def all_files(editions: Sequence[Edition], cache: Path) -> dict[str, Files]:
    """Return where the exports of each notice stand, made anew for those that have changed.

    Many are made by as many processes as there are processors.
    """
    places = {each.notice.id: cache / each.notice.id / store.key(each) for each in editions}
    files = {notice: store.kept(place) for notice, place in places.items()}
    changed = [each for each in editions if files[each.notice.id] is None]
    jobs = [(each, places[each.notice.id]) for each in changed]
    if len(jobs) < _MANY:
        made = [*map(_make, jobs)]
    else:
        require(notice_address(changed[0].notice))
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as processes:
            made = [*processes.map(_make, jobs)]
    files |= {each.notice.id: fresh for each, fresh in zip(changed, made, strict=True)}
    return {notice: each for notice, each in files.items() if each is not None}


def _make(job: tuple[Edition, Path]) -> Files:
    edition, place = job
    with _without_collecting():
        return store.keep(place, {output.name: output.make(edition) for output in OUTPUTS})


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
