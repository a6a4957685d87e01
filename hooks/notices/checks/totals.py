"""Rule: the totals that a text states of itself are those that can be counted."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue.notices import Catalogue, Notice
from ..text.narrative import ITEM
from .rules import Finding, rule


@rule
def stated_total(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """原文自述的数目（stated）必须等于数出来的数目。

    先查叙述有没有漏标的标题
    """
    counted = {
        "aspects": len(notice.aspects),
        "sub_items": len(notice.sub_items),
        "items": len(notice.narrative.of_depth(ITEM)),
    }
    for key, number in counted.items():
        stated = getattr(notice.facts.stated, key)
        if stated not in (None, number):
            message = f"原文自述 {stated}，数出 {number}"
            yield Finding(notice.record.document.at("stated", key), message, at=key)
