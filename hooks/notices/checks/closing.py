"""Rules: what comes after the last item stands in the closing, and in no item."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue.notices import Notice
from ..catalogue.settings import Settings
from ..text.endings import begins_ending
from ..text.outline import CLOSING
from .rules import Objection, rule, warning


@warning
def closing_unmarked(notice: Notice, _: Settings) -> Iterator[Objection]:
    """最后一条后面的联系方式、公示期、落款、日期、附件不属于那一条，前面要有单独一行 {#closing}。

    在说明所指的那一段前面加一行 `{#closing}`
    """
    items = notice.narrative.items
    # Of a row, the last cell is often a day.
    for line in items[-1].paragraphs[1:] if items and not items[-1].row else ():
        if begins_ending(line.text):
            message = (
                f"这一段像是全文的结尾，不是 {items[-1].id} 的内容；"
                "是的话，在它前面加单独一行 {#closing}"
            )
            yield Objection(line.place, message, at=items[-1].id)
            return


@rule
def closing_position(notice: Notice, _: Settings) -> Iterator[Objection]:
    """结尾（closing）是最后一节，不在别的一节里面。

    把 `{#closing}` 移到最后一条后面，下面不再有标题
    """
    for section in notice.narrative.all_sections:
        if section.id != CLOSING:
            continue
        if section is not notice.narrative.sections[-1]:
            message = "结尾（closing）应是最外层的最后一节，写成单独一行 {#closing}"
            yield Objection(section.heading.place, message)
        elif section.children:
            yield Objection(section.children[0].heading.place, "结尾（closing）里面不能再有标题")
