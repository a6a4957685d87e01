"""The archive: lists of notices, none longer than a page, and each notice in all that it is of."""

from __future__ import annotations

import datetime
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.commands.build import build
from mkdocs.config import load_config
from selectolax.lexbor import LexborHTMLParser

from invented import make_catalogue
from kinds import INSPECTION
from notices import software
from notices.catalogue.public import is_made
from notices.catalogue.settings import Record
from notices.catalogue.summary import Archive, Summary
from notices.facts.source import YamlDocument
from notices.outputs.fragments import Fragments
from notices.outputs.pages.of_archive import ON_A_PAGE, ON_HOME, archive_pages, listings
from notices.outputs.pages.page import Page, relative
from sitehouse import ROOT, SAMPLE

ARCHIVE = Archive.of(make_catalogue(ON_HOME + 1))
DAYS = st.none() | st.dates(datetime.date(2016, 1, 1), datetime.date(2020, 12, 31))


def with_days(days: list[datetime.date | None]) -> Archive:
    """Return an archive with a notice for each of ``days``, of two kinds in turn.

    Every third one calls its kind otherwise.
    """
    first = ARCHIVE.notices[0]
    inspection = first.inspection.model_copy(update={"to": None, "feedback": None})
    kinds = {
        name: Record(INSPECTION.model_copy(update={"noun": noun}), YamlDocument("kind.yml", {}))
        for name, noun in (("inspection", "巡察"), ("audit", "审计"))
    }
    notices = []
    for number, day in enumerate(days):
        kind = "audit" if number % 2 else "inspection"
        noun = kinds[kind].facts.noun if number % 3 else f"另一种{number}"
        own = INSPECTION.model_copy(update={"noun": noun})
        notices.append(
            replace(
                first,
                id=f"n-{number}",
                publisher=f"单位{number}",
                published=day,
                inspection=inspection,
                kind=own,
                kind_id=kind,
            )
        )
    return replace(ARCHIVE, notices=tuple(notices), kinds=kinds)


def shown(page: Page) -> list[str]:
    tree = LexborHTMLParser(page.render(Fragments(ARCHIVE, software.FRAGMENTS)))
    return [str(node.attributes["data-notice"]) for node in tree.css("li[data-notice]")]


@settings(max_examples=60)
@given(st.lists(DAYS, min_size=ON_HOME + 1, max_size=3 * ON_A_PAGE + 5))
def test_each_notice_is_in_every_list_that_it_is_of_and_in_order(
    days: list[datetime.date | None],
) -> None:
    """From the newest, once, on pages of no more than there is room for."""
    archive = with_days(days)
    wanted: dict[str, list[Summary]] = {}
    for notice in archive.newest:
        names = ["all", f"kind-{notice.kind_id}"]  # of two kinds there are always some
        names += [f"year-{notice.day.year}"] if notice.day else []
        for name in names:
            wanted.setdefault(name, []).append(notice)
    found: dict[str, list[Summary]] = {}
    pages = [*archive_pages(listings(archive))]
    for page in pages:
        notices = page.known["notices"]
        assert isinstance(notices, list)
        assert 0 < len(notices) <= ON_A_PAGE
        found.setdefault(page.address.split("/")[1].partition("_")[0], []).extend(notices)
    assert found == wanted
    addresses = [page.address for page in pages]
    assert len({*addresses}) == len(addresses)
    assert all(is_made(f"{address}index.html") for address in addresses)
    days_in_order = [notice.day or datetime.date.min for notice in archive.newest]
    assert days_in_order == sorted(days_in_order, reverse=True)


def test_pages_lead_to_one_another_and_to_nothing_else() -> None:
    """Whoever begins at any page gets to every notice without a script."""
    archive = with_days([datetime.date(2020, 1, 1)] * (9 * ON_A_PAGE))
    pages = {page.address: page for page in archive_pages(listings(archive))}
    fragments = Fragments(archive, software.FRAGMENTS)
    leads = {}
    for address, page in pages.items():
        tree = LexborHTMLParser(page.render(fragments))
        links = {str(node.attributes["href"]) for node in tree.css("nav.listings a, nav.sheets a")}
        targets = {each for each in pages if relative(address, each) in links}
        assert len(targets) == len(links)
        leads[address] = targets
    reached, ahead = set[str](), {"archive/kind-audit_3/"}
    while ahead:
        reached |= ahead
        ahead = set().union(*(leads[each] for each in ahead)) - reached
    assert reached == {*pages}
    assert shown(pages["archive/all_2/"]) == [each.id for each in archive.newest[20:40]]


@pytest.mark.parametrize("count", [0, 1, ON_HOME])
def test_what_the_home_page_shows_needs_no_other(count: int) -> None:
    archive = with_days([None] * count)
    assert listings(archive) == []
    assert [*archive_pages(listings(archive))] == []


@pytest.mark.parametrize("name", ["notices", "search", "approved-texts", "updates", "contact"])
def test_no_page_of_the_site_grows_with_the_archive(name: str) -> None:
    sizes = []
    for count in (100, 400):
        archive = with_days([datetime.date(2020, 1, 1)] * count)
        known: dict[str, Any] = {"archive": archive, "listings": listings(archive)}
        known |= {"sitewide": {}, "on_home": ON_HOME}
        fragments = Fragments(archive, software.FRAGMENTS, **known)
        sizes.append(len(fragments.render(f"site/{name}", str)))
    assert sizes[1] <= sizes[0] * 1.05


def test_the_map_of_the_site_names_every_page_and_nothing_else(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Be it written by people, made of a notice, or made of several."""
    data, content = project / "data/notices", project / "content/notices"
    for number in range(ON_HOME):
        shutil.copytree(data / SAMPLE, data / f"{SAMPLE}-{number}")
        shutil.copy(content / f"{SAMPLE}.md", content / f"{SAMPLE}-{number}.md")
    monkeypatch.setenv("NOTICES_ROOT", str(project))
    monkeypatch.setenv("SITE_URL", "https://notices.example.org/below/")
    site = tmp_path / "site"
    build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(site)))
    canonical = [
        str(node.attributes["href"])
        for path in site.rglob("*.html")
        for node in LexborHTMLParser(path.read_text("utf-8")).css('link[rel="canonical"]')
    ]
    told = re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    assert sorted(told) == sorted(canonical)
    assert any("/archive/all/" in each for each in told)
