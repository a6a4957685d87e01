"""Symbol fonts: what a sign of Wingdings or Symbol looks like, as a character of Unicode.

Only signs that Unicode has as they look; others a person must replace.
"""

from __future__ import annotations

from collections.abc import Mapping

_CIRCLED = {0x81 + at: chr(0x2460 + at) for at in range(10)}
_NEGATIVE = {0x8C + at: chr(0x2776 + at) for at in range(10)}
_WINGDINGS = {
    0x20: " ", 0x28: "☎", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑",
    0x72: "❒", 0x75: "◆", 0x76: "❖", 0x80: "⓪", 0x8B: "⓿", 0x9F: "•", 0xA7: "▪", 0xA8: "□",
    0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑",
} | _CIRCLED | _NEGATIVE  # fmt: skip
_WINGDINGS_2 = {0x20: " ", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0xA3: "□"}
_SYMBOL = dict(enumerate(
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟ"
    "ΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    0x20,
)) | dict(enumerate("€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…", 0xA0))  # fmt: skip
_FONTS: Mapping[str, Mapping[int, str]] = {
    "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "wingdings 3": {}, "webdings": {},
    "symbol": _SYMBOL, "zapfdingbats": {}, "mt extra": {}, "marlett": {},
}  # fmt: skip
_PRIVATE = range(0xF000, 0xF100)
"""Where Word puts the 256 signs of a symbol font."""


def symbol(font: str, code: int) -> str | None:
    """Return the sign of a font; None when no character is known to look like it."""
    signs = _FONTS.get(font.strip().lower())
    if signs is None:
        return chr(code) if _is_plain(code) else None
    return signs.get(code & 0xFF if code in _PRIVATE else code)


def is_symbols(font: str) -> bool:
    """Tell whether a font has symbols in the place of letters."""
    return font.strip().lower() in _FONTS


def in_font(text: str, font: str) -> str | None:
    """Return what ``text`` looks like in a font; None when no characters look like that."""
    has_symbols = is_symbols(font)
    signs = [
        symbol(font, ord(sign)) if _is_of_font(ord(sign), is_symbols=has_symbols) else sign
        for sign in text
    ]
    return None if None in signs else "".join(filter(None, signs))


def _is_of_font(code: int, *, is_symbols: bool) -> bool:
    """Tell whether a character is one that only its font gives a look."""
    return not _is_plain(code) or (is_symbols and 0x20 < code <= 0xFF)


def _is_plain(code: int) -> bool:
    """Tell whether every font shows the character alike: it is in no area for private use."""
    return not (0xE000 <= code <= 0xF8FF or code >= 0xF0000)
