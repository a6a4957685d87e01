"""The article of a page: the innermost element that has nearly all of what is no link."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from .tree import TEXT, attribute, walk, words

_NEARLY_ALL, _MOSTLY = 0.75, 0.3
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:zoom|trs_u?editor|vsb_content\w*|ucap-content|rich-?text|article-?body"
    r"|custom_unitecontent|wordsection1|wz_con)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""What systems call the element that has the words of an article, and nothing else."""
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|header|footer|foot|bottom|copyright|breadcrumb|crumbs?|share|bdshare\w*|jiathis\w*"
    r"|toolbar|tools?|ewm|erweima|qr|fenxiang|fx|weixin|wechat|print|fontsize|related|relevant|sidebar|pagenation|pagination|prenext|prev|qrcode|comment)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_ELEMENTS = frozenset({"nav", "header", "footer", "aside", "form"})
_BLOCKS = frozenset({"body", "div", "article", "section", "main", "td", "center", "font", "span",
                     "table", "tbody", "tr", "form"})  # fmt: skip


def is_around(node: LexborNode) -> bool:
    """Tell whether an element says of itself that it is no part of an article."""
    if node.tag == TEXT:
        return False
    return node.tag in _ELEMENTS or bool(_AROUND.search(_names(node)))


def _names(node: LexborNode) -> str:
    return f"{attribute(node, 'class')} {attribute(node, 'id')}"


def article_of(body: LexborNode) -> LexborNode:
    """Return the element that the article stands in."""
    weights = _weights(body)
    named = [node for node in body.css("[id], [class]") if _NAMED.search(_names(node))]
    most = max(named, key=lambda node: weights.get(node.mem_id, 0), default=None)
    if most is not None and weights.get(most.mem_id, 0) >= _MOSTLY * weights[body.mem_id]:
        return most
    node = body
    while True:
        own = weights[node.mem_id]
        inner = [
            child for child in node.iter()
            if child.tag in _BLOCKS and weights.get(child.mem_id, 0) >= _NEARLY_ALL * own > 0
        ]  # fmt: skip
        if not inner or (node.tag == "tr" and inner[0].tag != "td"):
            return node
        if _is_table_of_words(inner[0], weights):
            return node
        node = inner[0]


def _is_table_of_words(node: LexborNode, weights: Mapping[int, int]) -> bool:
    """Tell whether a table is one that is read, and not what holds a page together."""
    if node.tag != "table":
        return False
    cells = node.css("td, th")
    most = max((weights.get(cell.mem_id, 0) for cell in cells), default=0)
    return most < _NEARLY_ALL * weights[node.mem_id]


def _weights(body: LexborNode) -> dict[int, int]:
    """Return how many characters of each element are no link, nor say that they stand around."""
    weights: dict[int, int] = {}
    counts: list[int] = []
    idle = 0
    for begins, node in walk(body):
        passed = node.tag == "a" or (node is not body and is_around(node))
        if begins:
            counts.append(0)
            idle += passed
            continue
        own = counts.pop() + (0 if idle else len("".join(words(node).split())))
        weights[node.mem_id] = own
        idle -= passed
        if counts:
            counts[-1] += own
    return weights
