"""What a merge tells: all that no side has told, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from notices.history.git import Repository
from notices.outputs.changes.change import Change
from notices.outputs.changes.merges import own

State = Mapping[str, str]
PLACES = ("1-1-1", "1-1-2", "1-1-3")
WORDS = st.sampled_from(["", "甲", "乙", "丙"])
STATES = st.fixed_dictionaries(dict.fromkeys(PLACES, WORDS))


def merged(base: State, one: State, other: State, merge: State) -> list[tuple[str, str, str]]:
    """Return the place, the old and the new words of what the merge of two sides tells."""
    states = {"base": base, "one": one, "other": other, "merge": merge}

    def between(before: str | None, after: str) -> list[Change]:
        old, new = states[before or "base"], states[after]
        return [
            Change("fact", "notice", at, "整改目标", old[at], new[at])
            for at in PLACES
            if old[at] != new[at]
        ]

    repository = SimpleNamespace(
        merge_base=lambda *_: "base",
        differing=lambda before, after, *_: [each.at for each in between(before, after)],
    )
    told = own(cast("Repository", repository), "merge", ("one", "other"), between)
    return [(each.at, each.before, each.after) for each in told]


@given(STATES, STATES, STATES, STATES)
def test_a_merge_tells_what_it_did_otherwise_than_both_sides(
    base: State, one: State, other: State, merge: State
) -> None:
    """Where one side alone had changed something, or both the same, that is what a merge takes.

    What it tells begins with words that one side had, and ends with those that are there now.
    """
    told = {at: (before, after) for at, before, after in merged(base, one, other, merge)}
    for at in PLACES:
        sides = {one[at], other[at]}
        changed = sides - {base[at]}
        plain = changed.pop() if len(changed) == 1 else base[at] if not changed else None
        assert (at in told) == (merge[at] != plain), at
        if at in told:
            before, after = told[at]
            assert before in sides
            assert before != after == merge[at]


def test_a_text_that_both_sides_changed_elsewhere_is_no_change_of_the_merge() -> None:
    first, last = "一是加强学习，每月一次。", "二是登记台账，逐月核对。"
    texts = [f"{a}\n{b}" for a, b in (
        (first, last), (first.replace("月", "周"), last), (first, last.replace("月", "季")),
        (first.replace("月", "周"), last.replace("月", "季")),
    )]  # fmt: skip
    states = [dict.fromkeys(PLACES, "") | {"1-1-1": each} for each in texts]
    base, one, other, both = states
    assert merged(base, one, other, both) == []
    third = dict.fromkeys(PLACES, "") | {"1-1-1": "三是另写。"}
    assert merged(base, one, other, third) == [("1-1-1", texts[1], "三是另写。")]
