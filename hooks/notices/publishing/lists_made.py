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
from ..outputs.fragments import Fragments, KeptTemplates
from ..outputs.pages.frame import Frame
from ..outputs.pages.of_archive import archive_pages
from ..outputs.pages.page import Page
from ..outputs.pages.slots import Filler
from .component import Component


class ListsMade:
    """What is made of ``portal``, for a site at ``base``."""

    def __init__(self, portal: Portal, base: str, cache: Cache) -> None:
        archive, templates = portal.archive, KeptTemplates(cache.room("templates"))
        fragments = Fragments(archive, software.FRAGMENTS, templates, base)
        self._portal, self._base, self._filler = portal, base, Filler(fragments, archive)
        self._room: Drawer = cache.room("lists")
        self._used: set[str] = set()
        settings = (document.text for document in portal.archive.documents)
        said = (software.version(), base, *settings)
        self._common = digest(*(each.encode() for each in said)).encode()
        self._tables = dict(self._names_of_tables())

    @functools.cached_property
    def makers(self) -> dict[str, Callable[[], bytes]]:
        """What makes each table, or finds it, by its address."""
        makers = ledger.tables(self._portal, self._base)
        return {
            address: functools.partial(self._kept, name, makers[address])
            for address, name in self._tables.items()
        }

    def pages(self, frames: Mapping[str, Frame]) -> Iterator[Component]:
        """Yield each page in the frame of its type."""
        names = {kind: frame.name for kind, frame in frames.items()}
        for page in archive_pages(self._portal):
            words = (page.fragment, page.address, page.title, page.description, page.mark)
            name = self._name(*words)
            content = functools.partial(self._page, page, name, frames[page.kind])
            origin = digest(name.encode(), names[page.kind].encode())
            yield Component(f"{page.address}index.html", origin, content)
        # Preview and site, which have different addresses, do not drive each other out.
        self._room.forget(self._used, spare=len(self._used))

    def _page(self, page: Page, name: str, frame: Frame) -> bytes:
        slots = self._kept(name, functools.partial(self._slots, page))
        return frame.filled(pickle.loads(slots)).encode()

    def _slots(self, page: Page) -> bytes:
        return pickle.dumps(self._filler.slots(page), pickle.HIGHEST_PROTOCOL)

    def tables(self) -> Iterator[Component]:
        """Yield each table, made when it is its turn."""
        for address, name in self._tables.items():
            yield Component(address, name, self.makers[address])

    def _names_of_tables(self) -> Iterator[tuple[str, str]]:
        """Yield the address of each table, and a name for what it says."""
        archive = self._portal.archive
        # There are columns for what there is, in whichever notice.
        findings = [each.id for each in archive.findings]
        statuses = sorted({each for notice in archive.notices for each in notice.standing.measures})
        for listing in self._portal.ledgers:
            marks = [notice.mark for notice in listing.things]
            words = (listing.label, *findings, "", *statuses, "", *marks)
            yield from ((address, self._name(address, *words)) for address in listing.tables())

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
