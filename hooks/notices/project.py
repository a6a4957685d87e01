"""The project: what is published, and which commit it is.

That is asked once. Whoever starts another program for the same project tells it by variables, so
that a folder into which a server took files out of a commit is published as that commit.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import checkout
from .git import Commit, Repository
from .problem import Faulty, Place, Problem

PUBLIC = ("content", "data")
"""Where everything stands that the public is told."""
_MADE = (".cache", "site")
"""What a build leaves beside it, and must not find there from anybody else."""
ROOT, REPOSITORY, PREFIX, COMMIT = (
    f"NOTICES_{name}" for name in ("ROOT", "REPOSITORY", "PREFIX", "COMMIT")
)


@dataclass(frozen=True)
class Project:
    """What stands in ``content/`` and ``data/`` of the folder ``root``."""

    root: Path
    repository: Repository | None
    """Where its history is, if it has any."""
    commit: str | None
    """The commit that it is, or None when something of it is not committed."""

    @classmethod
    def at(cls, root: Path) -> Project:
        """Return the project in ``root``: as the variables tell, else as git tells.

        Raise Faulty when git cannot tell, or has only a part of the history.
        """
        if os.environ.get(ROOT) == str(root.resolve()):
            return cls._told(os.environ)
        repository = Repository.around(root)
        if repository is None:
            return cls(root, None, None)
        repository.demand_history()
        head = repository.head()
        committed = head is not None and checkout.holds(repository, head, root, *PUBLIC)
        return cls(root, repository, head if committed else None)

    @classmethod
    def _told(cls, variables: Mapping[str, str]) -> Project:
        git_dir, commit = variables.get(REPOSITORY), variables.get(COMMIT)
        repository = Repository(Path(git_dir), variables.get(PREFIX, "")) if git_dir else None
        return cls(Path(variables[ROOT]), repository, commit or None)

    @classmethod
    def taken_out(cls, repository: Repository, commit: str, root: Path) -> Project:
        """Return ``commit`` of ``repository`` as a project in ``root``, a new folder.

        Raise Faulty with each path that the commit has and no folder may have.
        """
        root.mkdir()
        if problems := checkout.extract(repository, commit, root, *PUBLIC):
            raise Faulty(*problems)
        return cls(root, repository, commit)

    def variables(self) -> dict[str, str]:
        """Return the variables that tell another program of ours what it publishes."""
        repository = self.repository
        return {
            ROOT: str(self.root.resolve()),
            REPOSITORY: str(repository.git_dir) if repository else "",
            PREFIX: repository.prefix if repository else "",
            COMMIT: self.commit or "",
        }

    @property
    def day(self) -> datetime.date | None:
        """The day of the commit that this is, as its committer wrote it, and never the clock's.

        ``SOURCE_DATE_EPOCH`` (seconds since 1970, UTC) goes before it. None when something is not
        committed yet, so that an editor can preview what he dates today, or when there is no git.
        """
        if (epoch := os.environ.get("SOURCE_DATE_EPOCH", "")).isdigit():
            return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
        if not (self.repository and self.commit):
            return None
        (commit,) = self.repository.commits([self.commit])
        return commit.day

    def history(self) -> list[Commit]:
        """Return the commits that changed text or data, newest first.

        Raise Faulty when there are none to tell of, or they are not all there.
        """
        if not (self.repository and (tip := self._tip())):
            message = "这里不是 git 的仓库，或者还没有提交"
            raise Faulty(Problem(Place(str(self.root)), "history-missing", message))
        return self.repository.history(tip, *PUBLIC)

    def problems(self) -> list[Problem]:
        """Return a problem for each committed file that stands where builds keep their own."""
        if not (self.repository and (tip := self._tip())):
            return []
        message = "这里只放程序自己生成的文件，不能提交；请运行 git rm --cached，再提交一次"
        found = self.repository.entries(tip, *_MADE)
        paths = (entry.path.decode(errors="backslashreplace") for entry in found)
        return [Problem(Place(path), "made-file-committed", message) for path in paths]

    def _tip(self) -> str | None:
        """Return the last commit of what this is, with or without what is not committed yet."""
        return self.commit or (self.repository.head() if self.repository else None)
