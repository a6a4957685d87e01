"""Rule: the title of an item is what its heading says, all of it."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue.notices import Catalogue, Notice
from ..text.titles import titles
from .rules import Finding, rule


@rule
def title_not_in_heading(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """问题的 title 必须是标题里引号中的整个问题，或者去掉序号的整个标题，不能只是其中几个字。

    照说明里给的写
    """
    for item in notice.items:
        heading = item.section.heading
        allowed = titles(heading.text)
        if item.facts.title not in allowed:
            message = f"“{item.facts.title}”不是 {heading.place} 的标题说的整个问题：“{allowed[0]}”"
            yield Finding(item.record.document.at("title"), message)
