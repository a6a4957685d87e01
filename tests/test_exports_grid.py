"""Lines of the PDF: full to their end, each sign in its cell, every character read as it is."""

from __future__ import annotations

import ctypes
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pypdfium2.raw as pdfium
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

import profiles
from admitting import PRINTED, with_glyphs
from exporting import editions
from notices.outputs.exports import notice_pdf
from notices.outputs.exports.edition import Edition
from notices.outputs.exports.grid import EDGE, JOINT, chopped, parts
from notices.problem import Faulty
from notices.proof.readback import pdf
from notices.text.characters import controls, hidden
from notices.text.glyphs import is_refused, is_there
from notices.text.narrative import parse
from sitehouse import SAMPLE

MM = 72 / 25.4  # points
PITCH = 156 / 28 * MM
HOSTILE = [
    "#let x = 1 [r] {s} ; #pagebreak() #x", "*甲* _乙_ `丙` $丁$ @戊 <己> ~庚~ \\ 辛 \\u{41}",
    "= 甲", "- 乙", "+ 丙", "/ 丁: 戊", "// 己 /* 庚 */", '"甲" \'乙\' -- --- ... https://甲.乙',
    "}]) #", "\\", "#", "a" * 300, "甲" * 300, "！" * 90, "（" * 90, "《a" * 60, "1" * 90,
    "a-" * 90, "a\u00ad" * 90, "甲\u00ad" * 60, "e\u0301" * 90, "甲\u200b\u00ad\ufe0f〇", "ﬁ⼀…⋯",
    "甲  乙　　丙\u00a0丁\t戊", "《", "甲《", "》", "，。”）》乙《》（）：“（丙）”",
    "葛\U000e0100某𬭳",
]  # fmt: skip


class Drawn(NamedTuple):
    """A character of a page: where it begins, in cells from the left of the type area."""

    at: float
    character: str


@pytest.fixture(scope="module")
def edition(two_notices: Path) -> Edition:
    (other,) = (each for each in editions(two_notices).items() if each[0] != SAMPLE)
    return other[1]


def with_text(edition: Edition, *lines: str) -> Edition:
    """Return ``edition`` with paragraphs before its text."""
    notice = edition.notice
    begin = "\n\n".join(lines)
    sections = parse(notice.narrative_path, begin, begin)
    narrative = replace(notice.narrative, preamble=[*sections.preamble, *notice.narrative.preamble])
    approved = "\n".join([*lines, notice.approved])
    return replace(edition, notice=replace(notice, narrative=narrative, approved=approved))


def read_back(edition: Edition) -> list[str]:
    made = notice_pdf.make(edition)
    return [*map(str, pdf.differences("notice.pdf", made, edition.notice, edition.vocabulary))]


def lines_of(made: bytes, number: int) -> list[list[Drawn]]:
    """Return the characters of each line of a page, from above; the last one is the number's."""
    page = PdfDocument(made)[number].get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    lines: dict[float, list[Drawn]] = defaultdict(list)
    for index in range(page.count_chars()):
        if (character := page.get_text_range(index, 1)).strip():
            pdfium.FPDFText_GetCharOrigin(page, index, x, y)
            lines[round(y.value, 1)].append(Drawn((x.value - 28 * MM) / PITCH, character))
    return [sorted(lines[height]) for height in sorted(lines, reverse=True)]


def test_lines_are_flush_at_the_28th_character(two_notices: Path) -> None:
    """All but the last of a paragraph; one that ends in a narrow sign ends with that."""
    made = notice_pdf.make(editions(two_notices)[SAMPLE])
    wide = re.compile("[\u4e00-\u9fff，。、”》]")
    for page in (1, 3, 5):
        lines = lines_of(made, page)[:-1]
        for line, below in itertools.pairwise(lines):
            if below[0].at < 0.5 and wide.match(line[-1].character):
                assert line[-1].at == pytest.approx(27, abs=0.03)


def test_every_sign_has_its_cell(edition: Edition) -> None:
    """Also brackets where a line begins, commas where one ends, and signs beside each other."""
    text = f"{'甲' * 26}《{'乙' * 27}{'丙' * 27}，{'丁' * 24}》，（{'戊' * 3}。”《己"
    changed = with_text(edition, text)
    lines = [line for line in lines_of(notice_pdf.make(changed), 0)[:-1] if len(line) > 5]
    found = ["".join(each.character for each in line) for line in lines]
    begin = found.index("甲" * 26)
    whole = [
        "甲" * 26, f"《{'乙' * 27}", f"{'丙' * 27}，", f"{'丁' * 24}》，（戊", "戊戊。”《己",
    ]  # fmt: skip
    assert found[begin : begin + 5] == whole
    for number, line in enumerate(lines[begin : begin + 4]):
        first = 0 if number else 2
        cells = [first + at for at in range(len(line))]
        # What opens stands in the right half of its cell, whose origin is on the left.
        assert [each.at for each in line] == pytest.approx(cells, abs=0.06)


@pytest.mark.parametrize("last", [[], ["乙" * 200], ["甲。", "乙" * 700], ["丙" * 40]])
def test_the_last_page_of_a_text_has_three_lines(edition: Edition, last: list[str]) -> None:
    """However many lines there are before, and however long the last paragraphs are."""
    whole = edition.notice.narrative
    alone = replace(whole, sections=[], preamble=[])
    notice = replace(edition.notice, narrative=alone, item_records={})
    for more in range(17, 24):
        made = notice_pdf.make(with_text(replace(edition, notice=notice), *["甲"] * more, *last))
        texts = [page.get_textpage().get_text_range() for page in PdfDocument(made)]
        assert min(len(text.splitlines()) for text in texts) >= 3 + 1, more  # and a page number


def test_a_paragraph_that_fills_its_line_has_one(edition: Edition) -> None:
    changed = with_text(edition, "甲" * 26, "乙" * 25 + "。")
    found = [
        "".join(each.character for each in line) for line in lines_of(notice_pdf.make(changed), 0)
    ]
    assert {"甲" * 26, "乙" * 25 + "。"} <= {*found}


@pytest.mark.parametrize("text", HOSTILE)
def test_no_character_is_markup(edition: Edition, text: str) -> None:
    assert read_back(with_text(edition, text)) == []


@settings(max_examples=profiles.INPUTS // 40)
@given(st.lists(st.text(PRINTED, min_size=1, max_size=80).map(with_glyphs), max_size=4))
@example([])
def test_whatever_text_is_read_back_to_the_last_character(
    edition: Edition, texts: list[str]
) -> None:
    lines = [" ".join(text.split()) for text in texts]
    assert read_back(with_text(edition, *(line for line in lines if line[:1] not in "{#|"))) == []


def test_every_character_that_the_check_accepts_is_set_and_read(edition: Edition) -> None:
    """All of them, in one document."""
    seen = [
        character
        for character in map(chr, [*range(0x20, 0xD800), *range(0xF900, 0x30000)])
        if is_there(character) and not [*controls(character), *hidden(character)]
    ]
    assert len(seen) > 30_000
    rows = ["甲" + "乙".join(seen[at : at + 400]) for at in range(0, len(seen), 400)]
    assert read_back(with_text(edition, *rows)) == []


@pytest.mark.parametrize("character", ["😀", "𠀀", "각", "א", "\ue000", "\ufffd", "\u2800"])
def test_what_the_layout_refuses_is_a_problem(edition: Edition, character: str) -> None:
    """And the check refuses it before."""
    assert is_refused(character) or not is_there(character)
    with pytest.raises(Faulty) as fault:
        notice_pdf.make(with_text(edition, f"甲{character}乙"))
    (problem,) = fault.value.problems
    assert problem.rule == "paper-refused"
    assert problem.place.path == f"notices/{edition.notice.id}/notice.pdf"


def flat(text: str, width: int) -> Iterator[str]:
    for part in parts(text, width):
        yield "".join(part) if isinstance(part, list) else part if isinstance(part, str) else ""


@settings(max_examples=profiles.INPUTS // 10)
@given(st.text(), st.integers(1, 30))
def test_no_character_is_lost_between_parts(text: str, width: int) -> None:
    assert "".join(flat(text, width)) == text
    assert "".join(part for part in chopped(text, width) if isinstance(part, str)) == text


CASES = [
    ("甲乙", ["甲乙"]),
    ("甲，乙", ["甲", "，", JOINT, "乙"]),
    ("甲。”乙", ["甲", "。", "”乙"]),
    ("甲》，乙", ["甲", "》", EDGE, "，", JOINT, "乙"]),
    ("《甲乙》", [["《甲"], JOINT, "乙", "》"]),
    ("甲（《20年", ["甲", JOINT, ["（", "《20"], "年"]),
    ("abcdefgh", [part for letter in "abcdefgh" for part in (letter, JOINT)]),
    ("a\u00adb", ["a\u00ad", JOINT, "b"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_signs_are_kept_apart(text: str, expected: list[object]) -> None:
    assert parts(text, 8) == expected
