"""What is not for the public is nowhere in the site, and the site says how much of it there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from notices.catalogue.loading import load
from notices.catalogue.notices import Item
from notices.proof.readback import verify
from sitehouse import SAMPLE, build, copy_project

HIDDEN = ("1-3-2", "1-3-1", "1-3-3", "2-4-4")
GROUP = "解决历史遗留问题的攻坚力度不够"
SECRET = "只供党内的目标，公众不该看到"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with four items withheld, three of them all that a group has."""
    project = copy_project(tmp_path_factory.mktemp("audience") / "project")
    for item_id in HIDDEN:
        path = project / f"data/notices/{SAMPLE}/items/{item_id}.yml"
        facts = f"audience: party\ngoal: {SECRET}\nupdates:\n"
        facts += (
            f"  - {{date: 2024-02-01, text: {SECRET}甲, source: {SECRET}乙, status: completed}}\n"
        )
        path.write_text(path.read_text(encoding="utf-8") + facts, encoding="utf-8")
    write_notes(project)
    return project


def write_notes(project: Path) -> None:
    """Let editors say something of a withheld item, and accept something of a public one."""
    words = {
        "known_discrepancies": f"at: {HIDDEN[0]}, note: {SECRET}丙",
        "accepted": f"at: preamble, reason: {SECRET}丁",
    }
    for name in ("content/notices/{}.md", "data/notices/{}/approved.txt"):
        path = project / name.format(SAMPLE)
        text = path.read_text(encoding="utf-8")
        for begin in ("根据区委和区委巡察", "经过与开发区法院"):
            text = text.replace(begin, f"25个问题,已完成19个,正在整改5个。{begin}", 1)
        path.write_text(text, encoding="utf-8")
    path = project / f"data/notices/{SAMPLE}/notice.yml"
    text = path.read_text(encoding="utf-8") + "accepted:\n"
    for key, entry in words.items():
        text = text.replace(f"{key}:\n", f"{key}:\n  - {{rule: prose-total, {entry}}}\n")
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(project, tmp_path_factory.mktemp("audience") / "site")


@pytest.fixture(scope="module")
def hidden(project: Path) -> list[Item]:
    (notice,) = load(project)[0].notices
    return [item for item in notice.items if item.id in HIDDEN]


def test_no_byte_of_the_site_holds_a_word_of_a_withheld_item(
    site: Path, hidden: list[Item]
) -> None:
    words = {
        SECRET,
        GROUP,
        *(f"{item.id}</" for item in hidden),
        *(f"#{item.id}" for item in hidden),
    }
    for item in hidden:
        words |= {item.facts.title, item.section.heading.text}
        words |= {text[:12] for measure in item.measures for text in measure.texts}
    assert len(words) > 10
    for path in (path for path in site.rglob("*") if path.is_file()):
        data = path.read_bytes()
        assert not {word for word in words if word.encode() in data}, path


def test_withheld_items_are_still_counted(site: Path) -> None:
    for address in ("", f"notices/{SAMPLE}/", f"notices/{SAMPLE}/ledger/"):
        page = (site / address / "index.html").read_text(encoding="utf-8")
        assert "31个问题（其中4个不公开）、" in page
    assert page.count("<li data-item=") == 27
    assert "另有4个问题按规定不公开" in page


def test_the_rest_is_still_the_approved_text(project: Path, site: Path) -> None:
    catalogue = load(project)[0].public()
    assert list(verify(site, catalogue)) == []
    page = site / f"notices/{SAMPLE}/index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("把定向", "把定嚮"), "utf-8")
    (problem,) = verify(site, catalogue)
    assert "嚮" in problem.message
