"""What citizens come for, on a phone: how many taps each thing takes, and where they lead."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from pypdf import PdfReader

from sitehouse import SAMPLE
from windows import Windows

NOTICE = f"notices/{SAMPLE}/"
ABOVE = 48  # pixels: the header stays in sight
COPYING = """() => {
  delete Navigator.prototype.share;
  navigator.clipboard.writeText = async (text) => { window.copied = text; };
}"""


class Thumb:
    """A reader with one thumb, on the first screen of ``page``."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, place: Locator) -> None:
        """Tap what can be reached: the screen moves for it as a thumb would move it."""
        place.tap()
        self.taps += 1

    def type(self, words: str) -> None:
        """Type into what was tapped last, which costs no tap."""
        self.page.keyboard.type(words)

    def enter(self) -> None:
        """Press the key of the keyboard that sends what was typed."""
        self.page.keyboard.press("Enter")


@pytest.fixture
def touched(windows: Windows) -> Iterator[BrowserContext]:
    size = {"width": 360, "height": 740}
    with windows.context(viewport=size, has_touch=True, reduced_motion="reduce") as context:
        yield context


@pytest.fixture
def thumb(touched: BrowserContext, address: str) -> Thumb:
    page = touched.new_page()
    page.goto(address)
    return Thumb(page)


def in_sight(place: Locator) -> bool:
    """Tell whether all of it shows, without scrolling, between the header and what lies below."""
    seen: bool = place.evaluate(
        """(node, above) => {
          const { left, right, top, bottom } = node.getBoundingClientRect();
          const within = left >= 0 && right <= innerWidth && top >= above && bottom <= innerHeight;
          const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
          return within && (node.contains(at) || at.contains(node));
        }""",
        ABOVE,
    )
    return seen


def search(thumb: Thumb, words: str) -> None:
    thumb.tap(thumb.page.locator("main").get_by_role("searchbox").first)
    thumb.type(words)
    thumb.enter()
    thumb.page.wait_for_url("**/search/?q=*")


@pytest.mark.parametrize("words", ["充电桩", "国际大厦"])
def test_two_taps_lead_to_the_words_that_one_looks_for(thumb: Thumb, words: str) -> None:
    search(thumb, words)
    thumb.tap(thumb.page.locator(".found a").first)
    mark = thumb.page.locator("mark", has_text=words).first
    expect(mark).to_be_visible()
    expect(mark).to_be_in_viewport(ratio=1)
    assert thumb.taps == 2


def test_what_is_done_about_an_issue_stands_beside_its_words(thumb: Thumb) -> None:
    search(thumb, "国际大厦")
    thumb.tap(thumb.page.locator(".found a").first)
    thumb.page.wait_for_url(f"**/{NOTICE}*")
    item = thumb.page.locator(".item", has=thumb.page.locator("mark")).first
    expect(item.locator(".measures")).to_be_visible()
    expect(item.locator(".status").first).to_be_visible()
    assert thumb.taps == 2


def test_three_taps_tell_which_issues_of_a_kind_are_completed(thumb: Thumb) -> None:
    page = thumb.page
    thumb.tap(page.get_by_role("link", name="看问题清单"))
    thumb.tap(page.locator("[data-filter] [name=words]"))
    thumb.type("财务")
    thumb.tap(page.locator("[data-filter] [name=status][value=completed]"))
    assert thumb.taps == 3
    expect(page.locator("[data-filter-count]")).to_contain_text("没有已完成的问题")
    rows = page.locator("[data-item]:visible").all()
    assert all("已完成" in (row.text_content() or "") for row in rows)


def test_the_telephone_number_is_on_the_first_screen(thumb: Thumb) -> None:
    for path in ("", NOTICE):
        thumb.page.goto(f"{thumb.page.url.partition('notices')[0]}{path}")
        call = thumb.page.locator("main a[href^='tel:']").first
        assert in_sight(call)
        assert call.text_content() == "打电话 0411-87549380"


def test_one_tap_copies_how_to_cite_an_issue(thumb: Thumb) -> None:
    page = thumb.page
    page.goto(f"{page.url}{NOTICE}#2-4-3")
    page.evaluate(COPYING)
    thumb.tap(page.locator("[id='2-4-3'] .facts__share"))
    page.wait_for_function("window.copied")
    copied = page.evaluate("window.copied")
    here = unquote(page.url)
    assert copied == f"《双D高科党支部》2-4-3 使用大额现金支付问题犹存 {here}"
    assert thumb.taps == 1


def test_two_taps_fetch_the_list_as_a_workbook(thumb: Thumb) -> None:
    thumb.tap(thumb.page.get_by_role("link", name="看问题清单"))
    link = thumb.page.locator("main a[href$='.xlsx']").first
    assert in_sight(link)
    with thumb.page.expect_download() as download:
        thumb.tap(link)
    assert download.value.suggested_filename == "双D高科党支部-问题清单.xlsx"
    assert thumb.taps == 2


def test_two_taps_enlarge_the_issue_that_one_reads(thumb: Thumb) -> None:
    page = thumb.page
    page.goto(f"{page.url}{NOTICE}#2-4-3")
    heading = page.locator("[id='2-4-3'] > :is(h2, h3, h4, h5, h6)")
    expect(heading).to_be_in_viewport()
    before = heading.bounding_box()
    size = "el => parseFloat(getComputedStyle(el).fontSize)"
    small = heading.evaluate(size)
    thumb.tap(page.locator(".places").get_by_text("字号"))
    thumb.tap(page.get_by_role("button", name="关怀版"))
    page.wait_for_timeout(100)
    after = heading.bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) < 60
    assert heading.evaluate(size) > 1.3 * small
    assert thumb.taps == 2


def test_one_tap_tells_what_changed_last(thumb: Thumb) -> None:
    thumb.tap(thumb.page.locator("main a[href$='changes/'], main a[href*='changes/#']").first)
    expect(thumb.page.locator("main h2").first).to_be_in_viewport()
    assert "改动" in (thumb.page.title() or "")
    assert thumb.taps == 1


def test_one_tap_prints_an_issue_on_one_sheet(thumb: Thumb) -> None:
    page = thumb.page
    page.goto(f"{page.url}{NOTICE}#2-4-3")
    page.evaluate("window.print = () => { window.printed = true; }")
    thumb.tap(page.locator("[id='2-4-3'] .facts__print"))
    page.wait_for_function("window.printed")
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    assert thumb.taps == 1
    assert len(sheets) == 1
    words = unicodedata.normalize("NFKC", sheets[0].extract_text()).replace("\n", "")
    assert "使用大额现金支付问题犹存" in words
    assert "使用其他" not in words
