"""Rule: the title of an item is what its heading says, all of it."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue.notices import Item, Notice
from ..catalogue.settings import Settings
from ..text.narrative import Section
from ..text.titles import titles
from . import clauses
from .rules import Objection, rule


@rule
def title_not_in_heading(notice: Notice, _: Settings) -> Iterator[Objection]:
    """问题的 title 必须是标题里引号中的整个问题，或者去掉序号的整个标题，不能只是其中几个字。

    照说明里给的写；没有标题的，用正文里完整的一句
    """
    for item in notice.items:
        title, heading = item.facts.title, item.section.heading
        if not heading.text:
            if _is_sentence_of(item, title):
                continue
            message = f"这一节没有标题，“{title}”也不是正文里完整的一句"
        elif title == item.section.label or title in (allowed := _allowed(item.section)):
            continue
        else:
            message = f"“{title}”不是 {heading.place} 的标题说的整个问题：“{allowed[0]}”"
        yield Objection(item.record.document.at("title"), message)


def _allowed(section: Section) -> list[str]:
    """Return what the item may be called; a cell quotes nothing, and is its title as a whole."""
    return [section.heading.text] if section.row else titles(section.heading.text)


def _is_sentence_of(item: Item, title: str) -> bool:
    texts = (line.text for section in item.section.walk() for line in section.lines)
    return any(title in text and any(clauses.whole(text, title)) for text in texts)
