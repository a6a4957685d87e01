"""What the pages are to people who zoom, use no mouse, cannot tell colours, or run no scripts.

All of it in a real browser, on the site of the sample and a fictional notice of another shape.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from axe import RULES, axe
from notices.catalogue.loading import load
from notices.catalogue.notices import Catalogue
from sitehouse import SAMPLE, serve
from windows import Scheme, Windows, choose, turn

FICTIONAL = "fictional-2020"
PAGES = {
    "home": "",
    "notice": f"notices/{SAMPLE}/",
    "fictional notice": f"notices/{FICTIONAL}/",
    "ledger": f"notices/{SAMPLE}/ledger/",
    "documents": f"notices/{SAMPLE}/documents/",
    "archive": "archive/all/",
    "publisher": "archive/publisher-xuni/",
    "ledger of many": "archive/publisher-xuni_ledger/",
    "updates": "updates/",
    "changes": "changes/",
    "search": "search/?q=整改",
    "contact": "contact/",
    "about": "about/",
    "accessibility": "accessibility/",
    "not found": "404.html",
}
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1360, "height": 900}


@dataclass(frozen=True)
class Mode:
    """How a reader looks at the site."""

    viewport: dict[str, int]
    schemes: tuple[Scheme, ...]
    is_elder: bool = False


BOTH: tuple[Scheme, ...] = ("light", "dark")
MODES = {
    "phone": Mode(PHONE, BOTH),
    "desktop": Mode(DESKTOP, BOTH),
    "phone, elder": Mode(PHONE, BOTH[:1], is_elder=True),
    "desktop, elder and dark": Mode(DESKTOP, BOTH[1:], is_elder=True),
}

# What a reader can act on, unless it is hidden or not to be reached by keys. Of radio buttons it is
# the chosen one that Tab leads to, or the first; arrows lead to the others.
INTERACTIVE = """
  const isShown = (node) => node.checkVisibility({ visibilityProperty: true })
    && !node.closest("[hidden], [inert]") && node.getClientRects().length > 0;
  const interactive = () => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]"
  )].filter((node) => node.tabIndex >= 0 && !node.disabled && isShown(node)
    && (node.type !== "radio" || node === (document.querySelector(`[name=${node.name}]:checked`)
      ?? document.querySelector(`[name=${node.name}]`))));
"""


@pytest.fixture(scope="module")
def address(
    two_sites: Path, many_sites: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The site of both notices, with the lists of one that has many: pages are of one software."""
    site = tmp_path_factory.mktemp("served") / "site"
    others = shutil.ignore_patterns("archive")
    shutil.copytree(two_sites, site, copy_function=os.link, ignore=others)
    shutil.copytree(many_sites / "archive", site / "archive", copy_function=os.link)
    with serve(site) as url:
        yield url


@pytest.fixture(scope="module")
def catalogue(two_notices: Path) -> Catalogue:
    return load(two_notices)[0]


@pytest.fixture(scope="module", params=list(MODES.values()), ids=list(MODES))
def mode(
    request: pytest.FixtureRequest, windows: Windows, address: str
) -> Iterator[tuple[Page, tuple[Scheme, ...]]]:
    """A window that stays open in one mode, for one page after the other, and its schemes."""
    mode: Mode = request.param
    with windows.page(mode.viewport, reduced_motion="reduce") as page:
        if mode.is_elder:  # which the browser keeps
            page.goto(address)
            choose(page, "关怀版")
        yield page, mode.schemes


@pytest.fixture(params=list(PAGES.values()), ids=list(PAGES))
def path(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def open_page(page: Page, url: str) -> None:
    """Open a page, and wait for what its scripts make of it."""
    page.goto(url)
    if "?q=" in url:
        page.locator("[data-search-results] > li").first.wait_for()


def test_axe_finds_nothing(mode: tuple[Page, tuple[Scheme, ...]], address: str, path: str) -> None:
    """Of its rules for WCAG 2.2 A and AA, and of what it takes for good practice."""
    page, schemes = mode
    page.emulate_media(color_scheme=schemes[0])
    open_page(page, address + path)
    for scheme in schemes:
        turn(page, scheme)
        result = axe(page, RULES)
        assert result.found == []
        assert result.passed > 20


def test_axe_sees_a_mistake(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.goto(address)
    page.evaluate("document.querySelector('article').append(document.createElement('button'))")
    (found,) = axe(page, RULES).found
    assert found.startswith("button-name: <button></button>")


def walk(page: Page) -> list[int]:
    """Press Tab from the top of a page to its end; return the places, in the order of the page, of
    what was reached. ``window.faint`` then lists what looked the same as without the focus.
    """
    page.evaluate(f"""() => {{{INTERACTIVE}
      window.reachable = interactive();
      window.faint = [];
      const looks = (node) => [node, ...(node.labels ?? [])].map((each) => {{
        const style = getComputedStyle(each);
        const outline = style.outlineStyle === "none" || parseFloat(style.outlineWidth) === 0
          ? "" : style.outline;
        return outline + style.boxShadow;
      }}).join();
      const before = new Map(reachable.map((node) => [node, looks(node)]));
      window.places = [];
      addEventListener("focusin", ({{ target }}) => {{
        if (before.get(target) === looks(target)) faint.push(target.outerHTML.slice(0, 120));
        places.push(reachable.indexOf(target));
      }});
    }}""")
    for _ in range(int(page.evaluate("reachable.length")) + 1):  # and once out of the page
        page.keyboard.press("Tab")
    places: list[int] = page.evaluate("places")
    return places


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    windows: Windows, address: str, path: str, viewport: dict[str, int]
) -> None:
    """First the link to the text; and nothing that is hidden or out of sight."""
    with windows.page(viewport, reduced_motion="reduce") as page:
        open_page(page, address + path)
        places = walk(page)
        names = page.evaluate("reachable.map((node) => node.outerHTML.slice(0, 120))")
        assert [names[place] for place in places] == names
        assert "跳到正文" in names[0]
        assert page.evaluate("faint") == []


def test_the_menu_opens_by_keys_and_tells_that_it_is_open(
    phone: BrowserContext, address: str
) -> None:
    page = phone.new_page()
    page.goto(address)
    menu = page.get_by_role("button", name="菜单")
    for key, opened in (("Enter", "true"), ("Escape", "false"), ("Space", "true")):
        if opened == "true":
            menu.focus()
        page.keyboard.press(key)
        expect(menu).to_have_attribute("aria-expanded", opened)
        focused = ".menu :focus" if opened == "true" else ".top__menu:focus"
        expect(page.locator(focused)).to_be_visible()
    expect(page.locator(".menu").get_by_role("link", name="联系我们")).to_be_visible()


def test_without_scripts_everything_can_be_read(
    windows: Windows, address: str, two_notices: Path, catalogue: Catalogue
) -> None:
    """All of the approved text, all facts, and every link. The contents stand twice: in a wide
    window beside the text, else before it, folded.
    """
    with windows.page(DESKTOP, java_script_enabled=False) as page:
        for notice in catalogue.notices:
            page.goto(f"{address}notices/{notice.id}/")
            shown = "".join(page.locator("article").inner_text().split())
            for line in (
                (two_notices / notice.approved_path).read_text(encoding="utf-8").splitlines()
            ):
                assert "".join(line.split()) in shown
            assert page.locator(".facts:visible").count() == len(notice.items)
            folded = "details:not([open]) a"
            assert page.locator(f"article a:not(:visible, {folded})").count() == 0
            page.goto(f"{address}notices/{notice.id}/ledger/")
            assert page.locator("li[data-item]:visible").count() == len(notice.items)
            assert page.locator(f"article a:not(:visible, {folded})").count() == 0
            assert not page.locator("[data-filter]").is_visible()


def test_home_leads_to_every_notice_by_words_and_by_lists_without_scripts(
    windows: Windows, address: str
) -> None:
    """From the one home page to a publisher, to what a number sums, and to a cited item."""
    with windows.page(PHONE, java_script_enabled=False) as page:
        page.goto(address)
        page.get_by_role("search", name="查找通报").get_by_role("searchbox").fill("充电桩")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=*")
        page.goto(address)
        page.locator("article summary").first.click()
        page.get_by_role("link", name="全部3个单位").click()
        page.get_by_role("link", name="虚构单位党组织").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("虚构单位党组织")
        page.get_by_role("link", name="已完成").first.click()
        expect(page.locator("tbody tr")).to_have_count(2)
        page.go_back()
        page.get_by_role("link", name="问题清单").first.click()
        expect(page.locator(".listed__id").first).to_contain_text("fictional-2020")
        page.locator("[data-item] a").first.click()
        page.wait_for_url("**/notices/fictional-2020*/#1-1-1")


# What share of the window lies under what stays where it is when a reader scrolls.
COVERED = """() => [...document.querySelectorAll("body *")]
  .filter((node) => ["fixed", "sticky"].includes(getComputedStyle(node).position))
  .filter((node) => node.checkVisibility({ visibilityProperty: true }))
  .filter((node) => getComputedStyle(node).clipPath === "none")
  .map((node) => node.getBoundingClientRect())
  .filter((box) => box.bottom > 0 && box.top < innerHeight && box.right > 0)
  .reduce((sum, box) => sum + box.width * box.height, 0) / innerWidth / innerHeight"""


def test_at_four_hundred_percent_there_is_one_column_that_can_be_read(
    windows: Windows, address: str, path: str
) -> None:
    """A window of 1280 by 1024 has 320 by 256 pixels then (WCAG 2.2, 1.4.10)."""
    quarter = {"width": 320, "height": 256}
    with windows.page(quarter, reduced_motion="reduce", device_scale_factor=4) as page:
        open_page(page, address + path)
        for scheme in BOTH:
            turn(page, scheme)
            page.evaluate("scrollTo(0, 0)")
            assert page.evaluate("document.documentElement.scrollWidth") == 320
            page.evaluate("scrollTo(0, 600)")
            assert page.evaluate(COVERED) < 0.35


# As WCAG 2.2, 1.4.12 says; a stylesheet that a script makes is not subject to the policy.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
# What is cut off, or would be if it had more text; what is only for reading aloud is meant to be.
CUT = """() => [...document.querySelectorAll("body *")]
  .filter((node) => node.checkVisibility({ visibilityProperty: true }) && node.innerText?.trim())
  .filter((node) => {
    const { overflowX, overflowY, clipPath } = getComputedStyle(node);
    if (clipPath !== "none" || !node.clientWidth) return false;
    return overflowX === "hidden" && node.scrollWidth > node.clientWidth + 1
      || overflowY === "hidden" && node.scrollHeight > node.clientHeight + 1;
  })
  .map((node) => `${node.className}: ${node.innerText.slice(0, 40)}`)"""


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_wider_spacing_cuts_nothing_off(
    windows: Windows, address: str, path: str, viewport: dict[str, int]
) -> None:
    with windows.page(viewport, reduced_motion="reduce") as page:
        open_page(page, address + path)
        page.evaluate(SPACED)
        assert page.evaluate(CUT) == []
        assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


STATUSES = """() => [...document.querySelectorAll("article .status")].map((node) => {
  const style = getComputedStyle(node);
  return {
    word: node.textContent.trim(),
    sign: getComputedStyle(node, "::before").content,
    tone: node.className,
    bordered: style.borderTopStyle !== "none" && parseFloat(style.borderTopWidth) > 0,
  };
})"""
OUTLINED = """(node) => {
  node.focus({ focusVisible: true });
  const { outlineStyle, outlineWidth } = getComputedStyle(node);
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("media", [{"forced_colors": "active"}, {"contrast": "more"}], ids=str)
def test_colours_of_the_readers_own_leave_statuses_and_focus_distinct(
    windows: Windows, address: str, media: dict[str, Any], scheme: Scheme
) -> None:
    """By their words, their signs and their borders; and by an outline of two pixels at least."""
    with windows.page(DESKTOP, color_scheme=scheme, **media) as page:
        page.goto(f"{address}about/")
        statuses = page.evaluate(STATUSES)
        assert len({each["word"] for each in statuses}) == len(statuses) >= 6
        assert all(each["bordered"] for each in statuses)
        assert len({each["sign"] for each in statuses}) == len({each["tone"] for each in statuses})
        page.goto(address + PAGES["ledger"])
        for part in (
            "article a",
            "article select",
            ".search button",
            ".top__home",
            ".search input",
        ):
            assert page.locator(part).first.evaluate(OUTLINED), part


def test_more_contrast_is_given_to_who_asks_for_it(
    windows: Windows, address: str, path: str
) -> None:
    """7:1 for all text (WCAG 2.2, 1.4.6), in both schemes."""
    with windows.page(DESKTOP, reduced_motion="reduce", contrast="more") as page:
        open_page(page, address + path)
        for scheme in BOTH:
            turn(page, scheme)
            assert axe(page, ["color-contrast-enhanced"]).found == []


MOVING = """() => [...document.querySelectorAll("*")]
  .flatMap((node) => ["", "::before", "::after", "::placeholder"]
    .map((part) => [node, getComputedStyle(node, part || undefined)]))
  .filter(([, style]) => style.scrollBehavior === "smooth"
    || style.transitionDuration.split(",").some((each) => parseFloat(each) > 0)
    || style.animationName !== "none" && style.animationName !== "late")
  .map(([node]) => node.outerHTML.slice(0, 100))"""


def test_nothing_moves_for_who_wants_no_motion(windows: Windows, address: str, path: str) -> None:
    with windows.page(PHONE, reduced_motion="reduce") as page:
        open_page(page, address + path)
        assert page.evaluate(MOVING) == []


# A link in a sentence is as high as its line; all else is at least 24 pixels (WCAG 2.2, 2.5.8), and
# what looks like a button 44 (T/ISC and GB/T 37668 for the elderly). A label counts with its field.
SMALL = f"""() => {{{INTERACTIVE}
  const inSentence = (node) => node.matches("a") && getComputedStyle(node).display === "inline"
    && node.parentElement.innerText.trim() !== node.innerText.trim();
  return interactive().filter((node) => !inSentence(node)
      && getComputedStyle(node).clipPath === "none").map((node) => {{
    const least = node.matches("button, summary, select, .button, input") ? 44 : 24;
    const box = node.getBoundingClientRect();
    const [width, height] = [box.width, box.height].map(Math.round);
    return Math.min(width, height) < least && `${{width}} × ${{height}}: ${{node.outerHTML}}`;
  }}).filter(Boolean);
}}"""


def test_targets_are_large_enough_for_a_thumb(windows: Windows, address: str, path: str) -> None:
    with windows.page(PHONE, reduced_motion="reduce") as page:
        open_page(page, address + path)
        assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_targets_are_larger_for_older_readers(
    windows: Windows, address: str, viewport: dict[str, int]
) -> None:
    """60 pixels (GB/T 37668), in the smallest size, and in whatever is opened, too."""
    with windows.page(viewport, reduced_motion="reduce") as page:
        page.goto(address)
        choose(page, "关怀版", "小号字")
        for name in ("home", "notice", "ledger", "search", "changes", "not found"):
            open_page(page, address + PAGES[name])
            assert page.evaluate(SMALL.replace("? 44", "? 60")) == [], name
        page.goto(address + PAGES["notice"])
        for opener in page.locator("[data-opens]").all():
            if opener.is_visible():
                opener.click()
                assert page.evaluate(SMALL.replace("? 44", "? 60")) == []
