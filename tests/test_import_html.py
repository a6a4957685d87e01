"""Saved pages: the article as a browser shows it, and the furniture listed, none of it lost."""

from __future__ import annotations

import base64

import pytest

import cms_pages
from cms import FURNITURE, LAYOUTS, TITLE, page_of
from cms_pages import PAGES, saved
from exporting import squeezed
from importing import KIND
from notices.importing.draft import DraftTerms, drafted
from notices.importing.html import read_archive, read_html
from notices.importing.outline import propose
from notices.importing.source import Answers, Source
from notices.problem import Faulty
from shapes import ALL, SHAPES
from sitehouse import SAMPLE, SAMPLE_ROOT

APPROVED = (SAMPLE_ROOT / f"data/notices/{SAMPLE}/approved.txt").read_text(encoding="utf-8")
TEXTS = {
    name: (SHAPES / f"data/notices/{name}/approved.txt").read_text(encoding="utf-8")
    for name in ALL
    if name != "table"
}


def read(page: str | bytes, **answers: str) -> Source:
    data = page if isinstance(page, bytes) else page.encode()
    return read_html(data, "page.html", Answers(**answers))


def body(words: str, around: str = "") -> str:
    filler = "<p>虚构局党组召开会议，逐条研究反馈意见，明确了责任单位和完成时限。</p>"
    return f"<html><body>{around}<div class='text'>{filler}{words}</div></body></html>"


def said(source: Source) -> list[str]:
    return [line.text for line in source.lines][1:]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_the_article_of_each_layout_is_the_approved_text(layout: str, charset: str) -> None:
    source = read(page_of(APPROVED.splitlines(), layout, charset=charset))
    own = [line.text for line in source.lines]
    # A title that stands with the article is its own.
    assert own[own[0] == TITLE :] == [line.strip() for line in APPROVED.splitlines()]
    assert source.questions == ()
    left = squeezed("".join(line.text for line in source.left))
    assert [words for words in FURNITURE if squeezed(words) not in left] == []
    assert (own[0] == TITLE) != (TITLE in left)


@pytest.mark.parametrize("at", range(len(TEXTS)), ids=TEXTS)
def test_a_short_article_is_found_as_well(at: int) -> None:
    lines, layout = [*TEXTS.values()][at].splitlines(), [*LAYOUTS][at % len(LAYOUTS)]
    source = read(page_of(lines, layout))
    own, left = [line.text for line in source.lines], [line.text for line in source.left]
    assert [line for line in lines if line not in own] == []
    assert not {*own} & {*FURNITURE}
    assert TITLE in own + left


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("text", ["sample", "text-only", "labels"])
def test_a_page_of_each_age_is_its_article_and_tells_its_title_and_day(
    name: str, text: str
) -> None:
    lines = [line.strip() for line in {**TEXTS, "sample": APPROVED}[text].splitlines()]
    source = read(saved(name, lines))
    assert [line.text for line in source.lines] == lines
    assert source.questions == ()
    title, published = source.about.title, source.about.published
    assert title
    assert published
    assert (title.text, published.text[:10]) == (cms_pages.TITLE, cms_pages.DAY)


def test_the_title_of_a_page_is_proposed_where_the_text_has_none() -> None:
    for name in PAGES:
        source = read(saved(name, APPROVED.splitlines()))
        draft = drafted(propose(source.lines), "imported", name, DraftTerms(KIND), source.about)
        notice = draft.files["data/notices/imported/notice.yml"]
        assert f"# title: {cms_pages.TITLE}  # 网页的标题：“{cms_pages.TITLE}”" in notice
        assert f"# published: {cms_pages.DAY}  # 网页的发布时间：" in notice
        own = read(saved(name, ["虚构局整改情况公告", *APPROVED.splitlines()]))
        draft = drafted(propose(own.lines), "imported", name, DraftTerms(KIND), own.about)
        assert (
            "# title: 虚构局整改情况公告  # 第1段"
            in (draft.files["data/notices/imported/notice.yml"])
        )


CASES = {
    "blanks of its source are one, and none between wide characters": (
        "<p>甲乙\n   丙丁</p><p>A\n B</p>", ["甲乙丙丁", "A B"],
    ),
    "entities and other blanks": ("<p>&nbsp;&#12288;甲&amp;乙&nbsp;丙&lt;丁</p>", ["甲&乙 丙<丁"]),
    "a line break ends a line": ("<p>甲<br>乙<br/><br>丙</p>", ["甲", "乙", "丙"]),
    "the numbers of a list are printed": (
        "<ol start=3><li>甲</li><li><p>乙</p></li></ol>", ["3.甲", "4.乙"],
    ),
    "a list without numbers has none": ("<ul><li>甲</li></ul>", ["甲"]),
    "a table, cell by cell": (
        "<table><tr><th>序号</th><th>问题</th></tr><tr><td>1</td><td><p>甲</p><p>乙</p></td></tr></table>",
        ["序号\t问题", "1\t甲乙"],
    ),
    "merged cells keep their places": (
        "<table><tr><td rowspan=2>1</td><td>甲</td></tr><tr><td>乙</td></tr>"
        "<tr><td colspan=2>丙</td></tr></table>",
        ["1\t甲", "\t乙", "丙"],
    ),
    "what is no text is none": (
        "<p>甲<script>x</script><style>y</style><!-- z --><select><option>q</option></select></p>",
        ["甲"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("page", "wanted"), CASES.values(), ids=CASES)
def test_what_a_browser_shows_is_read(page: str, wanted: list[str]) -> None:
    source = read(body(page))
    assert said(source) == wanted
    assert source.questions == ()


def test_headings_and_what_stands_out_are_told() -> None:
    lines = read(body("<h2>甲</h2><p><b>乙</b></p><p><strong>丙</strong>丁</p>")).lines[1:]
    assert [(line.level, line.bold) for line in lines] == [(2, True), (0, True), (0, False)]


ASKED = {
    "html-hidden": "<p>甲<span style='display:none'>乙</span></p>",
    "html-struck": "<p>甲<s>乙</s></p>",
    "html-raised": "<p>甲<sup>2</sup></p>",
    "html-picture": "<p>甲<img src='a.png' alt='公示表'></p>",
}


@pytest.mark.parametrize("rule", ASKED)
def test_what_is_not_plainly_text_is_asked(rule: str) -> None:
    (question,) = read(body(ASKED[rule])).questions
    assert question.rule == rule
    assert question.answer
    name, value = question.answer.partition(" / ")[0].removeprefix("--").split()
    assert read(body(ASKED[rule]), **{name: value}).questions == ()


LOOKS = {
    "letters": ('<ol type="A"><li>甲</li></ol>', ["A.甲"]),
    "Roman numerals": ('<ol type="i" start="4"><li>甲</li></ol>', ["iv.甲"]),
    "Chinese numerals": (
        '<ol style="list-style-type:cjk-ideographic"><li>甲</li><li>乙</li></ol>',
        ["一、甲", "二、乙"],
    ),
    "a list that is told to have none": ('<ol style="list-style: none"><li>甲</li></ol>', ["甲"]),
    "ends of lines that are kept": (
        "<pre>一、甲\n已改。\n  二、乙</pre>", ["一、甲", "已改。", "二、乙"],
    ),
    "a quote": ("<p>关于<q>甲</q>问题</p>", ["关于“甲”问题"]),
    "what is folded out": ("<details open><summary>甲</summary><p>乙</p></details>", ["甲", "乙"]),
    "white on a colour": (
        '<table bgcolor="#005500"><tr><td style="color:#fff">甲</td><td>乙</td></tr><tr><td>丙</td>'
        "<td>丁</td></tr></table>", ["甲\t乙", "丙\t丁"],
    ),
    "signs that styles print": (
        '<style>p[::before{content:"甲"} :before{content:"甲"} p:nth-child(::after{content:"甲"}'
        'p::before{content:"\\e600"} a.x::before{content:"甲"} b:after{content:""}</style>'
        "<p>甲<b>乙</b></p>", ["甲乙"],
    ),
    "a drawing without words": ("<p>甲<svg><path d='M0 0'/></svg></p>", ["甲"]),
}  # fmt: skip


@pytest.mark.parametrize(("page", "wanted"), LOOKS.values(), ids=LOOKS)
def test_what_a_browser_prints_is_read(page: str, wanted: list[str]) -> None:
    source = read(body(page))
    assert (said(source), source.questions) == (wanted, ())


STRUCK = ("<del>乙</del>", '<span style="text-decoration: line-through">乙</span>',
          "<style>b.no{text-decoration-line:line-through}</style><b class=no>乙</b>")  # fmt: skip
UNSEEN = ('<i style="opacity:0">乙</i>', '<i style="color: white">乙</i>', "<i hidden>乙</i>",
          '<i style="position:absolute;left:-9999px">乙</i>')  # fmt: skip
LEFT = {
    **dict.fromkeys(STRUCK, ("html-struck", "struck")),
    **dict.fromkeys(UNSEEN, ("html-hidden", "hidden")),
    "<rt>乙</rt>": ("html-ruby", "ruby"),
}


@pytest.mark.parametrize("page", LEFT)
def test_what_may_be_none_of_the_text_is_asked_and_goes_where_that_is_the_answer(page: str) -> None:
    rule, option = LEFT[page]
    whole = body(f"<p>甲<ruby>{page}</ruby></p>")
    assert [question.rule for question in read(whole).questions] == [rule]
    left, kept = read(whole, **{option: "leave"}), read(whole, **{option: "keep"})
    assert (said(left), left.questions) == (["甲"], ())
    assert (said(kept), kept.questions) == (["甲（乙）" if option == "ruby" else "甲乙"], ())


@pytest.mark.parametrize(
    ("page", "rule"),
    [
        ("<ol reversed><li>甲</li></ol>", "html-number"),
        ("<p>甲</p><iframe src='a.pdf'></iframe>", "html-picture"),
        ("<p>甲</p><object data='a.pdf'></object>", "html-picture"),
        ("<details><summary>甲</summary><p>乙</p></details>", "html-hidden"),
        ('<style>p.n::before{content:"一、"}</style><p class=n>甲</p>', "html-number"),
        ('<style>li:before{content: counter(a) "、"}</style><ul><li>甲</li></ul>', "html-number"),
    ],
)
def test_what_a_browser_prints_and_nobody_can_tell_is_asked(page: str, rule: str) -> None:
    assert [question.rule for question in read(body(page)).questions] == [rule]


RAISED = {"m<sup>2</sup>": ("m²", "m2"), "CO<sub>2</sub>": ("CO₂", "CO2")}


@pytest.mark.parametrize("page", RAISED)
def test_what_is_raised_is_written_as_was_answered(page: str) -> None:
    above, flat = RAISED[page]
    (question,) = read(body(f"<p>{page}</p>")).questions
    assert question.readings == (above[-1], flat[-1])
    assert said(read(body(f"<p>{page}</p>"), raised="raised")) == [above]
    assert said(read(body(f"<p>{page}</p>"), raised="flat")) == [flat]


@pytest.mark.parametrize("words", ["①", "注", "[1]"])
def test_what_is_the_same_raised_or_not_is_no_question(words: str) -> None:
    source = read(body(f"<p>甲<sup>{words}</sup>乙</p>"))
    assert (said(source), source.questions) == ([f"甲{words}乙"], ())


def test_what_is_hidden_is_kept_or_left_as_was_answered() -> None:
    page = body("<p>甲<span class=gone>乙</span></p><style>.gone{ display:none }</style>")
    assert said(read(page, hidden="keep")) == ["甲乙"]
    assert said(read(page, hidden="leave")) == ["甲"]


@pytest.mark.parametrize(
    "page",
    ["", "<html></html>", "<body></body>", "<p>", "<" * 50_000, "<div>" * 50_000 + "甲", "\0"],
)
def test_what_is_no_page_is_nothing_or_refused(page: str) -> None:
    try:
        assert read(page).lines in ((), read(page).lines)
    except Faulty as fault:
        told = {each.rule for each in fault.problems}
    else:
        told = set()
    assert told <= {"import-empty", "import-unreadable", "import-encoding"}


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "klingon"])
def test_a_page_saved_in_one_file_is_read_like_its_page(charset: str) -> None:
    page = page_of(APPROVED.splitlines(), "TRS")
    real = "utf-8" if charset == "klingon" else charset
    encoded = base64.encodebytes(page.decode().encode(real)).decode()
    archive = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
        f"Content-Type: text/html; charset={charset}\nContent-Transfer-Encoding: base64\n\n"
        f"{encoded}\n--x\nContent-Type: image/png\n\n--x--\n"
    )
    source = read_archive(archive.encode(), "page.mhtml", Answers())
    assert source.lines == read(page).lines


DEEP = "".join(f"Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n" for at in range(3_000))


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"MIME-Version: 1.0\n\n<p>", DEEP.encode()])
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    with pytest.raises(Faulty) as faulty:
        read_archive(data, "page.mhtml", Answers())
    assert {each.rule for each in faulty.value.problems} == {"import-unreadable"}


HOSTILE = (
    "<div>",
    "<ul><li>",
    "<b></p>",
    "<a><div>",
    "<i><b></i>",
    "<b><div></b>",
    "<font size=1>",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_page_that_no_program_could_read_in_time_is_refused(piece: str) -> None:
    with pytest.raises(Faulty) as faulty:
        read(piece * 200_000)
    assert {each.rule for each in faulty.value.problems} == {"import-unreadable"}


def test_sentences_beside_the_article_are_asked_about() -> None:
    """Somebody must say that nothing of the article is left out."""
    beside = (
        "<div><p>虚构局党组召开会议，逐条研究反馈意见，明确了责任单位和完成时限。</p></div></body>"
    )
    page = page_of(APPROVED.splitlines(), "TRS").decode().replace("</body>", beside)
    (question,) = read(page).questions
    assert (question.rule, len(question.readings)) == ("html-outside", 1)
    assert read(page, outside="leave").questions == ()
