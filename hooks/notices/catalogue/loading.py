"""Loading: a project read from its files into a catalogue, with every problem met on the way."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import ParamSpec, TypeVar

from ..digest import digest
from ..facts import ahead, model
from ..facts.files import Shelf, decode
from ..facts.head import read_head
from ..facts.salvage import salvage
from ..facts.source import YamlDocument
from ..problem import Faulty, Place, Problem
from ..text import narrative
from .days import day_of
from .kinds import kind_of
from .notices import Catalogue, Notice
from .settings import NO_WORDS, NOWHERE, Record
from .survey import Public, survey

F = TypeVar("F", bound=model.Facts)
P = ParamSpec("P")
T = TypeVar("T")

Progress = Callable[[int, int], None]


def load(
    root: Path, as_of: datetime.date | None = None, progress: Progress | None = None
) -> tuple[Catalogue, list[Problem]]:
    """Load the project in ``root``; return what is sound and every problem met on the way.

    Files are independent: one that cannot be loaded is left out and hides no problem of another.
    ``as_of`` is the day that nothing may lie after, or a moment of it. ``progress`` is told
    (notices read, notices in all) after each.
    """
    public, problems = survey(root)
    with Shelf(root) as shelf:
        loader = _Loader(shelf, problems)
        site = loader.record("data/site.yml", model.Site)
        vocabulary = loader.record("data/vocabulary.yml", model.Vocabulary)
        loader.usual_kind = site.facts.kind if site else model.USUAL_KIND
        loader.refuse_strangers(public)
        loader.load_kinds(public)
        notices = [*loader.notices(public, progress)]
        pages = dict(loader.pages(public.pages))
        facts = site.facts if site else model.Site(publisher="?")
        # Where words may be missing, none can be called unknown.
        words = vocabulary.facts if vocabulary and not vocabulary.faulty else None
        catalogue = Catalogue(
            facts,
            words or model.Vocabulary.model_construct(statuses=[]),
            notices,
            {path: text for path, (text, _) in pages.items()},
            {path: head for path, (_, head) in pages.items()},
            digest(loader.origin.encode(), *(path.encode() for path in public.attachments)),
            attachments=tuple(public.attachments),
            kinds=loader.kinds,
            unreadable_kinds=loader.unreadable_kinds,
            as_of=day_of(as_of, facts) if as_of else None,
            site_document=site.document if site else NOWHERE,
            vocabulary_document=vocabulary.document if vocabulary else NO_WORDS,
        )
        return catalogue, loader.problems


class _Loader:
    """Loads one project, collecting problems instead of stopping at the first."""

    def __init__(self, shelf: Shelf, problems: list[Problem]) -> None:
        self.shelf = shelf
        self.problems = problems
        self.kinds: dict[str, Record[model.Kind]] = {}
        self.unreadable_kinds: frozenset[str] = frozenset()
        self.usual_kind = model.USUAL_KIND
        self._read = hashlib.sha256()

    @property
    def origin(self) -> str:
        """A name for all that was read."""
        return self._read.hexdigest()

    def attempt(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T | None:
        try:
            return function(*args, **kwargs)
        except Faulty as fault:
            self.problems += fault.problems
            return None

    def note(self, path: str, data: bytes) -> None:
        self._read.update(f"{path}\0{len(data)}\0".encode() + data)

    def text(self, path: str) -> str | None:
        text = self.attempt(self.shelf.read_text, path)
        if text is not None:
            self.note(path, text.encode())
        return text

    def record(self, path: str, kind: type[F]) -> Record[F] | None:
        """Return what is sound of the file, if anything is."""
        return self.made(ahead.read(self.shelf, path), path, kind)

    def made(self, read: ahead.Read, path: str, kind: type[F]) -> Record[F] | None:
        """Return what of a file that was read is sound, if anything is."""
        text, document, problems = read
        if text is not None:
            self.note(path, text.encode())
        self.problems += problems
        if document is None:
            return None
        found = salvage(document, kind)
        self.problems += found.problems
        return Record(found.facts, document, found.faulty) if found.facts else None

    def refuse_strangers(self, public: Public) -> None:
        """Tell of each narrative without data."""
        for path in public.narratives:
            name = path.rpartition("/")[2].removesuffix(".md")
            if name not in public.items:
                message = f"没有与它对应的 data/notices/{name}/"
                self.problems.append(Problem(Place(path), "narrative-without-data", message))

    def load_kinds(self, public: Public) -> None:
        """Load the kinds, of which notices are."""
        found = {path.rpartition("/")[2].removesuffix(".yml"): path for path in public.kinds}
        records = {name: self.record(path, model.Kind) for name, path in found.items()}
        self.kinds = {name: record for name, record in records.items() if record}
        self.unreadable_kinds = frozenset(records.keys() - self.kinds.keys())

    def notices(self, public: Public, progress: Progress | None) -> Iterator[Notice]:
        """Yield the notices that can be loaded; ``progress`` is told of each that was read."""
        with ahead.reading(self.shelf, public.items) as read:
            for number, name in enumerate(public.items, 1):
                if notice := self.notice(name, public, read(name)):
                    yield notice
                if progress:
                    progress(number, len(public.items))

    def notice(self, notice_id: str, public: Public, items: list[ahead.Read]) -> Notice | None:
        folder = f"data/notices/{notice_id}"
        content = f"content/notices/{notice_id}.md"
        path, approved_path = f"{folder}/notice.yml", f"{folder}/approved.txt"
        record = self.record(path, model.Notice)
        text = self.text(content)
        approved = self.attempt(self.approved, approved_path)
        records, unreadable = self.items(public.items[notice_id], items)
        if text is None:
            return None
        roles = record.facts.columns if record else {}
        words = approved[0] if approved else None
        outline, faults = narrative.recover(content, text, words, roles)
        self.problems += faults
        missing: dict[str, object] = {path: record, approved_path: approved}
        record = self.of_a_kind(record or _nothing_known(path))
        missing[f"data/kinds/{record.facts.kind}.yml"] = self.kinds.get(record.facts.kind)
        return Notice(
            notice_id,
            record,
            outline,
            *(approved or ("", "")),
            records,
            kind_of(record.facts, {name: kind.facts for name, kind in self.kinds.items()}),
            unreadable,
            in_doubt=frozenset(path for path, found in missing.items() if found is None),
            approvals=tuple(public.approvals.get(notice_id, ())),
            doubtful_lines=frozenset(fault.place for fault in faults),
        )

    def of_a_kind(self, record: Record[model.Notice]) -> Record[model.Notice]:
        """Return ``record`` with the usual kind of the site where it names none."""
        kind = record.facts.kind or self.usual_kind
        return replace(record, facts=record.facts.model_copy(update={"kind": kind}))

    def approved(self, path: str) -> tuple[str, str]:
        """Return the approved text and its SHA-256; what was signed off may begin with a BOM."""
        data = self.shelf.read_bytes(path)
        self.note(path, data)
        return decode(path, data), hashlib.sha256(data).hexdigest()

    def items(
        self, paths: list[str], files: list[ahead.Read]
    ) -> tuple[dict[str, Record[model.Item]], frozenset[str]]:
        records, unreadable = {}, set()
        for path, read in zip(paths, files, strict=True):
            item_id = path.rpartition("/")[2].removesuffix(".yml")
            if record := self.made(read, path, model.Item):
                records[item_id] = record
            else:
                unreadable.add(item_id)
        return records, frozenset(unreadable)

    def pages(self, paths: list[str]) -> Iterator[tuple[str, tuple[str, model.Head]]]:
        for path in paths:
            text = self.text(path)
            head = self.attempt(read_head, path, text) if text is not None else None
            if text is not None:
                yield path, (text, head or model.Head())


def _nothing_known(path: str) -> Record[model.Notice]:
    """Return what stands in for facts that could not be read: all of it faulty."""
    document = YamlDocument(path, {})
    facts = salvage(document, model.Notice).facts
    assert facts  # nothing stands in for everything
    return Record(facts, document, frozenset({()}))
