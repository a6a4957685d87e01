from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from notices.outputs.search.buckets import Posting, bucket_of, postings, read_bucket, write_bucket
from notices.outputs.search.pairs import make_buckets
from notices.outputs.search.texts import Folded

# Few characters, so that pairs meet; one of them outside of the first plane.
WORDS = st.text("民主集中制双d4\U00020000", max_size=12)
SECTIONS = st.builds(lambda *parts: Folded(parts[0], "\n".join(parts[1:])), WORDS, WORDS, WORDS)
NOTICES = st.lists(st.lists(SECTIONS, min_size=1, max_size=4), min_size=1, max_size=5)


def counted(notices: Sequence[Sequence[Folded]]) -> set[Posting]:
    """Return all postings, found one by one."""
    found: set[Posting] = set()
    first = 0
    for number, notice in enumerate(notices):
        found |= postings(notice, number, first)
        first += len(notice)
    return found


@settings(max_examples=300)
@given(NOTICES, st.integers(1, 40))
def test_the_buckets_hold_every_posting_and_no_other(
    notices: list[list[Folded]], count: int
) -> None:
    buckets = list(make_buckets(notices, count))
    assert len(buckets) == count
    found = set()
    for number, bucket in enumerate(buckets):
        for key, lists in read_bucket(*bucket).items():
            assert bucket_of(key, count) == number
            for in_title, numbers in enumerate(lists):
                assert numbers == sorted({*numbers})
                found |= {Posting(key, bool(in_title), each) for each in numbers}
    assert found == counted(notices)


@settings(max_examples=100)
@given(NOTICES, st.integers(1, 40))
def test_a_bucket_that_is_read_is_written_as_it_was(
    notices: list[list[Folded]], count: int
) -> None:
    for bucket in make_buckets(notices, count):
        assert write_bucket(read_bucket(*bucket)) == bucket


def test_a_section_is_in_the_lists_of_its_pairs() -> None:
    (bucket,) = make_buckets([[Folded("甲乙", "丙甲乙"), Folded("丁", "甲乙")]], 1)
    assert read_bucket(*bucket) == {
        "丁 ": ([0], []),
        "丙 ": ([0], []),
        "丙甲": ([0], []),
        "乙 ": ([0], []),
        "甲 ": ([0], []),
        "甲乙": ([0, 1], [0]),
    }


def test_large_numbers_keep_their_place() -> None:
    lists = {"甲乙": ([0, 31, 32, 1_055, 1_056, 40_000, 2_000_000], [40_000])}
    assert read_bucket(*write_bucket(lists)) == lists
