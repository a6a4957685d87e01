"""Publication: from a push to a repository on one's own server to the site that the public sees.

Settings stand in the repository's own configuration, under ``notices.``; see deploy/README.md.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .checkout import INSTALLED, check_out, environment, notices_command, packages_differ
from .git import extract, git
from .problem import Faulty, Place, Problem
from .releases import Releases

KEEP = 5
_NO_COMMIT = "0"  # a branch that is deleted has a name of zeros only

Tell = Callable[[str], None]
"""Is told one line at a time, for whoever pushed or sits at the terminal."""


@dataclass(frozen=True)
class Settings:
    """What a server publishes, and where to."""

    repository: Path
    target: Path
    branch: str
    keep: int = KEEP
    address: str = ""
    key: Path | None = None

    @classmethod
    def read(cls, repository: Path) -> Settings:
        """Return the settings of ``repository``; raise Faulty when they do not say where to."""
        lines = git(repository, "config", "--list").splitlines()
        said = dict(line.split("=", 1) for line in lines if line.startswith("notices."))
        if not (target := said.get("notices.target")):
            message = f"没有设定发布目录，请运行：git -C {repository} config notices.target <目录>"
            raise Faulty(Problem(Place("config"), "setting-missing", message))
        keep = said.get("notices.keep", str(KEEP))
        if not keep.isdigit() or int(keep) < 1:
            message = f"notices.keep 是保留几次发布，应是1以上的整数，现在是“{keep}”"
            raise Faulty(Problem(Place("config"), "setting-wrong", message))
        branch = said.get("notices.branch") or git(repository, "symbolic-ref", "--short", "HEAD")
        key = said.get("notices.key")
        address = said.get("notices.siteurl", "")
        return cls(repository, Path(target), branch, int(keep), address, Path(key) if key else None)


def publish(settings: Settings, tell: Tell) -> None:
    """Make what the branch holds now public; raise Faulty, and change nothing, when it may not be.

    Whoever waited finds the newest commit, and has nothing to do when another took it along.
    """
    releases = Releases(settings.target)
    with releases.locked(lambda: tell("另一次发布正在进行，等它结束……")) as lock:
        commit = git(settings.repository, "rev-parse", "--verify", f"refs/heads/{settings.branch}")
        release = releases.find(commit, settings.address)
        if release and release == releases.current():
            tell(f"公开网站已经是 {describe(settings.repository, commit)}。")
            return
        release = release or _make(settings, releases, commit, lock, tell)
        started = time.perf_counter()
        releases.publish(release, settings.keep)
    tell(f"切换 {time.perf_counter() - started:.2f} 秒。")
    tell(f"已经公开：{describe(settings.repository, commit)}")


def roll_back(settings: Settings, commit: str | None, tell: Tell) -> None:
    """Make an earlier release public again: that of ``commit``, or the one before the present."""
    releases = Releases(settings.target)
    with releases.locked(lambda: tell("另一次发布正在进行，等它结束……")):
        if commit is None:
            release = releases.before(releases.current())
        else:
            named = (each for each in releases.all() if each.name.startswith(commit))
            release = next(named, None)
        if release is None:
            kept = "、".join(each.name[:7] for each in releases.all()) or "没有"
            message = f"没有可以退回的发布；保留着的有：{kept}"
            raise Faulty(Problem(Place(str(releases.folder)), "release-missing", message))
        releases.switch(release)
    tell(f"已经退回：{describe(settings.repository, release.name)}")


def describe(repository: Path, release: str) -> str:
    """Return the day and the first line of the commit of ``release``, as far as they are known."""
    commit = release.partition(".")[0]
    try:
        return git(repository, "log", "-1", "--format=%h %cs %s", commit)
    except Faulty:  # a commit that a forced push took away
        return commit[:7]


def pushed(lines: Iterable[str], branch: str) -> str | None:
    """Return the commit that ``branch`` was pushed to; None when it was not, or is deleted.

    ``lines`` are what git gives its hooks: old commit, new commit, name of the reference.
    """
    for line in lines:
        _, new, name = line.split(maxsplit=2)
        if name.strip() == f"refs/heads/{branch}" and new.strip(_NO_COMMIT):
            return new
    return None


def admit(repository: Path, commit: str, tell: Tell) -> bool:
    """Tell whether data and text of ``commit`` are sound, with a line for each problem.

    A commit that is being pushed is known to git only as long as its hook runs, and only with the
    variables that git has set.
    """
    with tempfile.TemporaryDirectory() as folder:
        extract(repository, commit, Path(folder), variables=os.environ)
        show = ["git", "log", "-1", "--format=%cs", commit]
        day = subprocess.run(show, cwd=repository, capture_output=True, text=True, check=True)
        arguments = ("check", "--strict", "--as-of", day.stdout.strip())
        command = notices_command(Path(folder), *arguments)
        return _run(command, environment(Path(folder), ""), tell) == 0


def _make(settings: Settings, releases: Releases, commit: str, lock: IO[str], tell: Tell) -> Path:
    """Build the release of ``commit``."""
    started = time.perf_counter()
    source, site = releases.work / "source", releases.work / "site"
    check_out(settings.repository, commit, source)
    if packages_differ(source):
        message = (
            "这次提交要用的软件包与服务器上的不同，请在服务器上运行："
            f"git -C {INSTALLED} pull && make -C {INSTALLED} setup，再运行 notices publish"
        )
        raise Faulty(Problem(Place("requirements.txt"), "packages-differ", message))
    tell(f"取出 {time.perf_counter() - started:.2f} 秒。")
    key = ["--key", str(settings.key)] if settings.key else []
    command = notices_command(source, "build", str(site), *key)
    # Whatever happens to this process, the lock holds until the build has ended, too.
    if _run(command, environment(source, settings.address), tell, lock.fileno()):
        raise Faulty
    return releases.add(site, commit)


def _run(command: list[str], variables: dict[str, str], tell: Tell, *keep: int) -> int:
    """Run ``command``, tell what it says, return its exit status."""
    with subprocess.Popen(
        command,
        env=variables,
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
