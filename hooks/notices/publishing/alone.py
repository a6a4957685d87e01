"""All that is made of the notices of a site, for whoever writes it without proving it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from ..cache import Cache
from ..catalogue.listings import Portal
from ..history.project import Project
from ..outputs.pages.frame import Frame
from ..proof.approvals.approvers import approvers_of
from .component import Component
from .lists_made import ListsMade
from .notice_output import SlottedPage
from .notices_made import Gathered, make_notices


class MadeAlone:
    """What is made of the notices of ``project``, for a site at ``base``; raise Faulty with all
    that is wrong with them.

    Of what is only a ``preview``, exports are made when they are asked for, and nothing need be
    approved yet.
    """

    def __init__(self, project: Project, base: str, cache: Cache, *, preview: bool) -> None:
        approvers = None if preview else approvers_of(project)
        self._notices = make_notices(project, base, approvers, cache, later=preview)
        self._base, self._cache, self._preview = base, cache, preview
        self.hints = self._notices.hints

    @property
    def told(self) -> Gathered:
        """What is told of the notices to whoever makes all else."""
        return self._notices.told

    @cached_property
    def _lists(self) -> ListsMade:
        return ListsMade(Portal(self.told.archive), self._base, self._cache)

    def slotted_pages(self) -> Iterator[SlottedPage]:
        """Yield the pages of notices without their frames."""
        return self._notices.slotted_pages()

    def parts(self, frames: Mapping[str, Frame]) -> Iterator[Component]:
        """Yield the files, pages in the ``frames`` of their types."""
        notices, lists = self._notices, self._lists
        parts: list[Iterable[Component]] = [notices.pages(frames), notices.approved()]
        parts += [lists.pages(frames), notices.search_files()]
        if not self._preview:
            parts += [notices.exports(), lists.tables()]
        return itertools.chain(*parts)

    @cached_property
    def makers(self) -> dict[str, Callable[[], bytes]]:
        """What makes each file for readers to take away, when it is asked for, by its address."""
        return {**self._lists.makers, **self._notices.makers}
