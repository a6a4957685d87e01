"""All that is made of a site, for whoever writes it without proving it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from ..cache import Cache
from ..catalogue.listings import Portal
from ..history.project import Project
from ..proof.approvals.approvers import approvers_of
from .component import Component
from .contents_made import ContentsMade
from .lists_made import ListsMade
from .notice_output import SlottedPage
from .notices_made import make_notices
from .rendered import AskedPages, Rendered


class MadeAlone:
    """What is made of the notices of ``project``, for a site at ``base``; raise Faulty with all
    that is wrong with them.

    Of what is only a ``preview``, exports are made when they are asked for, and nothing need be
    approved yet.
    """

    def __init__(self, project: Project, base: str, cache: Cache, *, preview: bool) -> None:
        approvers = None if preview else approvers_of(project)
        self._notices = make_notices(project, base, approvers, cache, later=preview)
        self._preview, told = preview, self._notices.told
        portal = Portal(told.archive)
        self._lists = ListsMade(portal, base, cache)
        self._contents = ContentsMade(project, told, portal, base, cache)
        self.hints = self._notices.hints

    @property
    def asked(self) -> AskedPages:
        """What must be rendered of them."""
        return self._contents.asked

    def slotted_pages(self) -> Iterator[SlottedPage]:
        """Yield the pages of notices without their frames."""
        return self._notices.slotted_pages()

    def parts(self, rendered: Rendered) -> Iterator[Component]:
        """Yield all files of the site; what was ``rendered`` is what was asked."""
        notices, lists, frames = self._notices, self._lists, rendered.frames
        parts: list[Iterable[Component]] = [notices.pages(frames), notices.approved()]
        parts += [lists.pages(frames), notices.search_files(), self._contents.parts(rendered)]
        if not self._preview:
            parts += [notices.exports(), lists.tables()]
        return itertools.chain(*parts)

    @cached_property
    def makers(self) -> dict[str, Callable[[], bytes]]:
        """What makes each file for readers to take away, when it is asked for, by its address."""
        return {**self._lists.makers, **self._notices.makers}
