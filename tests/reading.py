"""Reading a built page as the public does, without what the project knows of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode


def plain(text: str) -> str:
    """Return ``text`` as a reader means it: width, case, spaces and quotes do not count."""
    return re.sub("[\\s\"'“”‘’「」『』]", "", unicodedata.normalize("NFKD", text).lower())


def visible_sections(site: Path, notice: str) -> dict[str, list[str]]:
    """Return the texts that stand in each section of a built page, in no section within it.

    What the site says beside the text of a section is a text of its own; what stands before the
    first section belongs to the page. Left out are links and sums that every notice has alike.
    """
    tree = LexborHTMLParser((site / notice / "index.html").read_text(encoding="utf-8"))
    for each in tree.css(".facts__actions, #downloads, #proof"):
        each.decompose()
    sections: dict[str, list[str]] = {}
    for node in [*tree.css("article :is(section, div.section, div.item)[id]")][::-1]:
        sections[f"#{node.attributes['id']}"] = list(texts_of(node))
        node.decompose()
    head = (tree.css("h1"), tree.css(".notice-head .particulars")[:1], tree.css(".narrative > p"))
    sections[""] = ["".join(node.text() for node in nodes) for nodes in head]
    return sections


def texts_of(section: LexborNode) -> Iterator[str]:
    for annotation in section.css("[data-annotation]"):
        yield annotation.text()
        annotation.decompose()
    yield section.text()
