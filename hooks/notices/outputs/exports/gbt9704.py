"""GB/T 9704-2012, layout of official documents of party and government organs: the numbers.

Lengths are in millimetres or, where it says so, points (1/72 inch). What this takes from the
standard are paper, type area, type sizes, faces of each level, page numbers and the place of an
annex; a disclosure notice has neither red head nor seal.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

POINTS = 72 / 25.4
"""Points in a millimetre."""

# 5.1, 5.2.1: A4; 37 mm above and 28 mm left of a type area of 156 mm x 225 mm.
PAGE = (210, 297)
TOP, RIGHT, BOTTOM, LEFT = 37, 26, 35, 28
WIDTH, HEIGHT = 156, 225
# 5.2.3: 22 lines of 28 characters, which fill the type area.
LINES, CHARACTERS = 22, 28
LINE = HEIGHT * POINTS / LINES
"""Points from line to line."""
PITCH = WIDTH * POINTS / CHARACTERS
"""Points from character to character."""

# Points. 7.3.1: the title in 二号; 5.2.2: all else in 三号; 7.5: page numbers in 四号. A table is
# smaller, as tables are.
TITLE, BODY, FOLIO, TABLE = 22, 16, 14, 10.5
INDENT = 2  # characters; 7.3.3
TIGHTER = math.floor((PITCH - BODY) * 20) / 20
"""Points to be added between characters, in whole twips, rounded down: 28 must not be longer than
a line, and some have nothing behind them.

A line that is not the last of its paragraph is stretched to its end, character by character.
"""
FOLIO_BELOW = 7
"""From the type area to the dashes of a page number; 7.5."""


class Face(NamedTuple):
    """A face: the name of its usual font, and of the free one that takes its place, with its file.

    What that one has not is taken from the ``spare`` ones, which have the rare characters.
    """

    name: str
    family: str
    file: str
    spare: tuple[str, ...] = ("Noto Serif SC",)


FACES = {
    "title": Face("方正小标宋简体", "FandolSong", "FandolSong-Bold.otf"),
    "body": Face("仿宋_GB2312", "FandolFang R", "FandolFang-Regular.otf"),
    "first": Face("黑体", "FandolHei", "FandolHei-Regular.otf", ("Noto Sans SC", "Noto Serif SC")),
    "second": Face("楷体_GB2312", "FandolKai", "FandolKai-Regular.otf"),
    "folio": Face("宋体", "FandolSong", "FandolSong-Regular.otf"),
}

# 7.3.3: 一、 in 黑体, (一) in 楷体, 1. and (1) in 仿宋, as the body.
_NUMBER = "[一二三四五六七八九十]+"
_FIRST = re.compile(f"{_NUMBER}、")
_SECOND = re.compile(rf"[(（]{_NUMBER}[)）]")
_SENTENCE = re.compile(r"[^。]*。")


class FacedWords(NamedTuple):
    """Words in one face."""

    face: str
    text: str


def pieces(text: str, *, is_heading: bool) -> Iterator[FacedWords]:
    """Yield ``text`` cut into its faces, no character lost.

    The level is what the text itself prints. A paragraph that begins as a heading is one up to its
    first full stop.
    """
    face = "first" if _FIRST.match(text) else "second" if _SECOND.match(text) else "body"
    sentence = None if is_heading or face == "body" else _SENTENCE.match(text)
    end = sentence.end() if sentence else len(text) if is_heading else 0
    if end:
        yield FacedWords(face, text[:end])
    if text[end:]:
        yield FacedWords("body", text[end:])


def title_lines(title: str, publisher: str) -> list[str]:
    """Return a title as it stands in lines: one too long for a line breaks after the publisher.

    7.3.1: lines break where the sense does.
    """
    rest = title.removeprefix(publisher)
    is_long = len(title) * TITLE > WIDTH * POINTS
    return [publisher, rest] if is_long and rest and rest != title else [title]
