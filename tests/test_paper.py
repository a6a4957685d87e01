"""Pages as a browser prints them: no blank sheet, no torn heading, and an item on one sheet."""

from __future__ import annotations

import io
import itertools
import unicodedata

import pytest
from playwright.sync_api import BrowserContext, Page
from pypdf import PdfReader

from notices.catalogue.loading import load
from sitehouse import SAMPLE, SAMPLE_ROOT

SHEETS = {
    "": 2,
    f"notices/{SAMPLE}/": 30,
    f"notices/{SAMPLE}/ledger/": 2,
    f"notices/{SAMPLE}/documents/": 3,
    "updates/": 1,
    "changes/": 1,
    "contact/": 1,
    "about/": 4,
    "accessibility/": 2,
    "search/": 2,
    "404.html": 1,
}
"""Pages, and on how many sheets each has room."""
LONGEST, END = 3, 8
"""So many items are printed, and so many characters at the end of a line looked for."""
HEADINGS = """() => [...document.querySelectorAll("article :is(h1, h2, h3, h4, h5, h6)")]
  .filter((node) => node.checkVisibility()).map((node) => node.textContent)"""
# As the button of an item marks what is printed.
ALONE = """(id) => {
  document.documentElement.classList.add("printing-one");
  for (const each of document.querySelectorAll(".printed")) each.classList.remove("printed");
  const item = document.getElementById(id);
  for (let part = item; !part.matches(".narrative"); part = part.parentElement) {
    part.classList.add("printed");
  }
}"""


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def printed(page: Page) -> list[str]:
    """Return the text of each sheet, without the number of the sheet and without spaces."""
    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    texts = [squeezed(sheet.extract_text()) for sheet in pdf.pages]
    return [text.replace(f"—{n}—", "", 1) for n, text in enumerate(texts, 1)]


def torn(headings: list[str], sheets: list[str]) -> list[str]:
    """Return the headings of which some stands at the end of a sheet, and nothing below them."""
    found = []
    for before, after in itertools.pairwise(sheets):
        for heading in map(squeezed, headings):
            parts = ((heading[:at], heading[at:]) for at in range(1, len(heading) + 1))
            if any(before.endswith(one) and after.startswith(other) for one, other in parts):
                found.append(heading)
    return found


def test_a_heading_that_is_torn_is_found() -> None:
    assert torn(["一、甲乙"], ["前文一、甲乙", "后文"]) == ["一、甲乙"]
    assert torn(["一、甲乙"], ["前文一、甲", "乙后文"]) == ["一、甲乙"]
    assert torn(["一、甲乙"], ["前文", "一、甲乙后文"]) == []


@pytest.mark.parametrize("path", SHEETS)
def test_no_sheet_is_blank_and_no_heading_torn_from_its_text(
    desktop: BrowserContext, address: str, path: str
) -> None:
    page = desktop.new_page()
    page.goto(address + path)
    sheets = printed(page)
    assert all(sheets)
    assert len(sheets) <= SHEETS[path]
    page.emulate_media(media="print")
    headings = page.evaluate(HEADINGS)
    assert headings
    assert torn(headings, sheets) == []


def test_an_item_is_printed_on_one_sheet(desktop: BrowserContext, address: str) -> None:
    """With the headings above it, and how to reach who answers for it; and no other item."""
    (notice,) = load(SAMPLE_ROOT)[0].notices
    items = sorted(
        notice.items, key=lambda item: -sum(len(each.text) for each in item.section.lines)
    )
    page = desktop.new_page()
    page.goto(f"{address}notices/{SAMPLE}/")
    for item in (*items[:LONGEST], notice.items_by_id["2-2-2"]):
        page.evaluate(ALONE, item.id)
        (sheet,) = printed(page)
        for line in item.section.lines:
            assert squeezed(line.text)[-END:] in sheet
        others = (each for each in notice.items if each is not item)
        assert not [each.id for each in others if squeezed(each.section.heading.text) in sheet]
        assert str(notice.contacts[0].phone) in sheet
