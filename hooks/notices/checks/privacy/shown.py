"""What a reader gets of a page: its words without markup, and what its links and pictures hold."""

from __future__ import annotations

import functools
import html
import re
from urllib.parse import unquote

from ...facts.head import body_of
from ..rendering import OverlongError, Renderer, at_most

_SECONDS = 2.0  # of the processor

_TAG = re.compile(
    r"<!--(?P<comment>.*?)-->|<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<rest>[^<>]*)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_SOFT_BREAK = re.compile(r"(?<=[^\s>])\n(?=[^\s<])")
# In a line, and so within a number as well: a reader does not see where they begin and end.
_INLINE = re.compile(
    "a|abbr|b|bd[io]|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|nobr|q|r[pt]|ruby|s|samp"
    "|small|span|strong|su[bp]|time|tt|u|var|wbr"
)
_CELLS = frozenset({"td", "th"})
_APART = "\n\n"
_DIGITS = re.compile(r"\d.*\d", re.DOTALL)


@functools.lru_cache(maxsize=64)
def rendered(page: str) -> str:
    """Return the HTML that a page of Markdown becomes, or "" when it is none that is published."""
    try:
        with at_most(_SECONDS):
            return _renderer().render(body_of(page)).html
    except (Exception, OverlongError):  # told by the rules of pages
        return ""


@functools.cache
def _renderer() -> Renderer:
    return Renderer(())


@functools.lru_cache(maxsize=64)
def words_of_page(page: str) -> str:
    """Return what a reader gets of a page of Markdown."""
    return words(rendered(page))


def words(markup: str) -> str:
    """Return what a reader gets of a page of HTML: its words, then what stands in its tags.

    Blocks and cells are kept apart; what is in a line is not.
    """
    attributes: list[str] = []
    if "<pre" not in markup:
        markup = _SOFT_BREAK.sub(" ", markup)

    def without(tag: re.Match[str]) -> str:
        if tag["comment"] is not None:
            attributes.append(tag["comment"])
            return ""
        if _DIGITS.search(tag["rest"]):
            attributes.extend(map("".join, _ATTRIBUTE.findall(tag["rest"])))
        name = tag["name"].lower()
        if _INLINE.fullmatch(name):
            return ""
        return "\n" if name == "br" else "\t" if name in _CELLS else _APART

    text = _TAG.sub(without, markup)
    return html.unescape(
        _APART.join([text, *(unquote(html.unescape(each)) for each in attributes)])
    )
