"""Rule: the ordinals that are printed in headings follow one another."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue.notices import Notice
from ..catalogue.settings import Settings
from ..text.ordinals import slips
from .rules import Objection, rule


@rule
def printed_ordinal(notice: Notice, _: Settings) -> Iterator[Objection]:
    """标题上印的序号要一个接一个，从1起，或者接着前面的往下数。

    先查编号和标题的层次
    """
    for section, ordinal, due in slips(notice.narrative):
        message = f"标题印的序号是“{ordinal.printed}”，按位置是第 {due} 个"
        yield Objection(section.heading.place, message, at=section.id)
