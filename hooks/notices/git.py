"""Git, as a program that is asked things."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from .problem import Faulty, Place, Problem, disk_full


def git(folder: Path, *arguments: str) -> str:
    """Return what ``git`` in ``folder`` says; raise Faulty with its reason when it fails."""
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env={**alone(), "LC_ALL": "C"},  # its words are read
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise Faulty(Problem(Place(str(folder)), "git", f"用不了 git：{error.strerror}")) from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        reason = said.splitlines()[-1] if said else f"退出码 {done.returncode}"
        failed = Problem(Place(str(folder)), "git", f"git {arguments[0]} 没有成功：{reason}")
        raise Faulty(disk_full(said, folder) or failed)
    return done.stdout.decode(errors="replace").strip()


def extract(
    repository: Path,
    commit: str,
    target: Path,
    *paths: str,
    variables: Mapping[str, str] | None = None,
) -> None:
    """Write what stands in ``commit``, or of that only ``paths``, into the folder ``target``."""
    archive = ["git", "archive", commit, "--", *paths]
    with subprocess.Popen(
        archive, cwd=repository, env=variables or alone(), stdout=subprocess.PIPE
    ) as process:
        subprocess.run(["tar", "-x", "-C", str(target)], stdin=process.stdout, check=True)


def alone() -> dict[str, str]:
    """Return our variables without those by which a hook of git points at its own repository."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
