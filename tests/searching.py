"""The index of the search of a whole catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from notices.cache import Drawer
from notices.catalogue.notices import Catalogue
from notices.outputs.search import index_files, rows_of


def index_of(catalogue: Catalogue, room: Drawer | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file of the index of ``catalogue``."""
    found = (rows_of(notice, catalogue) for notice in catalogue.notices)
    yield from index_files(found, catalogue.vocabulary, room)
