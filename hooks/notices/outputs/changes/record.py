"""The record: what every commit changed for the public, from the history of the repository itself.

It is told from what git has, so that the same commit always tells the same. Of what was public
once, only that is told again which may be public now.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ... import software
from ...cache import Drawer
from ...catalogue.beginning import own_steps
from ...catalogue.days import day_of, site_at
from ...catalogue.summary import Archive, Summary
from ...digest import digest
from ...history import commits as history
from ...history.commits import Step
from ...history.git import Repository
from ...history.project import PUBLIC, Project
from .change import FILES, Change
from .commits import of_commit
from .entry import RecordEntry
from .fixed import is_speaking
from .formats import Titles
from .former import SETTINGS

MOST = 50  # entries, and as many that tell of nothing but the software
_SEEN = (*PUBLIC, SETTINGS)

Compared = tuple[Change, Sequence[str]]
"""A change, and what looks personal in its words, plain."""


@dataclass(frozen=True)
class PublicRecord:
    """The entries, newest first, or why there are none; ``more`` when older ones are left out."""

    entries: Sequence[RecordEntry] = ()
    titles: Titles = field(default_factory=dict)
    """The titles of what is public now."""
    missing: str = ""
    more: bool = False
    begun: datetime.date | None = None
    """The day on which the site was started from another one, if it was."""
    founder: str = ""
    """Who published the site when its history began."""
    steps: Sequence[Step] = ()
    """All commits, told or not, newest first."""

    @cached_property
    def revisions(self) -> Mapping[str, set[str]]:
        """The commits that touched each file."""
        return history.revisions(self.steps)


def keep_record(
    project: Project, archive: Archive, permitted: frozenset[str], room: Drawer
) -> PublicRecord:
    """Return the record of the history of ``project``, as far as ``archive`` lets it; without a
    repository it says why there is none. Raise Faulty when git cannot tell it.

    ``permitted`` tells, plain, what looks personal and may stand on the site all the same.

    ``room`` keeps what was compared, for the next build.
    """
    repository = project.repository
    if repository is None:
        return PublicRecord(missing="这里没有 git 的仓库")
    steps = own_steps(repository, project.tip() or "", project.steps(room), archive.site)
    room.forget({history.TOUCHED, *map(_name, steps)}, spare=MOST)
    entries: list[RecordEntry] = []
    counts = {False: 0, True: 0}
    more = False
    now = _Now.of(archive, permitted)
    for step in _told(steps, archive):
        entry = _entry(repository, step, room, now)
        if entry.changes or entry.hidden:
            alone = {change.kind for change in entry.changes} == {"software"}
            if counts[alone] < MOST:
                entries.append(entry)
                counts[alone] += 1
            else:
                more = True
                if not alone:
                    break
    begun = steps[-1].commit.moment if archive.site.started_from and steps else None
    day = day_of(begun, archive.site) if begun else None
    founder = _founder(repository, steps)
    return PublicRecord(entries, archive.titles, "", more, day, founder, steps)


def _told(steps: Sequence[Step], archive: Archive) -> Iterator[Step]:
    """Yield what may have an entry: nothing before the first day, nor what nobody can see."""
    since = archive.site.changes_since
    for step in steps:
        seen = any(path.startswith(_SEEN) or is_speaking(path) for path in step.paths)
        late = since is None or day_of(step.commit.moment, archive.site) >= since
        if step.is_told and seen and late:
            yield step


class _Now(NamedTuple):
    """What is public now, of what was once."""

    archive: Archive
    notices: Mapping[str, Summary]
    permitted: frozenset[str]

    @classmethod
    def of(cls, archive: Archive, permitted: frozenset[str]) -> _Now:
        """Return what is public in ``archive``, and what looks personal that may be."""
        return cls(archive, {each.id: each for each in archive.notices}, permitted)

    def shows(self, change: Change) -> bool:
        """Tell whether what ``change`` is of can be seen."""
        if change.kind in FILES:
            section, files = "", (self.archive.pages, self.archive.attachments)
            if not any(change.at in each for each in files):
                return False
        else:
            section = change.at
        if not change.notice:
            return not section
        notice = self.notices.get(change.notice)
        return notice is not None and (not section or section in notice.sections)


def _entry(repository: Repository, step: Step, room: Drawer, now: _Now) -> RecordEntry:
    compared = _changes_of(repository, step, room)
    told, hidden = _tellable(compared, now)
    main = next((change.notice for change, _ in compared if change.notice), "")
    day = day_of(step.commit.moment, now.archive.site)
    return RecordEntry(step.commit.name, day, told, hidden, main)


def _changes_of(repository: Repository, step: Step, room: Drawer) -> list[Compared]:
    """Return what a commit changed, from ``room`` if it is there."""
    name = _name(step)
    if kept := room.get(name):
        return [(Change(*change), personal) for change, personal in json.loads(kept)]
    found = of_commit(repository, step.commit.name, step.before)
    changes = [each for each in found if each.kind != "software" or each.before or each.after]
    compared: list[Compared] = [(each, _personal(each)) for each in changes]
    room.set(name, json.dumps(compared).encode())
    return compared


def _personal(change: Change) -> list[str]:
    from ...checks import privacy  # noqa: PLC0415 (takes a while, and is seldom needed)

    words = (change.before, change.after, change.note)
    return [privacy.plain(each.value) for text in words for each in privacy.find(text)]


def _founder(repository: Repository, steps: Sequence[Step]) -> str:
    """Return who published the site first."""
    oldest = next((each for each in reversed(steps) if "data/site.yml" in each.paths), None)
    site = site_at(repository, oldest.commit.name) if oldest else None
    return site.publisher if site else ""


def _name(step: Step) -> str:
    """Return what is kept of ``step`` under: told against others, or by another software, it may
    be another change.
    """
    against = digest(*map(str.encode, step.before))[:8]
    return f"{step.commit.name}.{against}.{software.code()}"


def _tellable(compared: Sequence[Compared], now: _Now) -> tuple[list[Change], int]:
    """Return the changes of what is public now, without personal data, and how many others."""
    told = []
    for change, personal in compared:
        if now.shows(change):
            may_show = now.permitted.issuperset(personal)
            told.append(_in_public(change) if may_show else _withheld(change))
    return told, len(compared) - len(told)


def _in_public(change: Change) -> Change:
    """Return ``change`` as readers want it: of the software, that its words differ is enough."""
    if change.kind != "software":
        return change
    return change._replace(what="网站程序里的固定文字有改动", before="", after="")


def _withheld(change: Change) -> Change:
    return change._replace(kind="withheld", before="", after="", note="")
