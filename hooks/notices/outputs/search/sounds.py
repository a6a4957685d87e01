"""Sounds: how characters are read, so that pinyin, or another character of the same sound, finds.

The table has the characters of GB 2312, in whose order the browser knows them, too (it reads GBK):
so it need not bring them. Of other readings than the usual one only those that words have.
"""

from __future__ import annotations

import functools
import importlib.metadata
import itertools
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

_ROWS, _CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)
_OFTEN = 2  # words of the dictionary that must have a reading
_FIRST = 0x100  # the code of the sign for the first syllable


class Sounds(NamedTuple):
    """How characters are read, without tones: the syllables with spaces between, of which each has
    a sign (the first U+0100); the sign of each cell of GB 2312, or a space; and each character that
    has other readings, with their signs after it.
    """

    syllables: str
    usual: str
    others: str


def sounds_version() -> str:
    """Return a name for the table, by which it may be kept."""
    return f"pypinyin-{importlib.metadata.version('pypinyin')}-{_OFTEN}"


@functools.cache
def make_sounds() -> Sounds:
    """Return the table; it takes more than a second."""
    readings = {character: _readings(character) for character in _characters() if character != " "}
    syllables = sorted({*itertools.chain.from_iterable(readings.values())})
    signs = {syllable: chr(_FIRST + place) for place, syllable in enumerate(syllables)}
    usual = (signs[readings[each][0]] if each in readings else " " for each in _characters())
    others = (
        character + "".join(signs[reading] for reading in more)
        for character, (_, *more) in readings.items()
        if more
    )
    return Sounds(" ".join(syllables), "".join(usual), "".join(others))


def _characters() -> Iterator[str]:
    for cell in itertools.product(_ROWS, _CELLS):
        yield bytes(cell).decode("gb2312", "ignore") or " "


def _readings(character: str) -> list[str]:
    """Return how a character is read, the usual way first; ü is v."""
    import pypinyin  # noqa: PLC0415 (with its dictionaries, which take a second)

    (found,) = pypinyin.pinyin(character, heteronym=True)
    usual, *more = found
    often = [each for each in more if _words()[character, each] >= _OFTEN]
    return [*dict.fromkeys(map(_plain, [usual, *often]))]


@functools.cache
def _words() -> Counter[tuple[str, str]]:
    """Return how many words of the dictionary have which character in which reading."""
    from pypinyin.phrases_dict import phrases_dict  # noqa: PLC0415

    counted: Counter[tuple[str, str]] = Counter()
    for word, readings in phrases_dict.items():
        counted.update(zip(word, (each[0] for each in readings), strict=False))
    return counted


@functools.cache
def _plain(reading: str) -> str:
    from pypinyin.contrib.tone_convert import to_normal  # noqa: PLC0415

    return str(to_normal(reading, v_to_u=False))


def letters_of(sounds: Sounds) -> dict[str, str]:
    """Return the letters with which each character may begin when it is read."""
    syllables = sounds.syllables.split(" ")
    of_sign = {chr(_FIRST + place): syllable[0] for place, syllable in enumerate(syllables)}
    letters = {
        character: of_sign[sign]
        for character, sign in zip(_characters(), sounds.usual, strict=True)
        if sign in of_sign
    }
    character = ""
    for sign in sounds.others:
        if sign not in of_sign:
            character = sign
        elif of_sign[sign] not in letters[character]:
            letters[character] += of_sign[sign]
    return letters
