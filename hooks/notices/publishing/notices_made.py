"""What is made of the notices of a project: read and checked once, and written into frames."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

from ..cache import Cache
from ..catalogue.addresses import approved_texts
from ..catalogue.drafts import Drafts, as_hint
from ..catalogue.loading import opened
from ..catalogue.summary import Archive
from ..catalogue.survey import Surveyed
from ..history.project import Project
from ..outputs import search
from ..outputs.exports import Download
from ..outputs.pages.frame import Frame
from ..outputs.pages.page import TEXT
from ..problem import Faulty, Problem, stops
from ..proof.approvals.approvers import Approvers
from .component import Component, changed_meanwhile
from .kept_outputs import KeptOutputs
from .notice_output import NoticeMaker, NoticeOutput, SlottedPage
from .notice_outputs import outputs_of


class Gathered(NamedTuple):
    """What is gathered of the notices for whoever makes all else of the site."""

    archive: Archive
    downloads: Mapping[str, Sequence[Download]]
    """Those of each notice, by its id."""
    permitted: frozenset[str]
    """What looks personal, plain, and may stand on the site all the same."""


class NoticesMade:
    """What is made of all notices of a project, all of which are sound."""

    def __init__(
        self,
        maker: NoticeMaker,
        outputs: Sequence[NoticeOutput],
        told: Gathered,
        hints: list[Problem],
    ) -> None:
        self._maker, self.outputs, self.told = maker, outputs, told
        self.hints = hints
        """What is worth a look in a site that may be published all the same."""

    def pages(self, frames: Mapping[str, Frame]) -> Iterator[Component]:
        """Yield the pages in the ``frames`` of their types; raise Faulty when the one of the
        approved text would not show it as it is.
        """
        from ..proof.readback import frame_differs  # noqa: PLC0415 (only who publishes waits)

        if self.outputs and (problems := [*frame_differs(frames[TEXT])]):
            raise Faulty(*problems)
        names = {kind: frame.name for kind, frame in frames.items()}
        pages = lru_cache(maxsize=1)(self._pages)  # those of a notice are filled together
        for number, output in enumerate(self.outputs):
            for address, kind in output.pages.items():
                content = partial(_filled, partial(pages, number), address, frames[kind])
                yield Component(address, f"{output.key}.{names[kind]}", content)

    def _pages(self, number: int) -> dict[str, SlottedPage]:
        return {page.address: page for page in self._maker.body(self.outputs[number]).pages}

    def slotted_pages(self) -> Iterator[SlottedPage]:
        """Yield the pages without their frames."""
        for output in self.outputs:
            yield from self._maker.body(output).pages

    def approved(self) -> Iterator[Component]:
        """Yield the approved texts, as far as the public may see them."""
        summaries = {each.id: each for each in self.told.archive.notices}
        for name, address in approved_texts(summaries.values()).items():
            signed = summaries[name].approved_sha256
            yield Component(address, signed, partial(self._approved, name, signed))

    def _approved(self, name: str, signed: str) -> bytes:
        text = self._maker.approved(name)
        if hashlib.sha256(text).hexdigest() != signed:
            raise Faulty(changed_meanwhile(f"data/notices/{name}/approved.txt"))
        return text

    def exports(self) -> Iterator[Component]:
        """Yield the exports, each read when it is its turn."""
        for output in self.outputs:
            for export in output.exports:
                content = partial(self._maker.export, output, export)
                yield Component(export.address, export.name, content)

    @cached_property
    def makers(self) -> dict[str, Callable[[], bytes]]:
        """What makes each export, when it is asked for, by its address."""
        return {
            export.address: partial(self._maker.export, output, export)
            for output in self.outputs
            for export in output.exports
        }

    def search_files(self) -> Iterator[Component]:
        """Yield the files of the search."""
        outputs = {each.findable: each for each in self.outputs if each.findable}
        room, archive = self._maker.cache.room("search"), self.told.archive
        groups = archive.synonyms.facts.synonyms if archive.synonyms else []
        words = search.SiteWords(archive.vocabulary, groups)
        files = search.index_files(
            outputs, lambda each: self._maker.body(outputs[each]).rows, words, room
        )
        for file in files:
            # What a name with a digest holds never changes.
            yield Component(file.path, file.path if file.is_lasting else "", file.content)


def _filled(pages: Callable[[], Mapping[str, SlottedPage]], address: str, frame: Frame) -> bytes:
    return frame.filled(pages()[address].slots).encode()


def _problems(made: Iterable[NoticeOutput], drafts: Drafts) -> Iterator[Problem]:
    """Yield what is wrong with notices, those that are drafts among them."""
    for each in made:
        yield from map(as_hint, each.problems) if each.name in drafts else each.problems


def make_notices(
    project: Project,
    base: str,
    approvers: Approvers | None,
    kept: Cache,
    *,
    later: bool = False,
    workers: str = "",
    remembered: Iterable[NoticeOutput] = (),
    surveyed: Surveyed | None = None,
    read: KeptOutputs[NoticeOutput] | None = None,
) -> NoticesMade:
    """Return what is made of the notices of ``project``, for a site at ``base``; raise Faulty with
    all that is wrong with any of its files.

    ``approvers`` tells who must have agreed, ``kept`` keeps what was made; with ``later``, exports
    are made when they are asked for. ``workers`` is the address of a cluster that makes them, if
    one does. What is ``remembered`` of another time need not be read again, nor what was
    ``surveyed`` or ``read`` by now.
    """
    from ..checks import check_site, privacy  # noqa: PLC0415 (takes as long as MkDocs)

    with opened(project.root, project.moment, drafts=later, surveyed=surveyed) as loader:
        maker = NoticeMaker(loader, base, approvers, kept, project.names, later=later)
        maker.outputs = read or maker.outputs
        maker.remembered |= {each.key: each for each in remembered}
        made = outputs_of(maker, [*maker.names], workers, loader.problems.append)
        faulty = {each.name for each in made if each.name in loader.drafts and stops(each.problems)}
        outputs = [each for each in made if each.name not in faulty]
        pages, heads = loader.pages()
        notices = [each.summary for each in outputs if each.summary]
        archive = Archive(**loader.settings.shared, notices=notices, pages=pages, heads=heads)
        problems = {*loader.problems, *check_site(project.root, archive, base)}
        problems.update(_problems(made, loader.drafts))
    if stops(problems):
        raise Faulty(*sorted(problems))
    maker.forget(outputs)
    downloads = {each.name: each.downloads for each in outputs}
    permitted = privacy.of_publishers(archive).union(*(each.permitted for each in outputs))
    told = Gathered(archive, downloads, permitted)
    return NoticesMade(maker, outputs, told, sorted(problems))
