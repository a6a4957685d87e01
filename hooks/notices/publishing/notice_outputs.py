"""The outputs of all notices: kept ones where nothing has changed, the others made by a cluster, or
by as many processes as there are processors.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import gc
import multiprocessing
import os
from collections.abc import Iterator, Sequence

from ..processes import may_fork
from ..progress import shown
from .cluster import Tell, made_by_cluster
from .notice_output import NoticeMaker, NoticeOutput

_MANY = 4  # notices; for fewer, starting processes takes longer than it saves
_OBJECTS = 50_000  # more than most notices are made of


def outputs_of(
    maker: NoticeMaker, names: Sequence[str], workers: str = "", tell: Tell = lambda _: None
) -> list[NoticeOutput]:
    """Return what is made of each notice of these ``names``, in their order.

    ``workers`` is the address of a cluster that makes them; ``tell`` is told when it did not make
    all.
    """
    outputs = {name: output for name in names if (output := maker.kept(name))}
    changed = [name for name in names if name not in outputs]
    with shown("生成通报", len(changed)) as done:
        elsewhere = workers and changed
        made = (
            made_by_cluster(maker, changed, workers, tell) if elsewhere else _made(maker, changed)
        )
        for output in made:
            outputs[output.name] = output
            done(1)
    return [outputs[name] for name in names]


def _made(maker: NoticeMaker, names: Sequence[str]) -> Iterator[NoticeOutput]:
    """Yield what is made of the notices of these ``names``, in no order."""
    left = dict.fromkeys(names)
    for output in _by_processes(maker, names):
        del left[output.name]
        yield output
    # Those of a process that was killed are made here.
    yield from map(maker.make, left)


def _by_processes(maker: NoticeMaker, names: Sequence[str]) -> Iterator[NoticeOutput]:
    """Yield what is made of the notices of these ``names``, as far as that is worth a process."""
    if len(names) < _MANY or not may_fork():
        return
    # A fork has all that is common already, and gives back what is told of a notice; what is made
    # of it passes through the cache.
    gc.freeze()
    fork = multiprocessing.get_context("fork")
    with (
        contextlib.suppress(concurrent.futures.BrokenExecutor),
        concurrent.futures.ProcessPoolExecutor(
            os.cpu_count(), fork, _Worker.begin, (maker,)
        ) as processes,
    ):
        yield from processes.map(_Worker.make, names)


class _Worker:
    """A process that makes outputs."""

    maker: NoticeMaker

    @classmethod
    def begin(cls, maker: NoticeMaker) -> None:
        cls.maker = maker
        # It makes many; but what is made of a notice goes by itself, and nobody needs to look for
        # garbage again and again.
        gc.enable()
        gc.set_threshold(_OBJECTS)

    @classmethod
    def make(cls, name: str) -> NoticeOutput:
        return cls.maker.make(name)
