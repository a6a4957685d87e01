"""Publication: from a push to a repository on one's own server to the site that the public sees.

Of what is pushed, only ``content/`` and ``data/`` are looked at, by the software that is installed;
nothing that is pushed ever runs.
"""

from __future__ import annotations

import contextlib
import importlib
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from .. import software
from ..history.git import Repository
from ..history.project import Project
from ..problem import Faulty, Place, Problem
from ..proof import manifest, signature
from ..proof.approvals.approvers import variables
from .releases import Releases, commit_of
from .server import ServerSettings, Tell, run


def publish(settings: ServerSettings, tell: Tell) -> None:
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


def roll_back(settings: ServerSettings, commit: str | None, tell: Tell) -> None:
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
    from ..catalogue.days import day_at  # noqa: PLC0415 (takes a while: see _make)

    name = commit_of(release)
    try:
        (commit,) = repository.commits([name])
    except Faulty:  # a commit that the operator took away
        return name[:7]
    return f"{name[:7]} {day_at(repository, commit)} {commit.subject}"


@contextlib.contextmanager
def _locked(settings: ServerSettings, tell: Tell) -> Iterator[tuple[Releases, IO[str]]]:
    """Hold the lock of the releases; when none of them is public, the newest is made so at once."""
    releases = Releases(settings.target)
    with releases.locked(lambda: tell("另一次发布正在进行，等它结束……")) as lock:
        if healed := releases.heal():
            tell(f"current 没有指向任何发布，已指回：{describe(settings.repository, healed)}")
        yield releases, lock


def _is_of(made: manifest.Manifest, settings: ServerSettings, commit: str) -> bool:
    """Tell whether a site with the manifest ``made`` is what would be built now."""
    # Of each release that is kept this is asked, and most are of other commits: what takes git, or
    # reading the software, comes last.
    if (made.commit, made.address) != (commit, settings.address):
        return False
    who = settings.approvers()
    told = made.approvers and (made.approvers.signers, made.approvers.least)
    wanted = (software.version(), who and (who.signers, who.least))
    return (made.software, told) == wanted


def _make(
    settings: ServerSettings, releases: Releases, commit: str, lock: IO[str], tell: Tell
) -> Path:
    """Build the site of ``commit``; return its folder."""
    started = time.perf_counter()
    site = releases.work / "site"
    for left in releases.work.iterdir():  # by a process that was killed
        shutil.rmtree(left)
    project = Project.taken_out(settings.repository, commit, releases.work / "source")
    tell(f"取出 {time.perf_counter() - started:.2f} 秒。")
    # Whatever happens to this process, the lock holds until the build has ended, too.
    build = ("build", str(site), "--cache", str(releases.cache))
    more = {"SITE_URL": settings.address, **variables(settings.approvers())}
    if run(project, build, more, tell, lock.fileno(), meanwhile=_prepare):
        raise Faulty
    if not _is_of(manifest.read(site), settings, commit):
        message = "生成的网站不是这次提交的，没有公开"
        raise Faulty(Problem(Place(manifest.NAME), "manifest-differs", message))
    return site


def _prepare() -> None:
    """Get ready to tell of what will be public, while the build is at work."""
    importlib.import_module("..catalogue.days", __package__)
