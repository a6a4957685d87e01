"""Pages are judged by the HTML that is published, in time, and whatever Markdown makes of them."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from selectolax.lexbor import LexborHTMLParser

import profiles
from notices.catalogue.listings import Portal
from notices.catalogue.loading import load
from notices.catalogue.summary import Archive
from notices.checks.faults import Pages
from notices.facts.head import body_of
from notices.outputs.fragments import Fragments
from notices.outputs.pages.merge import MergeExtension
from notices.text import dialect
from sitehouse import ROOT, SAMPLE_ROOT

PATH = "content/x.md"
PUBLIC, _ = load(SAMPLE_ROOT)
_EMPTY = Archive(PUBLIC.site, PUBLIC.vocabulary)
FRAGMENTS = Fragments(_EMPTY, ROOT / "theme" / "fragments", archive=_EMPTY, portal=Portal(_EMPTY))


def faults(page: str) -> list[str]:
    """Return the codes of what is wrong with ``page``."""
    catalogue = replace(PUBLIC, pages={PATH: page}, attachments=("content/x.png",))
    found = Pages(Archive.of(catalogue)).findings()
    return [code for code, each in found if each.place.path == PATH]


def published(page: str) -> str:
    """Return what the build makes of ``page``."""
    merge = MergeExtension(partial(FRAGMENTS.render, url=str))
    markdown = Markdown(extensions=[*dialect.EXTENSIONS, merge], extension_configs=dialect.CONFIGS)
    return markdown.convert(body_of(page))


LARGE = 190_000
BOMBS = {
    "brackets": "[" * LARGE,
    "images": "![" * (LARGE // 2),
    "links": "[a](" * (LARGE // 4),
    "tags": "<a " * (LARGE // 3),
    "comments": "<!--" * (LARGE // 4),
    "lists in lists": "".join("    " * depth + "- a\n" for depth in range(300)),
    "quotes in quotes": ">" * LARGE,
    "paragraphs": "a\n\n" * (LARGE // 3),
    "faults": "[a](javascript:x)\n\n" * (LARGE // 19),
    "much": "a" * 300_000,
}


@pytest.mark.parametrize("page", BOMBS.values(), ids=BOMBS.keys())
def test_a_page_that_markdown_cannot_do_in_time_is_a_fault(page: str) -> None:
    """And not a traceback, nor a wait; a page that it can do is judged like any other."""
    started = time.process_time()
    found = faults(page)
    assert time.process_time() - started < 4
    assert len(found) <= 30
    assert set(found) <= {"page-markup", "unsafe-link"}


def test_a_page_takes_no_time_to_speak_of() -> None:
    pages = Pages(Archive.of(PUBLIC))
    started = time.process_time()
    assert [*pages.findings()] == []
    assert time.process_time() - started < 0.01 * len(PUBLIC.pages)


def test_an_image_that_stands_beside_the_page_passes() -> None:
    assert faults('![甲](x.png) ![乙](./x.png "丙") ![丁](y/../x.png)') == []
    assert faults("![甲](X.png)") == ["unsafe-link"]


PIECES = [
    *"`<>[]()!&;:#{}=\"'\\*_|-~\n\n\n \t", "\n\n", "\r", "```\n", "    ", "> ", "- ", "1. ", "# ",
    "<b>", "</p>", "<script>", "<img src=x onerror=a>", "<!--", "-->", "<?", "<![CDATA[", "<style>",
    "<details>", "<a href=", "<https://x>", "<a@b.c>", "<javascript:x>", "](", "![", "[x]: ", "[x]",
    "javascript:x", "&#106;", "&colon;", "&Tab;", "&lt;", "data:x", "//x", "http://x", "x.png",
    "{: ", "{#x}", "{.x}", "onclick=x", "style=x", "data-toc-label=", "data-narrative", "hidden",
    "[[contact]]", "[[x]]", "[TOC]", "|a|b|\n|-|-|\n|", "\\<", "\x02wzxhzdk:0\x03", "\x02", "甲",
]  # fmt: skip


@settings(max_examples=profiles.INPUTS)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join))
def test_what_passes_is_published_without_anything_live(page: str) -> None:
    """Whatever the source looks like, a browser finds plain elements and harmless addresses."""
    if faults(page):
        return
    tree = LexborHTMLParser(f"<article>{published(page)}</article>")
    for node in tree.css("article *"):
        assert node.tag not in {"script", "style", "iframe", "svg", "form", "details", "template"}
        assert not [name for name in node.attributes if name.startswith(("on", "data-n", "data-a"))]
        for name in ("href", "src"):
            value = "".join((node.attributes.get(name) or "").split()).lower()
            assert not value.startswith(("javascript", "vbscript", "data", "blob", "//", "\\"))
