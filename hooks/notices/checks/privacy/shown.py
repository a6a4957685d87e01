"""What a reader gets of a page: its words without markup, and what its links and pictures hold."""

from __future__ import annotations

import functools
import html
import re

from ...facts.head import body_of
from ..rendering import OverlongError, Renderer, at_most

_SECONDS = 2.0  # of the processor

_MARKUP = re.compile("(<!--.*?-->|</?[A-Za-z][A-Za-z0-9]*[^<>]*>)", re.DOTALL)
_TAG = re.compile("</?(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<rest>[^<>]*)>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
# It looks back from behind the break: what begins with a character is found many times as fast.
_SOFT_BREAK = re.compile(r"\n(?<=[^\s>]\n)(?=[^\s<])")
# In a line, and so within a number as well: a reader does not see where they begin and end.
_INLINE = re.compile(
    "a|abbr|b|bd[io]|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|nobr|q|r[pt]|ruby|s|samp"
    "|small|span|strong|su[bp]|time|tt|u|var|wbr"
)
_CELLS = frozenset({"td", "th"})
_APART = "\n\n"
_ESCAPES = re.compile("(?:%[0-9A-Fa-f]{2})+")
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
    if "<pre" not in markup:
        markup = _SOFT_BREAK.sub(" ", markup)
    parts = _MARKUP.split(markup)
    told = [*map(_told, parts[1::2])]
    parts[1::2] = (instead for instead, _ in told)
    held = (each for _, within in told for each in within)
    return html.unescape(_APART.join(["".join(parts), *held]))


@functools.lru_cache(maxsize=4096)  # most tags of a site are alike
def _told(markup: str) -> tuple[str, tuple[str, ...]]:
    """Return what stands in the place of a tag or a comment, and what is in it."""
    if markup.startswith("<!--"):
        return "", (unquoted(html.unescape(markup[4:-3])),)
    tag = _TAG.fullmatch(markup)
    assert tag
    many = _DIGITS.search(tag["rest"])
    values = _ATTRIBUTE.findall(tag["rest"]) if many else ()
    held = tuple(unquoted(html.unescape("".join(each))) for each in values)
    name = tag["name"].lower()
    if _INLINE.fullmatch(name):
        return "", held
    return "\n" if name == "br" else "\t" if name in _CELLS else _APART, held


def unquoted(text: str) -> str:
    """Return ``text`` as :func:`urllib.parse.unquote` does, in a third of its time."""
    return _ESCAPES.sub(_bytes, text)


def _bytes(escapes: re.Match[str]) -> str:
    return bytes.fromhex(escapes[0].replace("%", "")).decode(errors="replace")
