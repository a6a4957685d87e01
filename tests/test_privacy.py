"""What is personal in any text, any file and a built site; ``cases/`` has what is told of it.

Every number is made up: area 999999 does not exist, cards are an issuer's prefix, zeros and the
check digit, mobile numbers count up or end in zeros.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import yaml
from docx.opc.constants import RELATIONSHIP_TYPE
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from notices.catalogue.loading import load
from notices.checks import inspect
from notices.checks.privacy import (
    CARD,
    HOME,
    IDENTITY,
    MOBILE,
    Found,
    find,
    in_built,
    mask,
    plain,
    published,
    scan_built,
    values_in,
)
from notices.checks.privacy.attachments import words_in
from notices.problem import Faulty
from sitehouse import ROOT

CASES = ROOT / "tests" / "cases" / "privacy"
NUMBER = "13912345678"


def cases(name: str) -> Any:
    return yaml.safe_load((CASES / f"{name}.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("kind", "text", "value"), cases("planted"))
def test_what_is_personal_is_found_however_it_is_written(kind: str, text: str, value: str) -> None:
    [found] = find(text)
    assert (found.kind, plain(found.value)) == (kind, plain(value))
    assert kind == HOME or plain(value) == value


@pytest.mark.parametrize(("kind", "text", "value"), cases("planted"))
def test_what_is_personal_is_found_among_other_words(kind: str, text: str, value: str) -> None:
    around = f"2023年10月10日，{text}\n\n（一）1.整改完成率100%。\n\n{text}"
    assert [each.kind for each in find(around)] == [kind, kind]
    assert {plain(each.value) for each in find(around)} == {plain(value)}


@pytest.mark.parametrize("text", cases("lookalikes"))
def test_what_only_looks_personal_is_passed_over(text: str) -> None:
    assert list(find(text)) == []
    assert list(find(f"甲{text}。\n{text}乙")) == []


HEX = st.sampled_from("0123456789" * 4 + "abcdef")  # mostly digits, which are what misleads


def hexadecimal(length: int) -> st.SearchStrategy[str]:
    return st.text(HEX, min_size=length, max_size=length)


UUIDS = st.tuples(*map(hexadecimal, (8, 4, 4, 4, 12))).map("-".join)


@settings(max_examples=1000)
@example("34bc89ac-1627-5546-832e-0a5cec0bed0d")
@given(UUIDS | hexadecimal(32) | hexadecimal(40) | hexadecimal(64))
def test_no_name_that_a_program_makes_looks_personal(name: str) -> None:
    for text in (f"urn:uuid:{name}", f'"{name}"', f"{name} ", f"UID:{name}\r\n"):
        assert [*find(text)] == []


@settings(max_examples=300)
@given(UUIDS)
def test_beside_such_a_name_a_number_is_found(name: str) -> None:
    assert [found.value for found in find(f"{name}，{NUMBER}，{name}")] == [NUMBER]


@pytest.mark.parametrize(
    ("kind", "value", "masked"),
    [
        (IDENTITY, "99999919990101002x", "99*************02X"),
        (IDENTITY, "９９９９９９ １９９９０１０１ ０００３", "99*************003"),
        (CARD, "6200 0000 0000 0000 000", "6200***********0000"),
        (MOBILE, "一三九-一二三四-五六七八", "139****5678"),
        (HOME, "家住某路5号3单元601室", "家住某路*号*单元*室"),
        (HOME, "住址：某村三号", "住址：某村*号"),
    ],
)
def test_the_mask_that_is_proposed_is_passed(kind: str, value: str, masked: str) -> None:
    found = Found(kind, value, 2)
    assert list(find(f"甲,{value},乙。")) == [found]
    assert mask(found) == masked
    assert list(find(masked)) == []


def test_numbers_side_by_side_are_told_apart() -> None:
    text = "12 999999199901010003 6200 0000 0000 0005 13800000000"
    assert {(found.kind, found.offset) for found in find(text)} == {
        (IDENTITY, 3),
        (CARD, 22),
        (MOBILE, 42),
    }
    list_of_them = "139 1234 5678 138 0000 0000、139-1234-5678/138-0000-0000"
    assert [found.offset for found in find(list_of_them)] == [0, 14, 28, 42]


def test_a_place_is_that_of_what_was_typed() -> None:
    assert [found.offset for found in find("甲&amp;乙&#49;3912345678")] == [7]
    assert [found.offset for found in find("\u200b甲家\u200b住某路5号")] == [2]


def test_one_way_of_writing_a_number_stands_for_all() -> None:
    assert plain("１３８-0000 0000") == plain("一三八·〇〇〇〇·〇〇〇〇") == "13800000000"


def test_looking_takes_as_long_as_the_text_is() -> None:
    """Ten times a text that is all digits and gaps takes some ten times as long."""
    for piece in ("1 3 9 ", "139 1234 ", "6200-", "13912345678 ", "家住", "1\u200d3"):
        durations = []
        for size in (10_000, 100_000):
            start = time.process_time()
            list(find(piece * (size // len(piece))))
            durations.append(time.process_time() - start)
        assert durations[1] < 40 * durations[0] + 0.5, piece


@pytest.mark.parametrize("case", cases("places"), ids=lambda case: str(case["place"]))
def test_no_place_is_left_out(case: dict[str, str], project: Path) -> None:
    path = project / case["file"]
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    path.parent.mkdir(exist_ok=True)
    new = case.get("text") or case.get("before", "") + old + case.get("behind", "")
    path.write_bytes(new.encode(case.get("encoding", "utf-8")))
    rule = case.get("rule", MOBILE)
    told = [str(each.place) for each in inspect(project)[1] if each.rule == rule]
    assert told == [f"{case['file']}:{case['told']}"]


def test_an_editor_is_never_told_to_change_what_was_approved(project: Path) -> None:
    """Neither in the text nor where the data quote it; elsewhere he is told what to type."""
    for name in ("content/notices/shuangd-2023.md", "data/notices/shuangd-2023/approved.txt"):
        path = project / name
        path.write_text(f"甲{NUMBER}。{path.read_text(encoding='utf-8')}", encoding="utf-8")
    item = project / "data/notices/shuangd-2023/items/1-1-1.yml"
    item.write_text(
        f"title: 以学促干意识不强\ndocuments: ['{NUMBER}']\ngoal: 电话{NUMBER}\n", encoding="utf-8"
    )
    told = {each.place: each.message for each in inspect(project)[1] if each.rule == MOBILE}
    again = [message for message in told.values() if "重新报批" in message]
    assert len(told) == 3
    assert len(again) == 2
    assert all("allowed_personal" in message for message in told.values())
    assert not any(NUMBER in message for message in told.values())


def saved(make: Callable[[io.BytesIO], None]) -> bytes:
    stream = io.BytesIO()
    make(stream)
    return stream.getvalue()


def word(where: str) -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph("电话")
    if where == "runs":
        for part in ("139", "1234", "5678"):
            paragraph.add_run(part).bold = part == "1234"
    elif where == "table":
        document.add_table(1, 2).cell(0, 1).text = NUMBER
    elif where == "header":
        document.sections[0].header.paragraphs[0].text = NUMBER
    elif where == "link":
        paragraph.part.relate_to(f"tel:{NUMBER}", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    elif where == "comment":
        document.add_comment(paragraph.runs[0], text=NUMBER)
    elif where == "properties":
        document.core_properties.title = NUMBER
    elif where == "cells apart":
        for cell, part in zip(
            document.add_table(1, 2).rows[0].cells, ("139", "12345678"), strict=True
        ):
            cell.text = part
    return saved(document.save)


def sheet(where: str) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"] = "电话"
    if where == "number":
        page["B2"] = int(NUMBER)
    elif where == "text":
        page["B2"] = NUMBER
    elif where == "comment":
        page["A1"].comment = Comment(NUMBER, "甲")
    elif where == "link":
        page["A1"].hyperlink = f"tel:{NUMBER}"
    elif where == "name":
        page.title = NUMBER
    elif where == "header":
        header = page.oddHeader
        assert header is not None
        header.center.text = NUMBER
    elif where == "properties":
        book.properties.creator = NUMBER
    elif where == "cells apart":
        page["B2"], page["C2"] = 139, 12345678
    return saved(book.save)


def paper(where: str) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    if where == "text":
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 20 Td ({NUMBER}) Tj ET".encode())
        kind = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        font = DictionaryObject({NameObject(k): NameObject(v) for k, v in kind.items()})
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        page[NameObject("/Contents")] = writer._add_object(stream)
    elif where == "link":
        writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url=f"tel:{NUMBER}"))
    elif where == "properties":
        writer.add_metadata({"/Author": NUMBER})
    return saved(lambda stream: writer.write(stream) and None)


ATTACHED = [
    *((word, "docx", where) for where in (
        "runs", "table", "header", "link", "comment", "properties",
    )),
    *((sheet, "xlsx", where) for where in (
        "number", "text", "comment", "link", "name", "header", "properties",
    )),
    *((paper, "pdf", where) for where in ("text", "link", "properties")),
]  # fmt: skip


@pytest.mark.parametrize(("make", "ending", "where"), ATTACHED)
def test_documents_are_read(make: Callable[[str], bytes], ending: str, where: str) -> None:
    words = words_in(f"a.{ending}", make(where))
    assert {plain(found.value) for found in find(words)} == {NUMBER}
    assert list(find(words_in(f"a.{ending}", make("nowhere")))) == []


@pytest.mark.parametrize(("make", "ending"), [(word, "docx"), (sheet, "xlsx")])
def test_cells_are_not_joined(make: Callable[[str], bytes], ending: str) -> None:
    assert list(find(words_in(f"a.{ending}", make("cells apart")))) == []


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf"])
def test_a_document_that_cannot_be_read_is_not_passed(ending: str) -> None:
    with pytest.raises(Faulty, match="附件读不了"):
        words_in(f"a.{ending}", b"%PDF-1.7 PK\x03\x04 nothing more")


def test_an_attachment_is_told_once_and_masked(project: Path) -> None:
    (project / "content" / "表.docx").write_bytes(word("runs"))
    (project / "content" / "坏.pdf").write_bytes(b"%PDF-1.7")
    assert [str(problem) for problem in inspect(project)[1]] == [
        "content/坏.pdf:1:1: [unreadable] 附件读不了，核对不了里面有没有个人信息，"
        "请用软件打开，另存以后换上",
        "content/表.docx:1:1: [mobile-number] 附件里有没有打码的手机号（139****5678），"
        "请换成打了码的附件",
    ]


BUILT = [
    ("a/index.html", "甲\n乙{}", "2:2"),
    ("a/index.html", "<p>甲</p>\n<p>电话139<strong>1234</strong>5678</p>", "2:6"),
    ("a/index.html", '<a href="tel:%31%33912345678">甲</a>', "1:14"),
    ("a/index.html", '<meta name="description" content="电话139&#49;2345678">', "1:37"),
    ("a/index.html", "<!-- {} -->", "1:6"),
    ("x.json", '{{"a": "{}"}}', "1:8"),
    ("x.json", r'{{"a": "\u4e00\u4e09\u4e5d12345678"}}', "1:1"),
    ("x.xml", "<a>{}</a>", "1:4"),
    ("x.txt", "{}", "1:1"),
    ("x.csv", "甲,{}", "1:3"),
    ("x.tsv", "甲\t{}", "1:3"),
    ("x.ics", "SUMMARY:{}", "1:9"),
    ("x.md", "{}", "1:1"),
    ("x.svg", "<text>{}</text>", "1:7"),
    ("x.webmanifest", '{{"a": "{}"}}', "1:8"),
    ("x.bin", "{}", "1:1"),
    ("assets/x.json", '{{"a": "{}"}}', "1:8"),
    ("assets/stylesheets/x.css", "/* {} */", "1:4"),
    ("z{}.txt", "甲", "1:1"),
    ("{}/index.html", "甲", "1:1"),
]


@pytest.mark.parametrize(("name", "text", "told"), BUILT)
def test_every_text_of_a_built_site_is_looked_through(
    name: str, text: str, told: str, tmp_path: Path
) -> None:
    path = tmp_path / name.format(NUMBER)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.format(NUMBER), encoding="utf-8")
    [problem] = scan_built(tmp_path)
    assert problem.rule == MOBILE
    assert str(problem.place) == f"{name.format(NUMBER)}:{told}"
    assert NUMBER not in problem.message
    assert list(scan_built(tmp_path, {NUMBER})) == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_tables_of_a_built_site_are_read_in_every_encoding(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(f"a,电话,一三九12345678\r\n甲,乙,{NUMBER}".encode(encoding))
    assert [problem.place.line for problem in scan_built(tmp_path)] == [1, 2]


def test_attachments_of_a_built_site_are_read(tmp_path: Path) -> None:
    for make, ending, where in (
        (word, "docx", "runs"),
        (sheet, "xlsx", "number"),
        (paper, "pdf", "text"),
    ):
        (tmp_path / f"a.{ending}").write_bytes(make(where))
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7")
    told = [(problem.place.path, problem.rule) for problem in scan_built(tmp_path)]
    assert told == [
        ("a.docx", MOBILE),
        ("a.pdf", MOBILE),
        ("a.xlsx", MOBILE),
        ("b.pdf", "unreadable"),
    ]


@pytest.mark.parametrize(
    "name", ["assets/javascripts/x.js", "x.woff2", "x.html.br", "manifest.json"]
)
def test_code_of_vendors_and_what_has_no_words_is_left_out(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("999999199901010003", encoding="utf-8")
    assert list(scan_built(tmp_path)) == []


@pytest.mark.parametrize(("name", "text", "told"), BUILT)
def test_what_must_be_permitted_can_be_kept_of_a_file(name: str, text: str, told: str) -> None:
    assert told
    assert values_in(name.format(NUMBER), text.format(NUMBER).encode()) == {NUMBER}


def test_what_nobody_can_read_nobody_can_permit() -> None:
    assert values_in("b.html", b"<p>") == frozenset()
    assert values_in("b.pdf", b"%PDF-1.7") == {""}
    assert values_in(f"{NUMBER}.pdf", b"%PDF-1.7") == {"", NUMBER}


def test_a_built_site_shows_nothing_personal(two_notices: Path, two_sites: Path) -> None:
    catalogue, _ = load(two_notices)
    assert list(scan_built(two_sites, published(catalogue))) == []


def test_contacts_and_what_is_allowed_may_be_published(project: Path) -> None:
    path = project / "data/notices/shuangd-2023/notice.yml"
    text = path.read_text(encoding="utf-8").replace("0411-87549380", "138-0000-0000")
    allowed = 'allowed_personal:\n  - {value: "1990000 0000", reason: 甲}\n'
    path.write_text(allowed + text, encoding="utf-8")
    publisher = project / "data/publishers/moumou.yml"
    publisher.parent.mkdir()
    publisher.write_text("name: 虚构\ncontact: {phone: '13900000000'}\n", encoding="utf-8")
    assert published(load(project)[0]) == {"13800000000", "13900000000", "19900000000"}


def test_what_is_drawn_is_no_number_and_what_stands_beside_it_is() -> None:
    """The shape of a sign is thousands of digits; what is shown is found where it stands."""
    drawing = '<path stroke="#000" d="M4 4.5h7m13800000000 1h1"/>'
    assert [*in_built("a/index.html", f"<p>{drawing}</p>".encode(), ())] == []
    page = f"<p>{drawing} 13800000000</p>".encode()
    (problem,) = in_built("a/index.html", page, ())
    assert problem.place.column == page.index(b"13800000000", 40) + 1
