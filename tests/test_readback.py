"""The built site, read back and held against the approved text and the facts."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from exporting import BASE, editions_of, make
from notices import software
from notices.cache import Drawer, open_cache
from notices.catalogue.loading import load
from notices.catalogue.notices import Catalogue, Notice
from notices.catalogue.settings import Record
from notices.command import main
from notices.proof import readback
from notices.proof.readback import export_differs, verify
from notices.text.narrative import parse
from sitehouse import SAMPLE, SAMPLE_ROOT

PAGE = f"notices/{SAMPLE}/index.html"
SMALL = "fictional-2020"


@pytest.fixture
def copy(two_sites: Path, tmp_path: Path) -> Path:
    """A copy of the site of both notices, to be spoilt."""
    return shutil.copytree(two_sites, tmp_path / "site")


@pytest.fixture(scope="module")
def catalogue(two_notices: Path) -> Catalogue:
    return load(two_notices)[0]


@pytest.fixture(scope="module")
def small(catalogue: Catalogue) -> Catalogue:
    """The smaller of both notices alone."""
    return replace(catalogue, notices=[each for each in catalogue.notices if each.id == SMALL])


def spoil(page: Path, old: str, new: str) -> None:
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_both_notices_say_what_was_approved_in_every_file(
    two_sites: Path, catalogue: Catalogue
) -> None:
    assert list(verify(two_sites, catalogue)) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("沟通,采取", "沟通，采取", "“…区法院的协调沟通,采取合规工作流程…”"),
        ("积极储备优质项目,", "", "二是积极储备"),
        ("</h5>", "</h5>多出来的字", "多出来的字"),
        ("责编:", "责编:&lt;", "<"),
    ],
)
def test_one_character_of_a_difference_is_told_with_both_places(
    copy: Path, catalogue: Catalogue, old: str, new: str, told: str
) -> None:
    spoil(copy / PAGE, old, new)
    (problem,) = verify(copy, catalogue)
    assert problem.place.path == PAGE
    assert problem.place.line > 100
    assert f"data/notices/{SAMPLE}/approved.txt:" in problem.message
    assert told in problem.message


def test_the_line_is_the_one_that_differs(copy: Path, catalogue: Catalogue) -> None:
    lines = (copy / PAGE).read_text(encoding="utf-8").split("\n")
    number = next(n for n, line in enumerate(lines, 1) if "</b>积极储备优质项目" in line)
    spoil(copy / PAGE, "二是</b>积极储备", "二是</b>积极准备")
    (problem,) = verify(copy, catalogue)
    assert problem.place.line == number


def test_a_page_cut_short_is_a_difference(copy: Path, catalogue: Catalogue) -> None:
    page = copy / PAGE
    text = page.read_text(encoding="utf-8")
    page.write_text(text[: text.index('id="part-3"')], encoding="utf-8")
    (problem,) = verify(copy, catalogue)
    assert "三、下一" in problem.message


def test_what_is_not_there_is_a_problem(copy: Path, catalogue: Catalogue) -> None:
    (copy / PAGE).unlink()
    (copy / f"notices/{SAMPLE}/notice.pdf").unlink()
    first, second = verify(copy, catalogue)
    assert str(first) == f"{PAGE}:1:1: [unreadable] 没有这个文件"
    assert str(second).startswith(f"notices/{SAMPLE}/notice.pdf:1:1: [unreadable]")


def test_the_command_says_so_too(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify-text", str(site), "--root", str(SAMPLE_ROOT)]) == 0
    assert "全部合格" in capsys.readouterr().out


# --- Pages that have the text and do not show it ------------------------------------------------

NARRATIVE = f'<div class="narrative" data-narrative="{SAMPLE}">'
CLOSED = '</div><footer class="notice-end"'
FIRST = "<p>根据区委和区委"
HOSTILE: dict[str, list[tuple[str, str]]] = {
    "hidden": [(NARRATIVE, NARRATIVE.replace(">", " hidden>"))],
    "styled": [(NARRATIVE, NARRATIVE.replace(">", ' style="display:none">'))],
    "in another class": [(NARRATIVE, NARRATIVE.replace('"narrative"', '"hidden-text"'))],
    "of another notice": [(NARRATIVE, NARRATIVE.replace(SAMPLE, "other"))],
    "in something hidden": [(NARRATIVE, f"<div hidden>{NARRATIVE}"), (CLOSED, f"</div>{CLOSED}")],
    "in a template": [(NARRATIVE, f"<template>{NARRATIVE}"), (CLOSED, f"</template>{CLOSED}")],
    "in noscript": [(NARRATIVE, f"<noscript>{NARRATIVE}"), (CLOSED, f"</noscript>{CLOSED}")],
    "in closed details": [(NARRATIVE, f"<details>{NARRATIVE}"), (CLOSED, f"</details>{CLOSED}")],
    "in a comment": [(NARRATIVE, f"<!--{NARRATIVE}"), (CLOSED, f"-->{CLOSED}")],
    "in a text field": [(NARRATIVE, f"<textarea>{NARRATIVE}"), (CLOSED, f"</textarea>{CLOSED}")],
    "in a dialog": [("<article", "<dialog><article"), ("</article>", "</article></dialog>")],
    "in a hidden article": [("<article", "<article hidden")],
    "in an inert body": [("<body", "<body inert")],
    "out of the article": [("<article", "<div><article></article><div"), ("</article>", "</div>")],
    "twice, with other words": [(NARRATIVE, f'<div data-narrative="{SAMPLE}">甲</div>{NARRATIVE}')],
    "twice, with the same": [(CLOSED, f'</div><div data-narrative="x"></div>{CLOSED[6:]}')],
    "a paragraph hidden": [(FIRST, FIRST.replace("<p", "<p hidden"))],
    "a paragraph styled": [(FIRST, FIRST.replace("<p", '<p style="color:#fff"'))],
    "a paragraph in a class": [(FIRST, FIRST.replace("<p", '<p class="paper"'))],
    "words struck out": [(FIRST, "<p><del>根据区委</del>和区委")],
    "words made small": [(FIRST, "<p><small>根据区委</small>和区委")],
    "words replaced by a picture": [(FIRST, '<p><img src="x.png" alt="甲">根据区委和区委')],
    "a remark that is called an annotation": [(FIRST, f"<p data-annotation>甲</p>{FIRST}")],
    "a remark like those of items": [
        (FIRST, f'<div class="facts" data-annotation role="group">甲</div>{FIRST}')
    ],
    "an annotation that is called text": [
        ('<div class="facts" data-annotation role', '<div class="facts" role')
    ],
    "a closed part": [(FIRST, f"<details><summary></summary>{FIRST}")],
}


@pytest.mark.parametrize("edits", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_text_stands_once_and_in_sight(
    copy: Path, catalogue: Catalogue, edits: list[tuple[str, str]]
) -> None:
    """Whatever attributes say: the element is the one that the merge made, and nothing hides it."""
    for old, new in edits:
        spoil(copy / PAGE, old, new)
    (problem,) = verify(copy, catalogue)
    assert (problem.place.path, problem.rule) == (PAGE, "page-differs")


IN_SIGHT = """async () => {
  const transparent = /^(transparent|rgba\\(.*, 0\\))$/;
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const color = getComputedStyle(node).backgroundColor;
      if (!transparent.test(color)) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const faults = [];
  const parts = document.querySelectorAll(
    "[data-narrative] :is(p, h2, h3, h4, h5, h6):not([data-annotation] *)");
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  for (const node of parts) {
    // What is far below is laid out when a reader comes near.
    if (!node.checkVisibility({ contentVisibilityAuto: true })) {
      node.scrollIntoView();
      await frame();
      await frame();
    }
    const style = getComputedStyle(node), box = node.getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(node);
    const lines = [...range.getClientRects()];
    const clipped = (() => {
      for (let each = node; each; each = each.parentElement) {
        const own = getComputedStyle(each), outer = each.getBoundingClientRect();
        if (own.clipPath !== "none" || own.filter !== "none" || own.maskImage !== "none"
            || (own.overflowX !== "visible" && outer.width < 100)
            || (own.overflowY === "hidden" && outer.height < box.height)) return true;
      }
    })();
    // What is far away is laid out when it comes near, and when it is asked for, as here.
    const ok = node.checkVisibility({opacityProperty: true, visibilityProperty: true})
      && box.width > 100 && box.height > 10 && lines.length && !clipped
      && lines.every((each) => each.left >= 0 && each.right <= innerWidth + 1)
      && box.top + scrollY > 0 && parseFloat(style.fontSize) >= 12
      && style.color !== behind(node) && !transparent.test(style.color);
    if (!ok) faults.push(node.outerHTML.slice(0, 80));
  }
  return {seen: parts.length, faults};
}"""


@pytest.mark.parametrize("window", ["phone", "desktop"])
def test_every_paragraph_of_the_text_is_in_sight(
    address: str, window: str, request: pytest.FixtureRequest, catalogue: Catalogue
) -> None:
    """By what a real browser computes: shown, opaque, on the page, of a size and colour to read."""
    context: BrowserContext = request.getfixturevalue(window)
    page = context.new_page()
    page.goto(f"{address}notices/{SAMPLE}/")
    found: dict[str, Any] = page.evaluate(IN_SIGHT)
    assert found["faults"] == []
    notice = next(each for each in catalogue.notices if each.id == SAMPLE)
    assert found["seen"] >= len(notice.narrative.lines)
    page.close()


# --- Files beside the page ----------------------------------------------------------------------


def with_other_words(notice: Notice) -> Notice:
    """Return ``notice`` with one stop of an item's text changed, and nothing else."""
    (paragraphs,) = [each.section.paragraphs for each in notice.items if each.id == "1-1-1"]
    changed = [line._replace(text=line.text.replace("。", "．", 1)) for line in paragraphs]
    assert changed != paragraphs
    paragraphs[:] = changed
    return notice


def fresh(two_notices: Path) -> Catalogue:
    """Return the smaller notice once more, to be changed."""
    public = load(two_notices)[0].public()
    return replace(public, notices=[each for each in public.notices if each.id == SMALL])


def files_of(catalogue: Catalogue) -> dict[str, bytes]:
    (edition,) = editions_of(catalogue, BASE)
    return make(edition).files


@pytest.fixture(scope="module")
def other_words(two_notices: Path) -> dict[str, bytes]:
    """The exports of a notice of which one stop is another."""
    public = fresh(two_notices)
    return files_of(replace(public, notices=[*map(with_other_words, public.notices)]))


@pytest.fixture(scope="module")
def other_facts(two_notices: Path) -> dict[str, bytes]:
    """The exports of a notice of which one item has another status."""
    public = fresh(two_notices)
    (notice,) = public.notices
    records = {**notice.item_records}
    facts = records["1-1-2"].facts.model_copy(update={"status": "extended"})
    records["1-1-2"] = Record(facts, records["1-1-2"].document)
    return files_of(replace(public, notices=[replace(notice, item_records=records)]))


EXPORTS = ["notice.pdf", "notice.docx", "items.xlsx", "items.csv", "notice.json"]


def told(site: Path, catalogue: Catalogue) -> list[tuple[str, str]]:
    return [(each.place.path, each.rule) for each in verify(site, catalogue)]


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("other", ["other_words", "other_facts"])
def test_a_file_that_says_other_words_or_facts_is_named(
    copy: Path, small: Catalogue, name: str, other: str, request: pytest.FixtureRequest
) -> None:
    (copy / f"notices/{SMALL}/{name}").write_bytes(request.getfixturevalue(other)[name])
    assert told(copy, small) == [(f"notices/{SMALL}/{name}", "output-differs")]


@pytest.mark.parametrize("name", EXPORTS)
def test_a_file_that_is_none_of_its_kind_is_named(copy: Path, small: Catalogue, name: str) -> None:
    (copy / f"notices/{SMALL}/{name}").write_bytes(b"PK\x03\x04 {")
    assert told(copy, small) == [(f"notices/{SMALL}/{name}", "output-differs")]


def test_a_search_that_would_find_other_words_is_named(copy: Path, catalogue: Catalogue) -> None:
    names = {}
    for path in (copy / "search/texts").glob("*.js"):
        names[json.loads(path.read_text(encoding="utf-8").partition("=")[2])["address"]] = path
    spoil(names[f"notices/{SAMPLE}/"], "沟通,采取", "沟通，采取")
    (problem,) = verify(copy, catalogue)
    assert problem.place.path == names[f"notices/{SAMPLE}/"].relative_to(copy).as_posix()
    assert "“…区法院的协调沟通,采取合规工作流程…”" in problem.message


def test_what_was_read_once_is_not_read_again_and_what_differs_is(
    copy: Path, small: Catalogue, tmp_path: Path, other_words: dict[str, bytes]
) -> None:
    proven = open_cache(tmp_path, tmp_path / "cache").room("proofs")
    assert differing(copy, small, proven) == []
    assert len([*proven.folder.iterdir()]) == len(EXPORTS)
    assert differing(copy, small, proven) == []
    path = f"notices/{SMALL}/notice.pdf"
    (copy / path).write_bytes(other_words["notice.pdf"])
    for _ in range(2):
        assert differing(copy, small, proven) == [path]


def differing(site: Path, small: Catalogue, proven: Drawer) -> list[str]:
    """Return the exports in ``site`` that say something else than ``small``."""
    (notice,) = small.public().notices
    return [
        problem.place.path
        for path in (f"notices/{SMALL}/{name}" for name in EXPORTS)
        for problem in export_differs(path, (site / path).read_bytes(), notice, small, proven)
    ]


def test_what_was_read_by_other_code_is_read_again_and_looks_of_pages_are_nothing_to_it(
    copy: Path, small: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proven = open_cache(tmp_path, tmp_path / "cache").room("proofs")
    for other, read in (({}, 1), ({"version": "x"}, 1), ({"code": "x"}, 2)):
        for name, value in other.items():
            monkeypatch.setattr(software, name, lambda value=value: value)
        readback.reader.cache_clear()
        assert differing(copy, small, proven) == []
        assert len([*proven.folder.iterdir()]) == len(EXPORTS) * read
    readback.reader.cache_clear()


def test_characters_that_look_alike_on_paper_are_no_difference(
    two_notices: Path, tmp_path: Path, copy: Path
) -> None:
    """One picture stands for a radical and for the character that it is, and for much else."""
    public = fresh(two_notices)
    (notice,) = public.notices
    source = (two_notices / notice.narrative_path).read_text(encoding="utf-8")
    odd = "⼀⼆㎡Ⅳ①é́Ω\u2126µμ\u00b7\u2022—―-\u2010\u200b\u00ad\ufe0f〇○ﬁ“”‘’……"
    narrative = parse(notice.narrative_path, f"{odd}\n\n{source}")
    approved = f"{odd}\n{notice.approved}"
    changed = replace(notice, narrative=narrative, approved=approved)
    public = replace(public, notices=[changed])
    for name, data in files_of(public).items():
        (copy / f"notices/{SMALL}/{name}").write_bytes(data)
    assert {path for path, _ in told(copy, public)} == {
        f"notices/{SMALL}/index.html",
        *(path for path, _ in told(copy, public) if path.startswith("search/")),
    }
