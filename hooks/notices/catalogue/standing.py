"""The standing of a notice: how many items and measures are at each status, also by aspect."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from .notices import Item, Notice


class Standing(NamedTuple):
    """Counts by status id of a part of a notice; ``anchor`` is its id on the page, "" for all."""

    anchor: str
    name: str
    items: Counter[str]
    measures: Counter[str]


def standings(notice: Notice) -> list[Standing]:
    """Return the standing of the whole notice and, after it, of each aspect."""
    whole = Standing("", "全部", notice.item_counts, notice.measure_counts)
    return [whole, *(_of_aspect(notice, aspect.id, aspect.label) for aspect in notice.aspects)]


def _of_aspect(notice: Notice, anchor: str, name: str) -> Standing:
    items = [item for item in notice.items if item.aspect.id == anchor]
    return Standing(anchor, name, Counter(item.status for item in items), _measures(items))


def _measures(items: list[Item]) -> Counter[str]:
    return Counter(measure.facts.status for item in items for measure in item.measures)
