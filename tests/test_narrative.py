from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.problem import Faulty
from notices.text.narrative import parse, recover


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


MARKS = ("{#closing}", "{#part-1}", "{#1}", "|---|")
LINES = (
    "话",
    "甲\t乙",
    "| 甲 | 乙 |",
    "| 1 | 丙 | {#1}",
    "| 1 | 丙 | {#1-1}",
    "| x | {#part-2}",
    "|",
    "| a",
    "| | |",
    "| 甲 | 乙 | 丙 | {#2}",
    "## 一 {#1}",
    "### 二 {#1-1}",
    "## a。{#2} 甲",
    "##### 六 {#1-1-1-1-1}",
)


@given(st.lists(st.sampled_from([*MARKS, *LINES]), max_size=9))
def test_whatever_stands_in_it_no_line_is_lost_and_no_id_is_there_twice(lines: list[str]) -> None:
    """Also where there are problems: the rules read on, and may echo nothing that is not there."""
    narrative, _ = recover("n.md", "\n".join(lines))
    found = [line.place.line for line in narrative.lines]
    assert found == [n for n, line in enumerate(lines, 1) if line not in MARKS]
    ids = [section.id for section in narrative.all_sections]
    assert not any(one == other for one, other in itertools.combinations(ids, 2))
