"""Glyphs: which characters the fonts of the PDF have, from a table, so that no font need be there.

``glyphs.txt`` is written by ``tests/glyphs.py`` from the font that has the rare ones.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path

from .characters import UNUSUAL, controls, hidden

TABLE = Path(__file__).with_name("glyphs.txt")
# Nobody sees them, but fonts would have to have them, the format of the file keeps them out, or
# what stands behind them would be read from right to left.
_REFUSED = re.compile(
    "[\u1680\u2800\ufeff\ufff9-\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff"
    "\u061c\u200f\u202b\u202e\u2067]"
)
_MOST_MARKS = 4  # characters of a letter and the marks that can be one with it


def missing(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, character) of what in ``text`` no font of the PDF can show."""
    for match in UNUSUAL.finditer(text):
        if not is_there(match[0]):
            yield match.start(), match[0]


def unbased(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, mark) of each mark that makes no one character with the letter before it.

    Whether and where it would stand over that letter, no two programs agree on.
    """
    for match in UNUSUAL.finditer(text):
        mark, end = match[0], match.end()
        if _is_mark(mark) and not [*hidden(mark)]:
            begin = max(
                (at for at in range(max(end - _MOST_MARKS, 0), end - 1) if not _is_mark(text[at])),
                default=end,
            )
            letter = unicodedata.normalize("NFC", text[begin:end])
            if len(letter) != 1 or not is_there(letter):
                yield match.start(), mark


def _is_mark(character: str) -> bool:
    """Tell whether ``character`` is drawn with the one before it: a mark, or a part of Hangul."""
    return unicodedata.category(character).startswith("M") or is_part(character)


def is_part(character: str) -> bool:
    """Tell whether ``character`` is a vowel or an end of a syllable of Hangul, not a whole one."""
    return "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7ff"


def is_there(character: str) -> bool:
    """Tell whether ``character`` can be shown, if need be put together from parts.

    Spaces of any width are, and what nobody sees is not for a font to have.
    """
    if [*controls(character), *hidden(character)]:
        return True
    if character.isspace():
        return not is_refused(character)
    parts = unicodedata.normalize("NFD", character)
    is_whole = parts == character or (len(parts) == 1 and character > "\uffff")
    return _is_covered(character) or (not is_whole and all(map(_is_covered, parts)))


def is_refused(character: str) -> bool:
    """Tell whether no PDF can hold ``character``, though there is nothing to see of it."""
    return bool(_REFUSED.match(character))


def write(characters: set[int]) -> str:
    """Return the table of ``characters``: ranges in hexadecimal, the last included."""
    starts = sorted(each for each in characters if each - 1 not in characters)
    ends = sorted(each for each in characters if each + 1 not in characters)
    lines = (f"{a:x}-{b:x}\n" if a < b else f"{a:x}\n" for a, b in zip(starts, ends, strict=True))
    return "".join(lines)


def _is_covered(character: str) -> bool:
    starts, ends = _table()
    place = bisect_right(starts, ord(character)) - 1
    return place >= 0 and ord(character) <= ends[place]


@functools.cache
def _table() -> tuple[Sequence[int], Sequence[int]]:
    ranges = [line.partition("-") for line in TABLE.read_text(encoding="ascii").split()]
    starts = [int(start, 16) for start, _, _ in ranges]
    return starts, [int(end or start, 16) for start, _, end in ranges]
