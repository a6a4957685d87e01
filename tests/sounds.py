"""Writes the table of how characters are read, for the search: ``python tests/sounds.py``."""

from __future__ import annotations

import functools
import itertools
from collections import Counter

from pypinyin import pinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict

from notices.outputs.search.sounds import FIRST, TABLE, Sounds, characters
from notices.outputs.search.texts import to_json

OFTEN = 2
"""So many words of the dictionary must have a reading that is not the usual one."""


def make_sounds() -> Sounds:
    """Return the table as the dictionaries of now have it."""
    readings = {character: _readings(character) for character in characters() if character != " "}
    syllables = sorted({*itertools.chain.from_iterable(readings.values())})
    signs = {syllable: chr(FIRST + place) for place, syllable in enumerate(syllables)}
    usual = (signs[readings[each][0]] if each in readings else " " for each in characters())
    others = (
        character + "".join(signs[reading] for reading in more)
        for character, (_, *more) in readings.items()
        if more
    )
    return Sounds(" ".join(syllables), "".join(usual), "".join(others))


def _readings(character: str) -> list[str]:
    """Return how a character is read, the usual way first; ü is v."""
    (found,) = pinyin(character, heteronym=True)
    usual, *more = found
    often = [each for each in more if _words()[character, each] >= OFTEN]
    return [*dict.fromkeys(map(_plain, [usual, *often]))]


@functools.cache
def _words() -> Counter[tuple[str, str]]:
    """Return how many words of the dictionary have which character in which reading."""
    counted: Counter[tuple[str, str]] = Counter()
    for word, readings in phrases_dict.items():
        counted.update(zip(word, (each[0] for each in readings), strict=False))
    return counted


@functools.cache
def _plain(reading: str) -> str:
    return str(to_normal(reading, v_to_u=False))


if __name__ == "__main__":
    TABLE.write_bytes(to_json(make_sounds()))
