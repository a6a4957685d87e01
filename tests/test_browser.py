"""The built site in a real browser, as the public uses it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from notices.catalogue import load
from notices.search import index_files
from sitehouse import ROOT, SAMPLE, serve

PAGES = {
    "home": "",
    "notice": f"notices/{SAMPLE}/",
    "ledger": f"notices/{SAMPLE}/ledger/",
    "updates": "updates/",
    "contact": "contact/",
    "about": "about/",
    "not found": "404.html",
}


@pytest.fixture(params=list(PAGES.values()), ids=list(PAGES))
def each_page(request: pytest.FixtureRequest, address: str) -> str:
    return address + str(request.param)


def search(page: Page, text: str) -> None:
    """Search as a reader does: open the box where it is closed, and type."""
    box = page.locator(".md-search__input")
    button = page.locator("label.md-header__button[for=__search]")
    if button.is_visible():
        button.click()
    box.click()
    box.press_sequentially(text)


@pytest.mark.parametrize(
    ("words", "item"),
    [
        ("存货跌价准备", "2-4-4"),
        ("平急两用", "1-3-1"),
        ("充电桩", "3-3-2"),
        ("清退园区企业非法占房工作迟缓", "1-3-2"),
        ("房问题。目", "1-3-2"),
        ("4500㎡", "1-2-3"),
        ("磁谷 三元鑫酶", "1-3-2"),
        ("3-3-2", "3-3-2"),
        ("一岗双责落实不力", "2-1-2"),
        ('"一岗双责"落实不力', "2-1-2"),
        ("双ｄ国际大厦", "1-3-1"),
    ],
)
def test_search_leads_to_the_item(
    desktop: BrowserContext, address: str, words: str, item: str
) -> None:
    page = desktop.new_page()
    page.goto(address)
    search(page, words)
    first = page.locator(".md-search-result__link[href*='#']").first
    expect(first.locator("mark").first).to_be_visible()
    first.click()
    page.wait_for_url(f"**/notices/{SAMPLE}/#{item}")
    expect(page.locator(f"[id='{item}']")).to_be_in_viewport()


def test_search_works_on_a_phone_from_every_page(phone: BrowserContext, each_page: str) -> None:
    page = phone.new_page()
    page.goto(each_page)
    search(page, "充电桩")
    page.locator(".md-search-result__link[href*='#']").first.click()
    expect(page.locator("[id='3-3-2']")).to_be_in_viewport()


def test_search_finds_whatever_stands_in_the_text_and_nothing_else(
    desktop: BrowserContext, address: str
) -> None:
    """For strings from all over the notice, the sections found are those that hold the string.

    Spaces and quotes do not count, and a string does not reach from one line into the next.
    """
    name, data = next(iter(index_files(load(ROOT)[0])))
    assert name.startswith("search/sections.")
    lines = {
        place.removeprefix("#"): [plain(line) for part in parts for line in part.splitlines()]
        for place, *parts in json.loads(data)[0]["sections"]
    }
    whole = "".join(line for section in lines.values() for line in section)
    page = desktop.new_page()
    page.goto(address)
    search(page, "整")
    for query in (whole[at : at + 4] for at in range(0, len(whole), 397)):
        page.locator(".md-search__input").fill(query)
        expected = {place for place, own in lines.items() if any(query in line for line in own)}
        page.wait_for_function(FOUND_ONLY, arg=[query, sorted(expected)])


def plain(text: str) -> str:
    """Return ``text`` as the search sees it: half-width, lower case, no spaces, no quotes."""
    halved = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)
    return re.sub("[\\s\"'“”‘’「」]", "", halved.lower())


# True when the results shown, "more" included, are exactly the places expected.
FOUND_ONLY = """([query, expected]) => {
  const found = [...document.querySelectorAll(".md-search-result__link")]
    .filter(link => link.querySelector("article > h2, mark"))
    .map(link => link.pathname.endsWith("/ledger/")
      ? "ledger/" : decodeURIComponent(link.hash.slice(1)));
  return JSON.stringify([...new Set(found)].sort()) === JSON.stringify(expected);
}"""


def test_enter_opens_the_best_section(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.goto(address)
    search(page, "非法占房")
    expect(page.locator(".md-search-result mark").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/notices/{SAMPLE}/#1-3-2")


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("民主", "#3-2-1"),  # in its title, though 2-3-2 has it earlier in the text
        ("作风转变和重点领域管控不到位", "#2"),
        ("区委第四巡察组对大连双", ""),  # the preamble belongs to the page
        ("持续推进", "#2-1-1"),  # a fact beside the text
    ],
)
def test_the_best_result_comes_first(
    desktop: BrowserContext, address: str, words: str, place: str
) -> None:
    page = desktop.new_page()
    page.goto(address)
    search(page, words)
    expect(page.locator(".md-search-result mark").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/notices/{SAMPLE}/{place}")


def test_all_words_must_stand_in_one_section(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.goto(address)
    search(page, "民主 充电桩")
    expect(page.locator(".md-search-result__meta")).to_contain_text("没有找到")


def test_results_show_the_characters_of_the_text_never_markup(
    desktop: BrowserContext, two_sites: Path
) -> None:
    page = desktop.new_page()
    with serve(two_sites) as url:
        page.goto(url)
        search(page, "不够广")
        first = page.locator(".md-search-result__link[href*='#']").first
        expect(first).to_contain_text("学习*不够*深入 & 不够广")
        search_again = page.locator(".md-search__input")
        search_again.fill("PM2.5")
        expect(page.locator(".md-search-result__list")).to_contain_text("PM2.5<35")


def test_the_title_of_a_notice_leads_to_the_notice(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.goto(address)
    search(page, "大连双D高科产业发展有限公司党支部巡察整改情况")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url(f"**/notices/{SAMPLE}/")


def test_search_says_so_when_nothing_is_found(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.goto(address)
    search(page, "不存在的字句")
    expect(page.locator(".md-search-result__meta")).to_contain_text("没有找到")


def test_search_never_fails_silently(desktop: BrowserContext, address: str) -> None:
    """When the index does not arrive the reader is told, and the next key tries again."""
    page = desktop.new_page()
    page.route("**/search/sections.*.json", lambda route: route.abort())
    page.goto(address)
    search(page, "充电")
    expect(page.locator(".md-search-result__list")).to_contain_text("搜索的数据没有取到")
    page.unroute("**/search/sections.*.json")
    page.locator(".md-search__input").press_sequentially("桩")
    expect(page.locator(".md-search-result__list")).to_contain_text("蜂巢")


def test_what_a_reader_types_is_never_markup(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.goto(address)
    search(page, "<img src=x onerror=alert(1)>")
    expect(page.locator(".md-search-result__meta")).to_contain_text("没有找到")
    assert page.locator(".md-search-result img").count() == 0


def test_a_page_view_fetches_no_sections(desktop: BrowserContext, each_page: str) -> None:
    page = desktop.new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(each_page, wait_until="networkidle")
    assert not [url for url in fetched if "/search/sections." in url]


def test_a_page_asks_no_other_host_and_logs_no_error(
    desktop: BrowserContext, each_page: str, address: str
) -> None:
    page = desktop.new_page()
    fetched: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text))
    page.goto(each_page, wait_until="networkidle")
    assert fetched
    assert all(url.startswith(address) for url in fetched)
    assert faults == []


@pytest.mark.parametrize("width", [320, 360, 768, 1000, 1360])
def test_nothing_scrolls_sideways(browser: Browser, each_page: str, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 740}) as context:
        page = context.new_page()
        page.goto(each_page)
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow == 0
        beyond = page.evaluate(
            """() => [...document.querySelectorAll("article *")]
                .filter(node => node.getBoundingClientRect().right > innerWidth + 1
                    && getComputedStyle(node).position !== "absolute")
                .map(node => node.outerHTML.slice(0, 80))"""
        )
        assert beyond == []


def shown(page: Page) -> list[str]:
    rows = page.locator("tr[data-item]")
    return [str(row.get_attribute("data-item")) for row in rows.all() if row.is_visible()]


def test_the_ledger_filters_by_aspect_and_status(desktop: BrowserContext, address: str) -> None:
    (notice,) = load(ROOT)[0].notices
    page = desktop.new_page()
    page.goto(address + PAGES["ledger"])
    everything = [item.id for item in notice.items]
    assert shown(page) == everything
    page.get_by_label("方面").select_option("2")
    assert shown(page) == [item.id for item in notice.items if item.aspect.id == "2"]
    page.get_by_label("状态").select_option("continuing")
    both = [
        item.id for item in notice.items if item.aspect.id == "2" and "continuing" in item.statuses
    ]
    assert both
    assert shown(page) == both
    expect(page.locator("[data-filter-count]")).to_have_text(f"31个问题中的{len(both)}个")
    page.reload()
    assert shown(page) == both, "the address holds the filter"
    page.get_by_role("button", name="清除").click()
    expect(page.locator("[data-filter-count]")).to_have_text("31个问题")
    assert shown(page) == everything


def test_an_empty_choice_says_so(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.goto(address + PAGES["ledger"] + "?aspect=3&status=completed&nonsense=1")
    assert shown(page) == []
    expect(page.get_by_text("没有符合条件的问题。")).to_be_visible()


def test_every_row_leads_to_its_section(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.goto(address + PAGES["ledger"])
    row = page.locator("tr[data-item='2-4-1']")
    row.locator("th a").click()
    page.wait_for_url(f"**/notices/{SAMPLE}/#2-4-1")
    heading = page.locator("[id='2-4-1'] h5")
    expect(heading).to_be_in_viewport()
    header = page.locator("header.md-header").bounding_box()
    box = heading.bounding_box()
    assert header
    assert box
    assert box["y"] >= header["y"] + header["height"], "the header does not cover it"


def test_the_contents_mark_the_section_that_was_jumped_to(
    desktop: BrowserContext, address: str
) -> None:
    page = desktop.new_page()
    for section in ("1-3-2", "2-4-4", "part-3"):
        page.goto(address + PAGES["notice"] + f"#{section}")
        marked = page.locator(".md-nav--secondary .md-nav__link--active").last
        expect(marked).to_have_attribute("href", f"#{section}")
        page.goto("about:blank")


def test_the_keyboard_reaches_text_menu_and_search_and_nothing_that_is_hidden(
    phone: BrowserContext, each_page: str
) -> None:
    page = phone.new_page()
    page.goto(each_page)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳到正文")
    names = []
    for _ in range(6):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count():
            names.append(focused.get_attribute("aria-label"))
            expect(focused, "it can be seen, once it has slid in").to_be_in_viewport()
    assert {"菜单", "搜索"} <= set(names)


def test_without_javascript_everything_can_be_read(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + PAGES["ledger"])
        assert len(shown(page)) == 31
        assert not page.locator("[data-filter]").is_visible()
        page.goto(address + PAGES["notice"])
        assert page.locator("section.item").count() == 31
        expect(page.locator("[id='3-3-3'] .measures")).to_be_visible()


def test_on_paper_the_text_is_whole_and_the_frame_is_gone(
    desktop: BrowserContext, address: str
) -> None:
    page = desktop.new_page()
    page.emulate_media(media="print")
    page.goto(address + PAGES["notice"])
    assert page.locator("section.item:visible").count() == 31
    assert page.locator(".facts:visible").count() == 31
    for frame in (".md-header", ".md-tabs", ".md-sidebar", ".md-footer", ".outline"):
        assert page.locator(f"{frame}:visible").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(
    browser: Browser, each_page: str, scheme: Literal["light", "dark"]
) -> None:
    """Contrast of at least 4.5:1 for all text of a page (WCAG 2.2, 1.4.3)."""
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(each_page)
        assert page.evaluate(CONTRAST) == []


# Every visible text node of the article against the nearest opaque ground under it.
CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = color => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b]
    .map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = node => {
    for (; node; node = node.parentElement) {
      const color = rgba(getComputedStyle(node).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255];
  };
  const texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  const faults = [];
  while (texts.nextNode()) {
    const node = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !node.checkVisibility()) continue;
    const under = ground(node);
    const color = rgba(getComputedStyle(node).color);
    const opacity = color[3] / 255;
    const mixed = color.slice(0, 3).map((c, i) => c * opacity + under[i] * (1 - opacity));
    const [a, b] = [light(mixed), light(under)].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) faults.push(texts.currentNode.data.trim().slice(0, 30));
  }
  return faults;
}"""
