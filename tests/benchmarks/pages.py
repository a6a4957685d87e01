"""Measures what a first visit to each page costs, beside a plain Material site of the same text.

Bytes and requests are what the server tells of a visit by a browser with an empty cache, headers
included; it is nginx with the configuration that the project ships. The plain site has the search
that comes with Material, and is compressed and served the same way. How far things jump while a
page loads (cumulative layout shift) is the worse of phone and desktop.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import peers
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from notices.publishing.build import Build
from notices.publishing.releases import Releases
from sitehouse import SAMPLE, SAMPLE_ROOT, chromium_path
from webserver import nginx

PAGES = {
    "home": "",
    "notice": f"notices/{SAMPLE}/",
    "ledger": f"notices/{SAMPLE}/ledger/",
    "updates": "updates/",
    "changes": "changes/",
    "search": "search/",
    "search results": "search/?q=整改",
    "contact": "contact/",
    "about": "about/",
    "not found": "404.html",
}
# What the plain site has of them.
PEERS = {"home", "notice", "updates", "changes", "search", "contact", "about"}
BUDGET, REQUESTS = 45 * 1024, 4  # of the notice page, with all that belongs to it
SHIFT = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 300);
})"""


@dataclass(frozen=True)
class Visit:
    """What one page took: bytes by the address of what was fetched, and how far things jumped."""

    fetched: dict[str, int]
    shift: float

    @property
    def size(self) -> int:
        return sum(self.fetched.values())


def published(folder: Path) -> Path:
    """Publish the site into ``folder``; return what nginx serves."""
    Build(SAMPLE_ROOT, folder / "site").run()
    releases = Releases(folder / "srv")
    releases.folder.mkdir(parents=True)
    releases.publish(releases.add(folder / "site", "0" * 40), 1)
    return releases.target


def visit(browser: Browser, url: str, log: Path) -> Visit:
    """Open a page with an empty cache, on a phone and on a desktop; the server's ``log`` tells what
    was sent: what workers ask for, too, and the icon of the tab.
    """
    shifts = []
    for width, height in ((360, 740), (1360, 900)):
        log.write_text("", encoding="utf-8")
        # The plain page has scripts in it that our policy would not let run.
        with browser.new_context(
            viewport={"width": width, "height": height}, bypass_csp=True
        ) as context:
            page = context.new_page()
            page.goto(url, wait_until="networkidle")
            shifts.append(page.evaluate(SHIFT))
    lines = (line.split() for line in log.read_text(encoding="utf-8").splitlines())
    return Visit({address: int(size) for size, address in lines}, max(shifts))


def rows(browser: Browser, ours: str, theirs: str, folder: Path) -> Iterator[str]:
    heads = f"{'bytes':>8}{'requests':>9}{'plain':>9}{'requests':>9}{'ratio':>7}{'shift':>8}"
    yield f"{'page':15}{heads}"
    for name, path in PAGES.items():
        mine = visit(browser, ours + path, folder / "nginx/access.log")
        row = f"{name:15}{mine.size:8}{len(mine.fetched):9}"
        if name in PEERS:
            peer = visit(browser, theirs + path, folder / "nginx-plain/access.log")
            row += f"{peer.size:9}{len(peer.fetched):9}{mine.size / peer.size:7.2f}"
        else:
            row += f"{'':25}"
        yield f"{row}{mine.shift:8.4f}"
        if name == "notice":
            notice = mine
    yield "the notice page, file by file: " + ", ".join(
        f"{address.rsplit('/', 1)[-1] or 'the page'} {size}"
        for address, size in notice.fetched.items()
    )
    holds = notice.size <= BUDGET and len(notice.fetched) <= REQUESTS
    told = "holds" if holds else "is exceeded"
    yield f"the budget of {BUDGET} bytes in {REQUESTS} requests for the notice page {told}"


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        browser = playwright.chromium.launch(executable_path=chromium_path())
        with (
            nginx(published(folder), folder / "nginx") as ours,
            nginx(peers.material(folder / "plain"), folder / "nginx-plain") as theirs,
        ):
            for row in rows(browser, ours, theirs, folder):
                print(row, flush=True)
        browser.close()


if __name__ == "__main__":
    main()
