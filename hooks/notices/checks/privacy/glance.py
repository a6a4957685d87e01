"""A glance at a page: in most there is nothing personal, and that can be seen at once.

It looks at the markup as it is, where a tag may stand anywhere within a number or a home, and lets
through what is certainly no number by its digits alone. What is not plain is looked at closely.
"""

from __future__ import annotations

import functools
import re

from .digits import BETWEEN, DIGIT, UNSEEN, nearer
from .numbers import may_hold
from .pieces import has_rare_ends
from .shown import unquoted, words

# What makes of a character another one, or hides some: entities but for marks, escapes but for
# spaces and marks, what counts as the end of a line, comments. These are looked for by the
# character that few pages have.
_ENTITY = re.compile(r"&(?!(?:lt|gt|quot|#34|#39);|amp;(?![#\w%]))")
_ESCAPE = re.compile(r"%(?!2[0-57]|3[A-Fa-f])")
# A value with any of them; a quotation mark ends every number and home.
_CODED = re.compile('=("[^"<>%&]*+[%&][^"<>]*+")')
_COMMENT = re.compile("!(?<=<!)--")

_TAG = "<[^<>]*+>"
_APART = f"[{BETWEEN}]*+(?:(?:{_TAG}|%20)[{BETWEEN}]*+)*+"
_LONG = re.compile(f"{DIGIT}(?:{_APART}{DIGIT}){{10,}}+(?:{_APART}[XxＸｘ])?")

# A sign of dwelling, what may stand behind it as far as a house number, and how that ends.
_UNSEEN = f"(?:[{UNSEEN}]|{_TAG})*+"
_HOMES = tuple(
    re.compile(_UNSEEN.join(sign) + f'(?:[^。；;！!？?<>"&]|{_TAG}|&(?:amp|#39);)*+')
    for sign in (("住",), ("户", "[籍口]"), ("家", "[在庭]"), ("现", "居"))
)
_HOUSE = re.compile(f"[{DIGIT[1:-1]}十百A-Za-z]{_UNSEEN}(?:[号栋幢室]|单{_UNSEEN}元)")


def doubtful(markup: str) -> str:
    """Return what of a page must be looked at closely to know that it shows nothing personal: of
    most nothing, or the values of attributes, or else the whole page.
    """
    values: list[str] = []
    rest = markup
    if _is_coded(markup):  # only within values, if it is an address to write a mail to
        parts = _CODED.split(markup)
        rest, values = '=""'.join(parts[::2]), parts[1::2]
    if _is_plain(rest) and not _has_home(rest) and not _has_number(rest):
        return "".join(f"<p x=00 y={value}>{value}" for value in values)
    return markup


def _is_plain(markup: str) -> bool:
    hides = _COMMENT.search(markup) or has_rare_ends(markup) or nearer(markup) is not markup
    return not hides and not _is_coded(markup)


def _is_coded(markup: str) -> bool:
    return bool(_ENTITY.search(markup) or _ESCAPE.search(markup))


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
    """Tell whether there may be a number in ``digits``: in the text, in words without tags, on a
    page that keeps its lines or not, or in an attribute, where it may be escaped, and ends at a
    space if it is not quoted.
    """
    for each in {digits, *digits.split()}:
        for shown in (each, words(each), words(f"<pre>{each}")):
            if may_hold(shown) or may_hold(unquoted(shown)):
                return True
    return False
