"""The documents that a notice names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from notices.catalogue.documents import named_documents
from notices.catalogue.loading import load
from notices.catalogue.notices import Notice
from sitehouse import SAMPLE, SAMPLE_ROOT


@pytest.fixture(scope="module")
def sample() -> Notice:
    return load(SAMPLE_ROOT)[0].notices[0]


def test_every_title_in_the_text_is_found_once_with_each_place_that_names_it(
    sample: Notice,
) -> None:
    printed = re.findall("《[^《》]+》", sample.approved)
    documents = named_documents(sample)
    assert [f"《{document.title}》" for document in documents] == list(dict.fromkeys(printed))
    assert all(document.mentions for document in documents)


def test_a_place_is_as_small_as_can_be_linked_to(sample: Notice) -> None:
    report = {document.title: document for document in named_documents(sample)}
    (mention,) = report["减免企业租金专项监督工作报告"].mentions
    assert mention.anchor == "1-1-2-2"
    assert mention.label == "1-1-2 深化国有企业改革不到位（二是）"


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("学习《甲》、《乙》。", ["甲", "乙"]),
        ("《关于印发〈甲办法〉的通知》", ["关于印发〈甲办法〉的通知"]),
        ("《关于印发《甲办法》的通知》", ["关于印发《甲办法》的通知"]),
        ("《甲》又《甲》", ["甲"]),
        ("《没有写完", []),
        ("没有", []),
    ],
)
def test_titles_may_stand_within_titles(project: Path, text: str, titles: list[str]) -> None:
    narrative = project / f"content/notices/{SAMPLE}.md"
    before, _, after = narrative.read_text(encoding="utf-8").partition("\n")
    narrative.write_text(f"{text}\n{re.sub('[《》]', '', after)}", encoding="utf-8")
    notice = load(project)[0].notices[0]
    assert [document.title for document in named_documents(notice)] == titles
    assert before


def test_the_page_leads_back_to_each_place(site: Path, sample: Notice) -> None:
    page = site / f"notices/{SAMPLE}/documents/index.html"
    tree = LexborHTMLParser(page.read_text(encoding="utf-8"))
    shown = [node.text() for node in tree.css(".documents > li > p")]
    links = [str(node.attributes["href"]) for node in tree.css(".documents a")]
    documents = named_documents(sample)
    assert shown == [f"《{document.title}》" for document in documents]
    anchors = [mention.anchor for document in documents for mention in document.mentions]
    assert links == [f"../#{anchor}" for anchor in anchors]


def test_a_notice_that_names_none_has_no_such_page(project: Path) -> None:
    for path in (project / "content/notices").glob("*.md"):
        text = re.sub("[《》]", "", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
    assert named_documents(load(project)[0].notices[0]) == []
