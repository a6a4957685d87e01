"""Rule: the title of an item is what its heading says, all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalogue.notices import Catalogue, Notice
from .ordinals import without_ordinal
from .rules import Finding, rule

_QUOTED = re.compile('“(.+)”|「(.+)」|"(.+)"|＂(.+)＂')
_LONGEST = 1000
_MARKS = "。.：:；;，,、 \u3000"
# What headings put around an issue that they quote, or that they name without quotes.
_FRAME = re.compile(
    "(?:针对|关于|对于?|在|就|巡[察视]组?|区委|市委|县委|省委|党组|党委|审计|督察|反馈|意见|整改|落实|情况|进展|措施|成效"
    "|任务|事项|问题|方面|存在|中|提出|指出|涉及|反映|第?[0-9０-９一二三四五六七八九十]+[项条个]|的|如下|和|及|与"
    "|[、，,：:；;。（）() \u3000])*"
)
_NAMED = re.compile("(?:关于|针对|对)(.+?)的?问题(?:的?(?:整改)?(?:落实)?(?:情况|进展)?)?(?:如下)?")


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


def titles(heading: str) -> list[str]:
    """Return all that may be the title of an item with ``heading``, the best first."""
    bare = without_ordinal(heading).strip()
    whole = bare.rstrip(_MARKS)
    found = []
    if len(bare) > _LONGEST:
        pass  # no heading, whatever it is
    elif quoted := _QUOTED.search(bare):
        issue = next(filter(None, quoted.groups()))
        # 落实“三会一课”制度不严 quotes a name, not the issue.
        if _FRAME.fullmatch(bare[: quoted.start()] + bare[quoted.end() :]):
            found.append(issue)
    elif named := _NAMED.fullmatch(re.split("[,，]整改|[,，]落实", whole)[0].rstrip(_MARKS)):
        found.append(named[1])
    return [*found, whole, bare, heading]
