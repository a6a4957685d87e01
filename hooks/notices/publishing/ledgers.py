"""Ledgers in and out: a workbook made of the project, and what a filled one would make of it.

What comes of a filled ledger is checked as a whole before a byte is written: all of it takes the
place of what was, or nothing does.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..catalogue.loading import ProjectLoader, opened
from ..catalogue.notices import Catalogue, Notice
from ..catalogue.settings import Record, Settings
from ..checks import check_notice
from ..digest import digest
from ..facts import model
from ..facts.splice import spliced
from ..importing.ledger import workbook
from ..importing.ledger.book import BookSheet, read_book
from ..importing.ledger.cells import terms_of
from ..importing.ledger.columns import FactRow, rows_of
from ..importing.ledger.filled import Filled
from ..importing.ledger.merging import Edit, Merged, Now, merge
from ..importing.ledger.own import OwnLedger
from ..importing.ledger.own_table import own_table
from ..importing.ledger.parts import unreadable
from ..importing.ledger.record import read_record, recorded
from ..outputs import changes
from ..outputs.changes.commits import titles
from ..outputs.changes.formats import Titles
from ..problem import Faulty, Place, Problem, stops, suggest
from .rewriting import rewrite

MOST_ROWS = 10_000
"""Rows of a ledger: whoever opens more of them finds nothing."""
ORDER = {
    "": (
        "title", "status", "basis", "measures", "documents", "responsible", "deadline", "printed",
        "goal", "updates", "finding", "figures", "verified", "audience",
    ),
    "basis": ("quote", "document"),
    "document": ("title", "date"),
    "measures": ("status", "basis"),
    "responsible": ("leader", "lead", "bodies", "assisting", "department", "person"),
    "finding": ("found", "quote", "document"),
    "verified": ("status", "by", "date", "document"),
    "updates": ("date", "text", "source", "status"),
    "figures": ("name", "value", "unit", "quote"),
}  # fmt: skip
"""The keys of the file of an item as the handbook has them."""


class Outcome(NamedTuple):
    """What a filled ledger would make of the project: the files, and what the public would see."""

    files: Mapping[str, str]
    before: Mapping[str, str]
    edits: Sequence[Edit]
    problems: Sequence[Problem]
    changes: Sequence[changes.Change]
    titles: Titles
    unread: Sequence[str] = ()
    """Columns of an office's own ledger that nobody says to hold anything."""


class MadeLedger(NamedTuple):
    """A ledger that was made: the workbook, and how many notices, items and measures are in it."""

    data: bytes
    notices: int
    items: int
    measures: int


def ledger_of(root: Path, only: str = "") -> MadeLedger:
    """Return the ledger of all notices of the project in ``root``, or of the ``only`` one.

    Raise Faulty when their files cannot be read as a whole.
    """
    with opened(root, drafts=True) as loader:
        notices = [*_notices(loader, [only] if only else [*loader.public.items])]
        settings = loader.settings
        broken = [each for each in loader.problems if _is_of(each, notices)]
    if broken or not notices:
        raise Faulty(*broken or [Problem(Place("data/notices"), "ledger-empty", "没有通报")])
    rows = [row for notice in notices for row in rows_of(notice, settings.vocabulary)]
    if len(rows) > MOST_ROWS:
        message = f"有 {len(rows)} 行，一本台账最多 {MOST_ROWS} 行：加 --id，一份通报一本"
        raise Faulty(Problem(Place("data/notices"), "ledger-large", message))
    files = {(each.id, key): item for each in notices for key, item in each.item_records.items()}
    known = {row.key: recorded(row, _digest(files[row.key.notice, row.key.item])) for row in rows}
    terms = {each.id: terms_of(each.kind, settings.vocabulary) for each in notices}
    words = workbook.Offered(
        {name: [*each.statuses] for name, each in terms.items()},
        [each.label for each in settings.vocabulary.findings],
    )
    data = workbook.written(rows, known, words, settings.vocabulary)
    counts = [len(each.items) for each in notices]
    measures = sum(len(item.measures) for each in notices for item in each.items)
    return MadeLedger(data, len(notices), sum(counts), measures)


def _digest(record: Record[model.Item]) -> str:
    """Return a name for what the file of an item holds."""
    return digest(record.document.text.encode())


def _notices(loader: ProjectLoader, names: Iterable[str]) -> Iterator[Notice]:
    for name in names:
        if name not in loader.public.items:
            message = f"没有“{name}”这份通报{suggest(name, loader.public.items)}"
            raise Faulty(Problem(Place(f"data/notices/{name}"), "ledger-notice", message))
        if notice := loader.notice(name):
            yield notice


def _is_of(problem: Problem, notices: Sequence[Notice]) -> bool:
    """Tell whether a problem is with a file of one of ``notices``, or with one that all need."""
    own = [f"data/notices/{each.id}/items/" for each in notices]
    return problem.place.path.startswith(("data/vocabulary.yml", "data/kinds/", *own))


def outcome(
    root: Path,
    name: str,
    data: bytes,
    moment: datetime.datetime,
    *,
    only: str = "",
    is_part: bool = False,
) -> Outcome:
    """Return what the workbook ``data``, a file of that ``name``, would make of the project.

    One that we did not write is an office's own, of the ``only`` notice; ``is_part`` says that rows
    of ours may be missing. Raise Faulty when it is none of both.
    """
    sheets = read_book(data, name)
    record = read_record(sheets, name)
    if record is None:
        return _of_an_office(root, name, sheets, moment, only)
    filled = Filled(name, sheets, record)
    old = _State.of(root, dict.fromkeys(key.notice for key in record), moment)
    merged = merge(filled, old.now)
    merged.problems += [*filled.problems, *(() if is_part else filled.missing())]
    return _outcome(root, old, merged, moment)


def _of_an_office(
    root: Path, name: str, sheets: Sequence[BookSheet], moment: datetime.datetime, only: str
) -> Outcome:
    """Return what an office's own ledger would make of the notice ``only``."""
    if not only:
        message = (
            "这不是 notices ledger 导出的台账：先导出一本，把内容填进去；"
            "是本单位自己的台账，加 --id 通报的文件夹名"
        )
        raise unreadable(name, message)
    with opened(root, drafts=True) as loader:
        [*_notices(loader, [only])]
    old = _State.of(root, [only], moment)
    if only not in old.notices:
        raise Faulty(*sorted(old.problems))
    notice = old.notices[only]
    table = own_table(sheets, notice.kind, name)
    merged = OwnLedger(table, notice, old.settings.vocabulary, name).merge()
    return _outcome(root, old, merged, moment)._replace(unread=table.unread)


def _outcome(root: Path, old: _State, merged: Merged, moment: datetime.datetime) -> Outcome:
    """Return what ``merged`` would make of the project, checked as a whole."""
    sound = (each for each in merged.edits if (each.notice, each.item) not in merged.faulty)
    files, odd = _changed(old, sound)
    problems = [*merged.problems, *odd]
    instead = {path: text.encode() for path, text in files.items()}
    new = _State.of(root, old.notices, moment, instead) if files else old
    is_whole = not stops(problems)  # else what is said of all items together need not be so
    problems += _new_problems(old, new, merged, files, is_whole=is_whole)
    found = changes.compare(old.public, new.public)
    before = {path: old.texts[path] for path in files}
    return Outcome(files, before, merged.edits, sorted({*problems}), found, titles(new.public))


class _State(NamedTuple):
    """Some notices as they are, or would be."""

    settings: Settings
    notices: Mapping[str, Notice]
    problems: frozenset[Problem]

    @classmethod
    def of(
        cls,
        root: Path,
        names: Iterable[str],
        moment: datetime.datetime,
        instead: Mapping[str, bytes] | None = None,
    ) -> _State:
        with opened(root, moment, instead, drafts=True) as loader:
            known = [name for name in names if name in loader.public.items]
            notices = [*_notices(loader, known)]
            found = {problem for each in notices for problem in check_notice(each, loader.settings)}
            problems = frozenset({*loader.problems, *found})
            return cls(loader.settings, {each.id: each for each in notices}, problems)

    @property
    def public(self) -> Catalogue:
        return Catalogue(**self.settings.shared, notices=[*self.notices.values()]).public()

    @property
    def now(self) -> Now:
        words = self.settings.vocabulary
        rows: list[FactRow] = [
            row for notice in self.notices.values() for row in rows_of(notice, words)
        ]
        terms = {name: terms_of(each.kind, words) for name, each in self.notices.items()}
        digests = {
            (name, key): _digest(record)
            for name, each in self.notices.items()
            for key, record in each.item_records.items()
        }
        return Now({row.key: row for row in rows}, terms, digests)

    @property
    def texts(self) -> dict[str, str]:
        """The files of items as they were typed, by their paths."""
        return {
            record.document.path: record.document.text
            for notice in self.notices.values()
            for record in notice.item_records.values()
        }


def _changed(old: _State, edits: Iterable[Edit]) -> tuple[dict[str, str], list[Problem]]:
    """Return the files that ``edits`` change, and what is wrong with those that cannot be."""
    of_files: dict[str, list[Edit]] = {}
    for edit in edits:
        document = old.notices[edit.notice].item_records[edit.item].document
        of_files.setdefault(document.path, []).append(edit)
    texts, files, problems = old.texts, dict[str, str](), list[Problem]()
    for path, some in of_files.items():
        try:
            files[path] = spliced(path, texts[path], [each.splice for each in some], ORDER)
        except Faulty as fault:
            problems += fault.problems
    return {path: text for path, text in files.items() if text != texts[path]}, problems


def _new_problems(
    old: _State, new: _State, merged: Merged, files: Mapping[str, str], *, is_whole: bool
) -> Iterator[Problem]:
    """Yield what would be wrong and was not, and whatever is wrong with the files that change."""
    known = {(each.rule, each.message, each.place.path) for each in old.problems}
    for problem in new.problems:
        is_known = (problem.rule, problem.message, problem.place.path) in known
        if problem.place.path in files:
            yield _told(problem, new, merged)
        elif is_whole and not is_known:
            yield problem


def _told(problem: Problem, new: _State, merged: Merged) -> Problem:
    """Return ``problem`` at the cell that it comes from, if there is one."""
    path = problem.place.path
    _, _, notice, _, file = path.split("/")
    item = file.removesuffix(".yml")
    record = new.notices[notice].item_records.get(item)
    cells = {key[2]: place for key, place in merged.places.items() if key[:2] == (notice, item)}
    edited = [each.place for each in merged.edits if (each.notice, each.item) == (notice, item)]
    found = None
    if record:
        document = record.document
        at = [
            key
            for key in document.keys
            if problem.place in (document.at(*key), document.at_key(*key))
        ]
        for key in sorted(at, key=len, reverse=True):
            found = found or cells.get(key)
    place = found or (edited[0] if edited else problem.place)
    return Problem(place, problem.rule, problem.message, problem.severity)


def write(root: Path, made: Outcome) -> None:
    """Put the files of ``made`` in place, all of them or none; raise Faulty when that cannot be."""
    if stops(made.problems):
        raise Faulty(*made.problems)
    rewrite(root, made.before, made.files)
