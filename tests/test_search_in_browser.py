"""Search in a real browser, as the public uses it: the box on every page, and the search page."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Response, Route, expect
from selectolax.lexbor import LexborHTMLParser

from archives import SEARCH, find, make_archive, search_exactly, substrings, with_search_of
from axe import RULES, axe
from invented import make_catalogue
from reading import plain, visible_sections
from searching import write_index
from sitehouse import SAMPLE, serve
from windows import Scheme, Windows

SEEDS = (20231010,)
SUBSTRINGS = 500
NOTICE = f"notices/{SAMPLE}/"


@pytest.fixture
def results(desktop: BrowserContext, address: str) -> Page:
    """The search page of the real site."""
    page = desktop.new_page()
    page.goto(f"{address}search/")
    return page


@pytest.fixture(scope="session")
def sections(site: Path) -> dict[str, list[str]]:
    return {
        place: ["".join(text.split()) for text in texts]
        for place, texts in visible_sections(site, NOTICE).items()
    }


def holders(sections: dict[str, list[str]], query: str) -> set[str]:
    wanted = plain(query)
    return {
        NOTICE + place
        for place, texts in sections.items()
        if any(wanted in plain(text) for text in texts)
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_every_string_of_the_page_is_found_where_it_stands_and_nowhere_else(
    results: Page, sections: dict[str, list[str]], seed: int
) -> None:
    """Recall and precision are 1 against a plain count over the built page."""
    texts = [text for own in sections.values() for text in own if len(text) > 1]
    queries = list(substrings(texts, SUBSTRINGS, seed))
    for query, places in zip(queries, find(results, queries), strict=True):
        expected = holders(sections, query)
        # The ledger is a page by itself, found by its name and that of its notice.
        assert set(places) - {f"{NOTICE}ledger/"} == expected, query
        assert len(places) == len({*places}), query


def test_the_section_of_every_title_comes_first(results: Page, site: Path) -> None:
    tree = LexborHTMLParser((site / NOTICE / "index.html").read_text(encoding="utf-8"))
    for number in tree.css(".contents__id"):
        number.decompose()
    titles = {
        str(link.attributes["href"]): link.text().strip()
        for link in tree.css(".contents li a, .notice-head h1")
        if "href" in link.attributes
    }
    titles[""] = tree.css("h1")[0].text()
    assert len(titles) == 31 + 10 + 3 + 3 + 1
    found = find(results, list(titles.values()))
    assert [hits[0] for hits in found] == [NOTICE + place for place in titles]


def leads_to(page: Page, place: str) -> re.Pattern[str]:
    return re.compile(rf"/notices/{SAMPLE}/\?h=[^#]+{re.escape(place)}$")


TYPED = {
    "存货跌价准备": "#2-4-4",
    "平急两用": "#1-3-1",
    "房问题。目": "#1-3-2",
    "完毕。二是积极储备": "#1-3-2",  # from one measure into the next
    "如下:一是经过": "#1-3-2",  # from the heading into the text
    "三元鑫酶 磁谷": "#1-3-2",
    "磁谷 三元鑫酶": "#1-3-2",
    "磁": "#1-3-2",
    "3-3-2": "#3-3-2",
    "4500㎡": "#1-2-3",
    "4500m2": "#1-2-3",
    "２０２４年预算": "#3-3-3",
    "2024年": "#3-3-3",
    "一岗双责落实不力": "#2-1-2",
    '"一岗双责"落实不力': "#2-1-2",
    "“‘一岗双责’ 落实不力”": "#2-1-2",
    "双d国际大厦": "#1-3-1",
    "双ｄ国际大厦": "#1-3-1",
    "雙D國際大廈": "#1-3-1",
    "存貨跌價準備": "#2-4-4",
    "0411-87549380": "#publisher",
    "dlsdgk@126.COM": "#publisher",
    "问题清单": "ledger/",
}


def test_it_does_not_matter_how_it_is_typed(results: Page) -> None:
    found = find(results, list(TYPED))
    assert {query: hits[0] for query, hits in zip(TYPED, found, strict=True)} == {
        query: NOTICE + place for query, place in TYPED.items()
    }


BEST = {
    "非法占房": "#1-3-2",
    "民主": "#3-2-2",  # most often, of those that have it in their title
    "作风转变和重点领域管控不到位": "#2",
    "区委第四巡察组对大连双": "",  # what stands before the first section belongs to the page
    "持续推进": "#part-3",  # in the text, before the facts beside the text
    "依据原文：定期": "#2-1-1",
    "大连双D高科产业发展有限公司党支部巡察整改情况": "",
}


def test_the_best_section_comes_first(results: Page) -> None:
    found = find(results, list(BEST))
    assert [hits[0] for hits in found] == [NOTICE + place for place in BEST.values()]


@pytest.mark.parametrize("start", ["", NOTICE, f"{NOTICE}ledger/", "404.html"])
@pytest.mark.parametrize("width", [360, 1360])
def test_the_box_leads_to_all_results_from_every_page(
    windows: Windows, address: str, start: str, width: int
) -> None:
    with windows.page({"width": width, "height": 740}) as page:
        page.goto(address + start)
        opener = page.locator(".places__search a")
        if opener.is_visible():
            opener.click()
        else:
            page.locator("[data-search-box] input").focus()
        page.keyboard.type("充电桩")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=*")
        expect(page.locator("[data-search-count]")).to_have_text("找到1处")


@pytest.mark.parametrize("address_", ["", NOTICE, f"{NOTICE}ledger/", "search/", "about/"])
def test_a_page_view_without_a_search_fetches_next_to_nothing_for_it(
    desktop: BrowserContext, address: str, address_: str
) -> None:
    page = desktop.new_page()
    sizes: list[int] = []

    def weigh(answer: Response) -> None:
        if answer.url.startswith(f"{address}search/") and "." in answer.url.rsplit("/", 1)[1]:
            sizes.append(len(answer.body()))

    page.on("response", weigh)
    page.goto(address + address_, wait_until="networkidle")
    assert sum(sizes) < 200


def ask(page: Page, query: str) -> None:
    """Type a query into the search page and wait for its answer."""
    page.get_by_role("searchbox").fill(query)
    page.keyboard.press("Enter")
    expect(page.locator("[data-search-count]")).not_to_have_text(re.compile("正在查找"))


def test_a_search_can_be_linked_to_with_its_filters(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.goto(f"{address}search/?q=制度&status=continuing")
    count = page.locator("[data-search-count]")
    expect(count).to_have_text(re.compile("^找到[0-9]+处$"))
    filtered = str(count.text_content())
    for where in page.locator(".found__where").all():
        expect(where).to_contain_text("持续推进")
    expect(page.get_by_label("状态")).to_have_value("continuing")
    page.get_by_label("状态").select_option("")
    expect(count).not_to_have_text(filtered)
    assert "status" not in page.url


def test_filters_count_what_they_would_leave(results: Page) -> None:
    ask(results, "制度")
    for name in ("通报", "部分", "状态"):
        select = results.get_by_label(name)
        for option in select.locator("option").all()[1:]:
            label = str(option.text_content())
            select.select_option(str(option.get_attribute("value")))
            number = label.rsplit("（", 1)[1].rstrip("）")
            expect(results.locator("[data-search-count]")).to_have_text(f"找到{number}处")
            assert results.locator(".found__hit").count() == min(int(number), 20)
        select.select_option("")


def test_more_results_are_shown_when_asked_for_and_the_focus_stays(results: Page) -> None:
    ask(results, "整改")
    assert results.locator(".found__hit").count() == 20
    text = str(results.locator("[data-search-count]").text_content())
    total = int(text.removeprefix("找到").removesuffix("处"))
    results.get_by_role("button", name="显示更多").press("Enter")
    expect(results.locator(".found__hit")).to_have_count(min(40, total))
    expect(results.locator(".found__hit").nth(20).locator("a")).to_be_focused()


def test_the_search_page_needs_no_mouse(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.goto(f"{address}search/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("充电桩")
    page.keyboard.press("Enter")
    expect(page.locator("[data-search-count]")).to_have_text("找到1处")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.locator(".found__hit a").evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(leads_to(page, "#3-3-2"))
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("充电桩")
    expect(page.locator("[data-search-count]")).to_have_text("找到1处")


def test_who_comes_back_is_where_he_left(phone: BrowserContext, address: str) -> None:
    """The same results, as many of them, and the same place of the page."""
    page = phone.new_page()
    page.goto(f"{address}search/?q=整改")
    page.get_by_role("button", name="显示更多").click()
    hits = page.locator(".found__hit")
    expect(hits).to_have_count(40)
    hits.nth(30).locator("a").scroll_into_view_if_needed()
    left = page.evaluate("scrollY")
    hits.nth(30).locator("a").click()
    page.wait_for_url(f"**/{NOTICE}?h=*")
    page.go_back()
    expect(hits).to_have_count(40)
    page.wait_for_function("left => Math.abs(scrollY - left) < 5", arg=left)


def press_enter(page: Page, code: int) -> None:
    """Press Enter with a code, which is 229 for a key that an input method takes."""
    keys = page.context.new_cdp_session(page)
    enter = {"key": "Enter", "code": "Enter", "text": "\r", "windowsVirtualKeyCode": code}
    for kind in ("keyDown", "keyUp"):
        keys.send("Input.dispatchKeyEvent", {**enter, "type": kind})


def test_the_enter_that_ends_a_composition_opens_nothing(
    desktop: BrowserContext, address: str
) -> None:
    """Safari gives it the code 229, and says nothing else of it; the next one asks."""
    page = desktop.new_page()
    page.goto(f"{address}search/")
    page.get_by_role("searchbox").fill("充电桩")
    page.evaluate("asked = 0; form.addEventListener('submit', () => { asked += 1; })")
    for code, asked in ((229, 0), (13, 1)):
        press_enter(page, code)
        assert page.evaluate("asked") == asked


def test_rows_have_the_numbers_of_items_and_never_their_title_twice(results: Page) -> None:
    for query in ("民主", "管党治党", "制度", "使用大额现金支付问题犹存"):
        ask(results, query)
        for row in results.locator(".found__hit").all():
            link = row.locator("h2 a")
            number = re.search(r"#(\d[\d-]*)$", str(link.get_attribute("href")))
            title = link.inner_text()
            assert not number or title.startswith(f"{number[1]} ")
            name = title.removeprefix(f"{number[1]} ") if number else title
            excerpts = row.locator("p:not(.found__where)").all_inner_texts()
            assert all(plain(text).strip("…") != plain(name) for text in excerpts), query
    places = results.evaluate(SEARCH, ["国际大厦", "充电桩", "巡察", "党支部"])
    assert all("#" in hits[0][0] for hits in places), "never first the notice as a whole"


def test_where_nothing_is_found_it_says_what_to_try_and_whom_to_call(results: Page) -> None:
    ask(results, "火星")
    expect(results.get_by_text("可以这样试")).to_be_visible()
    expect(results.locator("[data-search-nothing] a[href^='tel:']")).to_be_visible()
    ask(results, "充电桩")
    expect(results.get_by_text("可以这样试")).to_be_hidden()


NOT_ALTOGETHER = {
    # query: (kind of the hits, where the first is, what the page says)
    "集中 民主": ("all", "#3-2-1", "找到2处"),
    '"民主 集中"': ("all", "#3-2-1", "找到1处"),
    '"集中 民主"': (None, None, "没有找到"),
    "充电桩 磁谷": ("notice", "#1-3-2", "在不同的节里写有"),
    "充电桩 火星": ("some", "#3-3-2", "写有其中一些"),
    "存货跌X准备": ("near", "#2-4-4", "只差一个字"),
    "存货跌准备": ("near", "#2-4-4", "只差一个字"),
    "存货的跌价准备": ("near", "#2-4-4", "只差一个字"),
    "火星上的水": (None, None, "没有找到"),
}


@pytest.mark.parametrize("query", NOT_ALTOGETHER)
def test_when_no_section_holds_all_the_nearest_is_offered(results: Page, query: str) -> None:
    kind, place, says = NOT_ALTOGETHER[query]
    (hits,) = results.evaluate(SEARCH, [query])
    assert hits[:1] == ([[NOTICE + place, kind]] if place else [])
    ask(results, query)
    expect(results.locator("[data-search]")).to_contain_text(says)
    if place:
        expect(results.locator(".found__hit").first).to_be_visible()
        expect(results.locator(".found__hit mark").first).to_be_visible()


def test_what_a_section_lacks_is_told(results: Page) -> None:
    ask(results, "充电桩 火星")
    expect(results.locator(".found__where").first).to_contain_text("本节没有：火星")


def gone(route: Route) -> None:
    route.abort()


def missing(route: Route) -> None:
    route.fulfill(status=404, body="not found")


def cut_off(route: Route) -> None:
    body = route.fetch().body()
    route.fulfill(status=200, body=body[: len(body) // 2])


def another(route: Route) -> None:
    route.fulfill(status=200, body="<!doctype html><title>login</title>")


FAULTS = {"gone": gone, "missing": missing, "cut off": cut_off, "another page": another}


def test_what_a_cache_has_kept_damaged_is_asked_for_past_it(
    desktop: BrowserContext, address: str
) -> None:
    """For ever, since the name says what is in it: neither a retry nor a reload would help."""
    page = desktop.new_page()
    page.goto(f"{address}search/")
    asked = page.evaluate("""async () => {
      const files = new SearchFiles(folder), asked = [];
      files.fetch = async (path, cache = "default") => {
        asked.push(cache);
        return `searchFiles["${path}"]=${cache === "reload" && asked.length > 2 ? "[1]" : "[1"}`;
      };
      const first = await files.read("one.js").catch(() => "damaged");
      return [first, await files.read("one.js"), ...asked];
    }""")
    assert asked == ["damaged", [1], "default", "reload", "reload"]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_data_that_does_not_arrive_is_told_and_asked_for_again(
    desktop: BrowserContext, address: str, fault: Any
) -> None:
    page = desktop.new_page()
    page.route("**/search/texts/**", fault)
    page.goto(f"{address}search/?q=充电桩")
    expect(page.get_by_role("alert")).to_contain_text("没有取到")
    expect(page.locator("[data-search-count]")).to_have_text("")
    page.unroute("**/search/texts/**")
    page.get_by_role("button", name="重试").click()
    expect(page.locator("[data-search-count]")).to_have_text("找到1处")
    expect(page.get_by_role("alert")).to_be_hidden()


def box(page: Page, text: str) -> None:
    """Search as a reader does: open the box where it is closed, and type."""
    opener = page.locator(".places__search a")
    if opener.is_visible():
        opener.click()
    field = page.locator("[data-search-box] input")
    field.click()
    field.press_sequentially(text)


def listed(page: Page) -> Locator:
    """Return the links to what is listed below the box."""
    return page.locator(".search__found li a")


@pytest.mark.parametrize(
    ("words", "item"),
    [("清退园区企业非法占房工作迟缓", "1-3-2"), ("cdz", "3-3-2"), ("公款吃喝", "2-4-2")],
)
def test_the_box_lists_what_is_found_first(
    desktop: BrowserContext, address: str, words: str, item: str
) -> None:
    page = desktop.new_page()
    page.goto(address)
    box(page, words)
    first = listed(page).first
    expect(first.locator("mark").first).to_be_visible()
    expect(first).to_contain_text(re.compile(f"^{item} "))
    first.click()
    page.wait_for_url(leads_to(page, f"#{item}"))
    expect(page.locator(f"[id='{item}']")).to_be_in_viewport()
    expect(page.locator("article mark").first).to_be_visible()


@pytest.mark.parametrize("start", ["", NOTICE, f"{NOTICE}ledger/", "404.html"])
def test_the_box_works_on_a_phone_from_every_page_without_workers_or_storage(
    phone: BrowserContext, address: str, start: str
) -> None:
    page = phone.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address + start)
    page.evaluate("""() => {
      delete window.Worker;
      Object.defineProperty(window, "localStorage", { get() { throw new Error("refused"); } });
    }""")
    box(page, "充电桩")
    expect(listed(page).first).to_be_visible()
    assert min(link.bounding_box()["height"] for link in listed(page).all()) >= 44  # type: ignore[index]
    listed(page).first.click()
    expect(page.locator("[id='3-3-2']")).to_be_in_viewport()
    assert faults == []


def test_a_second_result_of_the_same_query_is_shown_on_the_same_page(
    phone: BrowserContext, address: str
) -> None:
    page = phone.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{address}{NOTICE}?h=民主#3-2-1")
    box(page, "民主")
    page.locator(".search__found a[href$='#2-3-2']").click()
    page.wait_for_url(leads_to(page, "#2-3-2"))
    expect(page.locator("[id='2-3-2']")).to_be_in_viewport()
    expect(page.locator(".search__found")).to_be_hidden()
    assert faults == [], "though what marks words is there already"


def test_the_box_shows_the_characters_of_the_text_never_markup(
    desktop: BrowserContext, two_sites: Path
) -> None:
    page = desktop.new_page()
    with serve(two_sites) as url:
        page.goto(url)
        box(page, "不够广")
        expect(listed(page).first).to_contain_text("学习*不够*深入 & 不够广")
        page.locator("[data-search-box] input").fill("PM2.5")
        expect(page.locator(".search__found")).to_contain_text("PM2.5<35")


@pytest.mark.parametrize("typed", ["<img src=x onerror=alert(1)>", "火星"])
def test_the_box_says_so_when_nothing_is_found(
    desktop: BrowserContext, address: str, typed: str
) -> None:
    page = desktop.new_page()
    page.goto(address)
    box(page, typed)
    expect(page.locator(".search__found [role=status]")).to_contain_text("没有找到")
    assert page.locator(".search__found img").count() == 0
    page.get_by_role("link", name="看看可以怎样试").click()
    expect(page.get_by_text("可以这样试")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1360])
def test_the_open_box_is_no_barrier(
    windows: Windows, address: str, width: int, scheme: Scheme
) -> None:
    """Also large, in the mode for older readers, and where nothing is found."""
    with windows.page({"width": width, "height": 740}, color_scheme=scheme) as page:
        page.goto(address + NOTICE)
        box(page, "公款吃喝")
        expect(listed(page).first).to_be_visible()
        assert axe(page, RULES).found == []
        page.evaluate("document.documentElement.dataset.elder = ''")
        assert axe(page, [*RULES, "wcag2aaa"]).found == []
        links = page.locator(".search__found a")
        heights = links.evaluate_all("all => all.map((a) => a.getBoundingClientRect().height)")
        assert min(heights) >= 60
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.goto(f"{address}search/?q=火星")
        expect(page.get_by_text("可以这样试")).to_be_visible()
        assert axe(page, RULES).found == []


def test_the_box_needs_no_mouse(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.goto(address)
    box(page, "民主")
    expect(listed(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".search__found")).to_be_hidden()
    field = page.locator("[data-search-box] input")
    expect(field).to_have_value("民主")
    expect(field).to_be_focused()
    page.keyboard.type("生")
    expect(listed(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(listed(page).first).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator("[data-search-count]")).to_have_text(re.compile("^找到"))


def test_the_enter_that_ends_a_composition_stays_in_the_box(
    desktop: BrowserContext, address: str
) -> None:
    page = desktop.new_page()
    page.goto(address)
    box(page, "充电桩")
    expect(listed(page).first).to_be_visible()
    press_enter(page, 229)
    assert page.url == address
    press_enter(page, 13)
    page.wait_for_url("**/search/?q=*")


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_the_box_says_so_when_the_index_does_not_arrive(
    desktop: BrowserContext, address: str, fault: Any
) -> None:
    page = desktop.new_page()
    page.goto(address)
    page.context.route("**/search/same.*.js", fault)
    box(page, "充电")
    expect(page.locator(".search__found")).to_contain_text("没有取到")
    page.context.unroute("**/search/same.*.js")
    page.locator("[data-search-box] input").press_sequentially("桩")
    expect(listed(page).first).to_contain_text("3-3-2")


def test_a_site_published_meanwhile_is_searched_by_the_box_of_a_page_that_is_open(
    desktop: BrowserContext, address: str
) -> None:
    """It was told of a head that is gone, and asks for the one of now by itself."""
    page = desktop.new_page()
    before = '{"config": {"head": "before.js"}, "docs": []}'
    page.context.route(
        "**/search/search_index.json", lambda route: route.fulfill(body=before), times=1
    )
    page.goto(address)
    box(page, "充电桩")
    expect(listed(page).first).to_contain_text("3-3-2")


def test_a_site_published_meanwhile_is_searched_in_a_page_that_is_open(
    desktop: BrowserContext, site: Path, tmp_path: Path
) -> None:
    """What the head before has named is gone, so the page asks for the head of now by itself."""
    before, now = make_catalogue(24), make_catalogue(25)
    with serve(with_search_of(before, site, tmp_path / "site")) as url:
        page = desktop.new_page()
        page.goto(f"{url}search/?q=区委")
        count = page.locator("[data-search-count]")
        expect(count).to_have_text(re.compile("^找到[0-9]+处"))
        for file in [*(tmp_path / "site/search").rglob("*.js")]:
            file.unlink()
        write_index(tmp_path / "site", now)
        # By the time of its last change, which has whole seconds, a server says what is another.
        later = time.time() + 5
        os.utime(tmp_path / "site/search/search_index.json", (later, later))
        ask(page, "党支部书记")
        expect(count).to_have_text(re.compile("^找到"))
        expect(page.get_by_role("alert")).to_be_hidden()


def test_the_search_page_says_so_when_its_scripts_do_not_arrive(
    desktop: BrowserContext, address: str
) -> None:
    page = desktop.new_page()
    page.route("**/search/engine.js", missing)
    page.goto(f"{address}search/?q=充电桩")
    expect(page.get_by_text("没有运行本页的脚本")).to_be_visible()
    expect(page.get_by_role("link", name="3-3-2")).to_be_visible()


def test_a_long_text_that_is_pasted_is_answered_at_once(results: Page) -> None:
    (hits,) = results.evaluate(SEARCH, ["这一段话哪里都没有。" * 1000])
    assert hits == []


def test_an_empty_query_shows_the_titles(results: Page) -> None:
    for query in ("", "  ", "“”"):
        ask(results, query)
        expect(results.locator("[data-search-count]")).to_have_text("")
        expect(results.get_by_role("link", name="3-3-2")).to_be_visible()


def test_a_new_query_takes_no_filter_over(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.goto(f"{address}search/?q=制度&status=continuing")
    expect(page.locator("[data-search-count]")).to_have_text(re.compile("^找到"))
    ask(page, "充电桩")
    expect(page.locator("[data-search-count]")).to_have_text("找到1处")
    assert "status" not in page.url
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("制度")


def test_without_javascript_the_form_leads_to_an_index_of_titles(
    windows: Windows, address: str
) -> None:
    for width in (360, 1360):
        with windows.page({"width": width, "height": 740}, java_script_enabled=False) as page:
            page.goto(address)
            if width == 360:
                page.get_by_role("link", name="搜索", exact=True).click()
            else:
                page.locator("[data-search-box] input").fill("充电桩")
                page.keyboard.press("Enter")
            page.wait_for_url("**/search/**")
            expect(page.get_by_role("searchbox")).to_be_hidden()
            page.get_by_role("link", name="3-3-2").click()
            page.wait_for_url(f"**/{NOTICE}#3-3-2")


def test_a_copy_in_a_folder_is_searched_without_a_server(
    desktop: BrowserContext, site: Path
) -> None:
    page = desktop.new_page()
    faults: list[str] = []
    page.goto((site / "about/index.html").as_uri())
    page.on("pageerror", lambda error: faults.append(str(error)))
    box(page, "磁谷")
    expect(listed(page).first).to_contain_text("1-3-2")
    page.locator("[data-search-box] input").press("Enter")
    page.wait_for_url(re.compile(r"^file://.*/search/index\.html\?q="))
    expect(page.locator("[data-search-count]")).to_have_text("找到1处")
    page.locator(".found__hit a").click()
    page.wait_for_url(re.compile(r"^file://.*/index\.html\?h=.*#1-3-2$"))
    expect(page.locator("article mark").first).to_have_text("磁谷")
    assert faults == []


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("完毕。二是积极储备", ["完毕。", "二是", "积极储备"]),  # from one measure into the next
        ("如下:一是经过", ["如下:", "一是", "经过"]),  # from the heading into the text
        # Inside of longer words: in the heading, in the fact beside the text, and in the text.
        ("法占", ["法占", "法占", "法占"]),
        ("三元鑫酶 磁谷", ["三元鑫酶", "磁谷", "三元鑫酶", "磁谷"]),
    ],
)
def test_what_was_looked_for_is_marked_on_the_page(
    desktop: BrowserContext, address: str, query: str, marked: list[str]
) -> None:
    page = desktop.new_page()
    page.goto(f"{address}{NOTICE}?h={query}#1-3-2")
    marks = page.locator("[id='1-3-2'] mark")
    expect(marks.first).to_be_visible()
    assert sorted(marks.all_inner_texts()) == sorted(marked)


def test_a_result_leads_to_the_words_in_a_long_section(phone: BrowserContext, address: str) -> None:
    """Unless the reader comes back to it, who is where he was."""
    page = phone.new_page()
    page.goto(f"{address}{NOTICE}?h=合伙人#3-3-2")
    mark = page.locator("[id='3-3-2'] mark")
    expect(mark).to_be_in_viewport()
    page.evaluate("scrollTo(0, 500)")
    page.goto(f"{address}about/")
    page.go_back()
    expect(mark).to_be_attached()
    assert page.evaluate("scrollY") == pytest.approx(500, abs=5)


@pytest.fixture(scope="session")
def small_archive(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with just enough invented notices for an index of pairs."""
    folder = tmp_path_factory.mktemp("small")
    with serve(with_search_of(make_catalogue(24), site, folder / "site")) as url:
        yield url


@pytest.mark.parametrize("part", ["pairs", "texts"])
def test_no_part_of_the_index_is_ever_missed_in_silence(
    desktop: BrowserContext, small_archive: str, part: str
) -> None:
    """A lost list leaves nothing to show, a lost text some; a try later has all."""
    page = desktop.new_page()
    page.goto(f"{small_archive}search/?q=党建")
    count = page.locator("[data-search-count]")
    expect(count).to_have_text(re.compile("^找到[0-9]+处"))
    complete = str(count.text_content())
    lost = 0

    def lose_one_in_two(route: Route) -> None:
        nonlocal lost
        lost += 1
        route.abort() if lost % 2 else route.continue_()

    page.route(f"**/search/{part}/**", lose_one_in_two)
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("没有取到")
    expect(count).to_have_text("" if part == "pairs" else re.compile("^找到至少[0-9]+处$"))
    page.unroute(f"**/search/{part}/**")
    page.get_by_role("button", name="重试").click()
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(count).to_have_text(complete)


def test_how_many_there_are_is_told_as_far_as_it_is_known(
    desktop: BrowserContext, small_archive: str
) -> None:
    """What two characters are listed for is sure; of longer words each text must be tested."""
    page = desktop.new_page()
    page.goto(f"{small_archive}search/")
    (two, three) = page.evaluate(SEARCH, ["整改", "整改落实"])
    ask(page, "整改")
    expect(page.locator("[data-search-count]")).to_have_text(re.compile(f"^找到{len(two)}处"))
    ask(page, "整改落实")
    assert len(three) > 20
    expect(page.locator("[data-search-count]")).to_have_text(re.compile("^找到至少[0-9]+处$"))
    for shown in range(20, len(three), 20):
        expect(page.locator(".found__hit")).to_have_count(shown)
        page.get_by_role("button", name="显示更多").click()
    expect(page.locator(".found__hit")).to_have_count(len(three))
    expect(page.locator("[data-search-count]")).to_have_text(re.compile(f"^找到{len(three)}处"))


def test_a_single_character_reads_no_whole_archive_unasked(
    desktop: BrowserContext, small_archive: str
) -> None:
    page = desktop.new_page()
    texts: list[str] = []
    page.on(
        "request", lambda each: texts.append(each.url) if "/search/texts/" in each.url else None
    )
    page.goto(f"{small_archive}search/?q=整")
    expect(page.locator("[data-search-count]")).to_have_text(re.compile("^找到至少[0-9]+处"))
    assert page.locator(".found__hit").count() >= 10
    assert len(texts) <= 12, "of 120 files"
    before = page.locator(".found__hit").count()
    page.get_by_role("button", name="显示更多").click()
    expect(page.locator(".found__hit").nth(before)).to_be_visible()


NEAREST_IN_AN_ARCHIVE = ["整改落实情况", "整改落石情况", "党〇部", "整改 8888888", "制度 国有 企业"]


def test_an_archive_offers_the_nearest_as_a_small_site_does(
    desktop: BrowserContext, small_archive: str
) -> None:
    page = desktop.new_page()
    page.goto(f"{small_archive}search/")
    kinds = [{kind for _, kind in hits} for hits in page.evaluate(SEARCH, NEAREST_IN_AN_ARCHIVE)]
    assert kinds[:4] == [{"all"}, {"alike"}, {"near"}, {"some"}]
    assert kinds[4] >= {"all", "notice"}
    ask(page, "整改 8888888")
    expect(page.locator("[data-search-count]")).to_have_text(
        re.compile("没有一处.*（至少[0-9]+处）")
    )


def test_what_has_it_in_its_title_comes_first_in_an_archive(
    desktop: BrowserContext, small_archive: str
) -> None:
    page = desktop.new_page()
    page.goto(f"{small_archive}search/")
    titled = page.evaluate("""async () => {
      const ranks = [];
      for await (const { hits } of engine.search("整改")) {
        ranks.push(...hits.map((hit) => hit.rank));
      }
      return ranks.map((rank) => rank >= 3);
    }""")
    assert True in titled
    assert titled == sorted(titled, reverse=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_archive_of_100_notices_is_searched_exactly(
    desktop: BrowserContext, site: Path, tmp_path: Path, seed: int
) -> None:
    """With every kind of file that a larger one has; `make soak` searches 1,000 notices."""
    archive = make_archive(100, site, tmp_path / "site")
    search_exactly(desktop.new_page(), archive, 200, seed)
