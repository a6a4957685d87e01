"""Word files: what they show is the text, and what they do not plainly show is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporting import editions
from notices.importing.docx import read_docx
from notices.importing.source import Answers, Source
from notices.outputs.exports import notice_docx
from shapes import ALL, project_of

NOBODY = Answers()
FICTIONAL = "fictional-2020"


def read(data: bytes, answers: Answers = NOBODY) -> Source:
    return read_docx(data, "notice.docx", answers)


def texts(source: Source) -> list[str]:
    return [line.text for line in source.lines]


@pytest.fixture(scope="module")
def project_of_shapes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project_of(ALL, tmp_path_factory.mktemp("shapes") / "project")


def test_what_was_exported_reads_back_as_it_was_approved(
    project_of_shapes: Path, two_notices: Path
) -> None:
    """Title and annex are no part of it, and say so by their styles; no question is asked."""
    made = {**editions(project_of_shapes), **editions(two_notices)}
    for notice, edition in made.items():
        source = read(notice_docx.make(edition))
        approved = edition.notice.approved
        if notice == FICTIONAL:  # whose lines have blanks around them, which no paper keeps
            approved = "\n".join(filter(None, map(str.strip, approved.splitlines())))
        assert ("\n".join(texts(source)), source.questions) == (approved.rstrip("\n"), ()), notice
        left = [line.text for line in source.left]
        assert "— 1 —" in left
        assert ("附表" in left) == bool(edition.notice.items)
