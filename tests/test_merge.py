"""The merge: whatever a narrative says, its page shows the characters and makes nothing of them."""

from __future__ import annotations

import hashlib

import pytest
from selectolax.lexbor import LexborHTMLParser

from kinds import INSPECTION, PLAIN
from notices.catalogue.notices import Catalogue, Notice
from notices.catalogue.settings import Record
from notices.facts import model
from notices.facts.source import YamlDocument
from notices.outputs.fragments import Fragments
from notices.outputs.pages.of_notice import notice_pages
from notices.text import narrative
from sitehouse import ROOT

FRAGMENTS = ROOT / "theme" / "fragments"
HOSTILE = [
    "甲<b>乙</b>",
    "<script>alert(1)</script>",
    '<img src="x" onerror="alert(1)">',
    "<!-- 甲 --><![CDATA[乙]]><?丙?>",
    "&lt;b&gt; &nbsp; &#60;i&#62; &amp;",
    "[甲](javascript:alert(1)) ![乙](https://example.invalid/x.png) <https://example.invalid/>",
    "*甲* _乙_ **丙** `丁` \\. ~~戊~~ {#x} {: onclick=alert(1) } [[ledger]]",
    "PM2.5<35 A>B “引” 'x' \"y\"",
]


def notice_that_says(text: str) -> Notice:
    """Return a notice with ``text`` as preamble, as paragraph, in an item and in each heading."""
    lines = [text, f"## 一 {text} {{#1}}", text, "### 二 {#1-1}"]
    lines += [f"#### 三 {text} {{#1-1-1}}", f"一是{text}。", f"二是{text}。"]
    source = "\n\n".join(lines)
    return Notice(
        id="made-by-hand",
        record=Record(PLAIN, YamlDocument("notice.yml", {})),
        narrative=narrative.parse("made-by-hand.md", source),
        approved=source,
        approved_sha256=hashlib.sha256(source.encode()).hexdigest(),
        item_records={"1-1-1": Record(model.Item(title="三"), YamlDocument("item.yml", {}))},
        kind=INSPECTION,
    )


def merged(notice: Notice) -> LexborHTMLParser:
    vocabulary = model.Vocabulary(
        statuses=[model.Status(id="unstated", label="甲", definition="乙", tone="neutral")]
    )
    catalogue = Catalogue(model.Site(publisher="甲"), vocabulary, [notice])
    page = next(notice_pages(notice, catalogue.vocabulary))
    said = page.render(Fragments(catalogue, FRAGMENTS))
    tree = LexborHTMLParser(f"<article>{said}</article>")
    for annotation in tree.css("[data-annotation]"):
        annotation.decompose()
    return tree


@pytest.mark.parametrize("text", HOSTILE)
def test_a_narrative_shows_its_characters_and_never_a_tag(text: str) -> None:
    notice = notice_that_says(text)
    tree = merged(notice)
    assert tree.body
    said = "".join(line.text for line in notice.narrative.lines)
    assert "".join(tree.body.text().split()) == "".join(said.split())
    tags = {node.tag for node in tree.css("article, article *")}
    assert tags == {"article", "div", "section", "h2", "h3", "h4", "p", "ol", "li", "b"}
    assert {node.text() for node in tree.css("b")} == {"一是", "二是"}
    names = {name for node in tree.css("article *") for name in node.attributes}
    assert names <= {"class", "id", "data-narrative", "data-item"}
