"""A glance at a page lets nothing through that looking closely finds, nor do other short cuts.

Numbers are made up, as in :mod:`test_privacy`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notices.checks.privacy import glance, in_built
from notices.checks.privacy.digits import BETWEEN, DIGIT, runs
from notices.checks.privacy.pieces import with_plain_ends
from notices.checks.privacy.shown import unquoted

RUN = re.compile(f"{DIGIT}(?:[{BETWEEN}]{{0,8}}{DIGIT}){{10,}}(?:[{BETWEEN}]{{0,3}}[XxＸｘ])?")
PERSONAL = [
    "13912345678",
    "008613912345678",
    "999999199901010003",
    "99999919990101002X",
    "6200000000000005",
    "一三九一二三四五六七八",
    "家住某路5号",
    "户籍地：某村三号",
    "现居某县某镇，某路3单元",
    "家庭地址某路12号",
]
# What may stand within: a reader does not see it, or takes it for the gap between two groups.
CUTS = ["<b>", "</b><i>", "<br>", "<p>", " ", "-", "\n", "\n ", "\u200b", "%20", "/", "&amp;", "'"]
AROUND = [
    *("1", "0", "2023", "5号", "元", "家", "住", "在", "户", "籍", "甲", "，", "。", "X", "²", "𝟏"),
    *(" ", "\n", "\n\n", "\r\n", "\u2028", "\u00ad", "-", "(", ")", "*", "\t"),
    *("<b>", "</b>", "<td>", "</p>", "<B>", "<li value=3>", " y=2", "<a x=", '<a title="', '">'),
    *("<a title='", "'>", ">", "<", "< 5>", "=", "<!--", "-->", "<pre>", '"', "'", "/"),
    *("%", "%20", "%27", "%23", "%25", "%26", "%31", "%3E", "%E4%BD%8F"),
    *("&", "&amp;", "amp;", "#49;", "&#49;", "&#34;", "&#39;", "&lt;", "&nbsp;", "&shy;"),
]  # fmt: skip


@st.composite
def cut(draw: st.DrawFn) -> str:
    """Return what is personal, with something between some of its characters."""
    value = draw(st.sampled_from(PERSONAL))
    often = draw(st.integers(1, 6))
    between = st.sampled_from(CUTS[:often] if draw(st.booleans()) else CUTS)
    places = draw(st.sets(st.integers(1, len(value) - 1), max_size=4))
    return "".join(draw(between) * (at in places) + each for at, each in enumerate(value))


def decimal(character: str) -> str:
    return f"&#{ord(character)};"


def escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())


# How a character may be written in an attribute.
WAYS: list[Callable[[str], str]] = [str, escaped, decimal]


@st.composite
def coded(draw: st.DrawFn) -> str:
    """Return a tag with what is personal in an attribute, coded as in an address, or in HTML."""
    characters = draw(cut())
    ways = draw(st.lists(st.sampled_from(WAYS), min_size=1, max_size=4))
    value = "".join(way(each) for way, each in zip(itertools.cycle(ways), characters))
    name = draw(st.sampled_from(["<a href=", "<b x= ", "x=", "<i z='="]))
    return f'{name}"{draw(PIECES)}{value}"{draw(st.sampled_from([">", "", " y=1>", "/>"]))}'


PIECES = st.lists(st.sampled_from(AROUND), max_size=5).map("".join)
PAGES = st.tuples(PIECES, cut() | coded(), PIECES, st.just("") | coded()).map("".join)


@settings(max_examples=2000, deadline=None)
@example('<a title="139\n1234\n5678">')
@example("<a title=13912345678 20>")
@example("<a title='%2713912345678'>")
@example('<a title="&amp;%2349;3912345678">')
@example("家住甲&amp;乙路5号")
@example('="139\n1234\n5678%20 9 %41"')
@given(PAGES)
def test_after_a_glance_the_same_is_found(page: str) -> None:
    found = _found(page)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("notices.checks.privacy.built.doubtful", lambda page: page)
        assert found == _found(page)


@pytest.mark.parametrize("value", [each for each in PERSONAL if not each.startswith("00")])
@pytest.mark.parametrize("within", ["", "<b>", "</b><i>", "\u200b"])
def test_what_a_reader_sees_is_not_passed(value: str, within: str) -> None:
    for place in range(1, len(value)):
        page = f"<p>甲{value[:place]}{within}{value[place:]}</p>"
        assert glance.doubtful(page) == page


def test_most_pages_are_passed() -> None:
    """Also with telephones of offices, digests and ids in them, and words of planning."""
    page = (
        '<li id="3-3-1-4"><a href="tel:0411-87549380">0411-87549380</a> <b>2023-10-10</b></li>'
        "<p>住宿费由单位报销,凭办公室的账号,共 3 <b>个单位</b>，入住率。</p>"
        "<p>住房和城乡建设。国家住建部、居住区〔2020〕5 件；电话&lt;&#34;&amp; %20</p>"
        "<code>33230b61786501361f407e5b2a4fb54a4fbfb78dec6a6e91e01624366f407a80</code>"
    )
    assert glance.doubtful(page) == ""


def test_of_an_address_to_write_to_only_that_is_looked_at() -> None:
    address = '"mailto:x@example.org?subject=%E5%85%B3%E4%BA%8E&amp;body=1-1-1"'
    page = f"<p>甲<a href={address}>电邮</a></p>"
    assert glance.doubtful(page) == f"<p x=00 y={address}>{address}"
    assert glance.doubtful(f"<p>{address}</p>") == f"<p>{address}</p>"


@settings(max_examples=500)
@given(st.text(st.sampled_from("1239〇一X -\n\u200b*.a，"), max_size=120))
def test_runs_are_those_of_the_whole_text(text: str) -> None:
    """Their pattern is only tried where something long enough stands."""
    assert [*runs(text)] == [(each.start(), each[0]) for each in RUN.finditer(text)]


@given(st.text(st.sampled_from("%0459aBEeFf+甲\ud800 "), max_size=40) | st.text())
def test_escapes_are_decoded_as_everywhere(text: str) -> None:
    assert unquoted(text) == unquote(text)


@given(st.text(st.sampled_from("甲a \n\r\v\x1c\x85\u2028"), max_size=20))
def test_lines_end_as_they_are_searched(text: str) -> None:
    assert with_plain_ends(text) == "\n".join((*text.splitlines(), ""))


def _found(page: str) -> list[str]:
    return [str(problem) for problem in in_built("a.html", page.encode(), ())]
