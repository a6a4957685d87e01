"""The making of a site: all of it that is made of a catalogue, but for the pages that people wrote.

Those are rendered by whoever builds the site, who also renders each type of frame once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from .. import software
from ..cache import open_cache
from ..catalogue.addresses import approved_texts
from ..catalogue.notices import Catalogue
from ..catalogue.public import address_of
from ..catalogue.summary import Archive
from ..history.project import Project
from ..outputs import search
from ..outputs.changes import keep_record
from ..outputs.exports import make_exports
from ..outputs.exports.sitewide import Stand, sitewide
from ..outputs.fragments import Fragments, KeptTemplates
from ..outputs.pages.assets import place_assets
from ..outputs.pages.frame import Frame
from ..outputs.pages.of_archive import ON_HOME, archive_pages, listings
from ..outputs.pages.of_notice import notice_pages
from ..outputs.pages.page import DOCUMENTS, LEDGER, LISTING, TEXT, Page
from ..outputs.pages.slots import Filler
from ..proof.approvals.judge import Approval
from . import contents

FRAMES = {
    TEXT: "notices/frame.md",
    LEDGER: "notices/frame/ledger.md",
    DOCUMENTS: "notices/frame/documents.md",
    LISTING: "archive/frame.md",
}
"""The source that a frame of each type has: as deep in the site as the pages that it is for."""


class Making:
    """What is made of ``catalogue``, the public's, of ``project``, for a site at ``base``.

    ``approvals`` are those of each notice; ``material`` is the folder of Material's templates. With
    ``later``, exports are made when somebody asks for them.
    """

    def __init__(
        self,
        project: Project,
        catalogue: Catalogue,
        approvals: Mapping[str, Sequence[Approval]],
        base: str,
        material: Path,
        *,
        later: bool = False,
    ) -> None:
        self.archive = Archive.of(catalogue)
        self.origin = catalogue.origin
        self.base, self._root, self.public = base, project.root, catalogue
        self._approvals = approvals
        self._cache = cache = open_cache(project.root)
        self.templates = KeptTemplates(cache.room("templates"))
        self.record = keep_record(project, self.archive, self._permitted, cache.room("changes"))
        room, templates = cache.room("exports"), software.FRAGMENTS
        self.exports = make_exports(catalogue, base, templates, room, later=later)
        stand = Stand(self.archive, base, self.exports.downloads, self.record.revisions)
        self._sitewide = sitewide(stand)
        self._listings = listings(self.archive)
        self.assets_at, self._assets = place_assets(software.THEME, material, cache.room("styles"))
        self._commit = project.commit
        self.filler = Filler(Fragments(self.archive, templates, self.templates, base), self.archive)

    @cached_property
    def fragments(self) -> Fragments:
        """The fragments that people may put into their pages."""
        known: dict[str, object] = {"commit": self._commit, "archive": self.archive}
        known |= {"record": self.record, "sitewide": self._sitewide}
        known |= {"listings": self._listings, "on_home": ON_HOME}
        return Fragments(self.archive, software.FRAGMENTS, self.templates, self.base, **known)

    def texts(self) -> dict[str, str | bytes]:
        """Return what stands in the site beside pages, by its address, but for the search."""
        made: dict[str, str | bytes] = {
            f"{self.assets_at}/{path}": content for path, content in self._assets.items()
        }
        made |= self._sitewide
        made |= dict(contents.texts(self.archive, self.record, self.fragments, self.base))
        return made

    def copied(self) -> dict[str, Path]:
        """Return what stands in the site as it does elsewhere, by its address."""
        return contents.copied(self.archive, self._root)

    def addresses(self) -> list[str]:
        """Return the address of each page that is made, without its file."""
        of_archive = [page.address for page in archive_pages(self._listings)]
        sources = self.sources().items()
        pages = (address for source, address in sources if source.endswith(".md"))
        return [*of_archive, *(each.removesuffix("index.html") for each in pages)]

    def sources(self) -> dict[str, str]:
        """Return the address of all that is made of notices by the source that links name it by."""
        copied = {*approved_texts(self.archive.notices).values()}
        sources = (each for notice in self.archive.notices for each in notice.sources)
        return {each: address_of(each) for each in sources if each not in copied}

    def files(self, frames: Mapping[str, Frame], *, exports: bool) -> Iterator[tuple[str, bytes]]:
        """Yield what is made, by its address: pages in ``frames``, the search and, if they are
        wanted, ``exports``, each of which is read when it is its turn.
        """
        yield from ((address, page.encode()) for address, page in self.pages(frames))
        for address, export in self.exports.beside.items() if exports else ():
            yield address, export.content()
        yield from self._search_files()

    def pages(self, frames: Mapping[str, Frame]) -> Iterator[tuple[str, str]]:
        """Yield each page that is made, of notices and of the archive, by its address, in the frame
        of its type.
        """
        for page, known in self._pages():
            filled = frames[page.kind].filled(self.filler.slots(page, **known))
            yield f"{page.address}index.html", filled

    def _pages(self) -> Iterator[tuple[Page, dict[str, object]]]:
        for page in archive_pages(self._listings):
            yield page, {}
        for notice in self.public.notices:
            downloads = self.exports.downloads[notice.id]
            approvals = self._approvals.get(notice.id, ())
            for page in notice_pages(notice):
                yield page, {"downloads": downloads, "approvals": approvals}

    def _permitted(self) -> frozenset[str]:
        from ..checks import privacy  # noqa: PLC0415 (takes a while, and is seldom needed)

        return privacy.published(self.public)

    def _search_files(self) -> Iterator[tuple[str, bytes]]:
        found = (search.rows_of(notice, self.public) for notice in self.public.notices)
        room = self._cache.room("search")
        return search.index_files(found, self.archive.vocabulary, room)
