"""Sounds: how characters are read, so that pinyin, or another character of the same sound, finds.

The table has the characters of GB 2312, in whose order the browser knows them, too (it reads GBK):
so it need not bring them. ``sounds.json`` is written by ``tests/sounds.py`` from the dictionaries
of pypinyin, which take longer to be read than a site to be built.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_name("sounds.json")
_ROWS, _CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)
FIRST = 0x100
"""The code of the sign for the first syllable."""


class Sounds(NamedTuple):
    """How characters are read, without tones: the syllables with spaces between, of which each has
    a sign (the first U+0100); the sign of each cell of GB 2312, or a space; and each character that
    has other readings, with their signs after it.
    """

    syllables: str
    usual: str
    others: str


def read_sounds() -> Sounds:
    """Return the table."""
    return Sounds(*json.loads(TABLE.read_bytes()))


def characters() -> Iterator[str]:
    """Yield the characters of the table in its order, and a space for each cell that has none."""
    for cell in itertools.product(_ROWS, _CELLS):
        yield bytes(cell).decode("gb2312", "ignore") or " "


def letters_of(sounds: Sounds) -> dict[str, str]:
    """Return the letters with which each character may begin when it is read."""
    syllables = sounds.syllables.split(" ")
    of_sign = {chr(FIRST + place): syllable[0] for place, syllable in enumerate(syllables)}
    letters = {
        character: of_sign[sign]
        for character, sign in zip(characters(), sounds.usual, strict=True)
        if sign in of_sign
    }
    character = ""
    for sign in sounds.others:
        if sign not in of_sign:
            character = sign
        elif of_sign[sign] not in letters[character]:
            letters[character] += of_sign[sign]
    return letters
