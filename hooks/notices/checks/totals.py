"""Rules: the numbers that a text gives are those that can be counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalogue import Catalogue, Notice
from ..narrative import ITEM, Section, chinese_number
from .rules import Finding, rule

# Brackets and full stops half-width or full-width.
_ORDINAL = re.compile("[(\uff08]?([一二三四五六七八九十]+|[0-9]+)[)\uff09.\uff0e、]")


@rule
def stated_total(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """原文自述的数目（stated）必须等于数出来的数目，否则要在 known_discrepancies 里说明。

    先查叙述有没有漏标的标题；确是原文如此，写进 `known_discrepancies`
    """
    counted = {
        "aspects": len(notice.aspects),
        "sub_items": len(notice.sub_items),
        "items": len(notice.narrative.of_depth(ITEM)),
    }
    for key, stated in notice.facts.stated.model_dump(exclude_none=True).items():
        if stated != counted[key]:
            message = (
                f"原文自述 {stated}，数出 {counted[key]}；确是原文如此的，"
                f"请在 known_discrepancies 里说明（rule: stated-total, at: {key}）"
            )
            yield Finding(notice.record.document.at("stated", key), message, at=key)


@rule
def printed_ordinal(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """方面、子项和问题标题上印的序号必须等于它的位置，否则要在 known_discrepancies 里说明。

    先查编号；确是原文如此，写进 `known_discrepancies`
    """
    for section in notice.narrative.all_sections:
        if not section.depth:
            continue
        position = int(section.id.rpartition("-")[2])
        printed = _printed_ordinal(section)
        if printed and printed not in (str(position), chinese_number(position)):
            message = (
                f"标题印的序号是“{printed}”，按位置是第 {position} 个；确是原文如此的，"
                f"请在 known_discrepancies 里说明（rule: printed-ordinal, at: {section.id}）"
            )
            yield Finding(section.heading.place, message, at=section.id)


def _printed_ordinal(section: Section) -> str:
    """Return the number that a heading begins with, as printed: 一 of (一), 3 of ``3.``."""
    match = _ORDINAL.match(section.heading.text)
    return match[1] if match else ""
