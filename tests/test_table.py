"""Tables: whatever cells say, they say it in the approved text, the narrative and the page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from kinds import INSPECTION, PLAIN
from notices.catalogue.notices import Catalogue, Notice
from notices.catalogue.settings import Record
from notices.checks.verbatim import narrative_differs
from notices.facts import model
from notices.facts.source import YamlDocument
from notices.outputs.fragments import Fragments
from notices.outputs.pages.of_notice import notice_pages
from notices.problem import Place
from notices.proof.readback import page
from notices.text import narrative
from notices.text.measures import joined, split_cells
from notices.text.sections import Line
from notices.text.table import read_row, write_row
from profiles import INPUTS
from sitehouse import ROOT

STATUS = model.Status(id="unstated", label="甲", definition="乙", tone="neutral")
SIGNS = st.sampled_from([*"|\\#{}&<>*-_[]!`:", "{#1}", "|---|", "一是", "。二是", "&lt;", "(1)"])
LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp"))
CELL = st.lists(LETTERS | SIGNS, max_size=6).map(lambda parts: "".join(parts).strip())
Rows = list[list[str]]


@st.composite
def tables(draw: st.DrawFn) -> Rows:
    """Draw a table: rows of as many cells, none without words."""
    width = draw(st.integers(1, 5))
    row = st.lists(CELL, min_size=width, max_size=width).filter(any)
    return draw(st.lists(row, min_size=2, max_size=4))


def squeezed(rows: Iterable[list[str]]) -> Rows:
    return [["".join(cell.split()) for cell in row] for row in rows]


def written(rows: Rows, *, are_items: bool) -> str:
    """Return the lines of a table: its first row is the head, the others may be items."""
    ids = [str(number) if are_items else "" for number in range(1, len(rows))]
    lines = [write_row(row, each) for row, each in zip(rows[1:], ids, strict=True)]
    return "\n".join([write_row(rows[0]), "|---|", *lines])


def notice_of(text: str, approved: str) -> Notice:
    outline, problems = narrative.recover("n.md", text, approved)
    assert problems == []
    items = {
        str(each.id): Record(
            model.Item.model_construct(title=each.label), YamlDocument("i.yml", {})
        )
        for each in outline.items
    }
    digest = hashlib.sha256(approved.encode()).hexdigest()
    record = Record(PLAIN, YamlDocument("notice.yml", {}))
    return Notice("made-by-hand", record, outline, approved, digest, items, INSPECTION)


def page_of(notice: Notice) -> str:
    catalogue = Catalogue(model.Site(publisher="甲"), model.Vocabulary(statuses=[STATUS]), [notice])
    fragments = Fragments(catalogue, ROOT / "theme" / "fragments")
    said = next(notice_pages(notice, catalogue.vocabulary)).render(fragments)
    return f'<article class="page__text">{said}</article>'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("site")
    (site / "notices/made-by-hand").mkdir(parents=True)
    return site


@settings(max_examples=INPUTS // 40)  # a page takes a while
@given(rows=tables(), are_items=st.booleans())
def test_any_cells_are_on_the_page_as_they_were_approved(
    site: Path, rows: Rows, are_items: bool
) -> None:
    approved = "\n".join("\t".join(row) for row in rows)
    notice = notice_of(written(rows, are_items=are_items), approved)
    assert [[*line.cells] for line in notice.narrative.lines] == rows
    assert [*narrative_differs(notice, Catalogue.__new__(Catalogue))] == []
    html = page_of(notice)
    (site / "notices/made-by-hand/index.html").write_text(html, encoding="utf-8")
    assert [*page.differences(site, notice)] == []
    tree = LexborHTMLParser(html)
    for annotation in tree.css("td:has(> [data-annotation])"):
        annotation.decompose()
    found = [[cell.text() for cell in row.css("th, td")] for row in tree.css("tr")]
    assert squeezed(row for row in found if row) == squeezed(rows)


@settings(max_examples=INPUTS // 10)
@given(st.lists(CELL.filter(bool), max_size=4))
def test_measures_lose_no_word_of_the_cells(cells: list[str]) -> None:
    parts = [part for cell in split_cells(cells) for part in cell]
    assert "".join(text for part in parts for text in part.texts).split() == "".join(cells).split()
    numbers = sorted(measure.number for measure in joined(split_cells(cells)) if measure.number)
    assert numbers == [*range(1, len(numbers) + 1)]


@pytest.mark.parametrize(
    ("line", "cells", "section"),
    [
        ("| 甲 | 乙 |", ("甲", "乙"), ""),
        ("|甲||乙|", ("甲", "", "乙"), ""),
        ("| 甲\\|乙 | 丙 | {#1-2}", ("甲|乙", "丙"), "1-2"),
        ("| 合计 |{#part-1}", ("合计",), "part-1"),
        ("| 甲 | 乙 {#1}", None, ""),
        ("| 甲 | 乙 | {#closing}", None, ""),
        ("| 甲", None, ""),
        ("|", None, ""),
    ],
)
def test_a_row_is_what_stands_between_bars(
    line: str, cells: tuple[str, ...] | None, section: str
) -> None:
    row = read_row(Line(Place("n.md", 1), line))
    assert (row and row.line.cells) == cells
    assert (row.id if row else "") == section


HEAD = "| 序号 | 反馈意见 | 整改目标 | 完成情况 | 牵头部门 | 整改期限 |\n|---|\n"


def test_heads_say_what_columns_hold_where_nobody_else_does() -> None:
    found = narrative.parse("n.md", f"{HEAD}| 1 | 甲 | 乙 | 丙 | 丁 | 戊 | {{#1}}")
    (item,) = found.items
    assert [cell.role for cell in item.cells] == [
        "number", "title", "measure", "evidence", "responsible", "deadline",
    ]  # fmt: skip
    assert item.heading.text == "甲"
    assert [line.text for line in item.paragraphs] == ["乙", "丙", "丁", "戊"]
    assert [line.text for line in item.answer] == ["乙", "丙"]


def test_a_notice_may_say_it_otherwise() -> None:
    roles = {"整改目标": "title", "反馈意见": "measure"}
    text = f"{HEAD}| 1 | 甲 | 乙 | 丙 | 丁 | 戊 | {{#1}}"
    found, problems = narrative.recover("n.md", text, roles=roles)
    assert (problems, found.items[0].heading.text) == ([], "乙")


def test_a_table_without_a_head_has_the_columns_of_the_one_before() -> None:
    row = "| 1 | 甲 | 乙 | 丙 | 丁 | 戊 |"
    text = f"## 一 {{#1}}\n{HEAD}{row} {{#1-1}}\n## 二 {{#2}}\n{row} {{#2-1}}\n"
    found = narrative.parse("n.md", text)
    assert [each.level for each in found.items] == [3, 3]
    assert [cell.name for cell in found.items[1].cells] == HEAD.splitlines()[0][2:-2].split(" | ")


def test_rows_before_the_first_item_are_the_head_though_no_rule_says_so() -> None:
    found = narrative.parse("n.md", "| 序号 | 问题 |\n| 1 | 甲 | {#1}")
    assert [line.is_head for line in found.lines] == [True, False]
    assert found.items[0].heading.text == "甲"


def test_what_begins_with_a_bar_in_the_approved_text_is_no_row() -> None:
    found, problems = narrative.recover("n.md", "| 甲\n| 乙 |", "| 甲\n| 乙 |")
    assert (problems, [line.cells for line in found.lines]) == ([], [(), ()])
