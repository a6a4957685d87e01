"""The record: what every commit changed for the public, from the history of the repository itself.

It is told from what git has, so that the same commit always tells the same. Of what was public
once, only that is told again which may be public now.
"""

from __future__ import annotations

import datetime
import functools
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..cache import Room
from ..catalogue import Catalogue, load
from ..checkout import extract
from ..checks import privacy
from ..digest import digest
from ..git import Commit, Repository
from ..project import PUBLIC, Project
from .compare import Change, compare
from .formats import Titles
from .wording import Said, by_place, say

MOST = 50  # entries
_OF_NOTICE = re.compile(r"(?:data|content)/notices/([^/]+?)(?:\.md|/.*)?")
_NOT_TOLD = ("page",)  # how the site explains itself is no fact of a notice
_ALWAYS = ("data/site.yml", "data/vocabulary.yml")


@dataclass(frozen=True)
class Entry:
    """What one commit changed, as far as it may be told; ``hidden`` counts what may not."""

    commit: str
    day: datetime.date
    changes: Sequence[Change]
    hidden: int

    def by_notice(self) -> Iterator[tuple[str, list[tuple[str, str, list[tuple[Change, Said]]]]]]:
        """Yield each notice with its places: their name, the id of the item, what is told there."""
        for notice in dict.fromkeys(change.notice for change in self.changes):
            changes = [change for change in self.changes if change.notice == notice]
            yield (
                notice,
                [
                    (place, _item_of(group[0].at), [(each, say(each)) for each in group])
                    for place, group in by_place(changes)
                ],
            )


@dataclass(frozen=True)
class Record:
    """The entries, newest first, or why there are none; ``more`` when older ones are left out."""

    entries: Sequence[Entry] = ()
    titles: Titles = field(default_factory=dict)
    """The titles of what is public now."""
    missing: str = ""
    more: bool = False


def keep_record(project: Project, catalogue: Catalogue, room: Room) -> Record:
    """Return the record of the history of ``project``, as far as ``catalogue``, the public's, lets
    it; without a repository it says why there is none. Raise Faulty when git cannot tell it.

    ``room`` keeps what was compared, for the next build.
    """
    repository = project.repository
    if repository is None:
        return Record(missing="这里没有 git 的仓库")
    commits = project.history()
    room.forget({_name(commit.name) for commit in commits}, spare=MOST)
    since, titles = catalogue.site.changes_since, _titles(catalogue)
    entries: list[Entry] = []
    for commit in commits:
        if since and commit.day < since:
            break
        if len(entries) == MOST:
            return Record(entries, titles, more=True)
        told, hidden = _tellable(_changes_of(repository, commit, room), catalogue)
        if told or hidden:
            entries.append(Entry(commit.name, commit.day, told, hidden))
    return Record(entries, titles)


def between(repository: Repository, before: str | None, after: str) -> tuple[list[Change], Titles]:
    """Return the changes between two commits, and the titles of what they speak of.

    ``before`` is None before the first commit. What today's software cannot read is a change of
    kind "unreadable", and not compared.
    """
    paths = _paths(repository, before, after)
    with tempfile.TemporaryDirectory() as folder:
        new, unreadable = _load(repository, after, paths, Path(folder) / "after")
        if before:
            old, more = _load(repository, before, paths, Path(folder) / "before")
        else:
            old, more = replace(new, notices=[]), set()
        unreadable |= more
        old, new = _without(old, unreadable), _without(new, unreadable)
        gaps = [Change("unreadable", each, "", "数据", "", "") for each in sorted(unreadable)]
        return [*gaps, *compare(old, new)], {**_titles(old), **_titles(new)}


def _changes_of(repository: Repository, commit: Commit, room: Room) -> list[Change]:
    """Return what ``commit`` changed, from ``room`` if it is there."""
    name = _name(commit.name)
    if kept := room.get(name):
        return [Change(*each) for each in json.loads(kept)]
    before = commit.parents[0] if commit.parents else None
    changes, _ = between(repository, before, commit.name)
    room.set(name, json.dumps(changes).encode())
    return changes


def _name(commit: str) -> str:
    return f"{commit}.{_version()}"


@functools.cache
def _version() -> str:
    """Return a name for this software: another one may see other changes."""
    package = Path(__file__).parents[1]
    return digest(*(source.read_bytes() for source in sorted(package.rglob("*.py"))))


def _paths(repository: Repository, before: str | None, after: str) -> list[str]:
    """Return the files and folders that differ and matter: a notice's are all its own."""
    if before is None:
        return list(PUBLIC)
    paths = set(_ALWAYS)
    for name in repository.differing(before, after, *PUBLIC):
        notice = _OF_NOTICE.fullmatch(name)
        if notice:
            paths |= {f"data/notices/{notice[1]}", f"content/notices/{notice[1]}.md"}
        else:
            paths.add(name)
    return sorted(paths)


def _load(
    repository: Repository, commit: str, paths: list[str], folder: Path
) -> tuple[Catalogue, set[str]]:
    """Return what ``paths`` say at ``commit``, and the notices that cannot be read."""
    folder.mkdir()
    unwritable = extract(repository, commit, folder, *paths)
    catalogue, problems = load(folder)
    found = (_OF_NOTICE.fullmatch(problem.place.path) for problem in (*unwritable, *problems))
    return catalogue.public(), {match[1] for match in found if match}


def _without(catalogue: Catalogue, unreadable: set[str]) -> Catalogue:
    notices = [notice for notice in catalogue.notices if notice.id not in unreadable]
    return replace(catalogue, notices=notices)


def _titles(catalogue: Catalogue) -> dict[tuple[str, str], str]:
    items = {(n.id, item.id): item.facts.title for n in catalogue.notices for item in n.items}
    return items | {(notice.id, ""): notice.facts.title for notice in catalogue.notices}


def _tellable(changes: Sequence[Change], now: Catalogue) -> tuple[list[Change], int]:
    """Return the changes of what is public now, without personal data, and how many others."""
    permitted = privacy.published(now)
    public = {(notice.id, "") for notice in now.notices} | {("", "")}
    public |= {
        (notice.id, section.id)
        for notice in now.notices
        for section in notice.narrative.all_sections
    }
    told = []
    changes = [change for change in changes if change.kind not in _NOT_TOLD]
    for change in changes:
        if {(change.notice, ""), (change.notice, _section_of(change.at))} <= public:
            words = (change.before, change.after, change.note)
            found = [each for text in words for each in privacy.find(text)]
            personal = any(privacy.plain(each.value) not in permitted for each in found)
            told.append(
                change._replace(before="", after="", note="", kind="withheld")
                if personal
                else change
            )
    return told, len(changes) - len(told)


def _withheld(change: Change) -> Change:
    return change._replace(kind="withheld", before="", after="", note="")


def _section_of(at: str) -> str:
    """Return the id of the numbered section that ``at`` is or stands in, or ""."""
    numbers = at.split("-")
    return "-".join(numbers[:3]) if all(map(str.isdigit, numbers)) else ""


def _item_of(at: str) -> str:
    """Return the id of the item that ``at`` is or belongs to, or "" when it is of none."""
    section = _section_of(at)
    return section if section.count("-") == 2 else ""
