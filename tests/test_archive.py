"""The archive: lists of notices, none longer than a page, and each notice in all that it is of."""

from __future__ import annotations

import csv
import datetime
import io
import posixpath
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser, LexborNode

from invented import make_catalogue
from kinds import INSPECTION
from notices import software
from notices.catalogue.addresses import TABLES
from notices.catalogue.listings import ON_HOME, Portal
from notices.catalogue.loading import load
from notices.catalogue.offered import offered
from notices.catalogue.settings import Record
from notices.catalogue.sheets import ON_A_PAGE, ROWS_ON_A_PAGE, Ledger, LedgerRow, LedgerRows
from notices.catalogue.summary import Archive, Summary
from notices.facts import model
from notices.facts.source import YamlDocument
from notices.outputs.exports import ledger
from notices.outputs.fragments import Fragments
from notices.outputs.pages.of_archive import archive_pages
from notices.outputs.pages.page import Page

ARCHIVE = Archive.of(make_catalogue(ON_HOME + 1))
BODIES = {"first": "单位0", "second": "单位1", "nobody": "没有通报的单位"}
"""Bodies that publish; a third one does, of whom nobody has written."""
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
                publisher=f"单位{number % 3}",
                joint=("单位1",) if number % 5 == 2 else (),
                published=day,
                inspection=inspection,
                kind=own,
                kind_id=kind,
            )
        )
    bodies = {name: body(name, called) for name, called in BODIES.items()}
    return replace(ARCHIVE, notices=tuple(notices), kinds=kinds, publishers=bodies)


def body(name: str, called: str, parent: str | None = None) -> Record[model.Publisher]:
    facts = model.Publisher(name=called, parent=parent)
    return Record(facts, YamlDocument(f"data/publishers/{name}.yml", {}))


def shown(page: Page) -> list[str]:
    tree = LexborHTMLParser(page.render(Fragments(ARCHIVE, software.FRAGMENTS)))
    return [str(node.attributes["data-notice"]) for node in tree.css("li[data-notice]")]


@settings(max_examples=40)
@given(st.lists(DAYS, min_size=ON_HOME + 1, max_size=3 * ON_A_PAGE + 5))
def test_each_notice_is_in_every_list_that_it_is_of_and_in_order(
    days: list[datetime.date | None],
) -> None:
    """From the newest, once, on pages of no more than there is room for."""
    archive = with_days(days)
    wanted: dict[str, list[Summary]] = {"publisher-nobody": []}
    for notice in archive.newest:
        names = ["all", f"kind-{notice.kind_id}"]  # of two kinds there are always some
        names += [f"year-{notice.day.year}"] if notice.day else []
        names += [f"publisher-{name}" for name in BODIES if notice_is_of(notice, name)]
        for name in names:
            wanted.setdefault(name, []).append(notice)
    portal = Portal(archive)
    found: dict[str, list[Summary]] = {}
    for listing in portal.listings:
        for number in range(1, listing.count + 1):
            assert len(listing.on(number)) <= ON_A_PAGE
            found.setdefault(listing.name, []).extend(listing.on(number))
    assert found == wanted
    days_in_order = [notice.day or datetime.date.min for notice in archive.newest]
    assert days_in_order == sorted(days_in_order, reverse=True)


def notice_is_of(notice: Summary, name: str) -> bool:
    return BODIES[name] in (notice.publisher, *notice.joint)


def test_pages_lead_to_one_another_and_to_nothing_else() -> None:
    """Whoever begins at any page gets to every notice, and to every item, without a script."""
    archive = with_days([datetime.date(2020, 1, 1)] * (3 * ON_A_PAGE))
    pages = {page.address: page for page in archive_pages(Portal(archive))}
    fragments = Fragments(archive, software.FRAGMENTS)
    leads, notices = {}, set()
    for address, page in pages.items():
        tree = LexborHTMLParser(page.render(fragments))
        links = {posixpath.join(address, str(node.attributes["href"])) for node in tree.css("a")}
        targets = {posixpath.normpath(each.partition("#")[0]) + "/" for each in links}
        leads[address] = targets & pages.keys()
        assert (
            not {each for each in targets if each.startswith("archive/")}
            - pages.keys()
            - {f"{feed}/" for each in Portal(archive).publishers for feed in each.feeds()}
            - {f"{file}/" for each in Portal(archive).ledgers for file in each.tables()}
        )
        notices |= targets
    reached, ahead = set[str](), {"archive/kind-audit_2/"}
    while ahead:
        reached |= ahead
        ahead = set().union(*(leads[each] for each in ahead)) - reached
    assert reached == {*pages}
    assert notices >= {f"notices/{each.id}/" for each in archive.notices}
    assert shown(pages["archive/all_2/"]) == [each.id for each in archive.newest[20:40]]


@pytest.mark.parametrize("count", [0, 1, ON_HOME])
def test_what_the_home_page_shows_needs_no_list_but_those_of_publishers(count: int) -> None:
    portal = Portal(with_days([None] * count))
    assert {each.name for each in portal.listings} == {f"publisher-{name}" for name in BODIES}
    assert bool(portal.whole.ledger) == (count > 1)
    alone = Portal(replace(portal.archive, publishers={}))
    made = {page.fragment for page in archive_pages(alone)}
    assert made == ({"archive/ledger"} if count > 1 else set())


@pytest.mark.parametrize("name", ["notices", "search", "approved-texts", "updates", "contact"])
def test_no_page_of_the_site_grows_with_the_archive(name: str) -> None:
    sizes = []
    for count in (100, 400):
        archive = with_days([datetime.date(2020, 1, 1)] * count)
        known: dict[str, Any] = {"archive": archive, "portal": Portal(archive)}
        known |= {"sitewide": {}, "on_home": ON_HOME}
        fragments = Fragments(archive, software.FRAGMENTS, **known)
        sizes.append(len(fragments.render(f"site/{name}", str)))
    assert sizes[1] <= sizes[0] * 1.05


def test_no_page_of_the_archive_grows_with_it() -> None:
    """Whatever it lists, with a body that publishes for each notice, all under one."""
    longest = []
    for count in (120, 240):
        archive = with_days([datetime.date(2020, 1, 1)] * count)
        bodies = {"above": body("above", "上级"), **archive.publishers}
        bodies |= {f"b-{n}": body(f"b-{n}", f"单位{n}", "above") for n in range(count)}
        archive = replace(archive, publishers=bodies)
        fragments, sizes = Fragments(archive, software.FRAGMENTS), dict[str, int]()
        for page in archive_pages(Portal(archive)):
            number = page.known["number"]
            size = len(page.render(fragments)) if number in (1, 2) else 0
            sizes[page.fragment] = max(size, sizes.get(page.fragment, 0))
        longest.append(sizes)
    assert len(longest[0]) == 4
    assert all(size <= longest[0][kind] * 1.05 for kind, size in longest[1].items())


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 3), *[st.integers(0, 4)] * 4), min_size=ON_HOME + 1))
def test_each_number_is_the_sum_of_what_notices_say(said: list[tuple[int, ...]]) -> None:
    """And leads to those notices that say anything of it, and to no others."""
    archive = with_days([None] * len(said))
    notices = []
    for notice, (withheld, *counts) in zip(archive.notices, said, strict=True):
        items = Counter(dict(zip(("completed", "unstated"), counts[:2], strict=True)))
        measures = Counter(dict(zip(("completed", "planned"), counts[2:], strict=True)))
        standing = notice.standing._replace(items=+items, measures=+measures)
        notices.append(replace(notice, withheld=withheld, standing=standing))
    portal = Portal(replace(archive, notices=notices))
    for listing in portal.listings:
        told = {(each.what, each.status): each for each in portal.numbers.get(listing.name, [])}
        for (what, status), number in told.items():
            shares = {each.id: amount(each, what, status) for each in listing.things}
            assert {each.notice.id: each.amount for each in number.sheets.things} == {
                name: count for name, count in shares.items() if count
            }
            assert number.total == sum(shares.values())
        if listing.has_numbers:
            for what in ("items", "measures"):
                whole = sum(number.total for each, number in told.items() if each[0] == what)
                assert whole == getattr(listing.standing, what).total()
            hidden = told.get(("withheld", ""))
            assert (hidden.total if hidden else 0) == listing.withheld


def amount(notice: Summary, what: str, status: str) -> int:
    if what == "withheld":
        return notice.withheld
    counts: Counter[str] = getattr(notice.standing, what)
    return counts[status]


def test_a_ledger_has_each_item_once_and_cites_it_with_its_notice() -> None:
    """On its pages, in its CSV and in its workbook, in the same order."""
    archive = with_days([datetime.date(2020, 1, 1)] * (ON_HOME + 1))
    portal = Portal(archive)
    fragments = Fragments(archive, software.FRAGMENTS)
    tables = ledger.tables(portal, "https://notices.example.org/")
    for listing in portal.ledgers:
        assert listing.ledger
        cited = [f"{notice.id}/{item.id}" for notice in listing.things for item in notice.items]
        titles = [item.title for notice in listing.things for item in notice.items]
        name = listing.ledger.address().removesuffix("/")
        pages = [
            LexborHTMLParser(page.render(fragments))
            for page in archive_pages(portal)
            if re.fullmatch(rf"{name}(_\d+)?/", page.address)
        ]
        listed = [row for page in pages for row in page.css("[data-item]")]
        assert [only(row, ".listed__id") for row in listed] == cited
        assert [only(row, ".listed__title") for row in listed] == titles
        for path in listing.tables():
            rows = read_table(path, tables[path]())
            assert [row["编号"] for row in rows] == cited
            assert [row["条目"] for row in rows] == titles
            assert {row["固定链接"].partition("#")[0] for row in rows} == {
                f"https://notices.example.org/notices/{notice.id}/" for notice in listing.things
            }
            measures = [key for key in rows[0] if key.startswith("措施：")]
            assert all(
                int(row["措施条数"]) == sum(int(row[key]) for key in measures) for row in rows
            )


def only(tree: LexborNode, selector: str) -> str:
    (node,) = tree.css(selector)
    return node.text()


def test_links_are_judged_where_other_things_are_wrong() -> None:
    """A kind without a file, no statuses, and bodies that are under each other."""
    archive = with_days([None] * (ON_HOME + 1))
    bodies = {"first": body("first", "单位0", "second"), "second": body("second", "单位1", "first")}
    words = model.Vocabulary.model_construct(statuses=[])
    broken = replace(archive, kinds={}, publishers=bodies, vocabulary=words)
    assert {"archive/kind-audit.md", "archive/publisher-first_below.md"} <= offered(broken).keys()


@given(st.lists(st.integers(0, 2 * ROWS_ON_A_PAGE + 1), max_size=12))
def test_a_ledger_parts_no_notice_that_fits_on_a_page(sizes: list[int]) -> None:
    """And no page is empty, or has more than there is room for."""
    notice = ARCHIVE.notices[0]
    notices = [
        replace(notice, id=f"n-{number}", items=notice.items[:1] * size)
        for number, size in enumerate(sizes)
    ]
    rows = [LedgerRow(each, item) for each in notices for item in each.items]
    found = Ledger("ledger", LedgerRows.of(notices), ROWS_ON_A_PAGE)
    pages = [[*found.on(number)] for number in range(1, found.count + 1)]
    assert [row for page in pages for row in page] == rows
    assert len(found.things) == len(rows)
    assert all(0 < len(page) <= ROWS_ON_A_PAGE for page in pages) or (pages == [[]] and not rows)
    for each, size in zip(notices, sizes, strict=True):
        parts = sum(any(row.notice is each for row in page) for page in pages)
        assert parts == -(-size // ROWS_ON_A_PAGE) or size > ROWS_ON_A_PAGE


def test_tables_are_in_the_formats_that_the_site_offers() -> None:
    archive = with_days([None] * 2)
    for formats, names in ((["XLSX"], ["items.xlsx"]), (["PDF"], []), (None, [*TABLES])):
        site = archive.site.model_copy(update={"downloads": formats})
        portal = Portal(replace(archive, site=site))
        assert portal.whole.tables() == [f"archive/ledger/{name}" for name in names]
        (page,) = (each for each in archive_pages(portal) if each.address == "archive/ledger/")
        text = page.render(Fragments(portal.archive, software.FRAGMENTS))
        assert ("下载清单" in text) == bool(names)


EDITS: dict[str, Callable[[Summary], Summary]] = {
    "nothing": lambda notice: notice,
    "title": lambda notice: replace(notice, title="另一个标题"),
    "day": lambda notice: replace(notice, published=datetime.date(2017, 3, 4)),
    "publisher": lambda notice: replace(notice, publisher=BODIES["nobody"]),
    "joint": lambda notice: replace(notice, joint=("单位2", BODIES["second"])),
    "kind": lambda notice: replace(notice, kind_id="audit"),
    "word": lambda notice: replace(notice, kind=notice.kind.model_copy(update={"item": "事项"})),
    "withheld": lambda notice: replace(notice, withheld=notice.withheld + 1),
    "counts": lambda notice: replace(
        notice, standing=notice.standing._replace(items=Counter(completed=3))
    ),
    "item": lambda notice: replace(
        notice, items=(replace(notice.items[0], title="另一条"), *notice.items[1:])
    ),
    "measures": lambda notice: replace(
        notice, items=(replace(notice.items[0], measures={"planned": 2}), *notice.items[1:])
    ),
    "fewer items": lambda notice: replace(notice, items=notice.items[:-1]),
    "links": lambda notice: replace(notice, sources={}, sections={}),
}


def test_what_has_the_same_mark_says_the_same() -> None:
    """Whatever is edited of one notice, or of how many there are; and most pages keep theirs."""
    known: dict[tuple[str, ...], str] = {}
    archive = with_days([datetime.date(2020, 1, 1)] * (ON_HOME + 3))
    fragments = Fragments(archive, software.FRAGMENTS)
    first, *others = archive.notices
    cases = [[edit(first), *others] for edit in EDITS.values()]
    cases += [others, others[: ON_HOME - 1], others[:1]]
    for notices in cases:
        portal = Portal(replace(archive, notices=notices))
        for page in archive_pages(portal):
            words = (page.fragment, page.address, page.title, page.description, page.mark)
            text = page.render(fragments)
            assert known.setdefault(words, text) == text
    pages = len([*archive_pages(Portal(archive))])
    assert len(known) < len(cases) * pages * 2 / 3
    assert len({EDITS["links"](first).mark, first.mark}) == 1


def read_table(path: str, data: bytes) -> list[dict[str, str]]:
    if path.endswith(".csv"):
        return [*csv.DictReader(io.StringIO(data.decode("utf-8-sig")))]
    head, *rows = load_workbook(io.BytesIO(data)).worksheets[0].iter_rows()
    names = [str(cell.value) for cell in head]
    table = [dict(zip(names, [str(cell.value) for cell in row], strict=True)) for row in rows]
    for name in names:
        assert {row[name] for row in table} != {"None"}, "a column says something"
    opened = [row[0].hyperlink.target if row[0].hyperlink else "" for row in rows]
    assert opened == [row["固定链接"] for row in table]
    return table


def test_the_map_of_the_site_names_every_page_and_nothing_else(many_sites: Path) -> None:
    """Be it written by people, made of a notice, or made of several."""
    canonical = [
        str(node.attributes["href"])
        for path in many_sites.rglob("*.html")
        for node in LexborHTMLParser(path.read_text("utf-8")).css('link[rel="canonical"]')
    ]
    told = re.findall(r"<loc>(.*?)</loc>", (many_sites / "sitemap.xml").read_text("utf-8"))
    assert sorted(told) == sorted(canonical)
    assert any("/archive/all/" in each for each in told)


def test_links_may_lead_to_all_that_the_site_has(many_sites: Path) -> None:
    """But for what nobody links to: what programs ask for by its name, and parts of the search."""
    files = {each.relative_to(many_sites).as_posix() for each in many_sites.rglob("*.*")}
    made = {path for path in files if not path.startswith(("assets/", "search/"))}
    catalogue, _ = load(many_sites.parent / "project")
    known = {*offered(Archive.of(catalogue.public())).values()}
    assert made - known == {"404.html", "robots.txt", "sitemap.xml"}
    assert known - files == {"search/index.html"} - files
    assert {path.split("/")[1] for path in known if path.startswith("archive/")} >= {
        "all", "ledger", "publishers", "publisher-shuangd", "publisher-shuangd_ledger",
        "publisher-jituan_below", "all_items_unstated", "year-2020",
    }  # fmt: skip
