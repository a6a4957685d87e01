"""The built site, read back: the public gets the approved text and the facts of the catalogue."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser, LexborNode

from notices.catalogue.loading import load
from notices.catalogue.notices import Catalogue, Item, Notice
from sitehouse import SAMPLE

EXPECTED_IDS = [
    *("1-1-1", "1-1-2", "1-1-3", "1-2-1", "1-2-2", "1-2-3", "1-3-1", "1-3-2", "1-3-3"),
    *("2-1-1", "2-1-2", "2-1-3", "2-2-1", "2-2-2", "2-3-1", "2-3-2", "2-3-3"),
    *("2-4-1", "2-4-2", "2-4-3", "2-4-4"),
    *("3-1-1", "3-1-2", "3-1-3", "3-1-4", "3-2-1", "3-2-2", "3-2-3", "3-3-1", "3-3-2", "3-3-3"),
]


def page(site: Path, address: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / address / "index.html").read_text(encoding="utf-8"))


def only(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    (node,) = tree.css(selector)
    return node


def approved_part(node: LexborHTMLParser | LexborNode) -> str:
    """Return the text of ``node`` without annotations and without white space."""
    for annotation in node.css("[data-annotation]"):
        annotation.decompose()
    return "".join(node.text().split())


@pytest.fixture(scope="session")
def catalogue(two_notices: Path) -> Catalogue:
    return load(two_notices)[0]


@pytest.fixture(params=["shuangd-2023", "fictional-2020"])
def notice(request: pytest.FixtureRequest, catalogue: Catalogue) -> Notice:
    return next(notice for notice in catalogue.notices if notice.id == request.param)


@pytest.fixture
def sections(two_sites: Path, notice: Notice) -> dict[str, LexborNode]:
    nodes = page(two_sites, f"notices/{notice.id}").css("section.item")
    return {str(node.attributes["id"]): node for node in nodes}


def test_the_page_says_exactly_the_approved_text(two_sites: Path, notice: Notice) -> None:
    article = only(page(two_sites, f"notices/{notice.id}"), "article")
    assert approved_part(article) == "".join(notice.approved.split())


def test_the_sample_has_its_31_sections_in_order(site: Path) -> None:
    sections = page(site, f"notices/{SAMPLE}").css("section.item")
    assert [node.attributes["id"] for node in sections] == EXPECTED_IDS


def test_a_section_holds_its_own_narrative_alone(
    sections: dict[str, LexborNode], notice: Notice
) -> None:
    for item in notice.items:
        own = item.section.heading.text + item.section.text
        assert approved_part(sections[item.id]) == "".join(own.split())


def test_a_section_holds_its_own_facts_alone(
    sections: dict[str, LexborNode], notice: Notice
) -> None:
    everything = {fact for item in notice.items for fact in facts_of(item)}
    for item in notice.items:
        shown = only(sections[item.id], "[data-annotation]").text()
        own = facts_of(item)
        assert {fact for fact in everything if fact in shown} >= own
        strangers = everything - own - {fact for fact in everything if any(fact in o for o in own)}
        assert not {fact for fact in strangers if fact in shown}


def facts_of(item: Item) -> set[str]:
    """Return what the page must show of an item's facts, as words that name nothing else."""
    facts = item.facts
    # An update that changed the status is its basis from then on.
    bases = [
        None if item.status_update else facts.basis,
        *(measure.facts.basis for measure in item.measures),
    ]
    words: list[str | None] = [item.id, facts.goal, *(f"《{title}》" for title in facts.documents)]
    words += [basis.quote for basis in bases if basis]
    words += [f"《{basis.document.title}》" for basis in bases if basis and basis.document]
    words += [update.text for update in facts.updates]
    words += [update.source for update in facts.updates]
    if facts.responsible:
        words += facts.responsible.model_dump().values()
    return {word for word in words if word}


def test_a_measure_has_an_anchor_with_its_own_words(
    sections: dict[str, LexborNode], notice: Notice
) -> None:
    for item in notice.items:
        for measure in item.measures:
            node = only(sections[item.id], f'[id="{measure.id}"]')
            assert "".join(node.text().split()) == "".join("".join(measure.texts).split())


def test_the_ledger_lists_the_same_items_and_links_to_their_sections(
    two_sites: Path, notice: Notice, catalogue: Catalogue
) -> None:
    rows = page(two_sites, f"notices/{notice.id}/ledger").css("li[data-item]")
    assert [row.attributes["data-item"] for row in rows] == [item.id for item in notice.items]
    for row, item in zip(rows, notice.items, strict=True):
        assert only(row, ".listed__title").text() == item.facts.title
        assert only(row, "a").attributes["href"] == f"../#{item.id}"
        labels = [catalogue.vocabulary[each].label for each in item.statuses]
        assert [label for label in labels if label not in row.text()] == []


def test_home_notice_and_ledger_agree_on_the_counts(two_sites: Path, notice: Notice) -> None:
    """In one sentence; and the page of a notice says also how many groups there are."""
    said = only(page(two_sites, ""), f'[data-notice="{notice.id}"] .answer').text()
    for address in (f"notices/{notice.id}", f"notices/{notice.id}/ledger"):
        assert page(two_sites, address).css(".answer")[0].text() == said
    measures = [measure for item in notice.items for measure in item.measures]
    groups = [notice.group_counts[depth] for depth in (1, 2)]
    numbers = [*groups, len(notice.items), len(measures)]
    counts = only(page(two_sites, f"notices/{notice.id}"), "[data-counts]").text().split("条")[0]
    assert re.findall(r"\d+", counts) == [str(number) for number in numbers]


def test_the_site_holds_as_many_notices_and_items_as_the_catalogue(
    two_sites: Path, catalogue: Catalogue
) -> None:
    """A builder that ignores hooks would publish fewer, silently."""
    folders = {path.parent.name for path in two_sites.glob("notices/*/index.html")}
    assert folders == {notice.id for notice in catalogue.notices}
    built = [
        (folder, node.attributes["id"])
        for folder in sorted(folders)
        for node in page(two_sites, f"notices/{folder}").css("section.item")
    ]
    assert built == [(notice.id, item.id) for notice in catalogue.notices for item in notice.items]


def test_the_table_of_contents_shows_numbers_and_short_titles(
    two_sites: Path, notice: Notice
) -> None:
    links = page(two_sites, f"notices/{notice.id}").css(".contents li a")
    shown = {str(link.attributes["href"]): " ".join(link.text().split()) for link in links}
    headed = [section for section in notice.narrative.all_sections if section.heading.text]
    for section in headed:
        number = [section.id] if section.id[0].isdigit() else []
        assert shown[f"#{section.id}"].split() == [*number, *section.label.split()]


@pytest.mark.parametrize("address", ["", "contact", f"notices/{SAMPLE}"])
def test_contact_details_are_links_on_every_page_that_needs_them(site: Path, address: str) -> None:
    contact = only(page(site, address), "address")
    assert [link.attributes["href"] for link in contact.css("a")] == [
        "tel:0411-87549380",
        "mailto:Dlsdgk@126.com",
    ]
    assert "大连开发区生命三路27号跨境电商产业园11号楼5单元601" in contact.text()


def test_updates_come_newest_first_with_their_item(two_sites: Path) -> None:
    entries = page(two_sites, "updates").css(".updates > li")
    assert [only(entry, "time").attributes["datetime"] for entry in entries] == [
        "2020-12-20",
        "2020-06-01",
    ]
    link = only(entries[0], "a").attributes["href"]
    assert link == "../notices/fictional-2020/#1-1-1"


def test_without_updates_the_site_says_so(site: Path) -> None:
    assert "还没有补充公布的进展" in only(page(site, "updates"), ".empty").text()


def test_about_explains_every_status(site: Path, catalogue: Catalogue) -> None:
    text = only(page(site, "about"), ".statuses").text()
    for status in catalogue.vocabulary.statuses:
        assert status.label in text
        assert status.definition in text


def test_what_an_editor_types_is_never_markup(two_sites: Path) -> None:
    article = only(page(two_sites, "notices/fictional-2020"), "article")
    assert article.css("script, .narrative em, .narrative code, .narrative [href*=example]") == []


SHOWN: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "shown.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", SHOWN, ids=[f"{c['page']} {c['selector']}" for c in SHOWN])
def test_what_is_known_is_shown_word_for_word(two_sites: Path, case: dict[str, Any]) -> None:
    nodes = page(two_sites, case["page"]).css(case["selector"])
    for actions in (each for node in nodes for each in node.css(".facts__actions")):
        actions.decompose()
    assert [" ".join(node.text(separator=" ").split()) for node in nodes] == case["texts"]


def test_the_approved_text_can_be_had_with_its_digest(two_sites: Path, notice: Notice) -> None:
    offered = (two_sites / f"notices/{notice.id}/approved.txt").read_bytes()
    assert offered.decode("utf-8") == notice.approved
    digest = only(page(two_sites, f"notices/{notice.id}"), ".digest").text()
    assert digest == hashlib.sha256(offered).hexdigest()


def links(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (page address, attribute, value) of all that a built page refers to."""
    for path in sorted(folder.rglob("*.html")):
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        where = path.relative_to(folder).as_posix().removesuffix("index.html")
        for attribute in ("href", "src", "srcset", "action", "data"):
            for node in tree.css(f"[{attribute}]"):
                yield where, attribute, str(node.attributes[attribute])


def test_every_internal_link_leads_somewhere(two_sites: Path) -> None:
    """Pages, files and anchors alike."""
    seen = 0
    for where, _, value in links(two_sites):
        base = "https://site.invalid/"
        target = urlsplit(urljoin(base + where, value))
        if target.netloc != "site.invalid":
            continue
        seen += 1
        file = two_sites / unquote(target.path.lstrip("/"))
        file = file / "index.html" if file.is_dir() else file
        assert file.is_file(), f"{where}: {value}"
        if target.fragment:
            ids = LexborHTMLParser(file.read_text(encoding="utf-8")).css(
                f'[id="{unquote(target.fragment)}"]'
            )
            # Browsers go to the top of a page that has nothing of that name.
            assert len(ids) == (target.fragment != "top"), f"{where}: {value}"
    assert seen > 400


def test_no_page_refers_to_another_host(site: Path) -> None:
    foreign = {value for _, _, value in links(site) if urlsplit(value).netloc}
    assert foreign == set()


def test_the_interface_is_in_chinese(site: Path) -> None:
    """What is left in Latin letters is the notice's own, and what one gives to computers."""
    names = r"TXT|PDF|DOCX|XLSX|CSV|JSON|ICS|KB|Word|Excel|WPS|Atom|SHA-256|SM3|Windows|Linux"
    names += r"|WCAG|AA|HTML|Nu Html Checker|axe-core|Tab|chongdian"
    allowed = re.compile(rf"{names}|双D|Dlsdgk@126\.com|㎡")
    for path in site.rglob("*.html"):
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        tree.strip_tags(["script", "style"])
        for code in tree.css("code, .change"):  # digests, commands, and pages as people wrote them
            code.decompose()
        words = [only(tree, "body").text(separator=" "), only(tree, "title").text()]
        for attribute in ("title", "aria-label", "placeholder", "alt"):
            words += [str(node.attributes[attribute]) for node in tree.css(f"body [{attribute}]")]
        latin = re.findall(r"[A-Za-z]+", allowed.sub("", " ".join(words)))
        assert latin == [], path


@pytest.mark.parametrize(
    "name", ["", "updates", "search", "contact", "about", f"notices/{SAMPLE}/ledger"]
)
def test_every_page_has_one_title_and_a_description(site: Path, name: str) -> None:
    tree = page(site, name)
    assert only(tree, "h1").text().strip()
    assert only(tree, "title").text().strip()
    assert only(tree, 'meta[name="description"]').attributes["content"]
