"""What a server publishes, and where to, as the settings of its repository say, and how it runs our
commands on what was pushed.

Settings stand in the repository's own configuration, under ``notices.``; see deploy/README.md.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .. import software
from ..history.git import Repository
from ..history.project import Project
from ..problem import Faulty, Place, Problem
from ..proof.approvals.approvers import Approvers, approvers_in

KEEP = 5

Tell = Callable[[str], None]
"""Is told one line at a time, for whoever pushed or sits at the terminal."""


@dataclass(frozen=True)
class ServerSettings:
    """What a server publishes, and where to."""

    repository: Repository
    target: Path
    branch: str
    keep: int = KEEP
    address: str = ""
    key: Path | None = None

    @classmethod
    def read(cls, folder: Path) -> ServerSettings:
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

    def approvers(self) -> Approvers | None:
        """Return who must agree, as the settings of the repository say, and not who pushes."""
        return approvers_in(self.repository)


def run(
    project: Project,
    arguments: tuple[str, ...],
    variables: dict[str, str],
    tell: Tell,
    *keep: int,
    meanwhile: Callable[[], None] = lambda: None,
) -> int:
    """Run a command of ours on ``project``, tell what it says, return its exit status.

    It has these ``variables`` and the descriptors ``keep``; ``meanwhile`` is done as it begins.
    """
    environment = software.variables(**project.variables(), **variables)
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
        meanwhile()
        assert process.stdout
        for line in process.stdout:
            tell(line.rstrip("\n"))
    return process.returncode
