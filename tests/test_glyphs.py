"""What the fonts of the PDF can show, from a table that needs no font."""

from __future__ import annotations

import pytest

import glyphs
from notices.text.characters import UNUSUAL
from notices.text.glyphs import TABLE, is_there, missing, write


def test_the_table_is_that_of_the_fonts() -> None:
    """After a change of fonts, ``python tests/glyphs.py`` writes it anew."""
    assert TABLE.read_text(encoding="ascii") == write(glyphs.covered())


def test_what_is_usual_can_be_shown() -> None:
    usual = [chr(code) for code in range(0x10000) if not UNUSUAL.match(chr(code))]
    assert len(usual) > 20_000
    assert all(map(is_there, usual))


@pytest.mark.parametrize("text", ["①℃㎡", "䶮", "é", "e\u0301", "\u2003\u00a0\u202f", "𬭳"])
def test_rare_characters_and_spaces_can_be_shown(text: str) -> None:
    assert list(missing(text)) == []


def test_what_cannot_be_shown_is_told_with_its_place() -> None:
    assert list(missing("甲😀乙𠀀")) == [(1, "😀"), (3, "𠀀")]
