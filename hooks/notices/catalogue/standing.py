"""The standing of a notice: how many items and measures are at each status, also by group."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import NamedTuple

from ..text.narrative import Section
from .notices import Item, Notice


class Standing(NamedTuple):
    """Counts by status id of a part of a notice; ``anchor`` is its id on the page, "" for all."""

    anchor: str
    name: str
    items: Counter[str]
    measures: Counter[str]
    findings: Counter[str]
    """How many items there are of which each thing was found, where anything was."""


def standings(notice: Notice) -> list[Standing]:
    """Return the standing of the whole notice and, after it, of each outermost group."""
    return [standing_of(notice), *(_of_group(notice, group) for group in notice.outer_groups)]


def standing_of(notice: Notice) -> Standing:
    """Return the standing of the whole notice."""
    return Standing("", "全部", notice.item_counts, notice.measure_counts, _findings(notice.items))


def by_outer_group(notice: Notice) -> list[tuple[Section | None, list[Item]]]:
    """Return the items of each outermost group, in the order of the text; of no group with None."""
    runs = itertools.groupby(notice.items, key=lambda item: item.path[0] if item.path else None)
    return [(group, [*items]) for group, items in runs]


def _of_group(notice: Notice, group: Section) -> Standing:
    items = [item for item in notice.items if group in item.path]
    counts = Counter(item.status for item in items)
    return Standing(group.id, group.label, counts, _measures(items), _findings(items))


def _measures(items: list[Item]) -> Counter[str]:
    return Counter(measure.facts.status for item in items for measure in item.measures)


def _findings(items: list[Item]) -> Counter[str]:
    return Counter(item.facts.finding.found for item in items if item.facts.finding)
