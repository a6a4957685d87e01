"""The frame around what is read, as a reader uses it: header, bar, panes, size and colours."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from sitehouse import SAMPLE
from windows import Windows, choose

NOTICE = f"notices/{SAMPLE}/"
PHONE = {"width": 360, "height": 740}
SMALL = {"width": 320, "height": 560}
DESKTOP = {"width": 1360, "height": 900}
BAR = {
    "": ["搜索", "字号", "电话"],
    NOTICE: ["目录", "清单", "搜索", "字号", "电话"],
    f"{NOTICE}ledger/": ["目录", "清单", "搜索", "字号", "电话"],
    "about/": ["目录", "搜索", "字号", "电话"],
    "search/": ["搜索", "字号", "电话"],
    "404.html": ["搜索", "字号", "电话"],
}
TOP = "(id) => document.getElementById(id).getBoundingClientRect().top"


@pytest.mark.parametrize("path", BAR)
def test_on_a_phone_what_is_needed_is_one_tap_away_wherever_one_reads(
    windows: Windows, address: str, path: str
) -> None:
    """In a row at the bottom of the screen, as wide as it is, and never more than five."""
    with windows.page(PHONE) as page:
        page.goto(address + path)
        page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
        links = page.locator(".places a:visible")
        assert links.all_inner_texts() == BAR[path]
        boxes = [box for link in links.all() if (box := link.bounding_box())]
        assert {box["y"] + box["height"] for box in boxes} == {PHONE["height"]}
        assert sum(box["width"] for box in boxes) == pytest.approx(PHONE["width"], abs=1)


def test_the_number_of_the_notice_is_called_from_every_page(windows: Windows, address: str) -> None:
    with windows.page(PHONE) as page:
        for path in ("", NOTICE, f"{NOTICE}documents/", "about/"):
            page.goto(address + path)
            call = page.get_by_role("navigation", name="常用").get_by_role("link", name="电话")
            assert call.get_attribute("href") == "tel:0411-87549380"


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scripts", [True, False], ids=["", "no script"])
def test_the_way_to_the_top_leads_there(
    windows: Windows, address: str, viewport: dict[str, int], scripts: bool
) -> None:
    with windows.page(viewport, java_script_enabled=scripts) as page:
        page.goto(address + NOTICE)
        page.locator(".foot").get_by_role("link", name="回到页首").click()
        page.wait_for_function("scrollY === 0")
        if scripts:
            page.evaluate("scrollTo(0, 9000)")
            page.wait_for_timeout(100)  # it shows while one goes up
            page.mouse.wheel(0, -200)
            page.locator(".to-top").click()
            page.wait_for_function("scrollY === 0")


@pytest.mark.parametrize("path", BAR)
def test_no_link_within_a_page_leads_to_what_stays_in_sight(
    windows: Windows, address: str, path: str
) -> None:
    """There the browser has nowhere to go; but for panes, which it opens."""
    with windows.page(PHONE) as page:
        page.goto(address + path)
        stuck = page.evaluate("""() => {
          const stays = (node) => node
            && (["fixed", "sticky"].includes(getComputedStyle(node).position)
              || stays(node.parentElement));
          return [...document.querySelectorAll("a[href^='#']:not([data-opens])")]
            .filter((link) => stays(document.getElementById(link.hash.slice(1))))
            .map((link) => link.outerHTML);
        }""")
        assert stuck == []


@pytest.mark.parametrize("viewport", [PHONE, SMALL], ids=["phone", "small phone"])
@pytest.mark.parametrize("is_elder", [False, True], ids=["", "elder"])
def test_contents_lead_to_an_item_in_two_taps_and_the_header_names_it(
    windows: Windows, address: str, viewport: dict[str, int], is_elder: bool
) -> None:
    """Whole, in a header of one row, whatever the size of the words."""
    with windows.page(viewport) as page:
        page.goto(address + NOTICE)
        if is_elder:
            choose(page, "关怀版")
        expect(page.locator(".top__name")).to_be_visible()
        page.evaluate("scrollTo(0, 9000)")
        page.get_by_role("button", name="目录").click()
        page.locator(".contents").get_by_role("link", name="2-4-3").click()
        expect(page.locator(".contents")).to_be_hidden()
        here = page.locator("[data-here]")
        expect(here).to_have_text("2-4-3 使用大额现金支付问题犹存")
        assert here.evaluate("(node) => node.scrollHeight - node.clientHeight") < 8, (
            "no line is cut"
        )
        top = page.locator(".top").evaluate("(node) => node.offsetHeight")
        assert top <= (84 if is_elder else 48)
        assert top < page.evaluate(TOP, "2-4-3") < viewport["height"] / 3


def test_panes_close_by_escape_by_a_tap_beside_and_by_their_own_button(
    windows: Windows, address: str
) -> None:
    """And the focus is where one was."""
    with windows.page(PHONE) as page:
        page.goto(address + NOTICE)
        for name, pane in (("菜单", ".menu"), ("目录", ".contents"), ("字号", ".settings")):
            opener = page.get_by_role("button", name=name, exact=True)
            opener.click()
            expect(page.locator(f"{pane} :focus")).to_be_visible()
            page.keyboard.press("Escape")
            expect(page.locator(pane)).to_be_hidden()
            expect(opener).to_be_focused()
            opener.click()
            page.locator(f"{pane} [data-closes]").click()
            expect(page.locator(pane)).to_be_hidden()
            opener.click()
            page.mouse.click(180, 70 if pane != ".menu" else 600)
            expect(page.locator(pane)).to_be_hidden()
            expect(opener).to_have_attribute("aria-expanded", "false")


def test_the_search_opens_over_the_page_with_the_focus_in_it(
    windows: Windows, address: str
) -> None:
    with windows.page(PHONE) as page:
        page.goto(f"{address}{NOTICE}#2-4-3")
        before = page.evaluate(TOP, "2-4-3")
        page.get_by_role("button", name="搜索", exact=True).first.click()
        expect(page.locator("[data-search-box] input")).to_be_focused()
        # What is laid out late above it settles within a pixel.
        assert page.evaluate(TOP, "2-4-3") == pytest.approx(before, abs=1)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("place", ["1-3-2", "2-4-3", "3-3-2-1"])
def test_what_is_being_read_stays_where_it_is_when_the_size_changes(
    windows: Windows, address: str, viewport: dict[str, int], place: str
) -> None:
    """Or below the header, when that needs the place; and it goes back to where it was."""
    with windows.page(viewport) as page:
        page.goto(f"{address}{NOTICE}#{place}")
        page.wait_for_function(f"scrollY > 0 && ({TOP})('{place}') < 200")
        before = page.evaluate(TOP, place)
        for name in ("关怀版", "大号字", "关怀版", "小号字", "中号字"):
            choose(page, name)
            assert page.evaluate(TOP, place) == pytest.approx(before, abs=48), name
        assert page.evaluate(TOP, place) == pytest.approx(before, abs=2)


REFUSED = """
    const get = () => { throw new DOMException("no", "SecurityError"); };
    const kept = ["localStorage", "sessionStorage"];
    for (const name of kept) Object.defineProperty(window, name, { get });
    delete window.Worker;
"""


def test_all_works_where_nothing_may_be_kept_and_no_worker_runs(
    desktop: BrowserContext, address: str
) -> None:
    """For the page that is open."""
    page = desktop.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script(REFUSED)
    page.goto(f"{address}{NOTICE}#2-4-3")
    choose(page, "关怀版", "深色")
    assert ground(page) == "rgb(0, 0, 0)"
    expect(page.locator("[data-here]")).to_have_text("2-4-3 使用大额现金支付问题犹存")
    page.locator("[data-search-box] input").fill("充电桩")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator("[data-search-count]")).to_have_text("找到1处")
    assert faults == []


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_colours_follow_the_system_until_they_are_chosen_in_words(
    windows: Windows, address: str
) -> None:
    """With scripts or without; and what was chosen holds on the next page."""
    grounds = {}
    for scheme in ("light", "dark"):
        with windows.page(DESKTOP, color_scheme=scheme, java_script_enabled=False) as page:
            page.goto(address)
            grounds[scheme] = ground(page)
    assert grounds["light"] != grounds["dark"]
    with windows.page(DESKTOP, color_scheme="dark") as page:
        page.goto(address)
        assert ground(page) == grounds["dark"]
        choose(page, "浅色")
        assert ground(page) == grounds["light"]
        page.goto(f"{address}about/")
        assert ground(page) == grounds["light"]
        choose(page, "跟随系统")
        assert ground(page) == grounds["dark"]


@pytest.mark.parametrize("viewport", [SMALL, DESKTOP], ids=["small phone", "desktop"])
def test_without_scripts_menu_and_contents_open_and_nothing_is_shown_that_does_not_work(
    windows: Windows, address: str, viewport: dict[str, int]
) -> None:
    with windows.page(viewport, java_script_enabled=False) as page:
        page.goto(address + NOTICE)
        vain = page.locator(":is(button[type=button], [data-filter], .places__settings):visible")
        assert vain.count() == 0
        if viewport == SMALL:
            page.get_by_role("link", name="目录", exact=True).click()
        page.locator(".contents").get_by_role("link", name="2-4-3").click()
        page.wait_for_url("**#2-4-3")
        assert 0 < page.evaluate(TOP, "2-4-3") < viewport["height"] / 3
        if viewport == SMALL:
            page.get_by_role("link", name="菜单").click()
        page.locator(".menu").get_by_role("link", name="联系我们").click()
        page.wait_for_url("**/contact/")


LAID_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important; }");
  document.adoptedStyleSheets = [sheet];
}"""


def test_the_older_readers_page_is_at_most_twice_as_long_and_has_no_margins_to_spare(
    windows: Windows, address: str
) -> None:
    with windows.page(PHONE) as page:
        page.goto(address + NOTICE)
        page.evaluate(LAID_OUT)
        length = "document.documentElement.scrollHeight"
        normal = page.evaluate(length)
        choose(page, "关怀版")
        assert page.evaluate(length) <= 2 * normal
        box = page.locator(".narrative").bounding_box()
        assert box
        assert box["x"] <= 12
        assert box["width"] >= PHONE["width"] - 24


WIDE = """() => [...document.querySelectorAll("article *")]
  .filter(({ childNodes }) => [...childNodes].some(({ nodeType, data }) => (
    nodeType === 3 && data.trim()[40])))
  .filter((node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const most = 41 * parseFloat(getComputedStyle(node).fontSize);
    return [...range.getClientRects()].some(({ width }) => width > most);
  })
  .map((node) => node.outerHTML.slice(0, 120))"""
PATHS = ("", NOTICE, f"{NOTICE}ledger/", f"{NOTICE}documents/", "changes/", "about/", "contact/")


@pytest.mark.parametrize("path", PATHS)
def test_no_line_has_more_than_forty_characters(windows: Windows, address: str, path: str) -> None:
    with windows.page(DESKTOP) as page:
        page.goto(address + path)
        assert page.evaluate(WIDE) == []


def test_a_first_visit_to_a_notice_takes_four_requests_and_45_kilobytes(
    desktop: BrowserContext, address: str, site: Path
) -> None:
    page = desktop.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + NOTICE, wait_until="networkidle")
    assert len(asked) <= 4
    files = [
        site / url.removeprefix(address).replace(NOTICE, f"{NOTICE}index.html") for url in asked
    ]
    assert sum(file.with_name(f"{file.name}.gz").stat().st_size for file in files) <= 45 * 1024
