"""Messages: who has read nothing but the line knows what to type, and has then mended the fault."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from notices.checks import inspect
from sitehouse import ROOT, SAMPLE

CASES = yaml.safe_load((ROOT / "tests/cases/mends.yml").read_text(encoding="utf-8"))
APPROVED, NARRATIVE = f"data/notices/{SAMPLE}/approved.txt", f"content/notices/{SAMPLE}.md"
NAMES = {
    "item": [f"data/notices/{SAMPLE}/items/1-3-2.yml"],
    "notice": [f"data/notices/{SAMPLE}/notice.yml"],
    "both": [APPROVED, NARRATIVE],
}
TODAY = datetime.date(2026, 11, 28)


def change(project: Path, edit: dict[str, str]) -> None:
    for name in NAMES.get(edit["file"], [edit["file"]]):
        path = project / name
        if "whole" in edit:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(edit["whole"], encoding="utf-8")
        elif "move" in edit:
            path.rename(project / edit["move"])
        elif {"add", "old"} & edit.keys():
            text = path.read_text(encoding="utf-8")
            old, new = edit.get("old", ""), edit.get("new", "")
            assert old in text
            path.write_text(text.replace(old, new, 1) if old else text + edit["add"], "utf-8")
        else:
            path.unlink()


@pytest.mark.parametrize("case", CASES, ids=[case["line"].partition(" ")[0] for case in CASES])
def test_what_one_types_after_reading_only_the_line_mends_it(
    project: Path, case: dict[str, Any]
) -> None:
    for edit in case["bad"]:
        change(project, edit)
    assert [f"{each}".partition(" ")[2] for each in inspect(project, TODAY)[1]] == [case["line"]]
    for edit in case["mend"]:
        change(project, edit)
    assert inspect(project, TODAY)[1] == []


def test_at_least_twenty_rules_are_tried() -> None:
    assert len({case["line"].partition("]")[0] for case in CASES}) >= 20
