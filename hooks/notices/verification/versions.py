"""Versions: which commit of the software a version of it is, as far as that can be known here."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from pathlib import PurePosixPath

from .. import software
from ..history.commits import steps
from ..history.git import Repository
from ..problem import Faulty

_MOST = 200  # commits of the software to look at
_TIPS = ("HEAD", "refs/remotes/origin/HEAD")


def commit_of(version: str) -> str | None:
    """Return the commit of the installed software's repository that is ``version``, the newest
    first; None when it is not among the last, or there is no such repository.
    """
    try:
        repository = Repository.around(software.ROOT)
        commits = _commits(repository) if repository else iter(())
        known: dict[str, bytes] = {}
        found = (
            each for each in commits if repository and _name(repository, each, known) == version
        )
        return next(found, None)
    except Faulty:  # it is a hint, and no more
        return None


def _commits(repository: Repository) -> Iterator[str]:
    for tip in _TIPS:
        with contextlib.suppress(Faulty):
            last = repository.resolve(tip)
            history = steps(repository, last, *software.PARTS)
            yield from (each.commit.name for each in itertools.islice(history, _MOST))


def _name(repository: Repository, commit: str, known: dict[str, bytes]) -> str:
    """Return which version of the software stands in ``commit``; ``known`` are contents by name."""
    entries = [each for each in repository.entries(commit, *software.PARTS) if each.is_file()]
    wanted = {each.name for each in entries} - known.keys()
    known.update(repository.contents(sorted(wanted)))
    return software.name_of(
        (PurePosixPath(each.path.decode(errors="replace")), known[each.name]) for each in entries
    )
