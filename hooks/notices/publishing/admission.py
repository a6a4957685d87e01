"""Admission: what of a push the published branch may become; all else is refused, and why is told.

Of what is pushed, only ``content/`` and ``data/`` are looked at, by the software that is installed;
nothing that is pushed ever runs.
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..history.git import Commit, Repository
from ..history.project import PUBLIC, Project, ahead
from ..problem import Faulty, Place, Problem
from ..proof.approvals.approvers import variables
from .server import ServerSettings, Tell, run

_NO_COMMIT = "0"  # a branch that there was not, or will not be, has a name of zeros only
_OTHERS = (
    "这次推送改了软件（content/、data/ 以外的 {} 等 {} 个文件），服务器仍用自己装的版本；"
    "更新软件请运维人员在服务器上取得新版本，再运行 make server。"
)


class Push(NamedTuple):
    """A push to the published branch; "" stands for a branch that there was not, or will not be."""

    before: str
    after: str


def pushed(lines: Iterable[str], branch: str) -> Push | None:
    """Return the push to ``branch``, or None when there was none.

    ``lines`` are what git gives its hooks: old commit, new commit, name of the reference.
    """
    for line in lines:
        before, after, name = line.split(maxsplit=2)
        if name.strip() == f"refs/heads/{branch}":
            return Push(*("" if not each.strip(_NO_COMMIT) else each for each in (before, after)))
    return None


def admit(settings: ServerSettings, push: Push, tell: Tell, now: datetime.datetime) -> None:
    """Raise Faulty when the published branch may not become what is pushed: when that rewrites
    what was public, was committed later than ``now``, or is not sound; each problem is told.

    A commit that is being pushed is known to git only as long as its hook runs.
    """
    repository = settings.repository
    _keep_history(repository, push)
    if problems := ahead(_new_commits(repository, push), now):
        raise Faulty(*problems)
    with tempfile.TemporaryDirectory() as folder:
        project = Project.taken_out(repository, push.after, Path(folder) / "source")
        more = {"SITE_URL": settings.address, **variables(settings.approvers())}
        if run(project, ("check",), more, tell):
            raise Faulty
    if push.before and (others := _not_published(repository, push)):
        tell(_OTHERS.format(others[0], len(others)))


def _keep_history(repository: Repository, push: Push) -> None:
    """Raise Faulty when the branch would no longer hold all that it held."""
    place = Place(push.after or push.before)
    if not push.after:
        message = "这是公开的分支，不能删除"
        raise Faulty(Problem(place, "branch-deleted", message))
    if push.before and not repository.is_ancestor(push.before, push.after):
        message = (
            "强制推送会改写公开过的历史，不收。请先 git pull，再推送；"
            "要撤回已经公开的内容，请用 git revert 提交一次新的改动"
        )
        raise Faulty(Problem(place, "history-rewritten", message))


def _new_commits(repository: Repository, push: Push) -> Iterator[Commit]:
    """Yield all commits that the branch would gain."""
    range_ = f"{push.before}..{push.after}" if push.before else push.after
    return repository.commits(repository.ask("rev-list", "--end-of-options", range_).split())


def _not_published(repository: Repository, push: Push) -> list[str]:
    """Return the files that the push changes and that are not published."""
    folders = tuple(f"{repository.prefix}{folder}/" for folder in PUBLIC)
    names = repository.differing(push.before, push.after)
    return [name for name in names if not name.startswith(folders)]
