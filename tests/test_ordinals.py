"""The ordinals in headings: what follows one another in one way or another is in order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kinds import INSPECTION, PLAIN
from notices.catalogue.notices import Catalogue, Notice
from notices.catalogue.settings import Record
from notices.checks.ordinals import printed_ordinal
from notices.facts import model
from notices.facts.source import YamlDocument
from notices.text.narrative import parse
from notices.text.numerals import without_ordinal

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "ordinals.yml").read_text(encoding="utf-8")
)
NOWHERE = YamlDocument("data/notices/some/notice.yml", None)


def notice(outline: dict[str, str], preamble: list[str], below: bool) -> Notice:
    """Return a notice of these headings, those of findings ``below`` those of parts if so."""
    lines = list(preamble)
    for key, heading in outline.items():
        number = str(key)
        depth = 0 if number.startswith("part") else number.count("-") + below
        lines.append(f"{'#' * (2 + depth)} {heading} {{#{number}}}")
    narrative = parse("content/notices/some.md", "\n".join(lines))
    return Notice("some", Record(PLAIN, NOWHERE), narrative, "", "", {}, INSPECTION)


@pytest.mark.parametrize("case", CASES, ids=[case["promise"] for case in CASES])
def test_what_is_out_of_order_is_told(case: dict[str, Any]) -> None:
    made = notice(case["outline"], case.get("preamble", []), case.get("below", False))
    catalogue = Catalogue(
        model.Site(publisher="某某"), model.Vocabulary.model_construct(statuses=[])
    )
    told = [
        f"{found.at} {found.message.split('“')[1].replace('”，按位置是第', '').removesuffix(' 个')}"
        for found in printed_ordinal(made, catalogue)
    ]
    assert told == case["told"]


@pytest.mark.parametrize(
    ("heading", "rest"),
    [
        ("(一)关于甲", "关于甲"),
        ("1．关于甲", "关于甲"),
        ("关于甲", "关于甲"),
        ("3.15活动", "3.15活动"),
    ],
)
def test_a_heading_has_words_without_its_ordinal(heading: str, rest: str) -> None:
    assert without_ordinal(heading) == rest
