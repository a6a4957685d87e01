# ruff: noqa: E501 (a case is a line, however long)
"""Word files that are broken, or made by somebody who means ill: a line that says so, in time."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import profiles
from notices.importing.docx import read_docx
from notices.importing.docx.alternates import TEXTS
from notices.importing.docx.names import w
from notices.importing.readers import read_source
from notices.importing.source import Answers, Source
from notices.problem import Faulty
from test_fuzz import hold_line, limited
from test_import_docx import NOBODY, read, texts
from word import MAIN, by, members, numbered, p, packed, part, r, style, tr, word
from word_numbers import PARTS, TRAITS

MEGABYTE = 1_000_000
DTD = '<!DOCTYPE w:document [<!ENTITY a "甲"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def body_of(content: str) -> dict[str, str]:
    return members(content)


def without(*names: str) -> bytes:
    return packed(
        {name: each for name, each in members(p("甲"), PARTS).items() if name not in names}
    )


def instead(**contents: str | bytes) -> bytes:
    """Return a file with other contents of the parts of these names."""
    known = {"document": MAIN, "rels": "_rels/.rels", "styles": "word/styles.xml"}
    files: Mapping[str, str | bytes] = members(p("甲"), PARTS)
    return packed({**files, **{known[name]: each for name, each in contents.items()}})


def twice() -> bytes:
    target = io.BytesIO(word(p("甲")))
    with zipfile.ZipFile(target, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(MAIN, part("document", f"<w:body>{p('乙')}</w:body>"))
    return target.getvalue()


def squeezed_by(method: int) -> bytes:
    return packed(members(p("甲")), method)


def locked() -> bytes:
    """Return a file whose entries say that they have a password."""
    data = bytearray(word(p("甲")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 1)
    return bytes(data)


UNSOUND: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "空的"),
    "no archive": (lambda: b"PK\x03\x04 or so", "损坏"),
    "an empty archive": (lambda: packed({}), "不是 Word"),
    "half of a file": (lambda: word(p("甲"))[:700], "损坏"),
    "without a document": (lambda: without(MAIN), "缺少部件"),
    "without relations": (lambda: without("_rels/.rels"), "缺少部件"),
    "without a part that is named": (lambda: without("word/numbering.xml"), "缺少部件"),
    "a table of Excel": (lambda: instead(document="<workbook/>"), "不是 Word"),
    "a document without a body": (lambda: instead(document=part("document", "")), "没有正文"),
    "relations to nothing": (lambda: instead(rels="<Relationships/>"), "没有正文"),
    "XML that ends too early": (lambda: instead(document=part("document", "<w:body>")[:-20]), "XML"),
    "no XML": (lambda: instead(document=b"\xff\xfe\x00"), "XML"),
    "an unknown encoding": (lambda: instead(document='<?xml version="1.0" encoding="x"?><a/>'), "XML"),
    "a DTD": (lambda: instead(document=DTD + part("document", f"<w:body>{p('甲')}</w:body>").split("?>")[1]), "DTD"),
    "a broken part": (lambda: instead(styles="<w:styles>"), "XML"),
    "two parts of one name": (twice, "同名"),
    "a password of the archive": (locked, "密码"),
    "a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "a file of long ago": (lambda: OLE, ".doc"),
    "RTF": (lambda: b"{\\rtf1 }", "RTF"),
    "PDF": (lambda: b"%PDF-1.7", "PDF"),
    "a web page": (lambda: b"\xef\xbb\xbf<HTML><body>", ".html"),
    "a web archive": (lambda: b"MIME-Version: 1.0", "网页"),
    "XML in one file": (lambda: b'<?xml version="1.0"?><pkg:package/>', "XML"),
    "another compression": (lambda: squeezed_by(zipfile.ZIP_LZMA), "压缩"),
    "text": ("甲乙丙".encode, "不是 Word"),
    "deeper than anybody nests": (lambda: word("<w:sdt><w:sdtContent>" * 200), "XML"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "said"), UNSOUND.values(), ids=UNSOUND.keys())
def test_what_is_unsound_is_refused_by_its_name(make: Callable[[], bytes], said: str) -> None:
    with pytest.raises(Faulty, match=said) as refused, limited():
        read(make())
    (problem,) = refused.value.problems
    hold_line(str(problem))


def bomb() -> bytes:
    """Return a file that unpacks to two hundred times its size."""
    return word(p("甲" * 10 * MEGABYTE))


def many(content: str) -> Callable[[], bytes]:
    return lambda: word(content * (23 * MEGABYTE // len(content.encode()) - 100))


LARGE: dict[str, Callable[[], bytes]] = {
    "200 MB": lambda: word(p("甲")) + bytes(200 * MEGABYTE),
    "a bomb": bomb,
    "many parts": lambda: packed({**members(p("甲")), **{f"a{n}": "" for n in range(11_000)}}),
    "many tags": many("<w:r/>"),
    "many paragraphs": lambda: word("<w:p/>" * 90_000),
    "many rows and columns": lambda: word(
        f"<w:tbl>{'<w:tr><w:tc/></w:tr>' * 20_000}{tr(*['甲'] * 2_000)}</w:tbl>"
    ),
}


@pytest.mark.parametrize("make", LARGE.values(), ids=LARGE.keys())
def test_what_is_large_is_refused_at_once(make: Callable[[], bytes]) -> None:
    data = make()
    with pytest.raises(Faulty, match="import-too-large"), limited():
        read(data)


SCALES = """
import resource, sys
from pathlib import Path
from notices.importing.docx import read_docx
from notices.importing.docx.alternates import TEXTS
from notices.importing.docx.names import w
from notices.importing.source import Answers
assert read_docx(sys.stdin.buffer.read(), "a.docx", Answers()).questions
status = Path("/proc/self/status")  # what the parent has taken counts elsewhere, too
told = status.read_text().split("VmHWM:")[1].split()[0] if status.exists() else 0
print(int(told) // 1024)
"""


HEAVY: dict[str, Callable[[], bytes]] = {
    "styles upon styles": lambda: word(
        p("甲", '<w:pStyle w:val="s0"/>') * 3_000,
        {"styles": "".join(style(f"s{n}", f'<w:basedOn w:val="s{n + 1}"/>') for n in range(3_000))},
    ),
    "alternates in alternates": lambda: word(
        "<mc:AlternateContent><mc:Fallback>" * 100
        + p("甲") * 3_000
        + "</mc:Fallback></mc:AlternateContent>" * 100
    ),
    "changes without end": lambda: word(p(by("ins", r("甲")) * 10_000)),
    "paragraphs that never end": lambda: word(p("甲", f"<w:rPr>{by('del', '')}</w:rPr>") * 5_000),
    "a note about itself": lambda: word(
        p(r('<w:footnoteReference w:id="2"/>') * 5_000),
        {
            "footnotes": f'<w:footnote w:id="2">{p(r("<w:footnoteReference w:id=" + chr(34) + "2" + chr(34) + "/>"))}</w:footnote>'
        },
    ),
}


@pytest.mark.parametrize("make", HEAVY.values(), ids=HEAVY.keys())
def test_what_would_take_longer_the_more_there_is_does_not(make: Callable[[], bytes]) -> None:
    data = make()
    with limited():
        assert read(data).lines or read(data).questions


def test_what_is_just_not_too_large_takes_no_more_than_others_have() -> None:
    """A table of 6,000 cells, half of them to be asked about; by night 24,000."""
    row = f"<w:tr><w:tc>{p('甲乙丙丁' * 8)}</w:tc><w:tc>{p(by('ins', r('乙')))}</w:tc></w:tr>"
    rows = 12_000 if profiles.PROFILE == "nightly" else 3_000
    data = word(f"<w:tbl>{row * rows}</w:tbl>")
    done = subprocess.run(
        [sys.executable, "-c", SCALES], input=data, capture_output=True, check=True
    )
    assert int(done.stdout) < 300


def test_templates_and_files_with_macros_are_read_like_others() -> None:
    for suffix in ("docx", "DOCX", "docm", "dotx", "dotm"):
        assert texts(read_source(word(p("甲")), f"a.{suffix}", Answers())) == ["甲"]


def test_the_strict_edition_of_the_standard_says_the_same() -> None:
    files = members(numbered("甲", 1) + p(r("乙", "<w:b/>")), PARTS)
    strict = {
        name: content.replace("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/")
        .replace("ooxml/wordprocessingml/2006/main", "ooxml/wordprocessingml/main")
        .replace("ooxml/officeDocument/2006/", "ooxml/officeDocument/")
        .replace(
            "http://purl.oclc.org/ooxml/package/", "http://schemas.openxmlformats.org/package/"
        )
        for name, content in files.items()
    }
    assert "purl.oclc.org/ooxml/wordprocessingml/main" in strict[MAIN]
    assert texts(read(packed(strict))) == texts(read(packed(files))) == ["一、甲", "乙"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_part_may_be_in_any_encoding_of_unicode(encoding: str) -> None:
    content = part("document", f"<w:body>{p('甲')}</w:body>").replace("UTF-8", encoding[:6])
    assert texts(read(instead(document=content.encode(encoding)))) == ["甲"]


def test_names_of_parts_may_be_written_as_windows_does() -> None:
    files = {name.replace("/", "\\").upper(): each for name, each in members(p("甲")).items()}
    assert texts(read(packed(files))) == ["甲"]


def test_tables_may_stand_in_tables_as_deep_as_xml_may_be() -> None:
    inside = "<w:tbl><w:tr><w:tc>" * 80 + p("甲") + "</w:tc></w:tr></w:tbl>" * 80
    assert texts(read(word(inside))) == ["甲"]


# --- Any bytes ----------------------------------------------------------------------------------

GROUPS = [[*TRAITS.values()][at : at + 6] for at in range(0, len(TRAITS), 6)]
SEEDS = [members("".join(each.body for each in group), PARTS) for group in GROUPS]
VALUES = ["", "0", "-1", "1", "9", "99999999999", "w", "甲", "%1%9", "none", "true", "\U0010fffd"]
NUMBERS = st.integers(0, 100_000)
ROOM = st.sampled_from([MAIN] * 4 + [f"word/{name}.xml" for name in PARTS])


def change(root: etree._Element, kind: str, first: int, second: int) -> None:
    """Let something befall an element: it goes, comes twice, moves, or says something else."""
    all_ = [*root.iter("*")][1:]
    one, other = all_[first % len(all_)], all_[second % len(all_)]
    parent = one.getparent()
    if kind == "say":
        for name in [*one.attrib][:1]:
            one.set(name, VALUES[second % len(VALUES)])
    elif kind == "name":
        one.tag = other.tag
    elif parent is not None and one not in other.iterancestors() and one is not other:
        if kind == "move":
            other.append(one)
        elif kind == "twice":
            other.append(etree.fromstring(etree.tostring(one)))
        else:
            parent.remove(one)


CHANGES = st.tuples(
    st.sampled_from(["say", "say", "name", "move", "twice", "go"]), NUMBERS, NUMBERS
)
SHUFFLED = st.tuples(
    st.integers(0, len(SEEDS) - 1), ROOM, st.lists(CHANGES, min_size=1, max_size=8), st.booleans()
)
CUT = st.tuples(st.integers(0, len(SEEDS) - 1), NUMBERS, st.integers(0, 40), st.binary(max_size=8))


ALL_ANSWERED = Answers(
    changes="reject", hidden="leave", struck="keep", raised="flat", boxes="keep", notes="keep",
    formulas="keep", ruby="keep", comments="leave", headers="leave", pictures="leave",
    numbers="leave",
)  # fmt: skip


def hold(data: bytes, answers: Answers = NOBODY) -> Source | None:
    """Read what may be anything: lines that are lines, or one that says what is wrong."""
    try:
        with limited():
            source = read_docx(data, "notice.docx", answers)
    except Faulty as fault:
        for problem in fault.problems:
            hold_line(str(problem))
        return None
    for line in (*source.lines, *source.left):
        assert line.text.strip()
        assert len(line.text.splitlines()) == 1
        assert ("\t" in line.text) == bool(line.cells)
        assert not line.cells or "\t".join(line.cells) == line.text
        assert line.text.startswith(line.numbered)
    for question in source.questions:
        assert question.rule.startswith("docx-")
        assert question.message
        assert question.place
        assert answers != ALL_ANSWERED or not question.answer, "what is answered is not asked"
    return source


@settings(max_examples=profiles.INPUTS // 5)
@given(SHUFFLED)
def test_any_xml_is_read_or_refused(
    shuffled: tuple[int, str, list[tuple[str, int, int]], bool],
) -> None:
    seed, name, changes, answered = shuffled
    files = SEEDS[seed]
    root = etree.fromstring(files[name].encode())
    for each in changes:
        change(root, *each)
    said = ALL_ANSWERED if answered else NOBODY
    hold(packed({**files, name: etree.tostring(root)}, zipfile.ZIP_STORED), said)


@settings(max_examples=profiles.INPUTS // 10)
@given(SHUFFLED)
def test_no_character_is_lost_or_comes_twice_wherever_it_stands(
    shuffled: tuple[int, str, list[tuple[str, int, int]], bool],
) -> None:
    """It is text, or told in a question; but for the codes of fields, which nobody sees."""
    seed, _, changes, _ = shuffled
    root = etree.fromstring(SEEDS[seed][MAIN].encode())
    for number, each in enumerate(root.iter(*TEXTS)):
        each.text = chr(0x8000 + number)  # none of them twice, and none that anything else writes
    for one in changes:
        change(root, *one)
    if next(root.iter(w("fldChar"), w("altChunk")), None) is not None:
        return
    source = hold(packed({**SEEDS[seed], MAIN: etree.tostring(root)}, zipfile.ZIP_STORED))
    body = root.find(w("body"))
    if source is None or body is None:
        return
    there = Counter("".join(each.text or "" for each in body.iter(*TEXTS)))
    lines = "".join(line.text for line in source.lines)
    asked = [text for each in source.questions for text in (each.message, *each.readings)]
    assert there.keys() <= {*lines, *"".join(asked)}, "none is lost"
    written = Counter(sign for sign in lines if sign in there)
    assert all(count <= there[sign] for sign, count in written.items()), "none comes twice"


@settings(max_examples=profiles.INPUTS // 8)
@given(CUT)
def test_any_bytes_are_read_or_refused(cut: tuple[int, int, int, bytes]) -> None:
    seed, place, length, new = cut
    data = packed(SEEDS[seed])
    start = place * len(data) // 100_000
    hold(data[:start] + new + (data[start + length :] if length < 40 else b""))
