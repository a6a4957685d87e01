"""What a preview shows: the project as it is, made again after each change of it."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

from .. import fault, software
from ..cache import open_cache
from ..history.project import Project
from ..problem import Faulty, Problem
from .alone import MadeAlone
from .preview import Shown
from .rendered import Rendered


class Previewed:
    """What is shown of the project in ``root``, in a site at ``base``."""

    def __init__(self, root: Path, base: str) -> None:
        self._root, self._base = root, base
        self._looks = software.looks()
        self._made: MadeAlone | None = None
        self._is_new = False
        self._before: tuple[MadeAlone, Rendered] | None = None
        self.shown = Shown()
        self.problems: list[Problem] = []
        """What is wrong with it since it was last shown."""

    def made(self) -> MadeAlone:
        """Return what is made of it now; raise Faulty with all that is wrong with it."""
        if self._made is None or not self._is_new:
            self._made = self._make()
        self._is_new = False
        return self._made

    def show(self, rendered: Rendered) -> None:
        """Show what was made, of which that was ``rendered``."""
        assert self._made
        self._before = self._made, rendered
        self.shown = Shown(self._made.groups(rendered))

    def follow(self, render: Callable[[], None]) -> None:
        """Show what there is after a change, or keep what was shown and know what is wrong.

        When something must be rendered for it, ``render`` does, and calls :meth:`made` and
        :meth:`show`.
        """
        gc.disable()  # of an archive, collecting takes as long as following
        try:
            self._follow(render)
            self.problems.clear()
        except Faulty as faulty:
            self.problems[:] = faulty.problems
        except Exception as error:  # MkDocs would print where it was, and answer no more
            if isinstance(error, SystemExit):
                raise
            self.problems[:] = [fault.tell(error)]
        finally:
            gc.enable()

    def _follow(self, render: Callable[[], None]) -> None:
        looks = software.looks()
        if looks != self._looks:
            self._looks, self._made, self._before = looks, None, None
            software.version.cache_clear()
        self._made = self._make()
        self._is_new = True
        if self._before and self._before[0].asked == self._made.asked:
            self.show(self._before[1])
        else:
            render()

    def _make(self) -> MadeAlone:
        cache = open_cache(self._root)
        project = Project.at(self._root, cache.room("sources"))
        return MadeAlone(project, self._base, cache, preview=True, before=self._made)
