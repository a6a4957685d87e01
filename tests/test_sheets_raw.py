# ruff: noqa: E501 (a cell is a line, however long)
"""Workbooks as Excel and WPS write them: what they show is read, what they do not show is asked."""

from __future__ import annotations

import pytest

from notices.importing.readers import read_source
from notices.importing.source import Answers, Source
from workbooks import FORMATS, rich, shared, sheet, workbook

TEXTS = shared("序号", "存在问题", rich("台账", "不全"), "完成时限", rich("甲乙"))
HEAD = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>3</v></c>'
ROW = '<c r="A2"><v>1</v></c><c r="B2" t="s"><v>2</v></c>'
WHOLE = ["序号\t存在问题\t完成时限", "1\t台账不全\t"]


def read(data: bytes, **answers: str) -> Source:
    return read_source(data, "a.xlsx", Answers(**answers))


def lines(data: bytes, **answers: str) -> list[str]:
    source = read(data, **answers)
    assert source.questions == ()
    return [line.text for line in source.lines]


DAYS = ["45473", "2024年6月", "2024年6月30日", "2024年6月30日", "2024年6月"]


@pytest.mark.parametrize("style", range(len(DAYS)))
def test_a_day_is_what_is_shown_where_chinese_is_spoken(style: int) -> None:
    """Also in formats of which a workbook has but the numbers."""
    day = f'<c r="C2" s="{style}"><v>45473</v></c>'
    data = workbook({"S": sheet(HEAD, ROW + day)}, TEXTS)
    assert lines(data) == [WHOLE[0], WHOLE[1] + DAYS[style]]


def test_days_since_1904_and_days_of_strict_workbooks() -> None:
    since = sheet(HEAD, f'{ROW}<c r="C2" s="2"><v>44011</v></c>')
    assert lines(workbook({"S": since}, TEXTS, since_1904=True))[1].endswith("\t2024年6月30日")
    strict = sheet(HEAD, f'{ROW}<c r="C2" s="2" t="d"><v>2024-06-30</v></c>')
    assert lines(workbook({"S": strict}, TEXTS, strict=True))[1].endswith("\t2024年6月30日")


FILTER = '<autoFilter ref="A1:C2"><filterColumn colId="1"><filters/></filterColumn></autoFilter>'
NAMES = '<definedNames><definedName name="_xlnm._FilterDatabase" hidden="1">S!A1</definedName></definedNames>'
SEEN = {
    "a filter that hides nothing": workbook({"S": sheet(HEAD, ROW, after=FILTER)}, TEXTS, more=NAMES),
    "rows of an outline": workbook(
        {"S": sheet(HEAD, f'<row r="2" outlineLevel="1" collapsed="1">{ROW}</row>')}, TEXTS
    ),
    "cells that do not say where they are": workbook(
        {"S": sheet(HEAD.replace(' r="', ' q="'), ROW.replace(' r="', ' q="'))}, TEXTS
    ),
    "texts in their cells": workbook({"S": sheet(
        "".join(f'<c t="inlineStr"><is><r><t>{each}</t></r></is></c>' for each in ("序号", "存在问题", "完成时限")),
        '<c><v>1</v></c><c t="str"><v>台账不全</v></c>',
    )}),
    "white on a colour": workbook({"S": sheet(HEAD.replace("<c ", f'<c s="{len(FORMATS) + 2}" '), ROW)}, TEXTS),
}  # fmt: skip


@pytest.mark.parametrize("data", SEEN.values(), ids=SEEN)
def test_what_is_seen_is_read(data: bytes) -> None:
    assert lines(data) == WHOLE


HIDDEN = {
    "a row": sheet(HEAD, ROW, '<row r="3" hidden="1"><c r="B3" t="s"><v>2</v></c></row>'),
    "a row of no height": sheet(HEAD, ROW, '<row r="3" ht="0" customHeight="1"><c r="B3" t="s"><v>2</v></c></row>'),
    "a column of no width": sheet(
        HEAD, f'{ROW}<c r="D2" t="s"><v>2</v></c>', before='<cols><col min="4" max="4" width="0"/></cols>'
    ),
    "white on white": sheet(HEAD, f'{ROW}<c r="D2" s="{len(FORMATS) + 1}" t="s"><v>2</v></c>'),
}  # fmt: skip


@pytest.mark.parametrize("inside", HIDDEN.values(), ids=HIDDEN)
def test_what_nobody_sees_is_asked(inside: str) -> None:
    data = workbook({"S": inside}, TEXTS)
    (question,) = read(data).questions
    assert (question.rule, "台账不全" in question.readings[0]) == ("sheet-hidden", True)
    assert lines(data, hidden="leave") == WHOLE
    assert "台账不全" in "".join(lines(data, hidden="keep")).replace(WHOLE[1], "")


def test_a_sheet_that_no_menu_shows_is_asked() -> None:
    data = workbook({"S": sheet(HEAD, ROW), "T": sheet(HEAD)}, TEXTS, states={"T": "veryHidden"})
    assert [each.rule for each in read(data).questions] == ["sheet-hidden"]


def test_what_is_struck_is_asked() -> None:
    struck = "<r><t>补登</t></r><r><rPr><strike/></rPr><t>抽查</t></r>"
    texts = shared("序号", "存在问题", "台账不全", "完成时限", struck)
    some = workbook({"S": sheet(HEAD, f'{ROW}<c r="C2" t="s"><v>4</v></c>')}, texts)
    (question,) = read(some).questions
    assert (question.rule, question.readings) == ("sheet-struck", ("留下：补登抽查", "去掉：补登"))
    assert lines(some, struck="keep")[1] == "1\t台账不全\t补登抽查"
    assert lines(some, struck="leave")[1] == "1\t台账不全\t补登"
    whole = ROW.replace('r="B2"', f'r="B2" s="{len(FORMATS)}"')
    data = workbook({"S": sheet(HEAD, whole, '<c r="B3" t="s"><v>1</v></c>')}, TEXTS)
    assert [each.place for each in read(data).questions] == ["B2"]
