"""Beginnings: where the history of a site begins that was started from another one.

What stands in the repository from before is of another publisher, though some of it may come along
later, with a newer version of the software. The site's own commits are those that go on from the
first one that says what it was started from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..facts import model
from ..history.commits import Step, begun
from ..history.git import Repository
from .days import SITE, site_at


def own_steps(
    repository: Repository, tip: str, steps: Sequence[Step], site: model.Site
) -> Sequence[Step]:
    """Return those of ``steps``, up to ``tip``, that are the own ones of ``site``.

    Each is told against own ones alone, the first against nothing.
    """
    if site.started_from is None:
        return steps
    touched = {step.commit.name for step in steps if SITE in step.paths}

    def begins(name: str) -> bool:
        said = site_at(repository, name) if name in touched else None
        return said is not None and said.started_from == site.started_from

    own = begun(repository, tip, begins)
    return [
        replace(step, before=[name for name in step.before if name in own])
        for step in steps
        if step.commit.name in own
    ]
