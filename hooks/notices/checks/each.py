"""Each notice is checked for itself: those of an archive by two processes at once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence

from ..catalogue.notices import Catalogue, Notice
from ..catalogue.settings import Settings
from ..problem import Problem
from ..processes import may_fork
from ..progress import Done, shown

MANY = 50  # notices; for fewer, a second process takes longer than it saves
_WHAT = "检查通报"
OfOne = Callable[[Notice, Settings], Iterable[Problem]]


def of_each(catalogue: Catalogue, check: OfOne) -> Iterator[Problem]:
    """Yield what ``check`` finds in each notice of ``catalogue``, in no order."""
    notices = catalogue.notices
    if len(notices) < MANY or not may_fork():
        with shown(_WHAT, len(notices)) as done:
            yield from _of(notices, catalogue, check, done)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 (seldom needed)

    half = (len(notices) + 1) // 2
    # A fork has the catalogue already: only problems pass from one process to the other.
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, fork, _Other.take, (catalogue, check)) as other:
        found = other.submit(_Other.of, half)
        with shown(_WHAT, len(notices)) as done:
            # Meanwhile the other does as many.
            yield from _of(notices[half:], catalogue, check, lambda count: done(2 * count))
        yield from found.result()


def _of(
    notices: Sequence[Notice], settings: Settings, check: OfOne, done: Done
) -> Iterator[Problem]:
    for notice in notices:
        yield from check(notice, settings)
        done(1)


class _Other:
    """What the other process works on."""

    catalogue: Catalogue
    check: OfOne

    @classmethod
    def take(cls, catalogue: Catalogue, check: OfOne) -> None:
        cls.catalogue, cls.check = catalogue, staticmethod(check)

    @classmethod
    def of(cls, count: int) -> list[Problem]:
        return [*_of(cls.catalogue.notices[:count], cls.catalogue, cls.check, lambda _: None)]
