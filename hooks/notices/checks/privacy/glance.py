"""A glance at a page: in most there is nothing personal, and that can be seen at once.

It looks at the markup as it is, where a tag may stand anywhere within a number or a home, and lets
through what is certainly no number by its digits alone. Whatever is not plain is not passed.
"""

from __future__ import annotations

import functools
import re
from urllib.parse import unquote

from .digits import BETWEEN, DIGIT, UNSEEN, nearer
from .numbers import may_hold
from .shown import words

# What makes of a character another one, or hides some: entities but for marks, escapes but for
# spaces and marks, what counts as the end of a line, comments; and text that keeps its lines.
_ENTITY = re.compile(r"&(?!(?:lt|gt|quot|#34|#39);|amp;(?![#\w%]))")
_ESCAPE = re.compile(r"%(?!2[0-57]|3[A-Fa-f])")
_ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_HIDING = ("<!--", "<pre")

_TAG = "<[^<>]*+>"
_APART = f"[{BETWEEN}]*+(?:(?:{_TAG}|%20)[{BETWEEN}]*+)*+"
_LONG = re.compile(f"{DIGIT}(?:{_APART}{DIGIT}){{10,}}+(?:{_APART}[XxＸｘ])?")

# A sign of dwelling, and what may stand behind it as far as the sign of a house number.
_UNSEEN = f"(?:[{UNSEEN}]|{_TAG})*+"
_HOMES = tuple(
    re.compile(_UNSEEN.join(sign) + f'(?:[^。；;！!？?<>"&]|{_TAG}|&(?:amp|#39);)*+')
    for sign in (("住",), ("户", "[籍口]"), ("家", "[在庭]"), ("现", "居"))
)
_HOUSE = re.compile("[号栋幢单室]")


def passes(markup: str) -> bool:
    """Tell whether a glance is enough to know that a page shows nothing personal."""
    return _is_plain(markup) and not _has_home(markup) and not _has_number(markup)


def _is_plain(markup: str) -> bool:
    return not (
        _ENTITY.search(markup)
        or _ESCAPE.search(markup)
        or any(each in markup for each in _ENDS)
        or any(each in markup for each in _HIDING)
        or nearer(markup) is not markup
    )


def _has_home(markup: str) -> bool:
    return any(_HOUSE.search(home[0]) for sign in _HOMES for home in sign.finditer(markup))


def _has_number(markup: str) -> bool:
    for long in _LONG.finditer(markup):
        escaped = markup[long.start() - 1 : long.start()] == "%"
        if _is_number(markup[long.start() - escaped : long.end()]):
            return True
    return False


@functools.lru_cache(maxsize=4096)  # a telephone stands on each page of a site
def _is_number(digits: str) -> bool:
    """Tell whether there may be a number in ``digits``: in the text, in words without tags, or in
    an attribute, where it may be escaped, and ends at a space if it is not quoted.
    """
    for each in {digits, *digits.split()}:
        shown = words(each)
        if any(map(may_hold, (each, shown, unquote(shown)))):
            return True
    return False
