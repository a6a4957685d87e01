from __future__ import annotations

import pytest

from notices.problem import Faulty
from notices.text.narrative import parse


def test_headings_make_an_outline() -> None:
    """Sections nest by level; a number says aspect, sub-item or item, other ids are parts."""
    narrative = parse("n.md", "前言\n## 一、部分 {#part-1}\n### (一) {#1}\n#### 1. {#1-1}\n结尾\n")
    assert [(section.id, section.depth) for section in narrative.all_sections] == [
        ("part-1", 0),
        ("1", 1),
        ("1-1", 2),
    ]
    assert [line.text for line in narrative.lines] == ["前言", "一、部分", "(一)", "1.", "结尾"]


def test_a_label_is_what_the_outermost_quotes_hold() -> None:
    narrative = parse("n.md", "## 针对“‘一岗’与“双责”不力”的问题 {#1}\n## 无引号 {#2}\n")
    assert [section.label for section in narrative.sections] == ["‘一岗’与“双责”不力", "无引号"]


def test_all_faulty_headings_are_told_at_once() -> None:
    with pytest.raises(Faulty) as caught:
        parse("n.md", "## 没有编号\n##没有空格 {#2}\n# 一级 {#3}\n")
    assert [problem.place.line for problem in caught.value.problems] == [1, 2, 3]
