"""The content security policy: everything works under it, and nothing else runs.

In the browser, served by nginx with the configuration that the project ships.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from notices.publishing.releases import Releases
from sitehouse import SAMPLE
from webserver import nginx
from windows import Windows, choose

PAGES = (
    "", "updates/", "search/", "contact/", "about/", "nothing/", f"notices/{SAMPLE}/",
    f"notices/{SAMPLE}/ledger/",
)  # fmt: skip


@pytest.fixture(scope="module")
def published(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the real site is published, that tests may change."""
    folder = tmp_path_factory.mktemp("published")
    shutil.copytree(site, folder / "site")
    releases = Releases(folder / "srv")
    releases.folder.mkdir(parents=True)
    releases.publish(releases.add(folder / "site", "0" * 40), 1)
    return releases.target


@pytest.fixture(scope="module")
def address(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with nginx(published, tmp_path_factory.mktemp("nginx")) as address:
        yield address


@contextlib.contextmanager
def watched(windows: Windows, width: int = 1360) -> Iterator[tuple[Page, list[str]]]:
    """Open a window; yield its page, and what the browser refuses or complains of."""
    refused: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "404 (Not Found)" not in message.text:
            refused.append(message.text)

    with windows.context(viewport={"width": width, "height": 800}) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: refused.append(str(error)))
        yield page, refused


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [360, 1360])
def test_no_page_does_what_the_policy_forbids(
    windows: Windows, address: str, path: str, width: int
) -> None:
    with watched(windows, width) as (page, refused):
        page.goto(address + path, wait_until="networkidle")
        assert refused == []


def test_search_works_under_the_policy(windows: Windows, address: str) -> None:
    """In the box, on the page of its own, and where it marks what was looked for."""
    with watched(windows) as (page, refused):
        page.goto(address)
        page.locator("[data-search-box] input").fill("三元鑫酶")
        page.keyboard.press("Enter")
        page.locator("[data-search-results] a[href*='#1-3-2']").first.click()
        expect(page.locator("[data-item='1-3-2'] mark").first).to_be_visible()
        page.goto(f"{address}search/?q=清退")
        expect(page.locator("[data-search-results] > li").first).to_be_visible()
        page.locator("[data-search-filters] select[name=status]").select_option("completed")
        expect(page.locator("[data-search-count]")).to_contain_text("处")
        assert refused == []


def test_the_ledger_filters_under_the_policy(windows: Windows, address: str) -> None:
    with watched(windows) as (page, refused):
        page.goto(f"{address}notices/{SAMPLE}/ledger/")
        page.locator("[data-filter]").get_by_label("已完成").check()
        expect(page.locator("[data-filter-count]")).to_contain_text("没有已完成的问题，有2条措施")
        assert refused == []


def test_the_scheme_changes_and_is_remembered_under_the_policy(
    windows: Windows, address: str
) -> None:
    with watched(windows) as (page, refused):
        page.goto(address)
        choose(page, "深色")
        scheme = page.locator("html[data-scheme=dark]")
        expect(scheme).to_be_attached()
        page.goto(f"{address}about/")
        expect(scheme).to_be_attached()
        assert refused == []


def test_an_item_is_cited_and_copied_under_the_policy(windows: Windows, address: str) -> None:
    with watched(windows) as (page, refused):
        page.goto(f"{address}notices/{SAMPLE}/")
        button = page.locator("[data-item='1-3-2'] .facts__share")
        button.click()
        expect(button).to_have_text("已复制链接")
        copied = page.evaluate("navigator.clipboard.readText()")
        cited = "《双D高科党支部》1-3-2 清退园区企业非法占房工作迟缓"
        assert copied == f"{cited} {address}notices/{SAMPLE}/#1-3-2"
        expect(button).to_have_text("分享")
        assert refused == []


INJECTED = {
    "a script": "<script>window.injected = true</script>",
    "an event": '<img src="data:," onerror="window.injected = true">',
    "a link to another host": '<script src="https://other.example/x.js"></script>',
    "a script in an address": '<iframe src="javascript:parent.injected = true"></iframe>',
}


@pytest.mark.parametrize("markup", INJECTED.values(), ids=INJECTED.keys())
def test_what_is_injected_into_a_page_does_not_run(
    windows: Windows, address: str, published: Path, markup: str
) -> None:
    """Nor where a server sends no header: the policy stands in the page, too."""
    file = published / "current" / "injected.html"
    text = (published / "current" / "index.html").read_text(encoding="utf-8")
    file.write_text(text.replace("</body>", f"{markup}</body>"), encoding="utf-8")
    for where in (f"{address}injected.html", file.as_uri()):
        with watched(windows) as (page, refused):
            page.goto(where, wait_until="networkidle")
            assert page.evaluate("window.injected") is None
            assert any("Content Security Policy" in each for each in refused)
