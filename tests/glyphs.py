"""Writes the table of what the fonts of the PDF have: ``python tests/glyphs.py``."""

from __future__ import annotations

from collections import Counter

from fontTools.ttLib import TTFont

from notices.outputs.exports.needs import SPARE, font_files
from notices.text.glyphs import TABLE, write


def covered() -> set[int]:
    """Return what every face shows, whichever other fonts there are: what the spare font has.

    A rare character that has its picture from another cannot be told from that when it is read.
    """
    with TTFont(font_files()[SPARE[0]], fontNumber=0, lazy=True) as font:
        pictures = font.getBestCmap()
    shared = Counter(pictures.values())
    found = {code for code, name in pictures.items() if code < 0x10000 or shared[name] == 1}
    # Private characters look different in each font, and control characters like nothing.
    return found - {*range(0xE000, 0xF900), *range(0xF0000, 0x110000), *range(0x20), 0x7F}


if __name__ == "__main__":
    TABLE.write_text(write(covered()), encoding="ascii")
