"""The built site in a real browser, as the public uses it."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from notices.catalogue.loading import load
from sitehouse import SAMPLE, SAMPLE_ROOT
from windows import Scheme, Windows, turn

PAGES = {
    "home": "",
    "notice": f"notices/{SAMPLE}/",
    "ledger": f"notices/{SAMPLE}/ledger/",
    "updates": "updates/",
    "contact": "contact/",
    "about": "about/",
    "search": "search/",
    "search results": "search/?q=整改",
    "not found": "404.html",
}


SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@pytest.fixture(params=list(PAGES.values()), ids=list(PAGES))
def each_page(request: pytest.FixtureRequest, address: str) -> str:
    return address + str(request.param)


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


def test_nothing_scrolls_sideways(windows: Windows, each_page: str) -> None:
    """However wide the window is, and whatever it was before."""
    widths = (320, 360, 768, 1000, 1360)
    with windows.page({"width": widths[0], "height": 740}, reduced_motion="reduce") as page:
        page.goto(each_page)
        found = {width: too_wide(page, width) for width in widths}
    assert {width: what for width, what in found.items() if what} == {}


def too_wide(page: Page, width: int) -> list[str]:
    """Return what lies beyond the edge of a window that is so wide."""
    page.set_viewport_size({"width": width, "height": 740})
    beyond: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("article *")]
            .filter(node => node.getBoundingClientRect().right > innerWidth + 1
                && getComputedStyle(node).position !== "absolute")
            .map(node => node.outerHTML.slice(0, 80))"""
    )
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return beyond if overflow == 0 else [f"{overflow} pixels", *beyond]


ROWS = """[...document.querySelectorAll("li[data-item]")].filter((row) => row.checkVisibility())"""


def shown(page: Page) -> list[str]:
    found: list[str] = page.evaluate(f"{ROWS}.map((row) => row.dataset.item)")
    return found


@pytest.mark.parametrize("name", ["constructor", "__proto__", "length", "0", "action", "item"])
def test_no_name_in_the_address_stops_the_ledger(
    desktop: BrowserContext, address: str, name: str
) -> None:
    page = desktop.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}{PAGES['ledger']}?{name}=x&group=3")
    assert page.locator("[data-filter]").is_visible()
    assert page.locator(".listed h2:visible").count() == 1
    assert errors == []


def told(page: Page) -> str:
    return page.locator("[data-filter-count]").inner_text()


def test_the_ledger_filters_by_group_status_and_words(
    desktop: BrowserContext, address: str
) -> None:
    """And says how many each choice would leave; the address holds what was chosen."""
    (notice,) = load(SAMPLE_ROOT)[0].notices
    page = desktop.new_page()
    page.goto(address + PAGES["ledger"])
    everything = [item.id for item in notice.items]
    assert (shown(page), told(page)) == (everything, "31个问题")
    page.get_by_label("方面").select_option("2")
    second = [item.id for item in notice.items if item.path[0].id == "2"]
    assert (shown(page), told(page)) == (second, f"31个问题中的{len(second)}个")
    page.get_by_label("持续推进").check()
    both = [id_ for id_ in second if "continuing" in notice.items_by_id[id_].statuses]
    assert both
    assert shown(page) == both
    counts = page.locator(".filter__statuses label").all_inner_texts()
    assert f"持续推进 {len(both)}" in [" ".join(each.split()) for each in counts]
    only = [id_ for id_ in both if id_.startswith("2-4")]
    page.get_by_label("含有的字句").fill("财务 “ 企业会计")
    assert shown(page) == only == ["2-4-4"]
    page.reload()
    assert shown(page) == only, "the address holds the filter"
    page.get_by_role("button", name="清除筛选").click()
    assert (shown(page), told(page)) == (everything, "31个问题")


def test_the_ledger_filters_by_an_inner_group(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.goto(address + PAGES["ledger"])
    page.get_by_label("方面").select_option("1-3")
    assert shown(page) == ["1-3-1", "1-3-2", "1-3-3"]
    assert page.locator(".listed :is(h2, h3):visible").count() == 2


def test_every_row_that_is_listed_for_a_status_says_it(
    desktop: BrowserContext, address: str
) -> None:
    """And above them stands how many items have it, or none, and how many measures."""
    page = desktop.new_page()
    page.goto(address + PAGES["ledger"])
    for choice in page.locator("[name=status][data-name]").all():
        choice.check(force=True)
        name = str(choice.get_attribute("data-name"))
        rows = page.evaluate(f"{ROWS}.map((row) => row.innerText)")
        assert rows
        assert [row for row in rows if name not in row] == []
    page.get_by_label("已完成").check()
    assert told(page) == "没有已完成的问题，有2条措施已完成，在下面的2个问题里"


def test_completed_issues_of_a_subject_are_three_taps_away(
    phone: BrowserContext, address: str
) -> None:
    """Or it says plainly that there are none, and that no measure is."""
    page = phone.new_page()
    page.goto(address + PAGES["ledger"])  # one
    page.get_by_label("含有的字句").click()
    page.keyboard.type("财务")
    page.locator(".filter__statuses label", has_text="已完成").click()
    assert shown(page) == []
    assert told(page) == "这个范围里没有已完成的问题，也没有已完成的措施"


def test_a_list_is_short_enough_for_a_phone(phone: BrowserContext, address: str) -> None:
    """Two lines an item: 31 of them in 3,000 pixels, with all that stands around them."""
    page = phone.new_page()
    page.goto(address + PAGES["ledger"])
    assert page.evaluate("document.documentElement.scrollHeight") <= 3_000


def test_links_that_people_keep_go_on_to_filter(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.goto(address + PAGES["ledger"] + "?aspect=3&status=completed&nonsense=1")
    assert shown(page) == []
    assert told(page) == "这个范围里没有已完成的问题，也没有已完成的措施"
    page.goto(address + PAGES["ledger"] + "?group=1-3&status=planned")
    assert shown(page) == ["1-3-1", "1-3-3"]


def test_every_row_leads_to_its_section(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.goto(address + PAGES["ledger"])
    row = page.locator("li[data-item='2-4-1']")
    row.locator("a").click()
    page.wait_for_url(f"**/notices/{SAMPLE}/#2-4-1")
    heading = page.locator("[id='2-4-1'] h5")
    expect(heading).to_be_in_viewport()
    header = page.locator("header.top").bounding_box()
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
        marked = page.locator(".contents [aria-current]")
        expect(marked).to_have_attribute("href", f"#{section}")
        page.goto("about:blank")


def test_on_paper_the_text_is_whole_and_the_frame_is_gone(
    desktop: BrowserContext, address: str
) -> None:
    page = desktop.new_page()
    page.emulate_media(media="print")
    page.goto(address + PAGES["notice"])
    assert page.locator("section.item:visible").count() == 31
    assert page.locator(".facts:visible").count() == 31
    for frame in (".top", ".menu", ".contents", ".foot"):
        assert page.locator(f"{frame}:visible").count() == 0


def test_text_stands_out_from_its_ground(windows: Windows, each_page: str) -> None:
    """Contrast of at least 4.5:1 for all text of a page (WCAG 2.2, 1.4.3), in both schemes."""
    with windows.page({"width": 1280, "height": 720}, reduced_motion="reduce") as page:
        page.goto(each_page)
        grounds = set()
        for scheme in SCHEMES:
            turn(page, scheme)
            assert page.evaluate(CONTRAST) == []
            grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        assert len(grounds) == len(SCHEMES)


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
