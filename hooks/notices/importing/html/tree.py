"""The tree of a page: walked without going deeper into the stack than the page is deep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

DEEPEST = 1_000  # elements within elements: no page that people read is deeper
SILENT = frozenset({
    "head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed",
    "select", "option", "datalist", "input", "textarea", "button", "audio", "video", "canvas",
    "title", "meta", "link", "base", "map", "area", "-comment", "!doctype",
})  # fmt: skip
"""Elements whose words a page does not show as text."""
TEXT = "-text"
_TAG = re.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_FORMAT = frozenset({
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
})  # fmt: skip
"""Elements that a browser opens again in each paragraph, until they are closed."""
_CLOSED_BY_OTHERS = frozenset({
    "p", "li", "dt", "dd", "option", "tr", "td", "th", "tbody", "thead", "tfoot", "rt", "rp",
    "html", "head", "body", "br", "hr", "img", "input", "meta", "link", "area", "base", "col",
    "embed", "wbr", "param", "source", "track",
})  # fmt: skip
_MOST_FORMATS = 30  # that are open at once
_MOST_TAGS = 200_000


class TooDeep(Exception):
    """The page is deeper than any that people read."""


def check_tags(page: str) -> None:
    """Raise TooDeep for a page whose elements nobody could read, nor any program in time."""
    opened: Counter[str] = Counter()
    formats = others = 0
    for count, tag in enumerate(_TAG.finditer(page)):
        name, step = tag[2].lower(), -1 if tag[1] else 1
        if name in _CLOSED_BY_OTHERS or opened[name] + step < 0:
            continue
        opened[name] += step
        formats += step * (name in _FORMAT)
        others += step * (name not in _FORMAT)
        if formats > _MOST_FORMATS or others > DEEPEST or count > _MOST_TAGS:
            raise TooDeep


def walk(root: LexborNode) -> Iterator[tuple[bool, LexborNode]]:
    """Yield each node twice, when it begins (True) and when it ends; nothing within silent ones."""
    stack: list[tuple[bool, LexborNode]] = [(True, root)]
    depth = 0
    while stack:
        begins, node = stack.pop()
        yield begins, node
        if not begins:
            depth -= 1
            continue
        depth += 1
        if depth > DEEPEST:
            raise TooDeep
        stack.append((False, node))
        if node.tag not in SILENT and node.tag != TEXT:
            stack += [(True, child) for child in reversed([*node.iter(include_text=True)])]


def words(node: LexborNode) -> str:
    """Return the text of a text node."""
    return node.text_content or "" if node.tag == TEXT else ""


def attribute(node: LexborNode, name: str) -> str:
    """Return an attribute; "" where there is none, or it has no value."""
    return (node.attributes.get(name) or "") if node.tag != TEXT else ""
