"""PDF and DOCX are laid out as GB/T 9704-2012 says; the numbers here are the standard's own."""

from __future__ import annotations

import itertools
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from fontTools.ttLib import TTFont

from exporting import Made, Word, editions, make
from notices.outputs.exports import needs
from notices.outputs.exports.gbt9704 import pieces, title_lines
from sitehouse import SAMPLE

MM = 72 / 25.4  # points
FACES = {
    "title": ("方正小标宋简体", "FandolSong-Bold"),
    "body": ("仿宋_GB2312", "FandolFang-Regular"),
    "first": ("黑体", "FandolHei-Regular"),
    "second": ("楷体_GB2312", "FandolKai-Regular"),
    "folio": ("宋体", "FandolSong-Regular"),
}
SPARE = "NotoSerifSC-Regular"


@pytest.fixture(scope="module")
def made(two_notices: Path) -> Made:
    return make(editions(two_notices)[SAMPLE])


@pytest.fixture(scope="module")
def pages(made: Made) -> list[list[Word]]:
    """The words of each page of the text: 22 lines and a page number."""
    annex = next(word.page for word in made.words if word.text == "附表")
    return [[word for word in made.words if word.page == number] for number in range(annex)]


def in_mm(*lengths: Length | None) -> list[float]:
    return [length.mm for length in lengths if length]


def test_the_paper_is_a4(made: Made) -> None:
    """5.1"""
    for page in made.pdf.pages:
        size = [float(page.mediabox.width) / MM, float(page.mediabox.height) / MM]
        assert size == pytest.approx([210, 297], abs=0.1)
    section = made.docx.sections[0]
    assert in_mm(section.page_width, section.page_height) == pytest.approx([210, 297], abs=0.02)


def test_the_margins_leave_the_type_area(made: Made, pages: list[list[Word]]) -> None:
    """5.2.1: 37 mm above, 28 mm on the left, 156 mm x 225 mm between."""
    section = made.docx.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert in_mm(*margins) == pytest.approx([37, 35, 28, 26], abs=0.02)
    for page in pages[1:-1]:
        text = [word for word in page if word.size > 15]
        assert min(word.x for word in text) == pytest.approx(28 * MM, abs=0.1)
        # A base line is above the bottom of its line, by less than a line.
        top, bottom = max(word.y for word in text), min(word.y for word in text)
        assert 297 * MM - 37 * MM - 225 * MM / 22 < top < 297 * MM - 37 * MM
        assert bottom > 35 * MM


def test_a_page_has_22_lines_of_28_characters(made: Made, pages: list[list[Word]]) -> None:
    """5.2.3"""
    full = Counter[int]()
    for page in pages[1:-2]:  # the last but one may leave some for the last
        lines = sorted({round(word.y, 2) for word in page if word.size > 15}, reverse=True)
        steps = [above - below for above, below in itertools.pairwise(lines)]
        assert steps == pytest.approx([225 * MM / 22] * len(steps), abs=0.05)
        full[len(lines)] += 1
    # Only a heading that would stand at the foot leaves its line empty.
    assert full.most_common(1)[0][0] == max(full) == 22
    assert min(full) >= 19
    hanzi = re.compile("[\u4e00-\u9fff、。“”]{28}")
    longest = [word for page in pages for word in page if hanzi.fullmatch(word.text.strip())]
    assert longest
    assert max(len(word.text.strip()) for page in pages for word in page if word.size > 15) < 40
    grid = made.docx.sections[0]._sectPr.find(qn("w:docGrid"))
    assert grid is not None
    assert grid.get(qn("w:type")) == "linesAndChars"
    pitch = int(str(grid.get(qn("w:linePitch")))) / 20
    assert 22 * pitch <= 225 * MM < 23 * pitch
    step = 16 + int(str(grid.get(qn("w:charSpace")))) / 4096
    assert 28 * step <= 156 * MM + 0.01 < 29 * step


def test_title_and_body_have_their_sizes(made: Made, pages: list[list[Word]]) -> None:
    """5.2.2, 7.3.1: 二号 is 22 pt, 三号 16 pt, and 7.5: 四号 14 pt."""
    sizes = Counter(round(word.size) for page in pages for word in page)
    assert set(sizes) == {22, 16, 14}
    assert {word.text for word in pages[0] if round(word.size) == 22} == {
        "大连双D高科产业发展有限公司党支部",
        "巡察整改情况",
    }
    styles = made.docx.styles
    expected = {"Title": 22, "Body Text": 16, "Heading 1": 16, "Heading 4": 16, "Footer": 14}
    assert {name: styles[name].font.size for name in expected} == {
        name: Pt(size) for name, size in expected.items()
    }
    assert styles["Title"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER


def test_the_title_stands_in_the_middle(pages: list[list[Word]]) -> None:
    """7.3.1"""
    for word in (word for word in pages[0] if round(word.size) == 22):
        wide = sum(1 if each > "\u2000" else 0.75 for each in word.text) * 22
        assert word.x + wide / 2 == pytest.approx((28 + 156 / 2) * MM, abs=6)


def test_paragraphs_are_indented_by_two_characters(made: Made, pages: list[list[Word]]) -> None:
    """7.3.3"""
    starts = Counter(
        round((word.x / MM - 28) / (156 / 28), 2) for word in pages[3] if word.size > 15
    )
    assert 2 in starts
    for name in ("Body Text", "Heading 1", "Heading 4"):
        indent = made.docx.styles[name].element.pPr.find(qn("w:ind"))
        assert indent.get(qn("w:firstLineChars")) == "200"
        spacing = made.docx.styles[name].element.pPr.find(qn("w:spacing"))
        assert spacing.get(qn("w:lineRule")) == "exact"
        assert 28 <= int(spacing.get(qn("w:line"))) / 20 <= 29


LEVELS = [
    ("一、履行主体责任情况", True, [("first", "一、履行主体责任情况")]),
    ("十二、甲", True, [("first", "十二、甲")]),
    ("(一)关于“甲。乙”问题", True, [("second", "(一)关于“甲。乙”问题")]),
    ("（二）甲", True, [("second", "（二）甲")]),
    ("1.在“甲”方面", True, [("body", "1.在“甲”方面")]),
    ("（1）甲", True, [("body", "（1）甲")]),
    ("针对“甲”问题:", True, [("body", "针对“甲”问题:")]),
    ("(一)甲。乙。丙", False, [("second", "(一)甲。"), ("body", "乙。丙")]),
    ("(一)甲", False, [("body", "(一)甲")]),
    ("一是甲。二是乙。", False, [("body", "一是甲。二是乙。")]),
]


@pytest.mark.parametrize(("text", "is_heading", "expected"), LEVELS)
def test_a_level_has_the_face_of_what_is_printed(
    text: str, is_heading: bool, expected: list[tuple[str, str]]
) -> None:
    """7.3.3: 黑体, 楷体, 仿宋, 仿宋; a heading that opens a paragraph ends at its full stop."""
    assert [*pieces(text, is_heading=is_heading)] == expected
    assert "".join(piece.text for piece in pieces(text, is_heading=is_heading)) == text


def test_a_long_title_breaks_where_the_sense_does() -> None:
    assert title_lines("甲" * 20, "甲") == ["甲" * 20]
    assert title_lines("甲" * 15 + "巡察整改情况", "甲" * 15) == ["甲" * 15, "巡察整改情况"]
    assert title_lines("乙" * 30, "甲") == ["乙" * 30]


def test_every_level_is_set_in_its_face(made: Made, pages: list[list[Word]]) -> None:
    """By the usual fonts in DOCX; in PDF by the free ones, which are embedded."""
    fonts = {str(word.font) for page in pages for word in page}
    assert fonts - {SPARE} == {free for _, free in FACES.values()}
    for word in (word for page in pages for word in page):
        if word.text.startswith(("一、", "二、", "三、")):
            assert word.font == FACES["first"][1]
        if re.match(r"\([一二三]\)", word.text):
            assert word.font == FACES["second"][1]
        if re.match(r"\d\.在|针对“|一是", word.text):
            assert word.font == FACES["body"][1]
    for line in made.docx.paragraphs:
        names = [run._r.find(f"{qn('w:rPr')}/{qn('w:rFonts')}") for run in line.runs]
        faces = [name.get(qn("w:eastAsia")) if name is not None else None for name in names]
        if re.match("[一二三]、", line.text):
            assert faces == ["黑体"]
        if re.match(r"\([一二三]\)", line.text):
            assert faces[0] == "楷体_GB2312"
    assert made.docx.styles["Title"].font.name == "方正小标宋简体"
    assert made.docx.styles["Body Text"].font.name == "仿宋_GB2312"


def test_fonts_are_embedded(made: Made) -> None:
    seen = 0
    for page in made.pdf.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            (descendant,) = font.get_object()["/DescendantFonts"]
            assert "/FontFile3" in descendant.get_object()["/FontDescriptor"]
            seen += 1
    assert seen > 20


def test_page_numbers_stand_outside_with_dashes(made: Made, pages: list[list[Word]]) -> None:
    """7.5: ``— 1 —`` 7 mm below the type area, a character away from its outer edge."""
    for number, page in enumerate(pages, 1):
        folio = [word for word in page if round(word.size) == 14]
        assert "".join(word.text for word in folio).split() == ["—", str(number), "—"]
        middle = folio[0].y + 14 * 0.3
        assert (35 * MM - middle) / MM == pytest.approx(7, abs=1)
        assert (folio[0].x > 105 * MM) == bool(number % 2)
        if not number % 2:
            assert folio[0].x == pytest.approx(28 * MM + 14, abs=0.5)
    section = made.docx.sections[0]
    assert made.docx.settings.odd_and_even_pages_header_footer
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.alignment, even.alignment) == (WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT)
    for line in (odd, even):
        assert "".join(text.text or "" for text in line._p.iter(qn("w:t"))) == "— 1 —"
        assert [field.get(qn("w:instr")) for field in line._p.iter(qn("w:fldSimple"))] == ["PAGE"]


def test_the_annex_has_its_own_page_and_says_what_it_is(made: Made) -> None:
    """7.3.7: 附表 in 黑体 on the first line; and it is no part of what was approved."""
    page = next(page for page in made.pdf.pages if "附表" in page.extract_text())
    text = page.extract_text()
    assert text.startswith("附表")
    assert "不是批准文本的一部分" in text.replace("\n", "")
    texts = [line.text for line in made.docx.paragraphs]
    head = made.docx.paragraphs[texts.index("附表")]
    assert head.paragraph_format.page_break_before
    assert "不是批准文本的一部分" in "".join(texts[texts.index("附表") :])


def test_a_pdf_can_be_read_aloud_and_leafed_through(made: Made) -> None:
    """It is tagged, says its language, title and author, and has an outline."""
    pdf = made.pdf
    facts = made.edition.notice.facts
    assert pdf.metadata
    assert (pdf.metadata.title, pdf.metadata.author) == (facts.title, facts.publisher)
    catalog = pdf.trailer["/Root"]
    assert catalog["/Lang"] == "zh-CN"  # type: ignore[index]
    assert catalog["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    assert b"pdfuaid:part" in catalog["/Metadata"].get_data()  # type: ignore[index]
    titles = [*titles_of(pdf.outline)]
    sections = made.edition.notice.narrative.all_sections
    items = {item.id: item.facts.title for item in made.edition.notice.items}
    assert titles == [
        facts.title,
        *filter(None, (items.get(section.id, section.label) for section in sections)),
        "问题整改情况一览表",
    ]


def test_a_heading_holds_words_and_no_paragraph(made: Made) -> None:
    """PDF/UA-1: what is announced as a heading is nothing else."""
    found = {*pairs(made.pdf.trailer["/Root"]["/StructTreeRoot"]["/K"])}  # type: ignore[index]
    assert {inner for outer, inner in found if re.fullmatch(r"/H\d", outer)} == set()
    assert {("/Document", "/H1"), ("/Document", "/P"), ("/TR", "/TH"), ("/TR", "/TD")} <= found


def pairs(node: Any, outer: str = "") -> Iterator[tuple[str, str]]:
    """Yield what is said of a part of the document, and of a part in that."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from pairs(each, outer)
    elif isinstance(node, dict) and "/S" in node:
        yield outer, str(node["/S"])
        yield from pairs(node.get("/K", []), str(node["/S"]))


def titles_of(outline: Sequence[object]) -> list[str]:
    found: list[str] = []
    for entry in outline:
        found += titles_of(entry) if isinstance(entry, list) else [str(entry.title)]  # type: ignore[attr-defined]
    return found


def test_a_character_that_a_font_lacks_comes_from_another(made: Made) -> None:
    """And nothing else does."""
    others = [word.text for word in made.words if word.font == SPARE]
    assert others == ["㎡"]


def test_fonts_have_every_common_character() -> None:
    """GB 2312 has 6,763 of them: what is not in it counts as rare."""
    codes = itertools.product(range(0xB0, 0xF8), range(0xA1, 0xFF))
    common = {*bytes(itertools.chain.from_iterable(codes)).decode("gb2312", "ignore")}
    assert len(common) == 6763
    for face, file in needs.font_files().items():
        if face != "FandolSong-Regular.otf":  # only for page numbers
            has = {*map(chr, TTFont(file, fontNumber=0).getBestCmap())}
            assert common - has == set(), face


def test_fonts_may_be_in_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, file in needs.font_files().items():
        (tmp_path / name).symlink_to(file)
    monkeypatch.setattr(needs, "_FOLDERS", ())
    assert {*needs.missing()} == needs.FANDOL
    monkeypatch.setenv("NOTICES_FONTS", str(tmp_path))
    assert [*needs.missing()] == []
    assert needs.font_folders()[0] == tmp_path


def test_the_makefile_asks_for_what_is_needed(two_notices: Path) -> None:
    """Every target that builds the site."""
    for target in ("site", "setup", "serve", "test", "soak", "bench"):
        done = subprocess.run(
            ["make", "--dry-run", target], cwd=Path(__file__).parent.parent,
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert "notices needs" in done.stdout
