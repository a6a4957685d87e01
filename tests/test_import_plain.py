"""Plain text in whatever encoding an office saved it: found out, or asked, and nothing lost."""

from __future__ import annotations

import codecs

import pytest

from notices.importing.encodings import LARGEST
from notices.importing.plain import lines_of, read_plain
from notices.importing.source import Answers, Source
from notices.problem import Faulty
from shapes import ALL, SHAPES
from sitehouse import SAMPLE, SAMPLE_ROOT

TEXTS = {
    name: (SHAPES / f"data/notices/{name}/approved.txt").read_text(encoding="utf-8") for name in ALL
} | {
    SAMPLE: (SAMPLE_ROOT / f"data/notices/{SAMPLE}/approved.txt").read_text(encoding="utf-8"),
    "one line": "整改情况",
    "traditional": "一、關於「台賬不全」問題的整改情況\n已經補登，並按季抽查。",
}
MARKS = {"utf-8-sig": b"", "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


def read(data: bytes, **answers: str) -> Source:
    return read_plain(data, "text.txt", Answers(**answers))


def lines(source: Source) -> list[str]:
    assert source.questions == ()
    return [line.text for line in source.lines]


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", *MARKS, "utf-32"])
def test_each_encoding_is_found_out(name: str, encoding: str) -> None:
    text = TEXTS[name]
    data = MARKS.get(encoding, b"") + text.encode(encoding)
    assert lines(read(data)) == lines(read(text.encode()))


def test_traditional_text_in_big5_is_found_out() -> None:
    text = TEXTS["traditional"] * 3
    assert lines(read(text.encode("big5hkscs"))) == lines(read(text.encode()))


def test_what_may_be_several_is_asked_with_what_each_would_say() -> None:
    data = "龘靐".encode("gb18030")
    try:
        (question,) = read(data).questions
    except Faulty as fault:
        (problem,) = fault.problems
        assert problem.rule == "import-encoding"
    else:
        assert any("龘靐" in reading for reading in question.readings)
    assert lines(read(data, encoding="gb18030")) == ["龘靐"]


def test_bytes_that_were_lost_are_told_with_their_place() -> None:
    text = TEXTS[SAMPLE].encode()
    at = text.index(b"\n") + 31
    with pytest.raises(Faulty) as faulty:
        read(text[:at] + b"\xff" + text[at:])
    (problem,) = faulty.value.problems
    assert problem.rule == "import-encoding"
    assert problem.place.line == 2


@pytest.mark.parametrize("encoding", ["gb2312", "klingon", "idna", "base64"])
def test_an_encoding_that_is_told_and_is_not_the_one_is_refused(encoding: str) -> None:
    with pytest.raises(Faulty) as faulty:
        read("甲乙丙丁戊".encode(), encoding=encoding)
    assert {each.rule for each in faulty.value.problems} == {"import-encoding"}


def test_what_is_too_large_for_a_notice_is_not_read() -> None:
    with pytest.raises(Faulty) as faulty:
        read(b"a" * (LARGEST + 1))
    assert {each.rule for each in faulty.value.problems} == {"import-too-large"}


BLANKS = {
    "indents of every kind": ("\u3000\u3000甲\n\t乙\n \u00a0丙\r\n", ["甲", "乙", "丙"]),
    "blank lines": ("甲\n\n\u3000\n\n乙", ["甲", "乙"]),
    "rows of a table": ("1\t甲\t\n2\t\t乙", ["1\t甲\t", "2\t\t乙"]),
    "a row of blanks but one": ("1\t甲\t乙\n合计\t\t\n丙", ["1\t甲\t乙", "合计\t\t", "丙"]),
    "blanks around cells": ("1 \t 甲\u3000\t乙", ["1\t甲\t乙"]),
    "a mark of its order in the text": ("\ufeff甲", ["甲"]),
}


@pytest.mark.parametrize(("text", "wanted"), BLANKS.values(), ids=BLANKS)
def test_blanks_are_none_of_the_text(text: str, wanted: list[str]) -> None:
    assert lines(read(text.encode())) == wanted


TABS = {
    "一、\t甲\n已改。": ["一、甲", "已改。"],
    "（一）\t甲": ["（一）甲"],
    "1.\t2024年计划": ["1. 2024年计划"],
    "序号\t问题\n1.\t甲": ["序号\t问题", "1.\t甲"],
    "甲\t乙": ["甲\t乙"],
    "1.\t甲\t乙": ["1.\t甲\t乙"],
}


@pytest.mark.parametrize(("text", "wanted"), TABS.items())
def test_a_tab_behind_a_number_is_none_between_cells(text: str, wanted: list[str]) -> None:
    """So programs copy what they number themselves."""
    assert [line.text for line in lines_of(text)] == wanted
