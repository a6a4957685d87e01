"""What is made of all notices together: lists on pages, and tables of all their items.

Most of it stays as it is when a notice is another: each page and table is kept under a name for all
that it says.
"""

from __future__ import annotations

import functools
import pickle
from collections.abc import Callable, Iterator, Mapping

from .. import software
from ..cache import Cache, Drawer
from ..catalogue.listings import Portal
from ..digest import digest
from ..outputs.exports import ledger
from ..outputs.pages.frame import Frame
from ..outputs.pages.of_archive import archive_pages
from ..outputs.pages.page import Page
from ..outputs.pages.slots import Filler


class ListsMade:
    """What is made of ``portal``, for a site at ``base``."""

    def __init__(self, portal: Portal, filler: Filler, base: str, cache: Cache) -> None:
        self._portal, self._filler, self._base = portal, filler, base
        self._room: Drawer = cache.room("lists")
        self._used: set[str] = set()
        settings = (document.text for document in portal.archive.documents)
        said = (software.version(), base, *settings)
        self._common = digest(*(each.encode() for each in said)).encode()
        self.tables = dict(self._tables())
        """What makes each table, or finds it, by its address."""

    def pages(self, frames: Mapping[str, Frame]) -> Iterator[tuple[str, bytes]]:
        """Yield each page by its address, in the frame of its type."""
        for page in archive_pages(self._portal):
            words = (page.fragment, page.address, page.title, page.description, page.mark)
            kept = self._kept(self._name(*words), functools.partial(self._slots, page))
            yield f"{page.address}index.html", frames[page.kind].filled(pickle.loads(kept)).encode()
        # Preview and site, which have different addresses, do not drive each other out.
        self._room.forget(self._used, spare=len(self._used))

    def _slots(self, page: Page) -> bytes:
        return pickle.dumps(self._filler.slots(page), pickle.HIGHEST_PROTOCOL)

    def _tables(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        makers = ledger.tables(self._portal, self._base)
        archive = self._portal.archive
        # There are columns for what there is, in whichever notice.
        findings = [each.id for each in archive.findings]
        statuses = sorted({each for notice in archive.notices for each in notice.standing.measures})
        for listing in self._portal.ledgers:
            marks = [notice.mark for notice in listing.things]
            words = (listing.label, *findings, "", *statuses, "", *marks)
            for address in listing.tables():
                name = self._name(address, *words)
                yield address, functools.partial(self._kept, name, makers[address])

    def _name(self, *words: str) -> str:
        """Return a name for what says ``words``, which is of use."""
        name = digest(self._common, *(each.encode() for each in words))
        self._used.add(name)
        return name

    def _kept(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return what is kept under ``name``, or make and keep it."""
        found = self._room.get(name)
        if found is None:
            found = make()
            self._room.set(name, found)
        return found
