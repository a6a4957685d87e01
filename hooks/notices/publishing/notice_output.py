"""The output of a notice: all that is made of it.

It depends on nothing but the notice's own files, the settings and the software, so it may be made
in any process, and is kept as long as none of them is another.
"""

from __future__ import annotations

import datetime
import functools
import pickle
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from .. import software
from ..cache import Cache, Drawer
from ..catalogue.drafts import bearable
from ..catalogue.loading import ProjectLoader
from ..catalogue.notices import Notice
from ..catalogue.summary import Summary, summarise
from ..digest import digest
from ..history.checkout import USUAL
from ..outputs.exports import Download, Export, exports_beside, make_exports, offered
from ..outputs.exports import key as exports_key
from ..outputs.exports.edition import Edition
from ..outputs.fragments import Fragments, KeptTemplates
from ..outputs.pages.of_notice import notice_pages
from ..outputs.pages.page import TEXT
from ..outputs.pages.slots import Filler
from ..outputs.search import Findable, Rows, prepare, rows_of
from ..problem import Faulty, Problem, stops
from ..proof.approvals.approvers import Approvers
from .component import changed_meanwhile
from .kept_outputs import KeptOutputs

if TYPE_CHECKING:
    from ..proof.approvals.judge import Approval

_NONE: Mapping[str, str] = MappingProxyType({})


class SlottedPage(NamedTuple):
    """A page of a notice: its address, its type, and what stands in the slots of its frame."""

    address: str
    kind: str
    slots: Mapping[str, str]


class Body(NamedTuple):
    """What is needed of a notice only when its files are written."""

    pages: tuple[SlottedPage, ...]
    rows: Rows
    """What the search finds."""


class KeptExport(NamedTuple):
    """An export: where it stands in the site, and its name in the room that keeps it."""

    address: str
    name: str


@dataclass(frozen=True)
class NoticeOutput:
    """What is made of one notice; of one that is not sound, only what is wrong with it.

    ``key`` names what it was made from, and under it its body is kept.
    """

    name: str
    key: str
    as_of: datetime.date | None
    """The day that nothing in it lies after."""
    problems: tuple[Problem, ...]
    summary: Summary | None = None
    """None when it could not be loaded at all."""
    findable: Findable | None = None
    """What the index of the search needs to know of it."""
    permitted: frozenset[str] = frozenset()
    """What looks personal, plain, and may stand on the site all the same."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """The types of its pages by their address."""
    exports: tuple[KeptExport, ...] = ()
    downloads: tuple[Download, ...] = ()

    def holds(self, as_of: datetime.date | None) -> bool:
        """Tell whether it is what would be made on that day: what lay in no future does never."""
        return as_of is None or (self.as_of is not None and self.as_of <= as_of)


class NoticeMaker:
    """Makes the outputs of the notices of one project, for a site at ``base``.

    ``approvers`` tells who must have agreed, ``names`` what git calls the files of the project, if
    they are committed; with ``later``, no export is made before somebody asks
    for it, and nothing is proven.
    """

    def __init__(
        self,
        loader: ProjectLoader,
        base: str,
        approvers: Approvers | None,
        cache: Cache,
        names: Mapping[str, str] = _NONE,
        *,
        later: bool = False,
    ) -> None:
        self.loader, self.base, self.approvers = loader, base, approvers
        self.cache, self.later = cache, later
        self.remembered: dict[str, NoticeOutput] = {}
        """Outputs by their key, as far as this process has had them."""
        self._names, self.length = names, len(next(iter(names.values()), "0" * USUAL))
        self.room: Drawer = cache.room("notices")
        self.outputs = KeptOutputs[NoticeOutput](self.room, base, later=later)
        self._exports = cache.room("exports")
        settings = loader.settings
        templates = KeptTemplates(cache.room("templates"))
        self._filler = Filler(Fragments(settings, software.FRAGMENTS, templates, base), settings)
        who = [approvers.signers, str(approvers.least)] if approvers else []
        said = (*made_with(), loader.origin, base, str(later), *who)
        self._common = digest(*(each.encode() for each in said))

    @property
    def names(self) -> Collection[str]:
        """The names of all notices of the project."""
        return self.loader.public.items

    def kept(self, name: str) -> NoticeOutput | None:
        """Return what was made before of the notice of that name, as it is now."""
        key = self.key(name, self._names)
        output = self.remembered.get(key)
        if output is None:
            output = self.outputs.get(key)
        if output and not output.holds(self.loader.settings.as_of):
            self.outputs.drop(key)
            return None
        return output

    def make(self, name: str) -> NoticeOutput:
        """Return what is made of the notice of that name, and keep it when it is sound."""
        key = self.key(name, self._names)
        notice, problems = self._load(name)
        as_of = self.loader.settings.as_of
        output = NoticeOutput(name, key, as_of, (*problems,))
        if notice is None:
            return output
        output, approvals = self._checked(output, notice)
        if stops(output.problems):
            return output
        try:
            output, body = self._made(output, notice.public(), approvals)
        except Faulty as fault:
            return replace(output, problems=(*output.problems, *fault.problems))
        if self.key(name) != key:
            return replace(output, problems=(changed_meanwhile(f"data/notices/{name}"),))
        self.room.set(body_name(key), pickle.dumps(body, pickle.HIGHEST_PROTOCOL))
        self.outputs.add(key, output)
        prepare(body.rows, len(self.names), self.cache.room("search"))
        return output

    def body(self, output: NoticeOutput) -> Body:
        """Return the body of ``output``, made once more if it is not kept any longer."""
        found = self.room.get(body_name(output.key))
        if found is None:
            notice = self._again(output.name)
            _, approvals = self._checked(output, notice)
            return self._made(output, notice.public(), approvals)[1]
        body: Body = pickle.loads(found)
        return body

    def export(self, output: NoticeOutput, kept: KeptExport) -> bytes:
        """Return an export of ``output``, made once more if it is not kept any longer."""
        found = self._exports.get(kept.name)
        return found or self._beside(self._again(output.name).public())[kept.address].content()

    def approved(self, name: str) -> bytes:
        """Return the approved text of the notice of that name, as it was signed off."""
        return self.loader.shelf.read_bytes(f"data/notices/{name}/approved.txt")

    def forget(self, outputs: list[NoticeOutput]) -> None:
        """Keep what is needed of ``outputs``, and as much as was needed before."""
        keys = {each.key for each in outputs}
        used = self.outputs.keep(keys) | {*map(body_name, keys)}
        # Preview and site, which have different addresses, do not drive each other out.
        self.room.forget(used, spare=len(used))
        exports = {export.name for each in outputs for export in each.exports}
        self._exports.forget(exports, spare=len(exports))

    def key(self, name: str, names: Mapping[str, str] = _NONE) -> str:
        """Return a name for all that the notice of that name is made from: what is in files that
        git has no ``names`` for, is read.
        """
        files = self.loader.files(name, names, self.length)
        return digest(self._common.encode(), files.encode())

    def _load(self, name: str) -> tuple[Notice | None, list[Problem]]:
        """Return the notice and what is wrong with its files."""
        before = len(self.loader.problems)
        notice = self.loader.notice(name)
        found = self.loader.problems[before:]
        del self.loader.problems[before:]
        return notice, self._borne(name, found)

    def _borne(self, name: str, problems: Iterable[Problem]) -> list[Problem]:
        """Return the problems of a notice, as far as they matter: a draft is not finished."""
        return sorted(bearable(problems) if name in self.loader.drafts else problems)

    def _again(self, name: str) -> Notice:
        """Return a notice that was sound when it was made something of."""
        notice, problems = self._load(name)
        if notice is None:
            raise Faulty(*problems)
        return notice

    def _checked(
        self, output: NoticeOutput, notice: Notice
    ) -> tuple[NoticeOutput, Sequence[Approval]]:
        """Return what is wrong with ``notice`` and what is told of it, and who agreed to it."""
        from ..checks import check_notice, privacy  # noqa: PLC0415 (takes as long as MkDocs)
        from ..proof.approvals.judge import judge_notice  # noqa: PLC0415

        public, settings = notice.public(), self.loader.settings
        root, who = self.loader.shelf.root, self.approvers
        approvals, unapproved = judge_notice(root, notice, settings, who) if who else ([], [])
        found = {*output.problems, *check_notice(notice, settings), *unapproved}
        told = replace(
            output,
            problems=(*self._borne(output.name, found),),
            summary=summarise(public),
            permitted=privacy.permitted(public),
        )
        return told, approvals

    def _made(
        self, output: NoticeOutput, public: Notice, approvals: Sequence[Approval]
    ) -> tuple[NoticeOutput, Body]:
        """Return what is made of a sound notice; raise Faulty when something cannot be made, or
        says something else than what was approved.
        """
        settings = self.loader.settings
        exports = self._beside(public)
        if not self.later:
            exports = make_exports(exports, functools.partial(self._proven, public))
        downloads = offered(public, {address: each.size for address, each in exports.items()})
        known = {"downloads": downloads, "approvals": approvals}
        body = Body((*self._pages(public, **known),), rows_of(public, settings))
        if not self.later:
            self._prove(public, body)
        kept = tuple(KeptExport(address, each.name) for address, each in exports.items())
        told = replace(
            output,
            findable=body.rows.findable,
            pages={page.address: page.kind for page in body.pages},
            exports=kept,
            downloads=tuple(downloads),
        )
        return told, body

    def _beside(self, public: Notice) -> dict[str, Export]:
        settings = self.loader.settings
        edition = Edition(public, settings.site, settings.vocabulary, self.base, software.FRAGMENTS)
        return exports_beside(edition, self._exports)

    def _pages(self, public: Notice, **known: object) -> Iterator[SlottedPage]:
        for page in notice_pages(public, self.loader.settings.vocabulary):
            slots = self._filler.slots(page, **known)
            yield SlottedPage(f"{page.address}index.html", page.kind, slots)

    def _proven(self, public: Notice, address: str, export: bytes) -> Iterable[Problem]:
        """Return where an export says something else than was approved."""
        from ..proof import readback  # noqa: PLC0415 (seldom needed)

        proven = self.cache.room("proofs")
        return readback.export_differs(address, export, public, self.loader.settings, proven)

    def _prove(self, public: Notice, body: Body) -> None:
        """Raise Faulty where page or search say something else than was approved."""
        from ..proof import readback  # noqa: PLC0415

        (slots,) = (page.slots for page in body.pages if page.kind == TEXT)
        problems = [*readback.slots_differ(public, slots)]
        problems += readback.rows_differ(public, body.rows)
        if problems:
            raise Faulty(*problems)


def made_with() -> tuple[str, str]:
    """Return a name for this software, and one for the libraries and fonts that it finds here."""
    return software.version(), exports_key.software(software.FRAGMENTS)


def body_name(key: str) -> str:
    """Return the name under which the body of the output of that key is kept."""
    return f"{key}.body"
