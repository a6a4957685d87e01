"""What the row of an item says in lists: each status by which it is found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinds import INSPECTION
from notices.catalogue.listed import choices, row
from notices.catalogue.loading import load
from notices.facts import model
from sitehouse import SAMPLE_ROOT

VOCABULARY = load(SAMPLE_ROOT)[0].vocabulary
STATUSES = st.sampled_from([*VOCABULARY.ids()])


class Listed(NamedTuple):
    """An item with so many measures at each status."""

    status: str
    measure_counts: Mapping[str, int]

    @property
    def statuses(self) -> set[str]:
        return {self.status, *self.measure_counts} - {model.UNSTATED} or {model.UNSTATED}


def said(item: Listed) -> str:
    spans = row(item, INSPECTION, VOCABULARY)
    return "".join(
        VOCABULARY.label(each.value) if each.kind == "status" else each.text for each in spans
    )


@pytest.mark.parametrize(
    ("status", "measures", "words"),
    [
        ("unstated", {}, "原文未写明"),
        ("unstated", {"unstated": 3}, "原文未写明"),
        ("unstated", {"completed": 1, "unstated": 1}, "2条措施：1条已完成，1条原文未写明"),
        ("in-progress", {"unstated": 2}, "正在整改"),
        ("in-progress", {"completed": 2}, "正在整改；2条措施：2条已完成"),
    ],
)
def test_a_row_says_where_an_item_and_its_measures_stand(
    status: str, measures: Mapping[str, int], words: str
) -> None:
    assert said(Listed(status, measures)) == words


ITEMS = st.builds(Listed, STATUSES, st.dictionaries(STATUSES, st.integers(1, 5)))


@settings(max_examples=300)
@given(st.lists(ITEMS, max_size=8))
def test_whatever_a_row_is_found_by_it_says(items: list[Listed]) -> None:
    """And what readers ask for first can be chosen, were there none of it."""
    found = choices(items, VOCABULARY)
    for status, count in found:
        rows = [item for item in items if status.id in item.statuses]
        assert count == len(rows)
        assert [item for item in rows if status.label not in said(item)] == []
    assert "completed" in {status.id for status, _ in found}
    assert {each for item in items for each in item.statuses} <= {each.id for each, _ in found}
