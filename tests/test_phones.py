"""Of a line of contact, each number is a link of its own, and the line stays as it is written."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import profiles
from notices.phones import parts
from sitehouse import ROOT

CASES: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "tests/cases/phones.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[case["line"] for case in CASES])
def test_what_can_be_dialled_is_a_link(case: dict[str, Any]) -> None:
    found = {part.text: part.address for part in parts(case["line"]) if part.address}
    assert found == case["links"]


PIECES = st.sampled_from([*"0123456789-、/转()（）: ", "0411", "87549380", "138", "分机", "+86"])


@settings(max_examples=profiles.INPUTS // 4)
@given(st.lists(PIECES | st.text(max_size=2), max_size=12).map("".join))
def test_together_the_pieces_are_the_line(line: str) -> None:
    found = [*parts(line)]
    assert "".join(part.text for part in found) == line
    assert all(part.text for part in found)
