"""Loading: a project read from its files into a catalogue, with every problem met on the way."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import ParamSpec, TypeVar

from ..digest import digest
from ..facts import ahead, model
from ..facts.files import Overlay, Shelf, decode
from ..facts.head import read_head
from ..facts.salvage import salvage
from ..facts.source import YamlDocument
from ..history.checkout import blob_name
from ..problem import Faulty, Place, Problem
from ..progress import shown
from ..text import narrative
from .days import day_of
from .drafts import NO_DRAFTS, SHOWN, Drafts, part
from .kinds import kind_of
from .notices import Catalogue, Notice
from .settings import NO_WORDS, NOWHERE, Record, Settings
from .survey import Public, Surveyed, survey

F = TypeVar("F", bound=model.Facts)
P = ParamSpec("P")
T = TypeVar("T")


def load(root: Path, as_of: datetime.date | None = None) -> tuple[Catalogue, list[Problem]]:
    """Load the project in ``root``; return what is sound and every problem met on the way.

    Files are independent: one that cannot be loaded is left out and hides no problem of another.
    ``as_of`` is the day that nothing may lie after, or a moment of it.
    """
    with opened(root, as_of) as loader:
        notices = [*loader.notices()]
        pages, heads = loader.pages()
        catalogue = Catalogue(**loader.settings.shared, notices=notices, pages=pages, heads=heads)
        return catalogue, loader.problems


@contextlib.contextmanager
def opened(
    root: Path,
    as_of: datetime.date | None = None,
    instead: Mapping[str, bytes] | None = None,
    *,
    drafts: bool = False,
    surveyed: Surveyed | None = None,
) -> Iterator[ProjectLoader]:
    """Give what loads the project in ``root`` piece by piece; its settings are loaded already.

    ``instead`` is what files would hold by their paths, if that is asked. It has no drafts, whoever
    asks; only a preview may, and who checks them, with ``drafts``. What was ``surveyed`` by now is
    not again.
    """
    public, problems = surveyed or survey(root)
    with Overlay(root, instead) if instead else Shelf(root) as shelf:
        found = part(shelf, public, problems)
        if drafts:
            public.items.update(found.public.items)
            public.approvals.update(found.public.approvals)
            public.attachments = sorted([*public.attachments, *found.public.attachments])
        yield ProjectLoader(shelf, public, problems, as_of, found)


class ProjectLoader:
    """Loads one project, collecting problems instead of stopping at the first."""

    def __init__(
        self,
        shelf: Shelf,
        public: Public,
        problems: list[Problem],
        as_of: datetime.date | None = None,
        drafts: Drafts = NO_DRAFTS,
    ) -> None:
        self.shelf, self.public, self.problems = shelf, public, problems
        self.drafts = drafts
        site = self._record("data/site.yml", model.Site)
        vocabulary = self._record("data/vocabulary.yml", model.Vocabulary)
        synonyms, _ = self._all(public.synonyms, model.Synonyms)
        self._refuse_strangers()
        kinds, unreadable = self._all(public.kinds, model.Kind)
        publishers, nobody = self._all(public.publishers, model.Publisher)
        facts = site.facts if site else model.Site(publisher="?")
        # Where words may be missing, none can be called unknown.
        words = vocabulary.facts if vocabulary and not vocabulary.faulty else None
        self._formats = None if facts.downloads is None else tuple(facts.downloads)
        self._usual_kind = facts.kind if site else model.USUAL_KIND
        self.settings = Settings(
            facts,
            words or model.Vocabulary.model_construct(statuses=[]),
            attachments=tuple(public.attachments),
            kinds=kinds,
            unreadable_kinds=unreadable,
            publishers=publishers,
            unreadable_publishers=nobody,
            drafts=frozenset(drafts.public.items),
            as_of=day_of(as_of, facts) if as_of else None,
            site_document=site.document if site else NOWHERE,
            vocabulary_document=vocabulary.document if vocabulary else NO_WORDS,
            synonyms=synonyms.get("synonyms"),
        )

    @property
    def origin(self) -> str:
        """A name for all that the settings are read from, and the names of attachments."""
        files = (part for each in self.settings.documents for part in (each.path, each.text))
        return digest(*(part.encode() for part in (*files, *self.public.attachments)))

    def _attempt(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T | None:
        try:
            return function(*args, **kwargs)
        except Faulty as fault:
            self.problems += fault.problems
            return None

    def _text(self, path: str) -> str | None:
        return self._attempt(self.shelf.read_text, path)

    def _record(self, path: str, kind: type[F]) -> Record[F] | None:
        """Return what is sound of the file, if anything is."""
        return self._made(ahead.read(self.shelf, path), path, kind)

    def _made(self, read: ahead.Read, path: str, kind: type[F]) -> Record[F] | None:
        """Return what of a file that was read is sound, if anything is."""
        _, document, problems = read
        self.problems += problems
        if document is None:
            return None
        found = salvage(document, kind)
        self.problems += found.problems
        return Record(found.facts, document, found.faulty) if found.facts else None

    def _refuse_strangers(self) -> None:
        """Tell of each narrative without data."""
        for path in self.public.narratives:
            name = path.rpartition("/")[2].removesuffix(".md")
            if name not in self.public.items:
                message = f"没有与它对应的 data/notices/{name}/"
                self.problems.append(Problem(Place(path), "narrative-without-data", message))

    def _all(self, paths: list[str], kind: type[F]) -> tuple[dict[str, Record[F]], frozenset[str]]:
        """Return those records by their names, and the names of those that cannot be read."""
        found = {path.rpartition("/")[2].removesuffix(".yml"): path for path in paths}
        records = {name: self._record(path, kind) for name, path in found.items()}
        sound = {name: record for name, record in records.items() if record}
        return sound, frozenset(records.keys() - sound.keys())

    def notices(self) -> Iterator[Notice]:
        """Yield the notices that can be loaded."""
        groups = self.public.items
        with ahead.reading(self.shelf, groups) as read, shown("读取通报", len(groups)) as done:
            for name in groups:
                if notice := self._notice(name, read(name)):
                    yield notice
                done(1)

    def paths(self, name: str) -> tuple[str, ...]:
        """Return the paths of all files of the notice of that name, also of those that miss."""
        folder, public = f"data/notices/{name}", self.public
        own = (f"content/notices/{name}.md", f"{folder}/notice.yml", f"{folder}/approved.txt")
        return (*own, *public.items[name], *public.approvals.get(name, ()))

    def files(self, name: str, known: Mapping[str, str], length: int) -> str:
        """Return the paths of all files of the notice of that name, and what git calls each as it
        is now; those that are ``known`` are not read. Git's names have this ``length``.
        """
        paths = self.paths(name)
        names = [known.get(path) or self._blob(path, length) for path in paths]
        return "\0".join((*paths, *names))  # in none of which that character stands

    def _blob(self, path: str, length: int) -> str:
        """Return what git calls the content of ``path`` now; "" when it cannot be read."""
        try:
            return blob_name(self.shelf.read_bytes(path), length)
        except Faulty:  # told when it is loaded
            return ""

    def notice(self, name: str) -> Notice | None:
        """Return the notice of that name, if it can be loaded."""
        paths = self.public.items[name]
        return self._notice(name, [ahead.read(self.shelf, path) for path in paths])

    def head(self, name: str) -> Notice | None:
        """Return the notice of that name as far as its own facts tell of it, without its text and
        its items, which are not read.
        """
        record = self._record(f"data/notices/{name}/notice.yml", model.Notice)
        if record is None:
            return None
        record = self._of_a_kind(record)
        kinds = {name: kind.facts for name, kind in self.settings.kinds.items()}
        kind = kind_of(record.facts, kinds)
        return Notice(name, record, narrative.parse(f"{name}.md", ""), "", "", {}, kind)

    def _notice(self, notice_id: str, items: list[ahead.Read]) -> Notice | None:
        folder = f"data/notices/{notice_id}"
        content = f"content/notices/{notice_id}.md"
        path, approved_path = f"{folder}/notice.yml", f"{folder}/approved.txt"
        record = self._record(path, model.Notice)
        text = self._text(content)
        approved = self._attempt(self._approved, approved_path)
        records, unreadable = self._items(self.public.items[notice_id], items)
        if text is None:
            return None
        roles = record.facts.columns if record else {}
        words = approved[0] if approved else None
        outline, faults = narrative.recover(content, text, words, roles)
        self.problems += faults
        missing: dict[str, object] = {path: record, approved_path: approved}
        record = self._of_a_kind(record or _nothing_known(path))
        if notice_id in self.drafts:
            record = _shown(record)
        missing[f"data/kinds/{record.facts.kind}.yml"] = self.settings.kinds.get(record.facts.kind)
        return Notice(
            notice_id,
            record,
            outline,
            *(approved or ("", "")),
            records,
            kind_of(record.facts, {name: kind.facts for name, kind in self.settings.kinds.items()}),
            unreadable,
            in_doubt=frozenset(path for path, found in missing.items() if found is None),
            approvals=tuple(self.public.approvals.get(notice_id, ())),
            doubtful_lines=frozenset(fault.place for fault in faults),
            formats=self._formats,
        )

    def _of_a_kind(self, record: Record[model.Notice]) -> Record[model.Notice]:
        """Return ``record`` with the usual kind of the site where it names none."""
        kind = record.facts.kind or self._usual_kind
        return replace(record, facts=record.facts.model_copy(update={"kind": kind}))

    def _approved(self, path: str) -> tuple[str, str]:
        """Return the approved text and its SHA-256; what was signed off may begin with a BOM."""
        data = self.shelf.read_bytes(path)
        return decode(path, data), hashlib.sha256(data).hexdigest()

    def _items(
        self, paths: list[str], files: list[ahead.Read]
    ) -> tuple[dict[str, Record[model.Item]], frozenset[str]]:
        records, unreadable = {}, set()
        for path, read in zip(paths, files, strict=True):
            item_id = path.rpartition("/")[2].removesuffix(".yml")
            if record := self._made(read, path, model.Item):
                records[item_id] = record
            else:
                unreadable.add(item_id)
        return records, frozenset(unreadable)

    def pages(self) -> tuple[dict[str, str], dict[str, model.Head]]:
        """Return text and head of the pages that people wrote, by their path."""
        texts: dict[str, str] = {}
        heads: dict[str, model.Head] = {}
        for path in self.public.pages:
            if (text := self._text(path)) is not None:
                texts[path] = text
                heads[path] = self._attempt(read_head, path, text) or model.Head()
        return texts, heads


def _shown(record: Record[model.Notice]) -> Record[model.Notice]:
    """Return ``record`` with a title that says what it is."""
    title = f"{SHOWN}{record.facts.title}"
    return replace(record, facts=record.facts.model_copy(update={"title": title}))


def _nothing_known(path: str) -> Record[model.Notice]:
    """Return what stands in for facts that could not be read: all of it faulty."""
    document = YamlDocument(path, {})
    facts = salvage(document, model.Notice).facts
    assert facts  # nothing stands in for everything
    return Record(facts, document, frozenset({()}))
