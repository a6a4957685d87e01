"""A cluster: machines of the operator's own that make notices, to which Dask passes batches.

Of Dask, no more is used than any other such library has: submit, wait for what is done, release.
What a worker does not make, because it is gone, another one makes; what none makes, this machine.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..problem import WARNING, Faulty, Place, Problem, shorten
from .batch import Batches
from .bench import make_batch
from .notice_output import NoticeMaker, NoticeOutput

if TYPE_CHECKING:
    from distributed import Client, Future

_REACHABLE = 5.0  # seconds, in which a scheduler answers
_FIRST = 10.0  # seconds, in which some worker answers
_READY = 30.0  # seconds, in which it has imported the software
_SILENT = 30.0  # seconds without any answer, after which this machine begins with what is left
_OFTEN = 0.02  # seconds, after which it is looked again whether something is done
_PIECES = 64  # batches, or more, that notices are divided into, for workers to end together
_MOST = 8  # notices in a batch
_AT_ONCE = 256  # batches that the cluster has at a time: more would only fill its memory
_NO_DASK = "没有装 Dask，不能用 --workers；请先运行 make cluster"
_NO_SCHEDULER = "连不上这里的 scheduler，网站没有改动；请看它在不在运行，主机和端口对不对（{}）"
_NO_WORKER = "{:.0f} 秒里没有 worker 回应，网站没有改动；请先启动 worker，或者等它们做完别的事"
_UNABLE = (
    "集群不能运行这个软件，网站没有改动；请在每台机器上运行 make cluster，"
    "scheduler 和 worker 都用 .venv/bin/dask 启动（{}）"
)
_LOST = "有 {} 份通报是这台机器自己生成的：没有 worker 生成它们（停了、连不上，或者太慢）"
_LOGS = ("distributed", "distributed.client", "tornado", "tornado.application")

Tell = Callable[[Problem], object]


def made_by_cluster(
    maker: NoticeMaker, names: Sequence[str], address: str, tell: Tell
) -> Iterator[NoticeOutput]:
    """Yield what the cluster at ``address`` makes of the notices of these ``names``, in no order.

    ``tell`` is told when it did not make all of them. Raise Faulty when there is no cluster, or one
    of its workers would make something else.
    """
    batches = Batches(maker)
    with _client(address) as client:
        _greet(client, batches, address)
        work = _Work(client, batches, maker)
        yield from work.of(names)
    if work.lost:
        tell(Problem(Place(address), "workers-lost", _LOST.format(work.lost), WARNING))


@contextlib.contextmanager
def _client(address: str) -> Iterator[Client]:
    try:
        import distributed  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise Faulty(_unreachable(address, _NO_DASK)) from error
    for name in _LOGS:  # what matters is told in our words
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        client = distributed.Client(address, timeout=_REACHABLE)
    except (OSError, ValueError, RuntimeError) as error:
        message = _NO_SCHEDULER.format(_said(error))
        raise Faulty(_unreachable(address, message)) from error
    try:
        yield client
    finally:
        client.close(timeout=_REACHABLE)


def _greet(client: Client, batches: Batches, address: str) -> None:
    """Raise Faulty when no worker answers, or one that is not like us."""
    try:
        _ask(client, len, b"", _FIRST)
    except TimeoutError as error:
        raise Faulty(_unreachable(address, _NO_WORKER.format(_FIRST))) from error
    try:
        answer = _ask(client, make_batch, batches.pack(()), _READY)
    except TimeoutError:  # as of one that cannot even tell what it lacks
        answer = TimeoutError(f"{_READY:.0f} 秒里没有回应")
    if not isinstance(answer, bytes):
        raise Faulty(_unreachable(address, _UNABLE.format(_said(answer))))
    _ = [*batches.take((), answer)]


def _ask(
    client: Client, function: Callable[[bytes], object], what: bytes, seconds: float
) -> object:
    """Return what ``function`` returns on some worker, or what Dask says of its failure."""
    from distributed import as_completed  # noqa: PLC0415

    asked = client.submit(function, what, pure=False)
    [(_, answer)] = as_completed([asked], with_results=True, raise_errors=False, timeout=seconds)
    return answer


class _Work:
    """The work that a cluster has."""

    def __init__(self, client: Client, batches: Batches, maker: NoticeMaker) -> None:
        from distributed import as_completed  # noqa: PLC0415

        self._client, self._batches, self._maker = client, batches, maker
        self._done = as_completed(with_results=True, raise_errors=False)
        self._waiting: dict[Future, Sequence[str]] = {}
        """The batches that the cluster has."""
        self._heard = time.monotonic()
        """When a worker answered last."""
        self._made: list[NoticeOutput] = []
        self._own: list[str] = []
        """What this machine makes."""
        self.lost = 0
        """How many notices the cluster did not make."""

    def of(self, names: Sequence[str]) -> Iterator[NoticeOutput]:
        """Yield what is made of the notices of these ``names``."""
        size = max(1, min(_MOST, len(names) // _PIECES))
        left = (names[at : at + size] for at in range(0, len(names), size))
        while self._send(left):
            if self._done.has_ready():
                self._take(*next(self._done))
            elif self._own:
                self._made.append(self._maker.make(self._own.pop()))
            elif time.monotonic() - self._heard > _SILENT:
                # The last one: workers that are only slow have not begun it.
                self._lose(*self._waiting.popitem())
            else:
                time.sleep(_OFTEN)
            yield from self._made
            self._made.clear()

    def _send(self, left: Iterator[Sequence[str]]) -> bool:
        """Let the cluster have enough of what is ``left``; tell whether there is anything to do."""
        for names in itertools.islice(left, max(0, _AT_ONCE - len(self._waiting))):
            try:
                batch = self._batches.pack(names)
            except Faulty:  # told when it is made here
                self._own += names
                continue
            future = self._client.submit(make_batch, batch, pure=False)
            self._waiting[future] = names
            self._done.add(future)
        return bool(self._waiting or self._own)

    def _take(self, future: Future, answer: object) -> None:
        """Take what came of a batch, or see to it that it is made here."""
        names = self._waiting.pop(future, ())
        if isinstance(answer, bytes):
            self._heard = time.monotonic()
            self._made += self._batches.take(names, answer)
            made = {output.name for output in self._made}
            self._own += (name for name in names if name not in made)
            future.release()
        else:
            self._lose(future, names)

    def _lose(self, future: Future, names: Sequence[str]) -> None:
        """Let the cluster forget a batch, which is made here."""
        self.lost += len(names)
        self._own += names
        future.release()


def _unreachable(address: str, message: str) -> Problem:
    return Problem(Place(address), "workers-unreachable", message)


def _said(failure: object) -> str:
    """Return what Dask says of a task that failed: an error, or its type, itself and its trace."""
    error = failure[1] if isinstance(failure, tuple) else failure
    return shorten(" ".join(str(error).split()) or type(error).__name__, 200)
