"""The project: what is published, and which commit it is.

That is asked once. Whoever starts another program for the same project tells it by variables, so
that a folder into which a server took files out of a commit is published as that commit.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..cache import Drawer
from ..problem import Faulty, Place, Problem
from . import checkout
from . import commits as history
from .commits import Step
from .git import Commit, Repository

PUBLIC = ("content", "data")
"""Where everything stands that the public is told."""
_MADE = (".cache", "site")
"""What a build leaves beside it, and must not find there from anybody else."""
SOFTWARE = ("hooks", "theme", "mkdocs.yml")
"""Where the software stands, in a repository that has its own."""
ROOT, REPOSITORY, PREFIX, COMMIT, MOMENT = (
    f"NOTICES_{name}" for name in ("ROOT", "REPOSITORY", "PREFIX", "COMMIT", "MOMENT")
)
_AHEAD = datetime.timedelta(minutes=5)
"""How far the clocks of two machines may differ."""


@dataclass(frozen=True)
class Project:
    """What stands in ``content/`` and ``data/`` of the folder ``root``."""

    root: Path
    repository: Repository | None
    """Where its history is, if it has any."""
    commit: str | None
    """The commit that it is, or None when something of it is not committed."""
    moment: datetime.datetime | None = None
    """When it was committed, and what it tells had happened; None when it is not committed yet, so
    that an editor can preview what he dates today.
    """
    names: Mapping[str, str] = field(default_factory=dict, compare=False)
    """What git calls the content of each file, by its path, or would call it."""

    @classmethod
    def at(cls, root: Path, kept: Drawer | None = None) -> Project:
        """Return the project in ``root``: as the variables tell, else as git tells.

        ``kept`` is a room that keeps how its files stood when they were read.

        ``SOURCE_DATE_EPOCH`` (seconds since 1970) goes before the moment of the commit. Raise
        Faulty when git cannot tell, or has only a part of the history.
        """
        if os.environ.get(ROOT) == str(root.resolve()):
            return cls._told(os.environ)
        repository, commit = Repository.around(root), None
        moment = _epoch(os.environ.get("SOURCE_DATE_EPOCH"))
        if repository:
            repository.demand_history()
            commit = repository.head()
        length = len(commit) if commit else checkout.USUAL
        found = checkout.names_of(root, *PUBLIC, kept=kept, length=length)
        if repository and commit:
            commit = commit if checkout.is_committed(repository, commit, found, *PUBLIC) else None
            moment = moment or _moment(repository, commit)
        names = {path: name for path, name in found.items() if name}
        return cls(root, repository, commit, moment, names)

    @classmethod
    def _told(cls, variables: Mapping[str, str]) -> Project:
        git_dir, commit = variables.get(REPOSITORY), variables.get(COMMIT)
        repository = Repository(Path(git_dir), variables.get(PREFIX, "")) if git_dir else None
        moment = _epoch(variables.get(MOMENT))
        return cls(Path(variables[ROOT]), repository, commit or None, moment)

    @classmethod
    def taken_out(cls, repository: Repository, commit: str, root: Path) -> Project:
        """Return ``commit`` of ``repository`` as a project in ``root``, a new folder.

        Raise Faulty with each path that the commit has and no folder may have.
        """
        root.mkdir()
        if problems := checkout.extract(repository, commit, root, *PUBLIC):
            raise Faulty(*problems)
        entries = repository.entries(commit, *PUBLIC)
        names = {os.fsdecode(entry.path): entry.name for entry in entries}
        return cls(root, repository, commit, _moment(repository, commit), names)

    def variables(self) -> dict[str, str]:
        """Return the variables that tell another program of ours what it publishes."""
        repository = self.repository
        return {
            ROOT: str(self.root.resolve()),
            REPOSITORY: str(repository.git_dir) if repository else "",
            PREFIX: repository.prefix if repository else "",
            COMMIT: self.commit or "",
            MOMENT: str(int(self.moment.timestamp())) if self.moment else "",
        }

    def steps(self, kept: Drawer | None = None) -> list[Step]:
        """Return the commits that changed text, data or software, newest first; ``kept`` is a room
        that keeps what each of them touched.

        Raise Faulty when there are none to tell of, or they are not all there.
        """
        if not (self.repository and (tip := self.tip())):
            message = "这里不是 git 的仓库，或者还没有提交"
            raise Faulty(Problem(Place(str(self.root)), "history-missing", message))
        return history.steps(self.repository, tip, *PUBLIC, *SOFTWARE, kept=kept)

    def ahead(self, now: datetime.datetime) -> list[Problem]:
        """Return a problem when the commit that this is was made later than ``now``."""
        if not (self.repository and self.commit):
            return []
        return ahead(self.repository.commits([self.commit]), now)

    def problems(self) -> list[Problem]:
        """Return a problem for each committed file that stands where builds keep their own."""
        if not (self.repository and (tip := self.tip())):
            return []
        message = "这里只放程序自己生成的文件，不能提交；请运行 git rm --cached，再提交一次"
        found = self.repository.entries(tip, *_MADE)
        paths = (entry.path.decode(errors="backslashreplace") for entry in found)
        return [Problem(Place(path), "made-file-committed", message) for path in paths]

    def tip(self) -> str | None:
        """Return the last commit of what this is, with or without what is not committed yet."""
        return self.commit or (self.repository.head() if self.repository else None)


def ahead(commits: Iterable[Commit], now: datetime.datetime) -> list[Problem]:
    """Return a problem for each commit that was made later than ``now``.

    Else whoever sets his clock forward would make true what has not happened yet.
    """
    clock, minutes = f"{now.astimezone(datetime.UTC):%Y-%m-%d %H:%M} UTC", _AHEAD.seconds // 60
    message = (
        f"提交的时间比现在（{clock}）晚{minutes}分钟以上：提交时电脑的时钟不准。"
        "校准时钟以后运行 git rebase --force-rebase origin/main，再推送一次"
    )
    return [
        Problem(Place(commit.name), "commit-from-future", message)
        for commit in commits
        if commit.moment > now + _AHEAD
    ]


def _epoch(seconds: str | None) -> datetime.datetime | None:
    """Return the moment that so many seconds since 1970 are, if it is a number of them."""
    if seconds and seconds.isascii() and seconds.isdigit() and len(seconds) < 12:
        return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)
    return None


def _moment(repository: Repository, commit: str | None) -> datetime.datetime | None:
    return next((each.moment for each in repository.commits([commit] if commit else [])), None)
