"""Writes the table of what the fonts of the PDF have: ``python tests/glyphs.py``."""

from __future__ import annotations

from fontTools.ttLib import TTFont

from notices.outputs.exports.needs import SPARE, font_files
from notices.text.glyphs import TABLE, write


def covered() -> set[int]:
    """Return what every face shows: what all of them have, and what the spare font has."""
    found = {}
    for name, path in font_files().items():
        with TTFont(path, fontNumber=0, lazy=True) as font:
            found[name] = set(font.getBestCmap())
    spare = found.pop(SPARE)
    # Private characters look different in each font, and control characters like nothing.
    private = {*range(0xE000, 0xF900), *range(0xF0000, 0x110000), *range(0x20), 0x7F}
    return (spare | set.intersection(*found.values())) - private


if __name__ == "__main__":
    TABLE.write_text(write(covered()), encoding="ascii")
