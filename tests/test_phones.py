"""Of a line of contact, each number is a link of its own, and the line stays as it is written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import profiles
from notices import software
from notices.catalogue.listings import Portal
from notices.catalogue.loading import load
from notices.catalogue.summary import Archive
from notices.outputs.fragments import Fragments
from notices.text.phones import parts
from sitehouse import ROOT, SAMPLE_ROOT

CASES: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "tests/cases/phones.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[case["line"] for case in CASES])
def test_what_can_be_dialled_is_a_link(case: dict[str, Any]) -> None:
    found = {part.text: part.address for part in parts(case["line"]) if part.address}
    assert found == case["links"]


def test_a_page_shows_the_line_verbatim_and_links_each_number() -> None:
    line = "0411-87549380、87549381转8001（工作日8:30-17:00）"
    catalogue = load(SAMPLE_ROOT)[0]
    notice = catalogue.notices[0]
    contact = notice.contacts[0].model_copy(update={"phone": line})
    facts = notice.facts.model_copy(update={"contact": contact})
    told = replace(notice, record=replace(notice.record, facts=facts))
    catalogue = replace(catalogue, notices=[told])
    archive = Archive.of(catalogue)
    fragments = Fragments(archive, software.FRAGMENTS, archive=archive, portal=Portal(archive))
    page = LexborHTMLParser(fragments.render("site/contact", str))
    links = {link.text(): link.attributes["href"] for link in page.css('a[href^="tel:"]')}
    assert links == {
        "0411-87549380": "tel:0411-87549380",
        "87549381转8001": "tel:0411-87549381;ext=8001",
    }
    assert line in (page.root.text() if page.root else "")


PIECES = st.sampled_from([*"0123456789-、/转()（）: ", "0411", "87549380", "138", "分机", "+86"])


@settings(max_examples=profiles.INPUTS)
@given(st.lists(PIECES | st.text(max_size=2), max_size=12).map("".join))
def test_together_the_pieces_are_the_line(line: str) -> None:
    found = [*parts(line)]
    assert "".join(part.text for part in found) == line
    assert all(part.text for part in found)
