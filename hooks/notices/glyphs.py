"""Glyphs: which characters the fonts of the PDF have, from a table, so that no font need be there.

``glyphs.txt`` is written by ``tests/glyphs.py`` from the fonts that :mod:`.exports.needs` names.
"""

from __future__ import annotations

import functools
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path

from .characters import UNUSUAL, controls, hidden

TABLE = Path(__file__).with_name("glyphs.txt")


def missing(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, character) of what in ``text`` no font of the PDF can show."""
    for match in UNUSUAL.finditer(text):
        if not is_there(match[0]):
            yield match.start(), match[0]


def is_there(character: str) -> bool:
    """Tell whether ``character`` can be shown, if need be put together from parts.

    Spaces of any width are, and what nobody sees is not for a font to have.
    """
    if character.isspace() or [*controls(character), *hidden(character)]:
        return True
    parts = unicodedata.normalize("NFD", character)
    return _is_covered(character) or (parts != character and all(map(_is_covered, parts)))


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
