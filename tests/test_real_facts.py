"""Facts that real notices have: each is on the page, found, in the data, on paper, and checked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from exporting import TEMPLATES, editions
from notices.catalogue.notices import Notice
from notices.checks import inspect
from notices.outputs.changes import compare
from notices.outputs.exports import notice_json
from notices.outputs.exports.paper import make_paper
from notices.outputs.fragments import Fragments
from notices.outputs.pages.rows import runs
from notices.outputs.search.entries import entries
from reading import plain
from sitehouse import ROOT

NOTICE = "fictional-2020"
CASES = yaml.safe_load((ROOT / "tests/cases/real_facts.yml").read_text(encoding="utf-8"))
CLOSING = "data/notices/fictional-2020/approved.txt", "content/notices/fictional-2020.md"
FILES = {"notice": "notice.yml", "item": "items/1-1-2.yml"}


class Project:
    """The fictional notice, with more words at its end and more facts."""

    def __init__(self, folder: Path, two_notices: Path) -> None:
        self.root = folder / "project"
        shutil.copytree(two_notices, self.root)

    def add(self, case: dict[str, Any]) -> None:
        for path in CLOSING if "text" in case else ():
            with (self.root / path).open("a", encoding="utf-8") as text:
                text.write(f"\n{case['text']}\n")
        for kind, name in FILES.items():
            file = self.root / "data/notices" / NOTICE / name
            facts = yaml.safe_load(file.read_text(encoding="utf-8")) | case.get(kind, {})
            file.write_text(yaml.safe_dump(facts, allow_unicode=True), encoding="utf-8")
        for name, text in case.get("files", {}).items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_bytes(text.encode())


@pytest.fixture
def project(tmp_path: Path, two_notices: Path) -> Project:
    return Project(tmp_path, two_notices)


def bare(text: str) -> str:
    """Return what a reader means by ``text``, without what stands between label and words."""
    return plain(text).replace(":", "")


def shown(notice: Notice, fragments: Fragments) -> str:
    """Return the words of the page beside the text."""
    page = fragments.render("notice/text", str, notice=notice, runs=runs)
    boxes = "body > [data-annotation], [data-item='1-1-2'] > [data-annotation]"
    return bare("".join(box.text() for box in LexborHTMLParser(page).css(boxes)))


@pytest.mark.parametrize("case", CASES, ids=[case["fact"] for case in CASES])
def test_a_fact_is_wherever_it_belongs(project: Project, case: dict[str, Any]) -> None:
    before = inspect(project.root)[0].public()
    project.add(case)
    catalogue, problems = inspect(project.root)
    assert problems == []
    public = catalogue.public()
    edition = editions(project.root)[NOTICE]
    notice = edition.notice
    annex = make_paper(edition).annex
    assert annex
    details = (each for row in annex.rows for each in row.details)
    told = compare(before, public)
    places = {
        "page": shown(notice, Fragments(public, TEMPLATES)),
        "search": bare("".join(
            text for entry in entries(notice, public) for text in (*entry.lines, *entry.notes)
        )),
        "paper": bare("".join([*annex.notes, *annex.contact, *details])),
        "changes": bare("".join(f"{each.what}{each.after}" for each in told)),
    }  # fmt: skip
    for words in case["told"]:
        for place, text in places.items():
            assert bare(words) in text, place
    data = json.loads(notice_json.make(edition))
    item = next(each for each in data["items"] if each["id"] == "1-1-2")
    for source, facts in (("notice", data), ("item", item)):
        for key, value in case.get("data", case).get(source, {}).items():
            assert facts[case.get("as", {}).get(key, key)] == json.loads(
                json.dumps(value, default=str)
            )


@pytest.mark.parametrize(
    ("case", "fault"),
    [(case, fault) for case in CASES for fault in case.get("faults", ())],
    ids=[
        f"{case['fact']}: {fault['said'][:60]}"
        for case in CASES
        for fault in case.get("faults", ())
    ],
)
def test_a_fact_that_does_not_hold_is_told_with_its_place(
    project: Project, case: dict[str, Any], fault: dict[str, Any]
) -> None:
    project.add(case | fault)
    path = project.root / "data/notices" / NOTICE
    said = [str(each).removeprefix(f"data/notices/{NOTICE}/") for each in inspect(project.root)[1]]
    assert path.exists()
    assert [each for each in said if fault["said"] in each], said
