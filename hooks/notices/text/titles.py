"""Titles: what a heading says the issue under it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .numerals import without_ordinal

_OPENING, _CLOSING = "“「『", "”」』"
_STRAIGHT = '"＂'
_QUOTE = re.compile(f"[{_OPENING}{_CLOSING}{_STRAIGHT}]")
_LONGEST = 1000
_MARKS = "。.：:；;，,、 \u3000"
# What headings put around an issue that they quote, or that they name without quotes.
_FRAME = re.compile(
    "(?:针对|关于|对于?|在|就|巡[察视]组?|区委|市委|县委|省委|党组|党委|审计|督察|反馈|意见|整改|落实|情况|进展|措施|成效"
    "|任务|事项|问题|方面|存在|中|提出|指出|涉及|反映|第?[0-9０-９一二三四五六七八九十]+[项条个]|的|如下|和|及|与"
    "|[、，,：:；;。（）() \u3000])*"
)
_NAMED = re.compile("(?:关于|针对|对)(.+?)的?问题(?:的?(?:整改)?(?:落实)?(?:情况|进展)?)?(?:如下)?")


def label(heading: str) -> str:
    """Return the issue that ``heading`` quotes, or all of it but its ordinal."""
    bare = without_ordinal(heading).strip()
    return quoted_issue(bare) or bare.rstrip(_MARKS) or heading


def titles(heading: str) -> list[str]:
    """Return all that may be the title of an item with ``heading``, the best first."""
    bare = without_ordinal(heading).strip()
    whole = bare.rstrip(_MARKS)
    found = []
    if issue := quoted_issue(bare):
        found.append(issue)
    elif not any(sign in bare for sign in _OPENING + _STRAIGHT) and len(bare) <= _LONGEST:
        named = _NAMED.fullmatch(re.split("[,，]整改|[,，]落实", whole)[0].rstrip(_MARKS))
        found += [named[1]] if named else []
    return [*found, *filter(None, (whole, bare)), heading]


def quoted_issue(bare: str) -> str:
    """Return what ``bare`` quotes, where all around it only says so, or ""."""
    if len(bare) > _LONGEST:
        return ""  # no heading, whatever it is
    quotes = [*_outer_quotes(bare)]
    if len(quotes) != 1:
        return ""
    begin, end = quotes[0]
    # 落实“三会一课”制度不严 quotes a name, not the issue.
    return bare[begin + 1 : end] if _FRAME.fullmatch(bare[:begin] + bare[end + 1 :]) else ""


def _outer_quotes(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each quote begins and ends that stands in no other; straight ones stand in none.

    A mark that closes nothing, or is never closed, is no quote.
    """
    opened: list[int] = []
    straight = -1
    for mark in _QUOTE.finditer(text):
        position, sign = mark.start(), mark[0]
        if sign in _STRAIGHT and not opened:
            if straight >= 0:
                yield straight, position
            straight = -1 if straight >= 0 else position
        elif sign in _OPENING and straight < 0:
            opened.append(position)
        elif sign in _CLOSING and opened and straight < 0:
            begin = opened.pop()
            if not opened:
                yield begin, position
