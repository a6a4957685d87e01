from __future__ import annotations

import itertools
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.outputs.search.buckets import (
    ALONE,
    Bucket,
    bucket_of,
    divided,
    number_of_buckets,
    write_numbers,
)
from notices.outputs.search.lists import read_buckets, write_buckets
from notices.outputs.search.pairs import buckets_of, make_buckets, postings_of
from notices.outputs.search.texts import Folded
from searching import read_bucket

SECTION_BITS = 3
# Few characters, so that pairs meet; one of them outside of the first plane.
WORDS = st.text("民主集中制双d4\U00020000", max_size=12)
SECTIONS = st.builds(lambda *parts: Folded(parts[0], "\n".join(parts[1:])), WORDS, WORDS, WORDS)
NOTICES = st.dictionaries(
    st.integers(0, 2**22), st.lists(SECTIONS, min_size=1, max_size=4), min_size=1, max_size=5
)


class Posting(NamedTuple):
    """That a key stands in a section or its title or, of a character alone, in a notice."""

    key: str
    in_title: bool
    number: int


def counted(notices: dict[int, list[Folded]]) -> set[Posting]:
    """Return all postings, found one by one."""
    found = set()
    for number, notice in notices.items():
        for section, (title, text) in enumerate(notice, number << SECTION_BITS):
            found |= {Posting(pair, False, section) for pair in pairs(f"{title}\n{text}")}
            found |= {Posting(pair, True, section) for pair in pairs(title)}
            found |= {Posting(each + ALONE, False, number) for each in {*title, *text} - {"\n"}}
    return found


def pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1) if "\n" not in text[at : at + 2]}


def made(notices: dict[int, list[Folded]], count: int) -> list[Bucket]:
    posted = ((number, postings_of(notices[number])) for number in sorted(notices))
    return list(make_buckets(posted, SECTION_BITS, count))


@settings(max_examples=200)
@given(NOTICES, st.integers(1, 40))
def test_the_buckets_hold_every_posting_and_no_other(
    notices: dict[int, list[Folded]], count: int
) -> None:
    buckets = made(notices, count)
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
def test_buckets_that_are_read_are_written_as_they_were(
    notices: dict[int, list[Folded]], count: int
) -> None:
    buckets = made(notices, count)
    lists = read_buckets(buckets)
    assert [*write_buckets(lists, buckets_of(lists.keys, count), range(count))] == buckets


def test_a_section_is_in_the_lists_of_its_pairs() -> None:
    (bucket,) = made({5: [Folded("甲乙", "丙甲乙"), Folded("丁", "甲乙")]}, 1)
    assert read_bucket(*bucket) == {
        "丁 ": ([5], []),
        "丙 ": ([5], []),
        "丙甲": ([40], []),
        "乙 ": ([5], []),
        "甲 ": ([5], []),
        "甲乙": ([40, 41], [40]),
    }


@settings(max_examples=300)
@given(st.sets(st.integers(0, 2**40), min_size=1))
def test_large_numbers_keep_their_place(numbers: set[int]) -> None:
    bucket = Bucket("甲乙", f"{write_numbers(sorted(numbers))} {write_numbers(sorted(numbers))}")
    assert read_bucket(*bucket) == {"甲乙": (sorted(numbers), sorted(numbers))}
    assert read_buckets([bucket]).numbers.tolist() == 2 * sorted(numbers)


KEYS = [first + second for first in "民主集中制双d4\U00020000整改" for second in f"{ALONE}落实情况"]


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8, 9, 1000])
def test_one_more_bucket_takes_only_from_the_one_that_it_divides(count: int) -> None:
    for key in KEYS:
        before, after = bucket_of(key, count), bucket_of(key, count + 1)
        assert after == before or (after, divided(after)) == (count, before)


def test_keys_are_spread_evenly() -> None:
    common = [chr(code) for code in range(0x4E00, 0x4E00 + 500)]
    sizes = [0] * 256
    for first in common:
        for second in common[::7]:
            sizes[bucket_of(first + second, len(sizes))] += 1
    assert max(sizes) < 1.5 * sum(sizes) / len(sizes)


def test_an_archive_has_as_many_buckets_as_it_needs() -> None:
    numbers = [number_of_buckets(size) for size in range(0, 20_000_000, 1000)]
    assert {after - before for before, after in itertools.pairwise(numbers)} == {0, 1}
