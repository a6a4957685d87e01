from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from notices.text.measures import split_measures
from notices.text.numerals import chinese_number

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "measures.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[case["promise"] for case in CASES])
def test_measures(case: dict[str, Any]) -> None:
    found = split_measures(case["paragraphs"])
    assert [[measure.number, [*measure.texts]] for measure in found] == case["measures"]


@pytest.mark.parametrize("case", CASES, ids=[case["promise"] for case in CASES])
def test_cutting_loses_no_character(case: dict[str, Any]) -> None:
    found = "".join(text for part in split_measures(case["paragraphs"]) for text in part.texts)
    assert found == "".join("".join(case["paragraphs"]).split())


@pytest.mark.parametrize(
    ("number", "numeral"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (31, "三十一")]
)
def test_chinese_numbers(number: int, numeral: str) -> None:
    assert chinese_number(number) == numeral
