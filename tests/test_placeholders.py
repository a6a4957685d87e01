"""What was left to be filled in, wherever it stands; ``cases/placeholders.yml`` has it as data."""

from __future__ import annotations

import pytest
import yaml

from notices.checks.placeholders import placeholders
from sitehouse import ROOT

CASES = yaml.safe_load((ROOT / "tests/cases/placeholders.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "told"), CASES["found"])
def test_what_is_left_to_be_filled_in_is_found(text: str, told: str) -> None:
    assert [match[0] for match in placeholders(text)] == [told]


@pytest.mark.parametrize(("text", "told"), CASES["found"])
def test_it_is_found_in_the_middle_of_a_text(text: str, told: str) -> None:
    around = f"一是开展自查；{text}；二是完善制度。"
    assert told in [match[0] for match in placeholders(around)] or text.startswith(told)


@pytest.mark.parametrize("text", CASES["passed"])
def test_what_only_looks_so_is_passed_over(text: str) -> None:
    assert [match[0] for match in placeholders(text)] == []
    assert [match[0] for match in placeholders(f"一是{text}。二是{text}；")] == []
