"""The bundle: Material's styles, trimmed, and its script, each with ours in one file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import material
import pytest
from playwright.sync_api import Page, Route

from notices.cache import open_cache
from notices.outputs.pages.bundle import STYLE, STYLES, make_bundle, trim
from sitehouse import ROOT, SAMPLE, serve
from windows import Windows, turn

MATERIAL = Path(material.__file__).parent / "templates/assets"
PAGES = {
    "home": "",
    "notice": f"notices/{SAMPLE}/",
    "fictional notice": "notices/fictional-2020/",
    "ledger": f"notices/{SAMPLE}/ledger/",
    "updates": "updates/",
    "changes": "changes/",
    "search": "search/?q=整改",
    "contact": "contact/",
    "about": "about/",
    "not found": "404.html",
}
Way = tuple[int, Literal["screen", "print"], Literal["light", "dark"]]
WAYS: list[Way] = [
    (360, "screen", "light"),
    (1360, "screen", "light"),
    (1360, "screen", "dark"),
    (800, "print", "light"),
]


@pytest.fixture(scope="module")
def address(two_sites: Path) -> Iterator[str]:
    with serve(two_sites) as url:
        yield url


@pytest.fixture(scope="module")
def whole() -> str:
    """Material's stylesheets as they are, and ours after them."""
    names = ("stylesheets/main.*.css", "stylesheets/palette.*.css")
    paths = [path for name in names for path in MATERIAL.glob(name)]
    paths += [ROOT / "theme/assets" / name for name in STYLES]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def pictures(page: Page, url: str) -> list[str]:
    """Return what a page looks like: on a phone, on a desktop, in the dark, on paper."""
    taken: list[str] = []
    for width, media, scheme in WAYS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media=media, color_scheme=scheme, reduced_motion="reduce")
        if not taken:
            page.goto(url)
        turn(page, scheme)
        if "?q=" in url:
            page.locator("[data-search-results] > li").first.wait_for()
        taken.append(picture(page))
    return taken


def picture(page: Page) -> str:
    """Return a picture of the whole page, as a PNG that takes no time to make small."""
    width, height = page.evaluate(
        "(({ scrollWidth, scrollHeight }) => [scrollWidth, scrollHeight])(document.documentElement)"
    )
    session = page.context.new_cdp_session(page)
    options = {"optimizeForSpeed": True, "captureBeyondViewport": True}
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    return str(session.send("Page.captureScreenshot", {**options, "clip": clip})["data"])


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_every_page_looks_the_same_as_with_all_of_material(
    windows: Windows, address: str, whole: str, path: str
) -> None:
    with windows.context() as context:
        page = context.new_page()
        trimmed = pictures(page, address + path)

        def answer(route: Route) -> None:
            route.fulfill(content_type="text/css; charset=utf-8", body=whole)

        page.route("**/notices.css", answer)
        complete = pictures(page, address + path)
    assert [a == b for a, b in zip(trimmed, complete, strict=True)] == [True] * len(WAYS)


def test_what_was_trimmed_once_is_kept(tmp_path: Path) -> None:
    room = open_cache(tmp_path).room("styles")
    made = [make_bundle(ROOT / "theme/assets", MATERIAL, each) for each in (None, room, room)]
    assert made[0] == made[1] == made[2]
    assert len([*room.folder.iterdir()]) == 1


def test_at_least_half_of_the_styles_is_left_out(whole: str) -> None:
    frame = make_bundle(ROOT / "theme/assets", MATERIAL)
    assert len(frame[STYLE]) < len(whole) / 2


@pytest.mark.parametrize(
    ("theirs", "left"),
    [
        (".md-typeset p,.md-typeset .admonition{color:red}", ".md-typeset p{color:red}"),
        (".md-typeset .admonition>p{color:red}", ""),
        ("@media print{.md-tooltip{color:red}}", ""),
        ("@media print{a{color:red}.md-tooltip{color:red}}", "@media print{a{color:red}}"),
        (".md-nav:not(.md-tag){color:red}", ".md-nav:not(.md-tag){color:red}"),
        ("[dir=rtl] a{left:0}[dir=ltr] a{left:0}", "[dir=ltr] a{left:0}"),
        ("[data-md-color-primary=red]{color:red}", ""),
        ("[data-md-color-primary=custom]{color:red}", "[data-md-color-primary=custom]{color:red}"),
        (".md-grid{color:red}.grid{color:red}", ".md-grid{color:red}"),
        (":root{--a:1;--b:var(--a);--c:2}p{top:var(--c)}", ":root{--c:2}p{top:var(--c)}"),
        ('a:after{content:"}.tip{;"}/* } */', 'a:after{content:"}.tip{;"}'),
        ('@charset "UTF-8";a{color:red}', "a{color:red}"),
        ("@keyframes x{0%{top:0}to{top:1px}}", "@keyframes x{0%{top:0}to{top:1px}}"),
    ],
)
def test_what_goes_is_what_can_match_nothing(theirs: str, left: str) -> None:
    assert trim(theirs, "") == left


def test_our_own_styles_lose_only_remarks_and_unused_variables() -> None:
    assert trim("", "/* no */ .tip { color: red; top: var(--x) } :root { --x: 1; --y: 2 }") == (
        ".tip{color:red;top:var(--x)}:root{--x:1}"
    )
