"""The bench: where a worker of a cluster makes the notices of a batch, and leaves nothing of them.

All it has of the project is what the batch brings.
"""

from __future__ import annotations

import os
import pickle
import shutil
import socket
import tempfile
import threading
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path

from .. import fault
from ..cache import passing_cache
from ..catalogue.loading import ProjectLoader
from ..catalogue.survey import Public
from ..digest import digest
from ..facts.files import Shelf
from ..problem import Faulty
from ..proof.approvals.approvers import Approvers
from .batch import ANSWER, FILES, ORDER, SETTINGS, Common, Order, Reply, packed, unpacked
from .notice_output import NoticeMaker, body_name, made_with

_AT_WORK = threading.Lock()


def make_batch(batch: bytes) -> bytes:
    """Return what is made of a batch; called on a worker, where it raises nothing: who asked is
    told by what it returns.
    """
    answer = Reply(worker=f"{socket.gethostname()}/{os.getpid()}")
    made: dict[str, bytes] = {}
    # A worker may have several threads, of which one at a time could do anything anyway.
    with _AT_WORK:
        try:
            answer.made_with = made_with()
            files = unpacked(batch)
            order = Order.model_validate_json(files.pop(ORDER))
            if order.common.made_with == answer.made_with:
                made = _Bench.for_(order, files).make(order, files)
        except Faulty as faulty:
            answer.problems += faulty.problems
        except Exception as error:
            answer.problems.append(fault.tell(error))
    return packed({ANSWER: answer.model_dump_json().encode(), **made})


class _Bench:
    """Where a worker makes the notices of one project, with settings that are loaded once."""

    _last: tuple[str, _Bench] | None = None

    @classmethod
    def for_(cls, order: Order, files: Mapping[str, bytes]) -> _Bench:
        """Return the bench for ``order``, the last one if it had the same settings."""
        common = order.common
        paths = sorted({*SETTINGS, *common.kinds, *common.publishers})
        contents = {path: files[FILES + path] for path in paths if FILES + path in files}
        said = (common.model_dump_json(), *contents)
        name = digest(*(each.encode() for each in said), *contents.values())
        if cls._last is None or cls._last[0] != name:
            cls._last = name, cls(common, contents)
        return cls._last[1]

    def __init__(self, common: Common, settings: Mapping[str, bytes]) -> None:
        folder = Path(tempfile.mkdtemp(prefix="notices-batch-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._root, kept = folder / "project", folder / "cache"
        kept.mkdir()
        _write(self._root, settings)
        public = Public(
            attachments=common.attachments, kinds=common.kinds, publishers=common.publishers
        )
        with Shelf(self._root) as shelf:
            self._loader = ProjectLoader(shelf, public, [], common.as_of)
        who = None if common.signers is None else Approvers(common.signers, common.least)
        named = {"": "0" * common.length}  # as where it comes from; of no file
        self._maker = NoticeMaker(
            self._loader, common.base, who, passing_cache(kept), named, later=common.later
        )

    def make(self, order: Order, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return what is made of the notices of ``order``, and leave nothing of it here."""
        own = {path.removeprefix(FILES): content for path, content in files.items()}
        _write(self._root, own)
        try:
            with Shelf(self._root) as self._loader.shelf:
                return dict(self._made(order))
        finally:
            for path in ("data/notices", "content/notices"):
                shutil.rmtree(self._root / path, ignore_errors=True)
            for room in ("notices", "exports", "proofs"):
                self._maker.cache.room(room).forget(())
            self._loader.public.items.clear()
            self._loader.public.approvals.clear()

    def _made(self, order: Order) -> Iterator[tuple[str, bytes]]:
        maker = self._maker
        for name, wanted in order.notices.items():
            self._loader.public.items[name] = wanted.items
            self._loader.public.approvals[name] = wanted.approvals
            output = maker.make(name)
            yield f"{output.key}/head", pickle.dumps(output, pickle.HIGHEST_PROTOCOL)
            if body := maker.room.get(body_name(output.key)):
                yield f"{output.key}/body", body
            exports = maker.cache.room("exports")
            for export in output.exports:
                if content := exports.get(export.name):  # not yet, if they are made later
                    yield f"{output.key}/{export.address}", content


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
