"""Shapes of real notices: each outline that bodies use, in fictional words, from text to paper.

``shapes/`` has them as editors write them, and ``cases/shapes.yml`` what they are made of.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from docx import Document
from docx.document import Document as Docx
from docx.text.paragraph import Paragraph
from playwright.sync_api import BrowserContext
from pypdfium2 import PdfDocument
from selectolax.lexbor import LexborHTMLParser

from axe import RULES, axe
from exporting import squeezed
from notices.catalogue.notices import Catalogue, Notice
from notices.catalogue.standing import standings
from notices.catalogue.words import totals
from notices.checks import inspect
from notices.outputs.search import rows_of
from notices.proof.readback.page import differences
from once import once
from shapes import ALL, SHAPES, project_of
from sitehouse import ROOT, build, serve

CASES: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "tests" / "cases" / "shapes.yml").read_text(encoding="utf-8")
)
TEXT_ALONE = [case["id"] for case in CASES if not case["items"]]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of all shapes, and of nothing else."""

    def make(folder: Path) -> None:
        project_of(ALL, folder / "project")

    return once(tmp_path_factory, "shapes", make) / "project"


@pytest.fixture(scope="module")
def site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = once(tmp_path_factory, "shapes-built", lambda folder: build(project, folder / "site"))
    return made / "site"


@pytest.fixture(scope="module")
def checked(project: Path) -> Catalogue:
    """The catalogue of all shapes, in which nothing is wrong."""
    catalogue, problems = inspect(project)
    assert problems == []
    return catalogue


@pytest.fixture(params=CASES, ids=[case["promise"] for case in CASES])
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param
    return found


@pytest.fixture
def notice(case: dict[str, Any], checked: Catalogue) -> Notice:
    return next(notice for notice in checked.notices if notice.id == case["id"])


@pytest.fixture
def folder(site: Path, notice: Notice) -> Path:
    return site / "notices" / notice.id


def test_there_is_a_shape_for_each_that_is_kept() -> None:
    kept = {path.name for path in (SHAPES / "data" / "notices").iterdir()}
    assert kept == {case["id"] for case in CASES}


def test_the_map_has_a_square_for_each_item_where_anything_is_stated(
    notice: Notice, folder: Path
) -> None:
    page = LexborHTMLParser((folder / "index.html").read_text(encoding="utf-8"))
    squares = [str(each.attributes["href"]) for each in page.css(".map li a")]
    is_stated = any(item.statuses != {"unstated"} for item in notice.items)
    is_drawn = is_stated and len(notice.items) > 1
    assert squares == ([f"#{item.id}" for item in notice.items] if is_drawn else [])


def test_items_and_groups_are_those_of_the_text(case: dict[str, Any], notice: Notice) -> None:
    items = {str(item.id): [item.facts.title, len(item.measures)] for item in notice.items}
    assert items == case["items"]
    assert {str(group.id): group.label for group in notice.narrative.groups} == case["groups"]
    for item in notice.items:
        assert [group.id for group in item.path] == [
            key for key in case["groups"] if item.id.startswith(f"{key}-")
        ]


def test_what_is_counted_adds_up(notice: Notice) -> None:
    whole, *parts = standings(notice)
    outside = [item for item in notice.items if not item.path]
    assert whole.items.total() == len(notice.items)
    assert sum(part.items.total() for part in parts) + len(outside) == len(notice.items)
    assert totals(notice).endswith(f"{len(notice.items)}个{notice.kind.item}")


def test_the_page_says_exactly_the_approved_text(folder: Path, notice: Notice) -> None:
    tree = LexborHTMLParser((folder / "index.html").read_text(encoding="utf-8"))
    (text,) = tree.css("[data-narrative]")
    assert [node.attributes["id"] for node in text.css("[data-item]")] == [*notice.items_by_id]
    for annotation in text.css("[data-annotation]"):
        annotation.decompose()
    assert squeezed(text.text()) == squeezed(notice.approved)


def test_the_contents_lead_to_all_that_has_a_heading(folder: Path, notice: Notice) -> None:
    tree = LexborHTMLParser((folder / "index.html").read_text(encoding="utf-8"))
    links = [link.attributes["href"] for link in tree.css(".contents li a")]
    sections = notice.narrative.all_sections
    headed = [each for each in sections if each.heading.text and (each.is_item or not each.row)]
    assert links == [f"#{each.id}" for each in headed]
    assert all(tree.css(f'[id="{each.id}"]') for each in headed)


def test_paper_says_exactly_the_approved_text(folder: Path, notice: Notice) -> None:
    pages = PdfDocument((folder / "notice.pdf").read_bytes())
    printed = squeezed("".join(page.get_textpage().get_text_range() for page in pages))
    # Where a page ends in the middle of the text, its number stands there, too.
    for number in range(1, len(pages) + 1):
        printed = printed.replace(f"—{number}—", "")
    own = notice.title_lines
    assert printed.startswith(squeezed(notice.facts.title))
    assert squeezed(notice.approved if own else notice.facts.title + notice.approved) in printed
    assert own == 0 or printed.count(squeezed(notice.facts.title)) == 1
    document = Document(io.BytesIO((folder / "notice.docx").read_bytes()))
    lines = [line for line in lines_of(document) if line.strip()]
    approved = notice.approved.splitlines()[own:]
    assert lines[1 : 1 + len(approved)] == approved, "a line of the text is a paragraph or a row"


def lines_of(document: Docx) -> Iterator[str]:
    """Yield the paragraphs and the rows of a document in their order, tabs between cells."""
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from ("\t".join(cell.text for cell in row.cells) for row in block.rows)


def test_programs_are_told_the_same(folder: Path, notice: Notice, case: dict[str, Any]) -> None:
    told = json.loads((folder / "notice.json").read_text(encoding="utf-8"))
    titles = {item["id"]: [item["title"], len(item["measures"])] for item in told["items"]}
    assert titles == case["items"]
    assert {group["level"]: group["count"] for group in told["totals"]["groups"]} == {
        level: sum(key.count("-") == depth for key in case["groups"])
        for depth, level in enumerate(notice.kind.levels)
    }


def test_the_ledger_lists_each_item_once(folder: Path, notice: Notice) -> None:
    page = folder / "ledger" / "index.html"
    assert page.exists() == bool(notice.items)
    if notice.items:
        tree = LexborHTMLParser(page.read_text(encoding="utf-8"))
        rows = {row.attributes["data-item"]: row for row in tree.css("li[data-item]")}
        assert [*rows] == [*notice.items_by_id]
        for item in notice.items:
            path = rows[item.id].attributes["data-path"] or ""
            assert path == " ".join(group.id for group in item.path)


def test_search_has_each_section_with_all_its_words(notice: Notice, checked: Catalogue) -> None:
    rows = [json.loads(each) for each in rows_of(notice, checked).sections]
    places = {place: squeezed("".join(lines)) for place, _, lines, *_ in rows}
    for section in notice.narrative.all_sections:
        said = squeezed("".join(line.text for line in section.lines))
        assert places[f"#{section.id}"] == said


def test_a_title_that_the_text_has_is_shown_once(folder: Path, notice: Notice) -> None:
    tree = LexborHTMLParser((folder / "index.html").read_text(encoding="utf-8"))
    (article,) = tree.css("article")
    assert squeezed(article.text()).count(squeezed(notice.facts.title)) == 1


@pytest.mark.parametrize("name", TEXT_ALONE)
def test_a_notice_of_text_alone_shows_nothing_empty(site: Path, name: str) -> None:
    tree = LexborHTMLParser((site / "notices" / name / "index.html").read_text(encoding="utf-8"))
    (main,) = tree.css("main")
    said = main.text()
    assert not any(word in said for word in ("0个", "台账", "原文未写明", "整改状态"))
    assert tree.css(".bar, .standing, .tally") == []
    listed = LexborHTMLParser((site / "archive/all/index.html").read_text(encoding="utf-8"))
    (entry,) = listed.css(f'[data-notice="{name}"]')
    assert "0个" not in entry.text()
    assert "台账" not in entry.text()
    files = {path.name for path in (site / "notices" / name).iterdir()}
    assert files >= {"notice.pdf", "notice.docx", "notice.json", "approved.txt"}
    assert not files & {"items.csv", "items.xlsx", "ledger"}


# --- A table, as readers have it -----------------------------------------------------------------

TABLE = "notices/table/"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serve(site) as url:
        yield url


def test_a_phone_reads_a_table_cell_by_cell(phone: BrowserContext, address: str) -> None:
    """Below each other, each with the name of its column before it, and nothing to the side."""
    page = phone.new_page()
    page.goto(address + TABLE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cells = page.locator("[data-item='1-1'] > tr:first-child > *")
    boxes = [cell.bounding_box() for cell in cells.all()]
    lefts, tops = {box["x"] for box in boxes if box}, [box["y"] for box in boxes if box]
    assert (len(lefts), tops) == (1, sorted(set(tops)))
    before = "cells => cells.map((cell) => getComputedStyle(cell, '::before').content)"
    names = [name.replace('" "', "").strip('"：') for name in cells.evaluate_all(before)]
    assert names == ["序号", "存在问题", "整改措施", "完成情况", "责任单位", "完成时限"]


@pytest.mark.parametrize("window", ["phone", "desktop"])
def test_axe_finds_nothing_in_a_table(
    request: pytest.FixtureRequest, window: str, address: str
) -> None:
    page = request.getfixturevalue(window).new_page()
    page.goto(address + TABLE)
    assert axe(page, RULES).found == []


def test_a_measure_in_a_cell_has_its_address(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.goto(f"{address}{TABLE}#1-1-2")
    assert page.locator(":target").inner_text() == "二是每季度抽查。"
    assert page.locator("[data-item='1-1']").get_attribute("id") == "1-1"


def test_a_row_is_printed_alone(desktop: BrowserContext, address: str) -> None:
    """With the head of its table and the heading above; and then the page is whole again."""
    page = desktop.new_page()
    page.add_init_script("window.print = () => {}")
    page.goto(address + TABLE)
    page.locator("[data-item='1-2'] .facts__print").click()
    page.emulate_media(media="print")
    seen = page.locator(".narrative :is(h2, tr)").filter(visible=True)
    assert [words.split("\t")[0].strip() for words in seen.all_inner_texts()][:3] == [
        "一、日常管理方面", "序号", "2",
    ]  # fmt: skip
    assert page.locator("[data-item]").filter(visible=True).count() == 1
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("[data-item]").filter(visible=True).count() == 3


RESPONSIBLE = '<td data-label="责任单位">综合科'
SPOILT = {
    "a cell with other words": ("综合科</td>", "综合处</td>"),
    "a cell hidden": (RESPONSIBLE, RESPONSIBLE.replace("<td", "<td hidden")),
    "a column of another name": (RESPONSIBLE, RESPONSIBLE.replace("责任单位", "甲")),
    "a row in a class": ('<tbody class="item"', '<tbody class="paper"'),
    "a cell left out": ("<td>公示期</td>", ""),
    "a remark in a cell": (
        RESPONSIBLE, f'{RESPONSIBLE}<div class="facts" data-annotation role="group"></div>',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new"), SPOILT.values(), ids=SPOILT)
def test_a_table_that_says_anything_else_is_told(
    folder_of_table: Path, checked: Catalogue, old: str, new: str
) -> None:
    path = folder_of_table / TABLE / "index.html"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (notice,) = (each for each in checked.notices if each.id == "table")
    (problem,) = differences(folder_of_table, notice)
    assert problem.rule == "page-differs"


@pytest.fixture
def folder_of_table(site: Path, tmp_path: Path) -> Path:
    """A copy of the page of a table, to be spoilt."""
    shutil.copytree(site / TABLE, tmp_path / TABLE)
    return tmp_path
