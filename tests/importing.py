"""Imports: texts in, outlines and drafts out, without a file being written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from notices.facts import model
from notices.importing.draft import Draft, DraftTerms, drafted
from notices.importing.outline import Proposal, propose
from notices.importing.plain import read_plain
from notices.importing.source import Answers
from notices.text.table import cells_of
from sitehouse import SAMPLE_ROOT

NAME = "imported"
KIND = model.Kind.model_validate(
    yaml.safe_load((SAMPLE_ROOT / "data/kinds/inspection.yml").read_text(encoding="utf-8"))
)
VOCABULARY = model.Vocabulary.model_validate(
    yaml.safe_load((SAMPLE_ROOT / "data/vocabulary.yml").read_text(encoding="utf-8"))
)


def outline_of(text: str, items_at: int = 0) -> Proposal:
    """Return the outline that is proposed of a text."""
    return propose(read_plain(text.encode(), "text.txt", Answers()).lines, items_at)


def draft_of(text: str, kind: model.Kind = KIND) -> Draft:
    """Return the draft that is made of a text."""
    return drafted(outline_of(text), NAME, "text.txt", DraftTerms(kind, words=VOCABULARY))


def accepted(text: str) -> str:
    """Return a file of facts in which a person has taken every proposal."""
    return re.sub(r"^# (?!yaml-language-server)", "", text, flags=re.MULTILINE)


def is_said(draft: Draft) -> bool:
    """Tell whether the narrative says what its text says, line by line, cell by cell."""
    said = [_cells(line.text) for line in draft.narrative.lines]
    return said == [_cells(line.text) for line in draft.proposal.lines]


def _cells(text: str) -> str:
    return "\t".join(cells_of(text)).strip()


def write(files: Mapping[str, str], project: Path) -> None:
    """Write the files of a draft into a project."""
    for path, text in files.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(text.encode())
