"""What no reader sees; ``cases/checks/characters.yml`` has what an editor is told of it."""

from __future__ import annotations

import unicodedata

import pytest

from notices.text.characters import controls, hidden, is_blank

PLANES = [chr(code) for code in range(0x110000)]


def test_each_control_character_and_no_other_is_one() -> None:
    """Tabs and ends of lines are no characters of a text, and pass."""
    told = {each for each in PLANES if [*controls(each)]}
    kinds = {unicodedata.category(each) for each in told}
    assert kinds == {"Cc", "Cs", "Cn", "Zl", "Zp"}
    assert {each for each in PLANES if unicodedata.category(each) in ("Cc", "Cs")} - told == {
        "\t", "\n", "\r",
    }  # fmt: skip
    assert sum(unicodedata.category(each) == "Cn" for each in told) == 66


def test_each_format_and_private_character_is_hidden() -> None:
    """But for those that are seen: signs of numbers in Arabic, Syriac and Kaithi, of shorthand."""
    told = {each for each in PLANES if [*hidden(each)]}
    assert {each for each in PLANES if unicodedata.category(each) == "Co"} <= told
    left = {each for each in PLANES if unicodedata.category(each) == "Cf"} - told
    assert {unicodedata.name(each).split()[0] for each in left} <= {
        "ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN", "SHORTHAND",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["☑\ufe0f", "1\ufe0f", "葛\U000e0100", "\U00020b9f\U000e0101", "葛\ufe00"]
)
def test_a_selector_that_says_something_passes(text: str) -> None:
    assert list(hidden(text)) == []


@pytest.mark.parametrize("text", ["\ufe0f", "甲\ufe0f", "，\U000e0100", "a\ufe0e"])
def test_a_selector_that_says_nothing_is_hidden(text: str) -> None:
    [found] = hidden(text)
    assert found.name.startswith("变体选择符")


def test_blanks_of_all_kinds_are_blank() -> None:
    assert all(map(is_blank, [" ", "\u3000", "\u00a0", "\u2003\u200b", "\t\u2800", "\u3164"]))
    assert not any(map(is_blank, ["", "甲", " 甲", "\u3000.", "□"]))
