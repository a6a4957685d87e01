"""The build: the one way from what people wrote to a site that may be public.

Read and check the notices, and make what is made of them, while MkDocs renders the pages that
people wrote and the frame that others stand in; compress all, hold what lies there against what was
meant, write the manifest, and follow every link. A site takes the place of the one before only when
all went well.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import importlib
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from .. import software
from ..cache import NAMES_FOLDER, Cache, Drawer, folder_of, open_cache
from ..catalogue.survey import Surveyed, survey
from ..digest import digest
from ..history.project import ROOT, Project
from ..problem import Faulty, Problem, unwritable
from ..processes import Beside
from ..proof.approvals.approvers import Approvers, approvers_of, variables
from . import ours, spare, target, workshop
from .kept_outputs import KeptOutputs
from .renderer import PageRenderer

if TYPE_CHECKING:
    from ..catalogue.summary import Archive
    from ..proof.files import SiteFiles
    from ..proof.inventory import Inventory
    from ..proof.meant import Meant
    from .notice_output import NoticeOutput
    from .notices_made import Gathered, NoticesMade

_SOFTWARE = (
    ".renderer",
    ".current",
    "..checks",
    ".notices_made",
    ".lists_made",
    ".contents_made",
    ".assembly",
)
"""What takes as long to be loaded as MkDocs to start, in the order in which it is wanted."""

_MANY = 10_000
"""Files of a project, for whose site a copy of this process is worth what it takes."""


class Build:
    """A build of ``project``, or the one in that folder, into the folder ``site`` for ``address``.

    ``cache`` is where its cache is, if not where :func:`open_cache` finds it; with ``anew``,
    nothing that was made before is used. ``workers`` is the address of a cluster that makes the
    notices, if one does. ``approvers`` tells who must have agreed to what is built.
    What a commit says of its time may not lie after ``now``.
    """

    def __init__(
        self,
        project: Project | Path,
        site: Path,
        address: str = "",
        cache: Path | None = None,
        *,
        anew: bool = False,
        workers: str = "",
        approvers: Callable[[Project], Approvers | None] = approvers_of,
        now: datetime.datetime | None = None,
    ) -> None:
        self.project, self.site, self.address = project, site, address
        # The build itself asks no clock: it must give the same at any time.
        self._now = now
        self.seconds: dict[str, float] = {}
        """How long each step took, by its name; the check runs while the pages are made."""
        self.is_current = False
        """Whether what stood there already was what would be built."""
        self.hints: list[Problem] = []
        """What is worth a look in a site that may be published all the same."""
        self._cache, self._anew, self._workers = cache, anew, workers
        self._ask = approvers
        self._approvers: Approvers | None = None
        self._surveyed: Surveyed | None = None
        self._outputs: KeptOutputs[NoticeOutput] | None = None
        self._new = Path()
        self._there: Inventory | None = None
        """What stood in the folder of the new site, if somebody looked by now."""
        self._files: SiteFiles

    def run(self) -> None:
        """Build; raise Faulty with the problems of the step that stopped it."""
        try:
            self._check_target()
            place = target.resolve(self.site)
            with workshop.workshop(place) as folder:
                self._new = folder / place.name
                self._cache = folder / "cache" if self._anew else self._cache
                self._run(place, open_cache(self._root, self._cache))
        except OSError as error:  # a full disk
            raise Faulty(unwritable(error, self.site)) from error

    def _run(self, place: Path, cache: Cache) -> None:
        with self._renderer(cache) as renderer:
            self._build(place, cache, renderer)

    def _build(self, place: Path, cache: Cache, renderer: PageRenderer) -> None:
        found = self._found(cache)
        if self._now and (problems := found.ahead(self._now)):
            raise Faulty(*problems)
        self._approvers = self._ask(found)
        origin = self._origin(found)
        if self._is_current(place, origin, cache):
            self.is_current = True
            return
        spare.take(cache.folder, self._new)
        try:
            self._make(found, cache, renderer)
            spare.keep(workshop.put(self._new, place), cache.folder)
            ours.remember(place, self._files.found, cache)
        except BaseException:
            spare.keep(self._new, cache.folder)
            raise
        if origin:
            from . import current  # noqa: PLC0415

            current.remember(place, self.address, origin, cache)

    def _found(self, cache: Cache) -> Project:
        """Return the project, and let the software be there when its files have been found."""
        given = self.project
        if not isinstance(given, Path):
            return given
        # What was read of it before is not read again.
        find = functools.partial(_find, given, cache.room("sources"))
        with Beside(find, Faulty) as finding:
            for name in _SOFTWARE:  # a build of few files is not to wait for all of it
                if finding.is_made:
                    break
                importlib.import_module(name, __package__)
            if not finding.is_made:  # of an archive
                self._outputs = KeptOutputs(cache.room("notices"), self.address, later=False)
                self._outputs.read()
            project, self._surveyed = finding.made()
            return project

    def _is_current(self, place: Path, origin: str, cache: Cache) -> bool:
        if not origin or not place.is_dir():
            return False
        from . import current  # noqa: PLC0415 (takes as long as MkDocs to start)

        return current.is_current(place, self.address, origin, cache)

    def _origin(self, project: Project) -> str:
        """Return a name for all that the site is made from, "" when it is not committed."""
        if project.commit is None:
            return ""
        from ..outputs.exports.key import software as exporter  # noqa: PLC0415

        who = variables(self._approvers).values()
        moment = project.moment.isoformat() if project.moment else ""
        tools = (software.version(), exporter(software.FRAGMENTS), sys.version)
        return digest(*(each.encode() for each in (project.commit, moment, *tools, *who)))

    @property
    def _root(self) -> Path:
        return self.project.root if isinstance(self.project, Project) else self.project

    def _check_target(self) -> None:
        others = () if self._anew else (folder_of(self._root, self._cache),)
        target.check(self.site, self._root, *others, is_ours=self._is_ours)

    def _is_ours(self, place: Path) -> bool:
        # Before it is known that a site may stand there, nothing is made that is not there.
        if self._anew or not folder_of(self._root, self._cache).is_dir():
            return False
        return ours.are_all(place, open_cache(self._root, self._cache))

    def _make(self, found: Project, cache: Cache, renderer: PageRenderer) -> None:
        from ..proof.files import look_only  # noqa: PLC0415 (takes as long as MkDocs to start)

        look = functools.partial(look_only, self._new, self.address, cache)
        many = len(found.names) >= _MANY
        with Beside(look, Faulty, worth=many) as looking:
            with self._timed("通报"):
                notices = self._notices(found, cache)
            with self._timed("页面"):
                self._there = looking.made() if many else None
                meant = self._assemble(found, notices, renderer, cache)
        with self._timed("核对"):
            self._scan(notices.told)
            self._files.place_forms()
        with Beside(self._close, Faulty, worth=many) as closing:
            with self._timed("封存"):
                self._seal(found, notices.told.archive, meant)
            with self._timed("链接"):
                self._follow()
            closing.made()

    def _close(self) -> None:
        """Do what may be done while a site is sealed."""
        self._files.keep()
        self._check_target()  # it took a while

    @contextlib.contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - started

    def _renderer(self, cache: Cache) -> PageRenderer:
        """Return what renders, with the software that is running."""
        kept = {NAMES_FOLDER: str(self._cache.absolute())} if self._cache else {}
        told = {"SITE_URL": self.address, **kept, ROOT: str(self._root.resolve())}
        return PageRenderer(self._new.parent, self.address, cache.room("rendered"), told)

    def _notices(self, project: Project, cache: Cache) -> NoticesMade:
        from .notices_made import make_notices  # noqa: PLC0415 (takes as long as MkDocs to start)

        found = project.problems()
        try:
            made = make_notices(
                project, self.address, self._approvers, cache,
                workers=self._workers, surveyed=self._surveyed, read=self._outputs,
            )  # fmt: skip
        except Faulty as fault:
            raise Faulty(*found, *fault.problems) from fault
        if found:
            raise Faulty(*found)
        self.hints = made.hints
        return made

    def _assemble(
        self, project: Project, notices: NoticesMade, renderer: PageRenderer, cache: Cache
    ) -> Meant:
        """Let all files of the site stand there; return what they are meant to be."""
        from ..catalogue.listings import Portal  # noqa: PLC0415
        from ..proof.files import SiteFiles  # noqa: PLC0415
        from .assembly import Assembly  # noqa: PLC0415
        from .component import shares  # noqa: PLC0415
        from .contents_made import ContentsMade  # noqa: PLC0415
        from .lists_made import ListsMade  # noqa: PLC0415

        archive = notices.told.archive
        portal, packed = Portal(archive), archive.site.precompressed
        contents = ContentsMade(project, notices.told, portal, self.address, cache)
        rendered = renderer.ask(contents.asked)()
        with Beside(functools.partial(contents.made, rendered), Faulty) as others:
            self._files = SiteFiles(self._new, self.address, cache, packed=packed)
            assembly = Assembly(self._files, self._there)
            lists = ListsMade(portal, self.address, cache)
            assembly.put(
                notices.search_files(),  # which take longest
                *shares(notices.exports()),
                lists.tables(),
                *shares(notices.pages(rendered.frames)),
                *shares(lists.pages(rendered.frames)),
                notices.approved(),
            )
            assembly.put(contents.parts(rendered, others.made()))
        assembly.finish()
        return assembly.meant

    def _scan(self, told: Gathered) -> None:
        self._files.look()
        if problems := [*self._files.personal(told.permitted)]:
            raise Faulty(*problems)

    def _seal(self, project: Project, archive: Archive, meant: Meant) -> None:
        from ..catalogue.addresses import approved_texts  # noqa: PLC0415
        from ..proof import manifest  # noqa: PLC0415

        approved = approved_texts(archive.notices)
        file = self._new / manifest.NAME
        made = manifest.make(
            self._files.found, self._files.digests, approved,
            commit=project.commit, address=self.address, software=software.version(),
        )  # fmt: skip
        if who := self._approvers:
            approvers = manifest.StatedApprovers(signers=who.signers, least=who.least)
            made = made.model_copy(update={"approvers": approvers})
        if problems := [*meant.differences(made.files, self._files.unpacked)]:
            raise Faulty(*problems)
        file.write_bytes(made.written())

    def _follow(self) -> None:
        if problems := self._files.dead_links():
            raise Faulty(*problems)


def _find(root: Path, kept: Drawer) -> tuple[Project, Surveyed]:
    """Return the project in ``root``, and what of it may become public."""
    return Project.at(root, kept), survey(root)
