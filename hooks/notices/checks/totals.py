"""Rule: the totals that a text states of itself are those that can be counted."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue.notices import Notice
from ..catalogue.settings import Settings
from ..problem import suggest
from .rules import Objection, rule


@rule
def stated_total(notice: Notice, settings: Settings) -> Iterator[Objection]:
    """原文自述的数目（stated）必须等于数出来的数目；键是各层的叫法。

    先查叙述有没有漏标的标题
    """
    if notice.facts.kind not in settings.kinds:
        return
    counted, names = _counted(notice), former_names(notice)
    for key, stated in notice.facts.stated.items():
        place = notice.record.document.at("stated", key)
        number = counted.get(names.get(key, key))
        if number is None:
            yield Objection(place, f"不认识“{key}”{suggest(key, counted)}")
        elif stated != number:
            yield Objection(place, f"原文自述 {stated}，数出 {number}", at=key)


def former_names(notice: Notice) -> dict[str, str]:
    """Return what the counted is called, by what it was called when every notice had two levels.

    Files of that time stay as they are.
    """
    levels = zip(("aspects", "sub_items"), notice.kind.levels, strict=False)
    return {**dict(levels), "items": notice.kind.item}


def _counted(notice: Notice) -> dict[str, int]:
    """Return how many there are of each level of groups and of items, by what they are called."""
    kind, groups = notice.kind, notice.group_counts
    levels = {name: groups[depth] for depth, name in enumerate(kind.levels, 1)}
    return {**levels, kind.item: len(notice.narrative.items)}
