"""What a reader does with the first screen and with an item, in a real browser."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from notices.catalogue.loading import load
from sitehouse import MANY_ADDRESS, ROOT, SAMPLE, SAMPLE_ROOT, serve
from windows import Windows

NOTICE = f"notices/{SAMPLE}/"
CITED = "《双D高科党支部》2-4-3 使用大额现金支付问题犹存"
PHONE = {"width": 360, "height": 740}
BAR = 56
"""What lies over the end of a phone's screen, in pixels."""
PRINTS = "window.print = () => { window.printing = true; };"


def item(page: Page, id_: str) -> Any:
    return page.locator(f'[data-item="{id_}"]')


# The first screen of a phone


@pytest.mark.parametrize("where", ["", NOTICE], ids=["home", "notice"])
def test_the_first_screen_says_what_was_done_and_whom_to_call(
    phone: BrowserContext, address: str, where: str
) -> None:
    page = phone.new_page()
    page.goto(address + where)
    article = page.locator("article")
    told = "31个问题、81条措施：2条已完成，7条持续推进，7条计划中，65条原文未写明"
    expect(article.locator(".answer").first).to_have_text(told)
    call = article.get_by_role("link", name="打电话 0411-87549380")
    expect(call).to_have_attribute("href", "tel:0411-87549380")
    shown = [
        article.locator(".answer").first,
        call,
        article.get_by_role("link", name="看问题清单"),
        article.get_by_role("searchbox"),
    ]
    for each in shown:
        box = each.bounding_box()
        assert box
        assert box["y"] + box["height"] <= PHONE["height"] - BAR


def test_the_first_approved_words_stand_on_the_first_screen(
    phone: BrowserContext, address: str
) -> None:
    page = phone.new_page()
    page.goto(address + NOTICE)
    box = page.locator(".narrative p").first.bounding_box()
    assert box
    assert box["y"] <= 700


# The order


def test_an_item_is_heard_in_the_order_in_which_it_is_read(
    desktop: BrowserContext, address: str
) -> None:
    """Its heading, its words, what is known of it, and then what one can do; nothing before."""
    page = desktop.new_page()
    page.goto(address + NOTICE)
    for each in load(SAMPLE_ROOT)[0].notices[0].items:
        heard = re.sub(r"\s", "", item(page, each.id).aria_snapshot())
        words = re.sub(r"\s", "", each.measures[-1].texts[-1])[-12:].strip('"“”')
        order = ["heading", words, "的整改情况", "toolbar", "分享", "询问", "打印"]
        places = [heard.find(part) for part in order]
        assert -1 not in places, (each.id, heard)
        assert places == sorted(places), each.id


@pytest.mark.parametrize("width", [360, 1360])
def test_eighty_stops_of_the_keyboard_lead_to_the_end_of_a_notice(
    windows: Windows, address: str, width: int
) -> None:
    """An item has one for what one can do, and one for each measure of which something is known."""
    with windows.page({"width": width, "height": 740}) as page:
        page.goto(address + NOTICE)
        stops = stops_before_the_end(page)
        assert page.locator("main, footer, nav, form[role=search]").count() >= 4
    assert 31 < stops <= 80


def stops_before_the_end(page: Page) -> int:
    stops: int = page.evaluate(
        """() => {
            const end = document.querySelector(".notice-end");
            return [...document.querySelectorAll("a[href], button, input, summary, [tabindex]")]
                .filter((node) => node.tabIndex >= 0)
                .filter((node) => node.checkVisibility({ visibilityProperty: true }))
                .filter((node) => end.compareDocumentPosition(node) & 2).length; // it precedes
        }"""
    )
    return stops


def test_arrows_move_within_what_one_can_do(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.goto(address + NOTICE)
    row = item(page, "1-3-2").get_by_role("toolbar")
    row.get_by_role("button", name="分享").focus()
    for key, name in (("ArrowRight", "询问"), ("End", "打印"), ("Home", "分享")):
        page.keyboard.press(key)
        expect(row.locator(":focus")).to_have_text(name)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    assert row.locator(":focus").count() == 0
    page.keyboard.press("Shift+Tab")
    expect(row.locator(":focus")).to_have_text("询问")


# Passing it on


SHEET = """
    window.matchMedia = () => ({ matches: true, addEventListener() {} });
    navigator.share = async (shared) => { window.shared = shared; };
"""


def test_a_phone_has_a_sheet_of_its_own_for_that(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.add_init_script(SHEET)
    page.goto(address + NOTICE)
    item(page, "2-4-3").get_by_role("button", name="分享").click()
    shared = page.evaluate("shared")
    assert shared == {"title": CITED, "text": CITED, "url": f"{address}{NOTICE}#2-4-3"}
    expect(item(page, "2-4-3").get_by_role("button").first).to_have_text("分享")


# The map


def test_the_map_names_each_item_and_leads_to_it(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.goto(address + NOTICE)
    squares = page.get_by_role("navigation", name="问题分布图").locator("li a")
    assert squares.count() == 31
    square = page.get_by_role("link", name="1-3-2 清退园区企业非法占房工作迟缓：2条措施")
    stripes = square.locator("i").evaluate_all("nodes => nodes.map(each => each.className)")
    assert stripes == ["done", "unstated"]
    square.click()
    page.wait_for_url("**/#1-3-2")
    expect(item(page, "1-3-2").locator("h5")).to_be_in_viewport()


@pytest.mark.parametrize(("elder", "least"), [(False, 24), (True, 60)])
def test_squares_of_the_map_are_apart(
    phone: BrowserContext, address: str, elder: bool, least: int
) -> None:
    page = phone.new_page()
    page.goto(address + NOTICE)
    page.evaluate("elder => document.documentElement.toggleAttribute('data-elder', elder)", elder)
    boxes = page.locator(".map li a").evaluate_all(
        "nodes => nodes.map(each => each.getBoundingClientRect().toJSON())"
    )
    assert all(round(box[side]) >= least for box in boxes for side in ("width", "height"))
    assert len({(box["x"], box["y"]) for box in boxes}) == 31


# One item on paper


@pytest.fixture(scope="module")
def known_address(many_sites: Path) -> Iterator[str]:
    """A site that knows its own address."""
    with serve(many_sites) as url:
        yield url


def test_an_item_is_printed_on_one_sheet_with_its_own_code(
    desktop: BrowserContext, known_address: str
) -> None:
    page = desktop.new_page()
    page.add_init_script(PRINTS)
    page.goto(known_address + NOTICE)
    item(page, "2-4-3").get_by_role("button", name="打印").click()
    page.wait_for_function("window.printing")
    found = f"{MANY_ADDRESS}{NOTICE}#2-4-3"
    expect(page.locator(".paper")).to_contain_text(f"网址：{found}")
    page.emulate_media(media="print")
    code = page.locator(".paper svg").screenshot()
    assert [each.text for each in zxingcpp.read_barcodes(picture(code))] == [found]
    (sheet,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert "2-4-3" in sheet.extract_text()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".paper")).not_to_contain_text("#")


def picture(image: bytes) -> Any:
    """Return a picture as the reader of codes takes it."""
    from PIL import Image  # noqa: PLC0415

    return Image.open(io.BytesIO(image))


@pytest.fixture(scope="module")
def maker(browser: Browser) -> Iterator[Page]:
    """A page in which codes are made."""
    page = browser.new_page()
    page.add_script_tag(path=ROOT / "theme/assets/javascripts/qr.js")
    yield page
    page.close()


ADDRESSES = st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), min_size=1)


@settings(max_examples=50)
@given(ADDRESSES.filter(lambda text: len(text) <= 180))
def test_a_telephone_reads_in_a_code_what_was_put_in(maker: Page, text: str) -> None:
    rows = maker.evaluate("text => qrModules(text)", text)
    assert [each.text for each in zxingcpp.read_barcodes(drawn(rows))] == [text]


@pytest.mark.parametrize("length", [1, 14, 15, 26, 42, 62, 84, 106, 122, 152, 180])
def test_a_code_of_each_size_is_read(maker: Page, length: int) -> None:
    """Of each version, from the least to the last that has room."""
    text = "https://www.example.org/notices/".ljust(length, "x")[:length]
    rows = maker.evaluate("text => qrModules(text)", text)
    (found,) = zxingcpp.read_barcodes(drawn(rows))
    assert (found.text, found.ec_level) == (text, "M")


def test_what_is_too_long_has_no_code(maker: Page) -> None:
    assert maker.evaluate("qrModules('x'.repeat(181))") is None


def drawn(rows: list[list[bool]], scale: int = 4, quiet: int = 4) -> memoryview:
    """Return modules as a picture, dark ones black."""
    size = len(rows) + 2 * quiet
    blank = [False] * quiet
    lines = [[False] * size] * quiet
    padded = [*lines, *([*blank, *row, *blank] for row in rows), *lines]
    data = b"".join(
        b"".join((b"\0" if dark else b"\xff") * scale for dark in row) * scale for row in padded
    )
    return memoryview(data).cast("B", (size * scale, size * scale))
