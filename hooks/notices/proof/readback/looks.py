"""Looks: what a text may be read as from a PDF, where characters are pictures.

One picture may stand for several characters, a letter with a mark may be one picture or two, and a
mark is read where it stands, which may be behind the next letter. Where no font has a character,
anything may be read, but little of it. All other characters must be the same, in the same order.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from ...outputs.exports import needs
from ...text.characters import hidden
from ...text.glyphs import is_there, unbased

# What has no picture of its own, or stands where its letter does.
_MARKS = frozenset({"Cf", "Mn", "Me", "Mc"})
_FROM_RIGHT = frozenset({"R", "AL", "AN"})
# A letter with its marks; what no font has; with what stands between such as is written from right
# to left. By the kinds of characters, see _kind.
_ODD = re.compile("r(?:[^l]*r)?|u|[ln]?m+")
_ROOM = 4  # characters that may be read where no font has one, or for a mark on no letter
_MOST = 256  # places where a text may go on: more of them are the same again


class _Part(NamedTuple):
    """A part of a text: what it may be read as, and how many characters may follow."""

    words: tuple[str, ...]
    room: int = 0


def look_alike(said: str, wanted: str) -> bool:
    """Tell whether ``said``, read from a PDF, looks like ``wanted``."""
    if said == wanted:
        return True
    read = folded(said)
    return read == folded(wanted) or len(read) in _ends(read, [*_parts(wanted)], {0})


def find(read: str, wanted: str, at: int) -> int:
    """Return where in ``read``, which is folded, what looks like ``wanted`` ends, or -1.

    It is the first from ``at`` on.
    """
    plain = folded(wanted)
    found = read.find(plain, at)
    if found >= 0:
        return found + len(plain)
    parts = [*_parts(wanted)]
    starts = re.compile("|".join(map(re.escape, parts[0].words))).finditer(read, at)
    return min(_ends(read, parts, {each.start() for each in starts}), default=-1)


def folded(text: str) -> str:
    """Return ``text`` with one character for all that a font shows alike, without marks."""
    # First the marks: one that is read behind another letter must not be made one with that.
    kept = (each for each in text if unicodedata.category(each) not in _MARKS)
    return unicodedata.normalize("NFC", "".join(map(_one_for_all, kept)))


def _ends(read: str, parts: list[_Part], places: set[int]) -> set[int]:
    """Return where ``parts`` may end in ``read`` when they begin at one of ``places``."""
    for words, room in parts:
        found = {
            place + len(word) for place in places for word in words if read.startswith(word, place)
        }
        lowest = sorted(found)[:_MOST]
        places = {min(at + more, len(read)) for at in lowest for more in range(room + 1)}
    return places


def _parts(text: str) -> Iterator[_Part]:
    kinds = "".join(map(_kind, text))
    begin = 0
    for odd in _ODD.finditer(kinds):
        if odd.start() > begin:
            yield _Part((folded(text[begin : odd.start()]),))
        begin = odd.end()
        yield _odd(text[odd.start() : begin], kinds[begin - 1])
    if text[begin:]:
        yield _Part((folded(text[begin:]),))


def _odd(text: str, kind: str) -> _Part:
    """Return the part that a letter with its marks is, or what no font has."""
    if kind != "m":
        return _Part(("",), _ROOM * len(text))
    letter = "" if _kind(text[0]) == "m" else text[0]
    words = dict.fromkeys((folded(letter), folded(unicodedata.normalize("NFC", text))))
    return _Part(tuple(words), _ROOM * sum(1 for _ in unbased(text)))


@functools.cache
def _kind(character: str) -> str:
    """Return what a character is: u, r: no font has it; m: a mark; l: plain; n: with no direction.

    What no font has may be written from right to left, r.
    """
    if unicodedata.category(character) in _MARKS:
        return "m"
    direction = unicodedata.bidirectional(character)
    if direction in _FROM_RIGHT:
        return "r"
    if [*hidden(character)] or not is_there(character):
        return "u"
    return "l" if direction == "L" else "n"


def _one_for_all(character: str) -> str:
    """Return the one character that stands for all that look so; of a ligature, its letters.

    The engine reads letters one by one, and radicals as the characters that they are.
    """
    same = _alike()
    found = same.get(character, character)
    is_joined = unicodedata.decomposition(found).startswith("<compat>")
    plain = unicodedata.normalize("NFKC" if is_joined else "NFC", found)
    return same.get(plain, plain)


@functools.cache
def _alike() -> dict[str, str]:
    """Return, for each character that our fonts have, one for all that share a picture with it."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 (takes a while, and is seldom needed)

    same: dict[str, str] = {}
    for file in needs.font_files().values():
        with TTFont(file, fontNumber=0, lazy=True) as font:
            pictures, local = font.getBestCmap(), _local(font)
        first: dict[str, str] = {}
        for code, plain in sorted(pictures.items()):
            picture = functools.reduce(lambda each, put: put.get(each, each), local, plain)
            character = same.get(chr(code), chr(code))
            same[chr(code)] = first.setdefault(picture, character)
    return same


def _local(font: Any) -> list[dict[str, str]]:
    """Return which pictures a font puts in the place of others where the language is Chinese."""
    if "GSUB" not in font:
        return []
    table = font["GSUB"].table
    numbers = {
        number
        for script in table.ScriptList.ScriptRecord
        for language in script.Script.LangSysRecord
        if language.LangSysTag == "ZHS "
        for index in language.LangSys.FeatureIndex
        if (feature := table.FeatureList.FeatureRecord[index]).FeatureTag == "locl"
        for number in feature.Feature.LookupListIndex
    }
    return [
        getattr(getattr(each, "ExtSubTable", each), "mapping", {})
        for number in sorted(numbers)
        for each in table.LookupList.Lookup[number].SubTable
    ]
