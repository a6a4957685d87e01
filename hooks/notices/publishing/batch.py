"""A batch: notices as bytes, to be made on another machine, and what was made of them, as bytes.

Another machine has nothing of the project, so a batch brings every file that its notices are made
from. Both ways it is an archive, which runs nothing when it is opened. What comes back of a notice
is what the cache keeps, a pickle, which may run anything when it is read: so none is read but what
was asked for, made by the same software of the same files. That holds off workers that are old or
broken, and nobody who means harm: whoever reaches a cluster of Dask can run what he likes on all
of its machines, and on this one. It must be the operator's own, and closed to everybody else.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import pickle
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel

from ..problem import Faulty, Place, Problem
from .notice_output import NoticeMaker, NoticeOutput, body_name, made_with

ORDER, ANSWER, FILES = "order.json", "answer.json", "files/"
"""What stands in the archive: what is asked for, what is answered, and the project's own files."""
SETTINGS = ("data/site.yml", "data/vocabulary.yml")
_OTHER_SOFTWARE = (
    "这台 worker 的软件是另一个版本；请在那台机器上更新到同一次提交，运行 make cluster，"
    "再重新启动 worker"
)
_OTHER_LIBRARIES = (
    "这台 worker 的字体或者库与这里的不同，做出来的文件会不一样；请在那台机器上运行 make cluster，"
    "再重新启动 worker"
)


class Common(BaseModel):
    """What all batches of a build have in common, beside the files of the settings."""

    made_with: tuple[str, str]
    base: str
    later: bool
    as_of: datetime.date | None
    length: int
    """Of the names that git gives to files."""
    signers: str | None
    least: int
    attachments: list[str]
    kinds: list[str]
    publishers: list[str]


class Asked(BaseModel):
    """A notice that is asked for: under which key, and which files it has that others may lack."""

    key: str
    items: list[str]
    approvals: list[str]


class Order(BaseModel):
    """What is asked for."""

    common: Common
    notices: dict[str, Asked]


class Reply(BaseModel):
    """What a worker says of a batch: who it is, and why it cannot make it, if it cannot."""

    worker: str
    made_with: tuple[str, str] = ("", "")
    problems: list[Problem] = []


class Batches:
    """Makes batches of the notices of ``maker``, and takes in what comes back."""

    def __init__(self, maker: NoticeMaker) -> None:
        self._maker = maker
        who, public = maker.approvers, maker.loader.public
        self._common = Common(
            made_with=made_with(),
            base=maker.base,
            later=maker.later,
            as_of=maker.loader.settings.as_of,
            length=maker.length,
            signers=who.signers if who else None,
            least=who.least if who else 0,
            attachments=public.attachments,
            kinds=public.kinds,
            publishers=public.publishers,
        )
        self._settings: dict[str, bytes] = {}
        for path in (*SETTINGS, *public.kinds, *public.publishers):
            with contextlib.suppress(Faulty):  # told when it was loaded
                self._settings[FILES + path] = maker.loader.shelf.read_bytes(path)

    def pack(self, names: Sequence[str]) -> bytes:
        """Return the notices of these ``names`` as bytes; raise Faulty when one of their files
        cannot be read: why, only who has it can tell.
        """
        loader, files = self._maker.loader, dict(self._settings)
        wanted = {
            name: Asked(
                key=self._maker.key(name),
                items=loader.public.items[name],
                approvals=loader.public.approvals.get(name, []),
            )
            for name in names
        }
        for path in (path for name in names for path in loader.paths(name)):
            files[FILES + path] = loader.shelf.read_bytes(path)
        order = Order(common=self._common, notices=wanted)
        return packed({ORDER: order.model_dump_json().encode(), **files})

    def take(self, names: Sequence[str], answer: bytes) -> Iterator[NoticeOutput]:
        """Yield what was made of the notices of these ``names``, and keep it; raise Faulty when who
        made it is not like us, or could not.

        What was made of other files than there are now is none.
        """
        files = unpacked(answer)
        said = Reply.model_validate_json(files[ANSWER])
        if said.problems:
            raise Faulty(*(_on(said.worker, problem) for problem in said.problems))
        for theirs, ours, message in zip(
            said.made_with,
            self._common.made_with,
            (_OTHER_SOFTWARE, _OTHER_LIBRARIES),
            strict=True,
        ):
            if theirs != ours:
                raise Faulty(Problem(Place(said.worker), "worker-differs", message))
        for name in names:
            if output := self._taken(name, files):
                yield output

    def _taken(self, name: str, files: Mapping[str, bytes]) -> NoticeOutput | None:
        key = self._maker.key(name)
        head = files.get(f"{key}/head")
        output = pickle.loads(head) if head else None
        if not isinstance(output, NoticeOutput) or (output.name, output.key) != (name, key):
            return None
        if body := files.get(f"{key}/body"):
            exports = self._maker.cache.room("exports")
            for export in output.exports:
                if content := files.get(f"{key}/{export.address}"):
                    exports.set(export.name, content)
            self._maker.room.set(body_name(key), body)
            self._maker.room.set(key, head or b"")
        return output


def _on(worker: str, problem: Problem) -> Problem:
    message = f"{problem.message}（worker {worker}）"
    return Problem(problem.place, problem.rule, message, problem.severity)


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return ``files`` by their name as bytes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the files that :func:`packed` made bytes of."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
