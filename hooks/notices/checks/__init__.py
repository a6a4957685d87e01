"""The rules: what must hold between facts, narrative and approved text.

Each module holds the rules of one concern. A rule is a generator; its docstring is the rule, and
its name (with hyphens) is the code that editors see.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from ..catalogue.loading import Progress, load
from ..catalogue.notices import Catalogue, Notice
from ..catalogue.settings import Settings
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
    "check",
    "closing",
    "dates",
    "findings",
    "inspect",
    "joined",
    "lengths",
    "markup",
    "meaning",
    "ordinals",
    "outline",
    "placeholders",
    "privacy",
    "prose",
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
    progress: Progress | None = None,
    address: str = "",
) -> tuple[Catalogue, list[Problem]]:
    """Load and check the project in ``root``; return its catalogue and all problems, sorted.

    ``as_of`` is the day that nothing may lie after, or a moment of that day, which is then the
    publisher's; without it, dates are not held against any. ``address`` is where the site will
    stand, when that is known.
    """
    catalogue, problems = load(root, as_of, progress)
    in_files = privacy.in_files(root, catalogue)
    return catalogue, sorted({*problems, *check(catalogue, address), *in_files})


def check(catalogue: Catalogue, address: str = "") -> list[Problem]:
    """Return every problem of every notice and page, in the order of files and lines.

    ``address`` is where the site will stand, when that is known.
    """
    problems = {
        Problem(finding.place, rule.code, finding.message, rule.severity)
        for rule in SITE_RULES.values()
        for finding in rule.check(catalogue)
    }
    found = Pages(catalogue, address).findings()
    problems.update(Problem(each.place, code, each.message) for code, each in found)
    problems.update(of_each(catalogue, _check_notice))
    return sorted(problems)


def _check_notice(notice: Notice, settings: Settings) -> Iterator[Problem]:
    """Run all rules; drop what is acknowledged, and report what acknowledges nothing."""
    book = Acknowledgements(notice)
    doubts = Doubts(notice)
    for rule in RULES.values():
        for finding in rule.check(notice, settings):
            accepted = finding.at and book.has(rule.code, finding.at)
            if not accepted and not doubts.echo(rule, finding):
                message = finding.message + acknowledgement(rule.code, finding.at)
                yield Problem(finding.place, rule.code, message, rule.severity)
    yield from () if doubts.any else book.stale()
