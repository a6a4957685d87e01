"""The revision: the day of what is being published, taken from git and never from the clock."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

from .git import git
from .problem import Faulty, Place, Problem

PUBLIC = ("content", "data")
"""Where everything stands that the public is told."""


def as_of(root: Path) -> datetime.date | None:
    """Return the day of the commit that ``root`` stands at, as its committer wrote it.

    ``SOURCE_DATE_EPOCH`` (seconds since 1970, UTC) goes before it. None when something is not
    committed yet, so that an editor can preview what he dates today, or when there is no git.
    """
    if (epoch := os.environ.get("SOURCE_DATE_EPOCH", "")).isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    if _git(root, "status", "--porcelain", "--", *PUBLIC) != "":
        return None
    date = _git(root, "log", "-1", "--format=%cs")
    return datetime.date.fromisoformat(date) if date else None


def commit(root: Path) -> str | None:
    """Return the commit that ``root`` stands at, or None when something there is not committed."""
    if _git(root, "status", "--porcelain") != "":
        return None
    return _git(root, "rev-parse", "--verify", "HEAD")


def resolve(root: Path, name: str) -> str:
    """Return the commit that git calls ``name``; raise Faulty when there is none."""
    try:
        wanted = ("--end-of-options", f"{name}^{{commit}}")
        return git(root, "rev-parse", "--verify", "--quiet", *wanted).splitlines()[-1]
    except Faulty as fault:
        message = f"仓库里没有“{name}”这个提交"
        raise Faulty(Problem(Place(name), "commit-unknown", message)) from fault


def history(root: Path) -> list[tuple[str, str]]:
    """Return the commits, newest first, that changed text or data, each with its day.

    Of a branch that was merged, only the merge. Raise Faulty when the history is not all there.
    """
    if git(root, "rev-parse", "--is-shallow-repository") == "true":
        raise Faulty(Problem(Place(str(root)), "history-missing", "仓库只取了一部分历史"))
    lines = git(root, "log", "--first-parent", "--format=%H %cs", "--", *PUBLIC).splitlines()
    return [(line.split()[0], line.split()[1]) for line in lines]


def _git(root: Path, *arguments: str) -> str | None:
    """Return what git says, or None when it cannot."""
    try:
        return git(root, *arguments)
    except Faulty:
        return None
