"""The answer: one sentence says where things stand, true for every notice, list and item."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.catalogue.answer import answer, drawn, key, line
from notices.catalogue.loading import load
from notices.catalogue.saying import Annotation
from notices.catalogue.standing import Standing, standing_of
from notices.catalogue.summary import ItemSummary, summarise
from notices.facts import model
from notices.text.outline import Id
from sitehouse import SAMPLE_ROOT

CATALOGUE = load(SAMPLE_ROOT)[0]
WORDS = CATALOGUE.vocabulary
KIND = CATALOGUE.notices[0].kind
IDS = [each.id for each in WORDS.statuses]


def said(items: str, measures: str = "", withheld: int = 0, findings: str = "") -> str:
    """Return the sentence of numbers that are given as `completed 2, unstated 1`."""
    standing = Standing("", "", counter(items), counter(measures), counter(findings))
    return answer(standing, KIND, withheld, WORDS)


def counter(words: str) -> Counter[str]:
    pairs = (each.split() for each in words.split(", ") if each)
    return Counter({id_: int(count) for id_, count in pairs})


def test_the_answer_of_the_sample() -> None:
    (notice,) = CATALOGUE.notices
    told = "31个问题、81条措施：2条已完成，7条持续推进，7条计划中，65条原文未写明"
    assert answer(standing_of(notice), notice.kind, 0, WORDS) == told
    assert answer(summarise(notice).standing, notice.kind, 0, WORDS) == told


ANSWERS = {
    "of items alone": ("completed 2", "", "2个问题：2个已完成"),
    "of measures alone": (
        "unstated 2", "completed 3, planned 1", "2个问题、4条措施：3条已完成，1条计划中",
    ),
    "of both, apart": (
        "completed 1, unstated 1", "completed 3, unstated 1",
        "2个问题：1个已完成，1个原文未写明；4条措施：3条已完成，1条原文未写明",
    ),
    "of no measure": ("completed 2", "unstated 4", "2个问题：2个已完成；共4条措施"),
    "of nothing": ("unstated 2", "unstated 4", "2个问题、4条措施：原文未写明"),
    "of nothing, and no measure": ("unstated 2", "", "2个问题：原文未写明"),
}  # fmt: skip


@pytest.mark.parametrize(("items", "measures", "told"), ANSWERS.values(), ids=ANSWERS.keys())
def test_an_answer(items: str, measures: str, told: str) -> None:
    assert said(items, measures) == told


def test_what_is_withheld_is_counted_and_said() -> None:
    assert said("completed 1", "unstated 2", withheld=2) == (
        "3个问题（其中2个不公开）：1个已完成；共2条措施"
    )
    assert said("", withheld=2) == "2个问题（其中2个不公开）"


def test_findings_are_an_axis_of_their_own() -> None:
    assert said("completed 3", findings="substantiated 2, unsubstantiated 1") == (
        "3个问题：3个已完成；核查结论：2个属实，1个不属实"
    )


COUNTS = st.dictionaries(st.sampled_from(IDS), st.integers(0, 99)).map(Counter)


@settings(max_examples=500)
@given(COUNTS, COUNTS, st.integers(0, 9))
def test_numbers_of_items_and_measures_are_never_mixed_up(
    items: Counter[str], measures: Counter[str], withheld: int
) -> None:
    """What is said of each adds up to its total, under the word that counts it."""
    told = answer(Standing("", "", items, measures, Counter()), KIND, withheld, WORDS)
    labels = "|".join(each.label for each in WORDS.statuses)
    for counts, unit, called in ((items, "个", KIND.item), (measures, "条", KIND.measure)):
        found = {label: int(n) for n, label in re.findall(rf"(\d+){unit}({labels})", told)}
        stated = {WORDS.label(id_): n for id_, n in counts.items() if n}
        assert found in ({}, stated)
        total = counts.total() + (withheld if unit == "个" else 0)
        assert re.search(rf"(?<!\d){total}{unit}{called}", told) or not total
        if stated.keys() - {WORDS.label(model.UNSTATED)}:
            assert found == stated


def row(status: str, measures: str) -> str:
    item = ItemSummary(Id("1"), "虚构", status, measures=counter(measures))
    return Annotation("", "", (line(item, KIND, WORDS),)).words(WORDS)


ROWS = {
    "its own status first": ("completed", "planned 2", "已完成"),
    "else what its measures say": (
        "unstated", "unstated 1, completed 1", "2条措施：1条已完成，1条原文未写明",
    ),
    "of one measure without a number": ("unstated", "continuing 1", "1条措施：持续推进"),
    "else that nothing is stated": ("unstated", "unstated 5", "原文未写明"),
    "also without measures": ("unstated", "", "原文未写明"),
}  # fmt: skip


@pytest.mark.parametrize(("status", "measures", "told"), ROWS.values(), ids=ROWS.keys())
def test_the_line_of_an_item(status: str, measures: str, told: str) -> None:
    assert row(status, measures) == told


@settings(max_examples=500)
@given(st.sampled_from(IDS), COUNTS)
def test_no_line_says_only_that_nothing_is_stated_where_something_is(
    status: str, measures: Counter[str]
) -> None:
    item = ItemSummary(Id("1"), "虚构", status, measures=measures)
    told = Annotation("", "", (line(item, KIND, WORDS),)).words(WORDS)
    stated = {id_ for id_, n in measures.items() if n} | {status}
    assert (told == WORDS.label(model.UNSTATED)) == (stated <= {model.UNSTATED})


def test_a_picture_of_an_item_has_a_stripe_for_each_measure_unless_it_stands_somewhere_itself() -> (
    None
):
    items = CATALOGUE.notices[0].items_by_id
    assert drawn(items["1-3-2"]) == ["completed", "unstated"]
    assert drawn(items["1-1-1"]) == ["unstated"]
    told = [("done", ["已完成"]), ("unstated", ["原文未写明"])]
    assert key([items["1-3-2"], items["1-1-1"]], WORDS) == told
    assert key([items["1-1-1"]], WORDS) == [], "nothing is drawn where nothing is stated"
