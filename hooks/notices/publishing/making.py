"""The making of a site: what whoever renders the pages that people wrote must know, and what stands
beside them; not what is made of notices and their lists.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from .. import software
from ..cache import Cache
from ..catalogue.listings import ON_HOME, Portal
from ..catalogue.public import address_of
from ..history.project import Project
from ..outputs.changes import keep_record
from ..outputs.exports.sitewide import Stand, sitewide
from ..outputs.fragments import Fragments, KeptTemplates
from ..outputs.pages.assets import Assets
from ..outputs.pages.page import DOCUMENTS, LEDGER, LISTING, TEXT
from ..outputs.pages.slots import Filler
from . import contents
from .notices_made import Gathered

FRAMES = {
    TEXT: "notices/frame.md",
    LEDGER: "notices/frame/ledger.md",
    DOCUMENTS: "notices/frame/documents.md",
    LISTING: "archive/frame.md",
}
"""The source that a frame of each type has: as deep in the site as the pages that it is for."""


class Making:
    """What is made of ``project`` for a site at ``base``, of whose notices all that is ``told``."""

    def __init__(
        self, project: Project, told: Gathered, base: str, cache: Cache, assets: Assets
    ) -> None:
        self.archive = archive = told.archive
        self.base, self._root = base, project.root
        self.templates = KeptTemplates(cache.room("templates"))
        self.record = keep_record(project, archive, told.permitted, cache.room("changes"))
        self._sitewide = sitewide(Stand(archive, base, told.downloads, self.record.revisions))
        self.portal = Portal(archive)
        self.assets_at, self._assets = assets
        self._commit = project.commit
        fragments = Fragments(archive, software.FRAGMENTS, self.templates, base)
        self.filler = Filler(fragments, archive)

    @cached_property
    def fragments(self) -> Fragments:
        """The fragments that people may put into their pages."""
        known: dict[str, object] = {"commit": self._commit, "archive": self.archive}
        known |= {"record": self.record, "sitewide": self._sitewide}
        known |= {"portal": self.portal, "on_home": ON_HOME}
        return Fragments(self.archive, software.FRAGMENTS, self.templates, self.base, **known)

    def texts(self) -> dict[str, str | bytes]:
        """Return what stands in the site beside pages, by its address, but for the search."""
        made: dict[str, str | bytes] = {
            f"{self.assets_at}/{path}": content for path, content in self._assets.items()
        }
        made |= self._sitewide
        made |= dict(contents.texts(self.portal, self.record, self.fragments, self.base))
        return made

    def copied(self) -> dict[str, Path]:
        """Return what stands in the site as it does elsewhere, by its address."""
        return contents.copied(self.archive, self._root)

    def addresses(self) -> list[str]:
        """Return the address of each page that is made, without its file."""
        pages = (address_of(each) for each in self._sources() if each.endswith(".md"))
        return [each.removesuffix("index.html") for each in pages]

    def sources(self) -> dict[str, str]:
        """Return the address of what is made by the source that links name it by, as far as pages
        that people wrote may link to it.
        """
        feeds = {feed for listing in self.portal.publishers for feed in listing.feeds()}
        written = "\n".join(self.archive.pages.values())
        wanted = (each for each in self._sources() if each not in feeds)
        return {each: address_of(each) for each in wanted if _folder(each) in written}

    def _sources(self) -> Iterator[str]:
        yield from (each for notice in self.archive.notices for each in notice.sources)
        yield from self.portal.sources()


def _folder(source: str) -> str:
    """Return the words that stand in each link to ``source``: the name of a notice, or a folder."""
    top, _, rest = source.partition("/")
    return rest.partition("/")[0].removesuffix(".md") if top == "notices" else top
