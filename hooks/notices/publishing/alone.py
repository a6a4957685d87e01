"""All that is made of a site, for whoever writes it without proving it."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from ..cache import Cache
from ..catalogue.listings import Portal
from ..history.project import Project
from ..proof.approvals.approvers import approvers_of
from .component import Component, write
from .contents_made import ContentsMade
from .lists_made import ListsMade
from .notice_output import NoticeOutput, SlottedPage
from .notices_made import make_notices
from .rendered import AskedPages, Rendered
from .renderer import KeptPages


class MadeAlone:
    """What is made of ``project``, for a site at ``base``; raise Faulty with all that is wrong
    with it.

    Of what is only a ``preview``, nothing need be approved yet, drafts are shown, and exports are
    made when they are asked for. What was made ``before`` of the same project is used again.
    """

    def __init__(
        self,
        project: Project,
        base: str,
        cache: Cache,
        *,
        preview: bool,
        before: MadeAlone | None = None,
    ) -> None:
        approvers = None if preview else approvers_of(project)
        remembered = before.outputs if before else ()
        self._notices = make_notices(
            project, base, approvers, cache, later=preview, remembered=remembered
        )
        told = self._notices.told
        portal = Portal(told.archive)
        self._lists = ListsMade(portal, base, cache)
        self._contents = ContentsMade(project, told, portal, base, cache)
        self._kept = KeptPages(base, cache.room("rendered"))
        self.hints = self._notices.hints

    @property
    def outputs(self) -> Sequence[NoticeOutput]:
        """What was made of each notice."""
        return self._notices.outputs

    @property
    def asked(self) -> AskedPages:
        """What must be rendered of it."""
        return self._contents.asked

    def rendered_before(self) -> Rendered | None:
        """Return what is asked, if it was rendered before."""
        return self._kept.find(self.asked)

    def write(self, site: Path, rendered: Rendered) -> None:
        """Write all files of the site, and keep what was ``rendered``."""
        write(site, self.parts(rendered))
        if not self.rendered_before():
            self._kept.keep(self.asked, rendered.told())

    def slotted_pages(self) -> Iterator[SlottedPage]:
        """Yield the pages of notices without their frames."""
        return self._notices.slotted_pages()

    def groups(self, rendered: Rendered) -> list[Callable[[], Iterable[Component]]]:
        """Return what gives the files of the site, those first of which there are few; what was
        ``rendered`` is what was asked.
        """
        notices, lists, frames = self._notices, self._lists, rendered.frames
        pages = (functools.partial(each.pages, frames) for each in (notices, lists))
        contents = functools.partial(self._contents.parts, rendered)
        files = (notices.approved, notices.exports, lists.tables, notices.search_files)
        return [contents, *pages, *files]

    def parts(self, rendered: Rendered) -> Iterator[Component]:
        """Yield all files of the site."""
        return itertools.chain.from_iterable(group() for group in self.groups(rendered))
