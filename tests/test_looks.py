"""What a PDF may be read as: what looks the same passes, and nothing else does."""

from __future__ import annotations

import pytest

from notices.proof.readback.looks import find, folded, look_alike
from notices.text.glyphs import unbased

SAME = [
    ("fi", "ﬁ"),
    ("一", "⼀"),
    ("甲é乙", "甲e\u0301乙"),
    ("甲e乙\u0301丙", "甲e\u0301乙丙"),
    ("甲Eu\u0301\u0304", "甲E\u0301u\u0304"),
    ("甲Ӳ\u0301乙", "甲\u0301乙"),
    ("甲Ӳ乙", "甲😀乙"),
    ("甲乙", "甲😀乙"),
    ("甲21乙", "甲א1ב乙"),
    ("郎", "\ufa2e"),
    ("…", "⋯"),
]
OTHER = [
    ("未完成", "完成"),
    ("é", "e"),
    ("甲e乙", "甲é丙"),
    ("甲乙e\u0301", "乙甲e\u0301"),
    ("甲乙😀", "乙甲😀"),
    ("甲乙丙丁戊己庚", "甲😀庚"),
    ("甲\u0301乙丙", "甲\u0301乙"),
    ("1.", "1。"),
    ("，", ","),
]


@pytest.mark.parametrize(("said", "wanted"), SAME)
def test_what_looks_the_same_passes(said: str, wanted: str) -> None:
    assert look_alike(said, wanted)
    assert find(folded(f"丁{said}戊"), f"丁{wanted}戊", 0) >= 3


@pytest.mark.parametrize(("said", "wanted"), OTHER)
def test_what_looks_different_does_not(said: str, wanted: str) -> None:
    assert not look_alike(said, wanted)


@pytest.mark.parametrize("text", ["e\u0301", "u\u0304", "が", "ü\u030c", "각"])
def test_a_mark_that_is_one_with_its_letter_passes(text: str) -> None:
    assert list(unbased(text)) == []


@pytest.mark.parametrize(
    ("text", "at"),
    [("\u0301", 0), ("甲\u0301", 1), ("m\u0304", 1), ("1\u20dd", 1), ("甲\u1161", 1)],
)
def test_a_mark_on_nothing_is_told(text: str, at: int) -> None:
    assert list(unbased(text)) == [(at, text[at])]
