"""Checkouts: a commit of a repository, standing in a folder as on anyone's machine.

The site of a commit is built by the software of that commit, with the packages that are installed.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from .git import alone, git
from .problem import Faulty, Place, Problem

INSTALLED = Path(__file__).parents[2]
"""Where the software that is running was installed from."""
_REQUIREMENTS = "requirements.txt"


def check_out(repository: Path, commit: str, folder: Path) -> None:
    """Let ``commit`` of ``repository`` stand in ``folder``, whatever was left there before.

    What earlier builds keep in ``.cache`` stays. Only one process may do so at a time.
    """
    try:
        _switch(commit, folder)
    except Faulty:  # nothing there, or what a killed process left
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        git(
            repository, "clone", "--quiet", "--shared", "--no-checkout", ".", str(folder.absolute())
        )
        _switch(commit, folder)


def _switch(commit: str, folder: Path) -> None:
    if not (folder / ".git").is_dir():
        raise Faulty(Problem(Place(str(folder)), "git", "不是仓库"))
    for left in (folder / ".git").glob("*.lock"):
        left.unlink()
    git(folder, "checkout", "--quiet", "--force", "--detach", commit)
    git(folder, "clean", "-ffdxq", "--exclude", "/.cache")


def packages_differ(folder: Path) -> bool:
    """Tell whether the checkout in ``folder`` wants other packages than those installed."""
    wanted, installed = folder / _REQUIREMENTS, INSTALLED / _REQUIREMENTS
    return wanted.read_bytes() != installed.read_bytes()


def notices_command(folder: Path, *arguments: str) -> list[str]:
    """Return the command line that runs ``notices`` as it is in the checkout in ``folder``."""
    return [sys.executable, "-m", "notices", *arguments, "--root", str(folder)]


def environment(folder: Path, address: str) -> dict[str, str]:
    """Return the variables for :func:`notices_command`, for a site at ``address``."""
    hooks = {"PYTHONPATH": str(folder.absolute() / "hooks"), "PYTHONUTF8": "1"}
    return {**alone(), **hooks, "SITE_URL": address}
