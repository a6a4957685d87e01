"""Publication: from a push to a repository on one's own server to the site that the public sees.

Of what is pushed, only ``content/`` and ``data/`` are looked at, by the software that is installed;
nothing that is pushed ever runs. Settings stand in the repository's own configuration, under
``notices.``; see deploy/README.md.
"""

from __future__ import annotations

import contextlib
import datetime
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

from .. import software
from ..history.git import Commit, Repository
from ..history.project import PUBLIC, Project, ahead
from ..problem import Faulty, Place, Problem
from ..proof import manifest, signature
from ..proof.approvals.approvers import Approvers, approvers_in, variables
from .releases import Releases, commit_of

KEEP = 5
_NO_COMMIT = "0"  # a branch that there was not, or will not be, has a name of zeros only

_OTHERS = (
    "这次推送改了软件（content/、data/ 以外的 {} 等 {} 个文件），服务器仍用自己装的版本；"
    "更新软件请运维人员在服务器上取得新版本，再运行 make server。"
)

Tell = Callable[[str], None]
"""Is told one line at a time, for whoever pushed or sits at the terminal."""


class Push(NamedTuple):
    """A push to the published branch; "" stands for a branch that there was not, or will not be."""

    before: str
    after: str


@dataclass(frozen=True)
class Settings:
    """What a server publishes, and where to."""

    repository: Repository
    target: Path
    branch: str
    keep: int = KEEP
    address: str = ""
    key: Path | None = None

    @classmethod
    def read(cls, folder: Path) -> Settings:
        """Return the settings of the repository in ``folder``; raise Faulty when they do not say
        where to.
        """
        if not (repository := Repository.around(folder)):
            raise Faulty(Problem(Place(str(folder)), "git", "这里不是 git 的仓库"))
        said = repository.settings()
        if not (target := said.get("notices.target")):
            command = f"git --git-dir={repository.git_dir} config notices.target <目录>"
            message = f"没有设定发布目录，请运行：{command}"
            raise Faulty(Problem(Place("config"), "setting-missing", message))
        keep = said.get("notices.keep", str(KEEP))
        if not keep.isdigit() or int(keep) < 1:
            message = f"notices.keep 是保留几次发布，应是1以上的整数，现在是“{keep}”"
            raise Faulty(Problem(Place("config"), "setting-wrong", message))
        branch = said.get("notices.branch") or repository.ask("symbolic-ref", "--short", "HEAD")
        part = said.get("notices.folder", "").strip("/")
        repository = Repository(repository.git_dir, f"{part}/" if part else "")
        key = Path(said["notices.key"]) if said.get("notices.key") else None
        address = said.get("notices.siteurl", "")
        return cls(repository, Path(target), branch, int(keep), address, key)


def publish(settings: Settings, tell: Tell) -> None:
    """Make what the branch holds now public; raise Faulty, and change nothing, when it may not be.

    Whoever waited finds the newest commit, and has nothing to do when another took it along.
    """
    with _locked(settings, tell) as (releases, lock):
        commit = settings.repository.resolve(f"refs/heads/{settings.branch}")
        release = releases.find(lambda made: _is_of(made, settings, commit))
        if release and release == releases.current():
            tell(f"公开网站已经是 {describe(settings.repository, release)}。")
            return
        site = release or _make(settings, releases, commit, lock, tell)
        if settings.key:
            signature.sign(site / manifest.NAME, settings.key)
        started = time.perf_counter()
        release = releases.add(site, commit)
        releases.publish(release, settings.keep)
    tell(f"切换 {time.perf_counter() - started:.2f} 秒。")
    tell(f"已经公开：{describe(settings.repository, release)}")


def roll_back(settings: Settings, commit: str | None, tell: Tell) -> None:
    """Make an earlier release public again: that of ``commit``, or the one before the present."""
    with _locked(settings, tell) as (releases, _):
        if commit is None:
            release = releases.before(releases.current())
        else:
            named = (each for each in releases.all() if commit_of(each).startswith(commit))
            release = next(named, None)
        if release is None:
            kept = "、".join(commit_of(each)[:7] for each in releases.all()) or "没有"
            message = f"没有可以退回的发布；保留着的有：{kept}"
            raise Faulty(Problem(Place(str(releases.folder)), "release-missing", message))
        releases.switch(release)
    tell(f"已经退回：{describe(settings.repository, release)}")


def describe(repository: Repository, release: Path) -> str:
    """Return the day and the first line of the commit of ``release``, as far as they are known."""
    from ..catalogue.days import day_at  # noqa: PLC0415 (takes a while, and a push that is only taken needs none)

    name = commit_of(release)
    try:
        (commit,) = repository.commits([name])
    except Faulty:  # a commit that the operator took away
        return name[:7]
    return f"{name[:7]} {day_at(repository, commit)} {commit.subject}"


def pushed(lines: Iterable[str], branch: str) -> Push | None:
    """Return the push to ``branch``, or None when there was none.

    ``lines`` are what git gives its hooks: old commit, new commit, name of the reference.
    """
    for line in lines:
        before, after, name = line.split(maxsplit=2)
        if name.strip() == f"refs/heads/{branch}":
            return Push(*("" if not each.strip(_NO_COMMIT) else each for each in (before, after)))
    return None


def admit(settings: Settings, push: Push, tell: Tell, now: datetime.datetime) -> None:
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
        more = {"SITE_URL": settings.address, **variables(_approvers(settings))}
        if _run(project, ("check",), tell, **more):
            raise Faulty
    if push.before and (others := _not_published(repository, push)):
        tell(_OTHERS.format(others[0], len(others)))


@contextlib.contextmanager
def _locked(settings: Settings, tell: Tell) -> Iterator[tuple[Releases, IO[str]]]:
    """Hold the lock of the releases; when none of them is public, the newest is made so at once."""
    releases = Releases(settings.target)
    with releases.locked(lambda: tell("另一次发布正在进行，等它结束……")) as lock:
        if healed := releases.heal():
            tell(f"current 没有指向任何发布，已指回：{describe(settings.repository, healed)}")
        yield releases, lock


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


def _approvers(settings: Settings) -> Approvers | None:
    """Return who must agree, as the settings of the repository say, and not who pushes."""
    return approvers_in(settings.repository)


def _is_of(made: manifest.Manifest, settings: Settings, commit: str) -> bool:
    """Tell whether a site with the manifest ``made`` is what would be built now."""
    # Of each release that is kept this is asked, and most are of other commits: what takes git, or
    # reading the software, comes last.
    if (made.commit, made.address) != (commit, settings.address):
        return False
    who = _approvers(settings)
    told = made.approvers and (made.approvers.signers, made.approvers.least)
    wanted = (software.version(), who and (who.signers, who.least))
    return (made.software, told) == wanted


def _make(settings: Settings, releases: Releases, commit: str, lock: IO[str], tell: Tell) -> Path:
    """Build the site of ``commit``; return its folder."""
    started = time.perf_counter()
    site = releases.work / "site"
    for left in releases.work.iterdir():  # by a process that was killed
        shutil.rmtree(left)
    project = Project.taken_out(settings.repository, commit, releases.work / "source")
    tell(f"取出 {time.perf_counter() - started:.2f} 秒。")
    # Whatever happens to this process, the lock holds until the build has ended, too.
    build = ("build", str(site), "--cache", str(releases.cache))
    more = {"SITE_URL": settings.address, **variables(_approvers(settings))}
    if _run(project, build, tell, lock.fileno(), **more):
        raise Faulty
    if not _is_of(manifest.read(site), settings, commit):
        message = "生成的网站不是这次提交的，没有公开"
        raise Faulty(Problem(Place(manifest.NAME), "manifest-differs", message))
    return site


def _run(project: Project, arguments: tuple[str, ...], tell: Tell, *keep: int, **more: str) -> int:
    """Run a command of ours on ``project``, tell what it says, return its exit status."""
    environment = software.variables(**project.variables(), **more)
    with subprocess.Popen(
        software.command("notices", *arguments, "--root", str(project.root)),
        cwd=project.root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        pass_fds=keep,
    ) as process:
        assert process.stdout
        for line in process.stdout:
            tell(line.rstrip("\n"))
    return process.returncode
