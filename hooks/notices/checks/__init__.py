"""The rules: what must hold between facts, narrative and approved text.

Each module holds the rules of one concern. A rule is a generator; its docstring is the rule, and
its name (with hyphens) is the code that editors see.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from ..catalogue.drafts import as_hint
from ..catalogue.loading import load, opened
from ..catalogue.notices import Catalogue, Notice
from ..catalogue.settings import Settings
from ..catalogue.summary import Archive
from ..problem import Problem
from . import (
    basis,
    characters,
    closing,
    dates,
    findings,
    joined,
    lengths,
    markup,
    meaning,
    ordinals,
    outline,
    placeholders,
    privacy,
    prose,
    publishers,
    quoted,
    site,
    tables,
    titles,
    totals,
    verbatim,
    window,
    wording,
)
from .acknowledged import Acknowledgements
from .doubts import Doubts
from .each import of_each
from .faults import Pages
from .rules import PAGE_RULES, RULES, SITE_RULES, acknowledgement, table

__all__ = [
    "PAGE_RULES",
    "RULES",
    "SITE_RULES",
    "basis",
    "characters",
    "check_notice",
    "check_site",
    "closing",
    "dates",
    "findings",
    "inspect",
    "inspect_drafts",
    "joined",
    "lengths",
    "markup",
    "meaning",
    "ordinals",
    "outline",
    "placeholders",
    "privacy",
    "prose",
    "publishers",
    "quoted",
    "site",
    "table",
    "tables",
    "titles",
    "totals",
    "verbatim",
    "window",
    "wording",
]


def inspect(
    root: Path,
    as_of: datetime.date | None = None,
    address: str = "",
) -> tuple[Catalogue, list[Problem]]:
    """Load and check the project in ``root``; return its catalogue and all problems, sorted.

    ``as_of`` is the day that nothing may lie after, or a moment of that day, which is then the
    publisher's; without it, dates are not held against any. ``address`` is where the site will
    stand, when that is known.
    """
    catalogue, problems = load(root, as_of)
    archive = Archive.of(catalogue.public())
    site = check_site(root, archive, address)
    return catalogue, sorted({*problems, *site, *of_each(catalogue, check_notice)})


def inspect_drafts(root: Path, as_of: datetime.date | None = None) -> list[Problem]:
    """Return what is wrong with the drafts in ``root``, as hints: they stop nothing, and nobody is
    told of them who only publishes.
    """
    with opened(root, as_of, drafts=True) as loader:
        own, before = loader.drafts, len(loader.problems)
        notices = [notice for name in sorted(own.public.items) if (notice := loader.notice(name))]
        found = {*own.problems, *loader.problems[before:]}
        for notice in notices:
            found.update(check_notice(notice, loader.settings))
    return sorted(map(as_hint, found))


def check_site(root: Path, archive: Archive, address: str = "") -> set[Problem]:
    """Return every problem of the project in ``root`` but for those of its notices.

    ``address`` is where the site will stand, when that is known.
    """
    problems = {
        Problem(finding.place, rule.code, finding.message, rule.severity)
        for rule in SITE_RULES.values()
        for finding in rule.check(archive)
    }
    found = Pages(archive, address).findings()
    problems.update(Problem(each.place, code, each.message) for code, each in found)
    return problems.union(privacy.in_files(root, archive))


def check_notice(notice: Notice, settings: Settings) -> Iterator[Problem]:
    """Yield what is wrong with ``notice`` and not acknowledged, and what acknowledges nothing."""
    book = Acknowledgements(notice)
    doubts = Doubts(notice)
    for rule in RULES.values():
        for finding in rule.check(notice, settings):
            accepted = finding.at and book.has(rule.code, finding.at)
            if not accepted and not doubts.echo(rule, finding):
                message = finding.message + acknowledgement(rule.code, finding.at)
                yield Problem(finding.place, rule.code, message, rule.severity)
    yield from () if doubts.any else book.stale()
    yield from privacy.in_names(notice)
