"""PDF: read where it can be vouched for, else refused by name."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pypdf
import pytest

from exporting import editions
from notices.importing.pdf import reading
from notices.importing.readers import read_source
from notices.importing.source import Answers, Source
from notices.outputs.exports import notice_pdf
from notices.problem import Faulty
from shapes import project_of
from sitehouse import SAMPLE
from test_fuzz import hold_line
from test_import_docx import texts

NOBODY = Answers()


def read(data: bytes, answers: Answers = NOBODY) -> Source:
    return read_source(data, "notice.pdf", answers)


def first_pages(data: bytes, count: int, password: str = "") -> bytes:
    writer, target = pypdf.PdfWriter(), io.BytesIO()
    for page in pypdf.PdfReader(io.BytesIO(data)).pages[:count]:
        writer.add_page(page)
    if password:
        writer.encrypt(password)
    writer.write(target)
    return target.getvalue()


@pytest.fixture(scope="module")
def sample(two_notices: Path) -> bytes:
    return notice_pdf.make(editions(two_notices)[SAMPLE])


def test_the_sample_is_read_as_it_was_approved(sample: bytes, two_notices: Path) -> None:
    """After the title, which is on paper alone; the annex is a table, and refused."""
    source = read(first_pages(sample, 18))
    approved = editions(two_notices)[SAMPLE].notice.approved
    assert "\n".join(texts(source)[2:]) == approved
    assert source.questions == ()
    assert [line.text for line in source.left][:2] == ["— 1 —", "— 2 —"]
    with pytest.raises(Faulty, match="第 19 页画了线，像是表格"):
        read(sample)


def test_a_notice_without_an_annex_reads_back(tmp_path: Path) -> None:
    (edition,) = editions(project_of(["text-only"], tmp_path / "project")).values()
    source = read(notice_pdf.make(edition))
    assert "\n".join(texts(source)).endswith(edition.notice.approved.strip())


def test_what_is_no_pdf_or_locked_is_refused(sample: bytes) -> None:
    for data, said in ((b"%PDF-1.7 x", "损坏"), (sample[:2000], "损坏"), (b"", "损坏")):
        with pytest.raises(Faulty, match=said) as refused:
            read(data)
        hold_line(str(refused.value))
    with pytest.raises(Faulty, match="密码"):
        read(first_pages(sample, 1, "甲"))


# --- Pages as another process has taken them apart ----------------------------------------------

SIZE, LEFT, RIGHT = 16.0, 80.0, 80.0 + 28 * 16


def row(text: str, height: int, indent: float = 0, size: float = SIZE) -> list[list[Any]]:
    """Return the signs of a row so many lines below the top, indented by so many characters."""
    start, bottom = LEFT + indent * SIZE, 800 - height * 30
    places = ((start + at * size, start + (at + 1) * size) for at in range(len(text)))
    signs = zip(text, places, strict=True)
    return [[sign, left, bottom, right, bottom + size, size] for sign, (left, right) in signs]


def page(signs: Iterable[list[Any]], **more: Any) -> dict[str, Any]:
    signs = [*signs]
    said = "".join(sign[0] for sign in signs)
    usual: Mapping[str, Any] = {"pictures": 0, "paths": 0, "unseen": False, "notes": 0, "turned": 0}
    return {**usual, "signs": signs, "second": said, **more}


def read_pages(
    pages: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, answers: Answers = NOBODY
) -> Source:
    monkeypatch.setattr(reading, "_pages", lambda *_: pages)
    return read(b"%PDF", answers)


FULL = "甲" * 28
LONG = FULL[1:]
PARAGRAPHS = {
    "indents": ([("乙" * 26, 0, 2), (FULL, 1, 0), ("丙", 2, 2)], ["乙" * 26 + FULL, "丙"]),
    "a row that ends early": ([(FULL, 0, 0), ("乙", 1, 0), ("丙", 2, 2)], [FULL + "乙", "丙"]),
    "a signature": ([(FULL, 0, 0), ("乙", 1, 20), ("丙", 2, 2)], [FULL, "乙", "丙"]),
    "signs that may not begin a row": (
        [(LONG, 0, 0), ("乙。" + FULL[2:], 1, 0), ("丙", 2, 2)], [LONG + "乙。" + FULL[2:], "丙"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "lines"), PARAGRAPHS.values(), ids=PARAGRAPHS.keys())
def test_rows_become_paragraphs_by_their_indents_and_ends(
    rows: list[tuple[str, int, float]], lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    signs = [sign for each in rows for sign in row(*each)]
    assert texts(read_pages([page(signs)], monkeypatch)) == lines


TITLE = row(FULL, 0, 0) + row("乙", 1, 2)
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no text": (page([]), "扫描"),
    "text that nobody sees": (page(TITLE, unseen=True), "看不见"),
    "a page on its side": (page(TITLE, turned=90), "横着"),
    "a table": (page(TITLE, paths=8), "表格"),
    "another opinion": (page(TITLE, second="甲乙"), "不一样"),
    "lost characters": (page(row("甲\ufffd", 0)), "丢字"),
    "private use": (page(row("甲\ue000", 0)), "私用区"),
    "radicals": (page(row("甲\u2f00", 0)), "康熙部首"),
    "columns": (page(row("甲", 0) + row("乙", 0, 10)), "分栏"),
    "an order that is not that of reading": (page(row("甲", 3) + row("乙", 0)), "分栏"),
    "no indents": (page(row(FULL, 0) + row(FULL, 1) + row("乙", 2)), "缩进"),
}


@pytest.mark.parametrize(("one", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_vouched_for_is_refused(
    one: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Faulty, match=said) as refused:
        read_pages([one], monkeypatch)
    hold_line(str(refused.value))


def test_what_is_beside_the_text_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    head = row("页眉的话", 0, 8)
    one = page(head + row(FULL, 1) + row("乙", 2, 2) + row("1", 3, 13), pictures=1, notes=1)
    other = page(head + row("丁" * 28, 1) + row("丙", 2, 2) + row("2", 3, 13))
    asked = [each.rule for each in read_pages([one, other], monkeypatch).questions]
    assert asked == ["pdf-picture", "pdf-comment", "pdf-header"]
    answers = Answers(headers="leave", pictures="leave", comments="leave")
    source = read_pages([one, other], monkeypatch, answers)
    assert (texts(source), source.questions) == ([FULL, "乙", "丁" * 28, "丙"], ())
    assert sorted(line.text for line in source.left) == ["1", "2", "页眉的话", "页眉的话"]


def test_where_two_readings_are_possible_both_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    signs = row(FULL[1:] + "1", 0) + row("2" + FULL[:22], 1) + row("乙", 2) + row("丙", 3, 2)
    source = read_pages([page(signs)], monkeypatch)
    assert [(each.rule, each.readings) for each in source.questions] == [
        ("pdf-joint", ("甲甲甲甲甲甲甲12甲甲甲甲甲甲甲", "甲甲甲甲甲甲甲1 2甲甲甲甲甲甲甲")),
        ("pdf-paragraph", ("甲甲甲甲甲甲甲甲乙", "甲甲甲甲甲甲甲甲¶乙")),
    ]
    joined = read_pages([page(signs)], monkeypatch, Answers(joints="join"))
    assert [each.rule for each in joined.questions] == ["pdf-paragraph"]
