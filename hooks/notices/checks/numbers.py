"""Numbers as sentences print them: in digits or in Chinese numerals, half-width or full-width."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

# The other forms of the characters that numbers and clauses are written with; lengths stay.
_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# A title is a name, whatever numbers stand in it.
_NAMES = re.compile("《[^》]{0,200}》|“[^”]{0,200}”|‘[^’]{0,200}’")

_NUMERALS = "[零〇一二两三四五六七八九十百千]{1,12}"
NUMBER = rf"(?:(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,12}})(?:\.\d{{1,6}})?|{_NUMERALS})"
# No ordinal, no range, nothing that is only about so many.
EXACT = r"(?<![\d.,第近约超逾过余每至~/零〇一二两三四五六七八九十百千万-])(?<!不到)(?<!不足)"
UNIT = r"(?:个(?![别人体性案])|项(?!目)|条(?![件例款])|件(?!数))"


def sums(base: Fraction | int, extras: Iterable[Fraction | int]) -> set[Fraction]:
    """Return ``base`` plus each selection of ``extras``."""
    found = {Fraction(base)}
    for extra in extras:
        found |= {each + extra for each in found}
    return found


def clause_before(plain: str, position: int) -> str:
    """Return what stands between the last mark before ``position`` and it."""
    return re.split("[。!?;,、:()]", plain[max(position - 40, 0) : position])[-1]


def make_plain(text: str) -> str:
    """Return ``text`` of the same length, half-width, without what stands in quotes."""
    plain = _NAMES.sub(_blank, text)
    # To look a character up takes longer than to see that none need be.
    return plain.translate(_HALF_WIDTH) if _FULL_WIDTH.search(plain) else plain


def _blank(match: re.Match[str]) -> str:
    return "○" * len(match[0])


def show(value: Fraction) -> str:
    """Return ``value`` in digits."""
    return str(value) if value.denominator == 1 else f"{float(value):.10g}"
