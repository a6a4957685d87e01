"""Takes pictures of every page: phone and desktop, light, dark and for older readers, and print.

``python tests/screenshots.py FOLDER`` writes them all; with ``--readme``, the README's picture.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from sitehouse import ROOT, SAMPLE, SAMPLE_ROOT, build, open_browser, serve
from windows import choose

PAGES = {
    "home": "",
    "notice": f"notices/{SAMPLE}/",
    "item": f"notices/{SAMPLE}/#1-3-2",
    "ledger": f"notices/{SAMPLE}/ledger/",
    "documents": f"notices/{SAMPLE}/documents/",
    "updates": "updates/",
    "changes": "changes/",
    "contact": "contact/",
    "about": "about/",
    "accessibility": "accessibility/",
    "search": "search/?q=整改",
    "marked": f"notices/{SAMPLE}/?h=园区#1-3-2",
    "404": "404.html",
}
MODES: dict[str, Literal["light", "dark"]] = {"light": "light", "dark": "dark", "elder": "light"}
SCREENS = {"phone": (360, 740), "tablet": (1000, 900), "desktop": (1360, 900)}


def take(browser: Browser, site: str, folder: Path) -> None:
    """Write one picture for each page, screen and mode, and a PDF of each page."""
    for screen, (width, height) in SCREENS.items():
        for mode, scheme in MODES.items():
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            if mode == "elder":  # which the browser keeps
                page.goto(site)
                choose(page, "关怀版")
            for name, address in PAGES.items():
                page.goto(site + address)
                page.wait_for_timeout(300)
                page.screenshot(path=folder / f"{name}-{screen}-{mode}.png")
            page.close()
    page = browser.new_page()
    for name, address in PAGES.items():
        page.goto(site + address)
        page.pdf(path=folder / f"{name}.pdf", format="A4")


def take_readme(browser: Browser, site: str, path: Path) -> None:
    """Write the README's picture: one item with its facts, on a wide screen."""
    page = browser.new_page(viewport={"width": 1360, "height": 800})
    page.goto(site + PAGES["item"])
    page.wait_for_timeout(300)
    page.screenshot(path=path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("screenshots"))
    parser.add_argument("--readme", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = open_browser(playwright)
        with serve(build(SAMPLE_ROOT, Path(scratch, "site"))) as site:
            if options.readme:
                take_readme(browser, site, ROOT / "tests" / "screenshot.png")
            else:
                options.folder.mkdir(parents=True, exist_ok=True)
                take(browser, site, options.folder)
        browser.close()


if __name__ == "__main__":
    main()
