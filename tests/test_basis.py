"""What a quote must be to be the basis of a status: whole clauses, which say the same."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from notices.checks import claims, clauses
from notices.checks.claims import ONGOING, PLANNED, Said

CASES: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "clauses.yml").read_text(encoding="utf-8")
)


def read(marked: str) -> list[list[clauses.Quoted]]:
    """Return the readings of each quote that is marked in a text."""
    text = marked.replace("⟦", "").replace("⟧", "")
    quotes = [piece.partition("⟧")[0] for piece in marked.split("⟦")[1:]]
    return [list(clauses.whole(text, quote)) for quote in quotes]


def said(marked: str) -> list[Said | None]:
    """Return what keeps each marked quote from carrying "completed"."""
    readings = read(marked)
    assert all(readings), f"not whole: {marked}"
    return [claims.said_of(each) for (each,) in readings]


@pytest.mark.parametrize("marked", CASES["completed"])
def test_what_is_done_carries_completed(marked: str) -> None:
    assert [each for each in said(marked) if each] == []


@pytest.mark.parametrize("marked", CASES["cut"])
def test_a_piece_of_a_clause_is_no_quote(marked: str) -> None:
    assert read(marked) == [[]]


@pytest.mark.parametrize("marked", CASES["otherwise"])
def test_what_is_denied_conditional_demanded_or_partial_does_not_carry_completed(
    marked: str,
) -> None:
    (found,) = said(marked)
    assert found
    assert found.kind not in (PLANNED, ONGOING), found


@pytest.mark.parametrize("marked", CASES["planned"])
def test_what_is_planned_or_going_on_does_not_carry_completed(marked: str) -> None:
    (found,) = said(marked)
    assert found
    assert found.kind in (PLANNED, ONGOING), found


@pytest.mark.parametrize("marked", CASES["partly"])
def test_what_is_done_in_part_carries_partly_completed(marked: str) -> None:
    ((reading,),) = read(marked)
    assert claims.unfulfilled(reading) is None


@pytest.mark.parametrize("marked", CASES["not-partly"])
def test_what_is_not_done_at_all_does_not_carry_partly_completed(marked: str) -> None:
    ((reading,),) = read(marked)
    assert claims.unfulfilled(reading)


@pytest.mark.parametrize("marked", CASES["done"])
def test_what_is_plainly_done_carries_no_status_of_what_is_not(marked: str) -> None:
    ((reading,),) = read(marked)
    assert claims.plainly_done(reading)


def test_nothing_but_all_being_done_is_plainly_so() -> None:
    assert [
        marked
        for marked in (*CASES["otherwise"], *CASES["planned"], *CASES["partly"])
        if any(claims.plainly_done(each) for readings in read(marked) for each in readings)
        and "后" not in marked
        and "要求" not in marked
    ] == []


@pytest.mark.parametrize("piece", ["整改", "《", "“", "(", "尚未,", "提醒", "的", "，"])
def test_no_text_is_too_long_to_be_read(piece: str) -> None:
    """In time that grows with the text; more occurrences of a quote than a few say nothing new."""
    text = piece * (100_000 // len(piece))
    for quote in ("整改", piece, text):
        for reading in clauses.whole(text, quote):
            claims.said_of(reading)
        clauses.surrounding(text, quote)


def test_a_text_that_is_brackets_as_a_whole_has_them_as_an_aside() -> None:
    """An ordinal in brackets is no sentence of its own, wherever it stands."""
    for text in ("(1)", "(1)已完成"):
        (quoted,) = clauses.whole(text, text)
        assert quoted.asides == ("1",)
