"""Drafts: the public is told nothing of them, and they stop nobody; who edits sees them, marked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from importing import NAME, draft_of, write
from notices.catalogue.drafts import SHOWN
from notices.catalogue.loading import load, opened
from notices.checks import inspect, inspect_drafts
from notices.command import main
from notices.history.project import Project
from notices.problem import WARNING, stops
from notices.publishing.notices_made import make_notices
from shapes import SHAPES, SMALL, project_of
from sitehouse import build, cache_in

TEXT = (SHAPES / "data/notices/three-levels/approved.txt").read_text(encoding="utf-8")
FOLDER = f"data/notices/{NAME}"
TEXT_FILE, FACTS = f"content/notices/{NAME}.md", f"{FOLDER}/notice.yml"


def with_draft(project: Path) -> Path:
    """Put a draft into ``project``; return it."""
    write(draft_of(TEXT).files, project)
    return project


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project of a few small notices, and a draft."""
    return with_draft(project_of(SMALL, tmp_path / "small"))


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_site_with_a_draft_is_the_site_without_it(
    two_notices: Path, two_sites: Path, tmp_path: Path
) -> None:
    """Every byte of every file: pages, lists, search, feeds, exports, record, manifest."""
    project = shutil.copytree(two_notices, tmp_path / "project", symlinks=True)
    site = build(with_draft(project), tmp_path / "site")
    assert files_in(site) == files_in(two_sites)


def attached(small: Path) -> tuple[str, ...]:
    """Give the draft an attachment; return those that the site has."""
    files = small / "content" / "files"
    files.mkdir(exist_ok=True)
    Workbook().save(files / "甲表.xlsx")
    facts = small / FACTS
    lines = "attachments:\n  - title: 甲表\n    file: files/甲表.xlsx  # 附表\n"
    facts.write_text(facts.read_text(encoding="utf-8") + lines, encoding="utf-8")
    return load(small)[0].attachments


def test_an_attachment_that_only_a_draft_names_is_kept_with_it(small: Path) -> None:
    assert attached(small) == ()
    with opened(small, drafts=True) as loader:
        assert loader.settings.attachments == ("content/files/甲表.xlsx",)


@pytest.mark.parametrize("link", ["files/甲表.xlsx", "files/%E7%94%B2%E8%A1%A8.xlsx"])
def test_an_attachment_that_a_page_names_too_is_public(small: Path, link: str) -> None:
    page = small / "content" / "about.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\n[甲]({link})\n", encoding="utf-8")
    assert attached(small) == ("content/files/甲表.xlsx",)
    assert inspect(small)[1] == []


def test_nothing_that_is_loaded_has_a_draft(small: Path) -> None:
    catalogue, problems = load(small)
    assert problems == []
    assert [notice.id for notice in catalogue.notices] == [*SMALL]
    assert catalogue.drafts == {NAME}


FLAWS: dict[str, tuple[str, str | None]] = {
    "facts that are no YAML": (FACTS, "draft: true\n- {"),
    "a word that is no truth": (FACTS, "draft: 是\n"),
    "no narrative": (TEXT_FILE, None),
    "no approved text": (f"{FOLDER}/approved.txt", None),
    "a stray file": (f"{FOLDER}/notes.doc", "甲"),
    "an item that nobody knows": (f"{FOLDER}/items/9-9.yml", "title: 甲"),
    "a narrative of other words": (TEXT_FILE, "乙"),
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_draft_stops_nobody(small: Path, flaw: str) -> None:
    """Whatever is wrong with it is told to who checks, as hints."""
    path, text = FLAWS[flaw]
    if text is None:
        (small / path).unlink()
    else:
        (small / path).write_text(text, encoding="utf-8")
    assert inspect(small)[1] == []
    told = inspect_drafts(small)
    assert told
    assert {each.severity for each in told} == {WARNING}
    assert all(each.message.startswith("草稿：") for each in told)


def test_who_checks_is_told_what_is_left_to_do(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--root", str(small)]) == 0
    said = capsys.readouterr().out
    assert f"{FOLDER}/notice.yml:3:1: [missing-key] （提醒）草稿：" in said


@pytest.mark.parametrize("rest", [".md", ".md#1", "/ledger.md"])
def test_a_page_that_leads_to_a_draft_is_told_so(small: Path, rest: str) -> None:
    page = small / "content" / "about.md"
    page.write_text(
        f"{page.read_text(encoding='utf-8')}\n[甲](notices/{NAME}{rest})\n", encoding="utf-8"
    )
    (problem,) = inspect(small)[1]
    assert problem.rule == "dead-link"
    assert f"通报 {NAME} 还是草稿" in problem.message


WAYS = [
    "draft: true", "'draft': true", '"draft": true', '{draft: true}',
    '{"kind": "audit", "draft": true}',
    "{kind: audit,\n draft: true}", '"dr\\x61ft": true', "? draft\n: true", "draft:", "draft: null",
    "draft: 1", "draft: [", "draft: !!bool true", "draft: &a true",
    "kind: audit\ndraft: True  # 甲",
    "\ufeffdraft: true", "{draft: true", "draft : true", "---\ndraft: true", "draft: 'false'",
    "draft: false\ndraft: true",
]  # fmt: skip


@pytest.mark.parametrize("facts", WAYS)
def test_a_draft_is_one_however_its_facts_say_so(small: Path, facts: str) -> None:
    (small / FOLDER / "notice.yml").write_text(facts, encoding="utf-8")
    catalogue, _ = load(small)
    assert NAME not in [notice.id for notice in catalogue.notices]
    assert catalogue.drafts == {NAME}


@pytest.mark.parametrize("facts", ["draft: false", "{draft: false}", "# draft: true\nkind: audit"])
def test_what_says_that_it_is_none_is_none(small: Path, facts: str) -> None:
    (small / FOLDER / "notice.yml").write_text(facts, encoding="utf-8")
    assert NAME in [notice.id for notice in load(small)[0].notices]


def test_a_draft_that_is_none_any_more_is_public(small: Path) -> None:
    path = small / FOLDER / "notice.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("draft: true", "draft: false"), encoding="utf-8")
    catalogue, problems = load(small)
    assert NAME in [notice.id for notice in catalogue.notices]
    assert {each.rule for each in problems} == {"missing-key"}, "now it must be finished"


def test_a_preview_shows_a_draft_and_says_what_it_is(small: Path, tmp_path: Path) -> None:
    """As far as its facts are there; they need not all be."""
    made = make_notices(Project.at(small), "", None, cache_in(tmp_path / "cache"), later=True)
    titles = {notice.id: notice.title for notice in made.told.archive.notices}
    assert [name for name, title in titles.items() if title.startswith(SHOWN)] == [NAME]
    assert not stops(made.hints)
    assert made.hints


def test_a_preview_leaves_out_a_draft_that_cannot_be_shown(small: Path, tmp_path: Path) -> None:
    (small / FOLDER / "items" / "1-1-1.yml").unlink()
    made = make_notices(Project.at(small), "", None, cache_in(tmp_path / "cache"), later=True)
    assert [notice.id for notice in made.told.archive.notices] == [*SMALL]
    assert "section-without-item" in {each.rule for each in made.hints}
    assert not stops(made.hints)


def test_what_is_published_knows_no_drafts(small: Path) -> None:
    with opened(small) as loader:
        assert NAME not in loader.public.items
        assert loader.public.narratives == [f"content/notices/{name}.md" for name in SMALL]
