"""What one notice may say at most, and that its files are made, and right, up to there."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporting import editions_of
from notices.checks import extent, inspect
from notices.exports.outputs import OUTPUTS
from notices.loading import load
from notices.readback import READERS
from sitehouse import SAMPLE
from test_fuzz import NOTICE as SMALL
from test_fuzz import copy_base

LONGEST = 131_072  # characters that a reader of CSV takes by itself


def lengthen(project: Path, words: str) -> None:
    """Put ``words`` at the end of the sample, in the narrative and in the approved text."""
    for path in (f"content/notices/{SAMPLE}.md", f"data/notices/{SAMPLE}/approved.txt"):
        text = (project / path).read_text(encoding="utf-8")
        (project / path).write_text(f"{text.rstrip()}{words}\n", encoding="utf-8")


@pytest.mark.parametrize(("more", "told"), [(0, []), (1, ["notice-too-long"])])
@pytest.mark.parametrize("unit", ["的", "的龘"])
def test_the_bound_is_exact_and_counts_what_takes_time(
    project: Path, unit: str, more: int, told: list[str]
) -> None:
    """A rare character counts for as many as take as long to lay out."""
    (notice,) = load(project)[0].notices
    left = extent.LARGEST - extent.extent(notice)
    each = len(unit) + extent.EXTRA * (len(unit) - 1)
    lengthen(project, unit * (left // each) + "的" * (left % each + more))
    assert [problem.rule for problem in inspect(project)[1]] == told


def test_facts_count_as_the_text_does(project: Path) -> None:
    path = project / "data" / "notices" / SAMPLE / "items" / "1-1-1.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}goal: {'的' * extent.LARGEST}\n", encoding="utf-8")
    (problem,) = inspect(project)[1]
    assert problem.rule == "notice-too-long"
    assert problem.place.path == f"data/notices/{SAMPLE}/notice.yml"
    assert "请分成几份通报" in problem.message


def test_tables_hold_a_measure_of_any_length(tmp_path: Path) -> None:
    """Longer than a cell of a workbook, and than a reader of CSV takes by itself."""
    project = copy_base(tmp_path / "project")
    for path in (f"content/notices/{SMALL}.md", f"data/notices/{SMALL}/approved.txt"):
        text = (project / path).read_text(encoding="utf-8")
        text = text.replace("会议还在压减。", f"会议还在压减。{'的' * 190_000}")
        (project / path).write_text(text, encoding="utf-8")
    (edition,) = editions_of(load(project)[0].public())
    assert max(len(m.texts[0]) for item in edition.notice.items for m in item.measures) > LONGEST
    for output in OUTPUTS:
        if output.name != "notice.pdf":
            data = output.make(edition)
            found = READERS[output.name]("x", data, edition.notice, edition.vocabulary)
            assert [*found] == [], output.name
