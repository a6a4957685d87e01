"""The revision: the day of what is being published, taken from git and never from the clock."""

from __future__ import annotations

import datetime
import os
import subprocess
from pathlib import Path


def as_of(root: Path) -> datetime.date | None:
    """Return the day of the commit that ``root`` stands at, as its committer wrote it.

    ``SOURCE_DATE_EPOCH`` (seconds since 1970, UTC) goes before it. None when something is not
    committed yet, so that an editor can preview what he dates today, or when there is no git.
    """
    if (epoch := os.environ.get("SOURCE_DATE_EPOCH", "")).isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    if _git(root, "status", "--porcelain", "--", "content", "data") != "":
        return None
    date = _git(root, "log", "-1", "--format=%cs")
    return datetime.date.fromisoformat(date) if date else None


def _git(root: Path, *arguments: str) -> str | None:
    """Return what git says, or None when it cannot."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()
