"""The built page, read back and held against the approved text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from notices.catalogue import Catalogue, load
from notices.command import main
from notices.readback import verify
from sitehouse import ROOT, SAMPLE

PAGE = f"notices/{SAMPLE}/index.html"


@pytest.fixture
def copy(two_sites: Path, tmp_path: Path) -> Path:
    """A copy of the site of both notices, to be spoilt."""
    return shutil.copytree(two_sites, tmp_path / "site")


@pytest.fixture(scope="module")
def catalogue(two_notices: Path) -> Catalogue:
    return load(two_notices)[0]


def test_both_pages_say_what_was_approved(two_sites: Path, catalogue: Catalogue) -> None:
    assert list(verify(two_sites, catalogue)) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("沟通,采取", "沟通，采取", "“…区法院的协调沟通,采取合规工作流程…”"),
        ("积极储备优质项目,", "", "二是积极储备"),
        ("</h5>", "</h5>多出来的字", "多出来的字"),
        ("责编:", "责编:&lt;", "<"),
        ('<div class="facts" data-annotation', '<div class="facts"', "1-1-1"),
    ],
)
def test_one_character_of_a_difference_is_told_with_both_places(
    copy: Path, catalogue: Catalogue, old: str, new: str, told: str
) -> None:
    page = copy / PAGE
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), encoding="utf-8")
    (problem,) = verify(copy, catalogue)
    assert problem.place.path == PAGE
    assert problem.place.line > 100
    assert f"data/notices/{SAMPLE}/approved.txt:" in problem.message
    assert told in problem.message


def test_a_page_cut_short_is_a_difference(copy: Path, catalogue: Catalogue) -> None:
    page = copy / PAGE
    text = page.read_text(encoding="utf-8")
    page.write_text(text[: text.index('id="part-3"')], encoding="utf-8")
    (problem,) = verify(copy, catalogue)
    assert "三、下一" in problem.message


def test_a_page_that_is_not_there_is_a_problem(copy: Path, catalogue: Catalogue) -> None:
    (copy / PAGE).unlink()
    (problem,) = verify(copy, catalogue)
    assert str(problem) == f"{PAGE}:1:1: [unreadable] 没有这个文件"


def test_the_command_says_so_too(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify-text", str(site), "--root", str(ROOT)]) == 0
    assert "全部合格" in capsys.readouterr().out
