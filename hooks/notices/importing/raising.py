"""What stands above or below the line: as Unicode has it, as far as it has signs for that."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def raised(text: str, how: str) -> str:
    """Return ``text`` as Unicode raises or lowers it; as it is where it has not all the signs."""
    signs = _RAISED if how == "superscript" else _LOWERED if how == "subscript" else {}
    return text.translate(signs) if all(ord(sign) in signs for sign in text) else text
