"""What pages say of themselves to machines, and what the footer and the root of the site hold."""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from notices import software
from notices.catalogue.loading import load
from notices.catalogue.notices import Catalogue
from notices.facts import model
from notices.outputs.fragments import Fragments
from sitehouse import SAMPLE, SAMPLE_ROOT, build, copy_project, serve

ADDRESS = "https://www.example.org/open/"
REGISTERED = """\
name: 虚构的网站名称
navigation:
  - {page: index.md, title: 虚构的首页}
  - {page: about.md, title: 虚构的说明}
publisher: 大连双D高科产业发展有限公司党支部
icp: 虚构ICP备00000000号-1
police: 虚构公网安备00000000000000号
site_code: "0000000000"
corrections: corrections@example.org
repo_url: https://git.example.org/body/notices
security: {contact: "mailto:security@example.org", expires: 2030-12-31}
"""


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that knows its address and has every registration, all of them invented."""
    folder = tmp_path_factory.mktemp("registered")
    project = copy_project(folder / "project")
    (project / "data/site.yml").write_text(REGISTERED, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", ADDRESS)
        return build(project, folder / "site")


def page(site: Path, address: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / address / "index.html").read_text(encoding="utf-8"))


def tags(tree: LexborHTMLParser, attribute: str) -> dict[str, str]:
    return {
        str(node.attributes[attribute]): str(node.attributes["content"])
        for node in tree.css(f"meta[{attribute}]")
    }


def json_ld(tree: LexborHTMLParser) -> dict[str, Any]:
    (node,) = tree.css('script[type="application/ld+json"]')
    loaded: dict[str, Any] = json.loads(node.text())
    return loaded


def test_name_and_navigation_are_what_the_editors_set(registered: Path) -> None:
    tree = page(registered, "")
    assert tree.css("title")[0].text() == "虚构的网站名称"
    tabs = [node.text(strip=True) for node in tree.css(".menu li a")]
    assert tabs == ["虚构的首页", "虚构的说明"]


def test_a_notice_is_tagged_as_an_article_and_gives_no_day_that_nobody_gave(
    registered: Path,
) -> None:
    named = tags(page(registered, f"notices/{SAMPLE}"), "name")
    title = "大连双D高科产业发展有限公司党支部巡察整改情况"
    assert named["SiteName"] == "虚构的网站名称"
    assert named["SiteDomain"] == "www.example.org"
    assert named["SiteIDCode"] == "0000000000"
    assert named["ArticleTitle"] == title
    assert named["ContentSource"] == "大连双D高科产业发展有限公司党支部"
    assert named["Url"] == f"{ADDRESS}notices/{SAMPLE}/"
    assert "PubDate" not in named
    assert "ColumnName" not in named


@pytest.mark.parametrize("address", ["updates", "changes", f"notices/{SAMPLE}/ledger"])
def test_a_page_that_lists_is_tagged_as_a_column(registered: Path, address: str) -> None:
    named = tags(page(registered, address), "name")
    assert named["ColumnType"] == "信息公开"
    assert all(named[f"Column{part}"] for part in ("Name", "Description", "Keywords"))
    assert "ArticleTitle" not in named


def test_what_is_not_known_is_left_out(site: Path) -> None:
    tree = page(site, f"notices/{SAMPLE}")
    assert {"SiteDomain", "SiteIDCode", "Url", "PubDate"}.isdisjoint(tags(tree, "name"))
    assert {"og:url", "og:image"}.isdisjoint(tags(tree, "property"))
    assert tree.css(".registrations, .paper, a[href*='edit/main']") == []
    assert not (site / ".well-known").exists()
    assert "Sitemap" not in (site / "robots.txt").read_text(encoding="utf-8")


def test_a_link_that_is_passed_on_shows_title_and_picture(registered: Path) -> None:
    told = tags(page(registered, f"notices/{SAMPLE}"), "property")
    assert told["og:type"] == "article"
    assert told["og:title"] == "大连双D高科产业发展有限公司党支部巡察整改情况"
    assert told["og:url"] == f"{ADDRESS}notices/{SAMPLE}/"
    assert (registered / told["og:image"].removeprefix(ADDRESS)).is_file()


def test_json_ld_is_a_report_with_all_its_parts(registered: Path) -> None:
    notice = load(SAMPLE_ROOT)[0].notices[0]
    report = json_ld(page(registered, f"notices/{SAMPLE}"))
    assert report["@type"] == "Report"
    assert [part["identifier"] for part in report["hasPart"]] == [item.id for item in notice.items]
    assert [part["name"] for part in report["hasPart"]] == [
        item.facts.title for item in notice.items
    ]
    assert report["publisher"]["contactPoint"] == {
        "@type": "ContactPoint",
        "telephone": "0411-87549380",
        "email": "Dlsdgk@126.com",
    }
    assert "datePublished" not in report


def identifiers(value: Any) -> list[str]:
    """Return every address in JSON-LD."""
    if isinstance(value, list):
        return [found for each in value for found in identifiers(each)]
    if not isinstance(value, dict):
        return []
    own = [str(value[key]) for key in ("@id", "url") if key in value]
    return own + identifiers([*value.values()])


PAGES = ["", "about", f"notices/{SAMPLE}", f"notices/{SAMPLE}/ledger"]


@pytest.mark.parametrize("address", PAGES)
def test_addresses_in_json_ld_are_absolute_where_the_site_knows_its_own(
    registered: Path, site: Path, address: str
) -> None:
    """And else relative to the page: whoever copies them must not take them for another site's."""
    known = identifiers(json_ld(page(registered, address)))
    assert known
    assert [each for each in known if not each.startswith(ADDRESS)] == []
    unknown = identifiers(json_ld(page(site, address)))
    assert len(unknown) == len(known)
    assert [each for each in unknown if "://" in each or each.startswith("/")] == []


def test_the_publisher_is_a_public_authority_only_when_it_says_so(registered: Path) -> None:
    assert json_ld(page(registered, ""))["isPartOf"]["publisher"]["@type"] == "Organization"


def test_the_footer_shows_the_registrations_and_where_to_report_a_mistake(
    registered: Path,
) -> None:
    (footer,) = page(registered, "contact").css(".foot")
    links = {node.text().strip(): str(node.attributes["href"]) for node in footer.css("a")}
    assert links["虚构ICP备00000000号-1"] == "https://beian.miit.gov.cn/"
    assert links["虚构公网安备00000000000000号"].endswith("code=00000000000000")
    assert links["纠错"].startswith("mailto:corrections@example.org?subject=%E7%BA%A0%E9%94%99")
    assert "网站标识码：0000000000" in footer.text()


def test_an_item_leads_to_its_data_and_its_text_in_the_repository(registered: Path) -> None:
    (item,) = page(registered, f"notices/{SAMPLE}").css('[data-item="1-3-2"]')
    edits = {node.text(): str(node.attributes["href"]) for node in item.css(".facts__actions a")}
    base = "https://git.example.org/body/notices/edit/main/"
    assert edits["编辑数据"] == f"{base}data/notices/{SAMPLE}/items/1-3-2.yml"
    assert edits["编辑正文"] == f"{base}content/notices/{SAMPLE}.md"


def test_robots_and_researchers_find_what_they_look_for(registered: Path) -> None:
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (registered / "robots.txt").read_text("utf-8")
    assert (registered / ".well-known/security.txt").read_text("utf-8").splitlines() == [
        "Contact: mailto:security@example.org",
        "Expires: 2030-12-31T23:59:59+08:00",
        "Preferred-Languages: zh, en",
        f"Canonical: {ADDRESS}.well-known/security.txt",
    ]


@pytest.mark.parametrize("address", ["", "contact/", f"notices/{SAMPLE}/ledger/"])
def test_a_telephone_reads_the_code_on_paper_as_the_address_of_the_page(
    registered: Path, browser: Browser, address: str
) -> None:
    with serve(registered) as served:
        page = browser.new_page()
        page.goto(served + address)
        page.emulate_media(media="print")
        paper = page.locator(".paper")
        assert f"网址：{ADDRESS}{address}" in paper.inner_text()
        picture = Image.open(io.BytesIO(paper.screenshot()))
        page.close()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [ADDRESS + address]


def test_a_text_file_has_no_markup_escaped_in_it() -> None:
    """What stands in data/site.yml is what a program reads."""
    contact = "https://example.org/?a=1&b='2'"
    security = model.Security(contact=contact, expires=datetime.date(2030, 12, 31))
    catalogue = Catalogue(model.Site(publisher="甲"), model.Vocabulary.model_construct(statuses=[]))
    fragments = Fragments(catalogue, software.FRAGMENTS)
    last = datetime.datetime(2030, 12, 31, 23, 59, 59, tzinfo=datetime.UTC)
    text = fragments.render("security.txt", str, security=security, last=last)
    assert text.splitlines()[0] == f"Contact: {contact}"
