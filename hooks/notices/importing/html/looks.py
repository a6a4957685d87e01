"""How elements of a page look, as far as the page says so itself: unseen, struck, a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode, SelectolaxError

from .tree import TEXT, attribute

PICTURES = frozenset({"img", "iframe", "object", "embed", "canvas", "svg", "video"})
"""Elements that may have words which are no text of the page."""
_SMALL = 40  # pixels: what is no larger is a sign, not a picture of words
_STRUCK = frozenset({"del", "s", "strike"})
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)"
    r"|opacity\s*:\s*(?:0|0?\.0+)\s*(?:;|$)|(?:left|top|text-indent)\s*:\s*-\d{3,}"
)
_WHITE = re.compile(
    r"(?:^|[;\s])color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgb\(255, ?255, ?255\)|transparent)"
)
_LINE = re.compile(r"text-decoration[a-z-]*\s*:[^;}]*line-through")
_KEPT = re.compile(r"white-space\s*:\s*(?:pre|pre-wrap|pre-line|break-spaces)\b")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_NAME = re.compile(r"[.#][\w-]+")
_ADDED = re.compile(r"([^{}]+?)::?(?:before|after)\s*\{([^{}]*)\}")
_CONTENT = re.compile(r"content\s*:\s*([^;]+)")
_SIGN = re.compile(r"\\[0-9a-f]{1,6}\s?|attr\([^)]*\)")
"""Signs of fonts for symbols, and what stands in the page itself."""
_UNSEEN_NAME, _STRUCK_NAME = "unseen ", "struck "


def style_names(styles: str) -> frozenset[str]:
    """Return what the styles of a page hide, or strike: classes and ids, ``.name`` and ``#name``,
    each behind the word for that.
    """
    found = set()
    for names, rule in _RULE.findall(styles.lower()[:500_000]):
        last = [name[-1] for each in names.split(",") if (name := _NAME.findall(each))]
        if "display" in rule and re.search(r"display\s*:\s*none", rule):
            found |= {_UNSEEN_NAME + name for name in last}
        if _LINE.search(rule):
            found |= {_STRUCK_NAME + name for name in last}
    return frozenset(found)


def added_words(styles: str, article: LexborNode) -> Iterator[str]:
    """Yield what the styles of a page print before or behind elements of ``article``: numbers and
    words that do not stand in the page.
    """
    for names, rule in _ADDED.findall(styles[:500_000]):
        content = _CONTENT.search(rule)
        words = _SIGN.sub("", content[1].lower()).strip() if content else ""
        is_said = "counter(" in words or bool(re.search(r"""["'][^"']*\w""", words))
        if is_said and _has_any(article, names):
            yield words


def _has_any(article: LexborNode, selector: str) -> bool:
    try:
        return article.css_first(selector.strip()) is not None
    except SelectolaxError:
        return False


def is_unseen(node: LexborNode, names: frozenset[str]) -> bool:
    """Tell whether a page hides an element, as far as it says so itself."""
    if node.tag == TEXT:
        return False
    given, style = node.attributes, attribute(node, "style").lower()
    if "hidden" in given or _UNSEEN.search(style) or _is_folded(node):
        return True
    return _is_named(node, _UNSEEN_NAME, names) or (
        bool(_WHITE.search(style)) and not _has_ground(node)
    )


def is_struck(node: LexborNode, names: frozenset[str]) -> bool:
    """Tell whether an element is struck through, as far as the page says so itself."""
    style = attribute(node, "style").lower()
    return node.tag in _STRUCK or bool(_LINE.search(style)) or _is_named(node, _STRUCK_NAME, names)


def is_kept(node: LexborNode) -> bool:
    """Tell whether the ends of lines in an element are what they are."""
    if node.tag == TEXT:
        return False
    return node.tag == "pre" or bool(_KEPT.search(attribute(node, "style").lower()))


def is_sign(node: LexborNode) -> bool:
    """Tell whether a picture is too small to have words, or a drawing without any."""
    if node.tag == "svg":
        return node.css_first("text") is None
    sizes = [attribute(node, name).removesuffix("px") for name in ("width", "height")]
    return any(size.isdecimal() and int(size[:6]) <= _SMALL for size in sizes)


def _is_named(node: LexborNode, kind: str, names: frozenset[str]) -> bool:
    own = {f".{each}" for each in attribute(node, "class").lower().split()}
    own |= {f"#{attribute(node, 'id').lower()}"}
    return any(kind + each in names for each in own)


def _is_folded(node: LexborNode) -> bool:
    """Tell whether an element is folded in, until somebody opens what it stands in."""
    parent = node.parent
    is_within = parent is not None and parent.tag == "details" and node.tag != "summary"
    return is_within and parent is not None and "open" not in parent.attributes


def _has_ground(node: LexborNode) -> bool:
    """Tell whether an element, or one that it stands in, has a colour behind it."""
    each: LexborNode | None = node
    while each is not None:
        if "background" in attribute(each, "style").lower() or "bgcolor" in each.attributes:
            return True
        each = each.parent
    return False
