"""Lists of a page, whose numbers a browser prints: in which form, and which comes next."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from ...text.numerals import chinese_number
from .tree import attribute

_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")
_NONE = frozenset({"none", "disc", "circle", "square"})
_TYPES = {"1": "decimal", "A": "upper-alpha", "a": "lower-alpha", "I": "upper-roman",
          "i": "lower-roman"}  # fmt: skip
_CHINESE = frozenset({"cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"})
_ALPHA, _ROMAN = ("upper-alpha", "lower-alpha", "upper-latin", "lower-latin"), 40
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_TENS = ("", "X", "XX", "XXX")


class HtmlList:
    """A list that is being read."""

    def __init__(self, node: LexborNode) -> None:
        style = _STYLE.search(attribute(node, "style").lower())
        named = style[1] if style else _TYPES.get(attribute(node, "type"), "decimal")
        self._form = "none" if node.tag == "ul" and not style else named
        self._form = "none" if self._form in _NONE else self._form
        self._form = "reversed" if "reversed" in node.attributes else self._form
        self._value = _whole(node, "start", 1) - 1
        self._fresh = False

    def begin(self, item: LexborNode) -> None:
        """Begin an item, whose number is printed before its first line."""
        self._value = _whole(item, "value", self._value + 1)
        self._fresh = True

    def label(self) -> str | None:
        """Return what is printed before the line that begins, once for each item; None where that
        cannot be told.
        """
        fresh, self._fresh = self._fresh, False
        return _printed(self._value, self._form) if fresh else ""


def _whole(node: LexborNode, name: str, usual: int) -> int:
    given = attribute(node, name)
    return int(given) if given.isdecimal() and len(given) < 5 else usual


def _printed(value: int, form: str) -> str | None:
    if form == "none" or value < 1:
        return ""
    if form in ("decimal", "decimal-leading-zero"):
        return f"{value:02}." if form != "decimal" else f"{value}."
    if form in _CHINESE and value < 100:
        return f"{chinese_number(value)}、"
    if form in _ALPHA and value <= 26:
        return f"{chr(ord('A' if form.startswith('upper') else 'a') + value - 1)}."
    if form.endswith("-roman") and value < _ROMAN:
        letters = _TENS[value // 10] + _ONES[value % 10]
        return f"{letters if form.startswith('upper') else letters.lower()}."
    return None
