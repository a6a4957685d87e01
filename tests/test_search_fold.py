from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import BrowserContext

from notices.outputs.search.fold import fold, fold_each

CHARACTERS = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
# Python and the browser each have a Unicode version of their own; what both surely know is old.
OLD_CHARACTERS = [each for each in CHARACTERS if unicodedata.ucd_3_2_0.category(each) != "Cn"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＢ１２", "ab12"),
        ("双D", "双d"),
        ("4500㎡", "4500m2"),
        ("①", "1"),
        ("“‘一岗双责’ 落实不力”", "一岗双责落实不力"),
        ("二○二三", "二〇二三"),
        ("國際大廈", "国际大厦"),
        ("瞭解、藉口", "了解、借口"),
        ("\u3000有　空 格\n", "有空格"),
        ("零\u200b宽\ufeff", "零宽"),
        ("（试行）", "(试行)"),
        ("：", ":"),
    ],
)
def test_what_does_not_count_is_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other) == other


@pytest.mark.parametrize(("one", "other"), [("沈", "沉"), ("象", "像"), ("，", "、"), ("1", "一")])
def test_what_counts_is_not_the_same(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_what_is_folded_stays_as_it_is() -> None:
    folded = fold_each(CHARACTERS)  # all at once
    assert fold_each(folded) == folded


@settings(max_examples=300)
@given(st.text(), st.text())
def test_a_part_of_a_text_folds_to_a_part_of_the_folded_text(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)


def test_the_browser_folds_every_character_alike(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.goto(f"{address}search/")
    page.evaluate("index.open()")
    folded: list[str] = page.evaluate(
        "(characters) => characters.map((each) => index.fold(each).text)", OLD_CHARACTERS
    )
    pairs = zip(OLD_CHARACTERS, fold_each(OLD_CHARACTERS), folded, strict=True)
    assert [(character, ours, theirs) for character, ours, theirs in pairs if ours != theirs] == []
