"""What changed on a day, in a sentence: nothing is left out, and signs alone are summed up."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invented import make_catalogue
from notices.catalogue.summary import Archive
from notices.outputs.changes import KINDS, Change, RecordEntry
from notices.outputs.changes.change import FILES, is_slight
from notices.outputs.changes.days import FEW, by_day

ARCHIVE = Archive.of(make_catalogue(2))
ONE = ARCHIVE.notices[0].id
DAY = datetime.date(2026, 1, 2)


def change(kind: str, at: str = "1-1-1", before: str = "甲", after: str = "乙") -> Change:
    notice = "" if kind in (*FILES, "software", "site", "vocabulary") else ONE
    return Change(kind, notice, at if notice else "", "正文", before, after)


def entry(*changes: Change, hidden: int = 0, day: datetime.date = DAY) -> RecordEntry:
    return RecordEntry("0" * 40, day, changes, hidden)


def said(*entries: RecordEntry) -> str:
    (day,) = by_day(entries, ARCHIVE)
    return "，".join(
        clause.words + "".join(f"[{name}]" for _, _, name in clause.places) for clause in day.said
    )


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([entry(change("status"), change("update"))], f"1个问题更新了进展[{ONE}/1-1-1]"),
        (
            [entry(*(change("status", f"1-1-{n}") for n in range(1, FEW + 2))),
             entry(change("text", "part-1"))],
            f"{FEW + 1}个问题更新了进展，1处文字修订[{ARCHIVE.notices[0].sections['part-1']}]",
        ),
        (
            [entry(change("text", before="甲，乙", after="甲, 乙。"), change("text"))],
            f"1处文字修订[{ONE}/1-1-1]，1处只改了标点、空格[{ONE}/1-1-1]",
        ),
        ([entry(hidden=3), entry(change("withheld"))],
         f"1处改动的原文含个人信息，不再显示[{ONE}/1-1-1]，3处改动涉及现在不公开的内容"),
        ([entry(change("software"))] * 9, "网站的程序有改动"),
        ([entry(change("page"), change("page"), change("software"))],
         "2处说明页面修订，网站的程序有改动"),
    ],
)  # fmt: skip
def test_a_day_is_told_in_a_sentence(entries: Sequence[RecordEntry], words: str) -> None:
    assert said(*entries) == words


CHANGES = st.builds(
    change,
    st.sampled_from([*KINDS]),
    st.sampled_from(["", "1-1-1", "1-2", "part-1"]),
    *[st.sampled_from(["", "甲", "甲。", "甲 乙", "甲乙"])] * 2,
)
ENTRIES = st.builds(
    lambda changes, hidden, days: entry(
        *changes, hidden=hidden, day=DAY + datetime.timedelta(days)
    ),
    st.lists(CHANGES, min_size=1, max_size=6), st.integers(0, 2), st.integers(0, 3),
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(ENTRIES, max_size=8))
def test_every_entry_stands_on_its_day_and_every_change_is_told(
    entries: list[RecordEntry],
) -> None:
    """Days come once, from the newest; a change is in the sentence, and what is folded has it or
    says that signs alone were changed there.
    """
    days = by_day(entries, ARCHIVE)
    assert [each.day for each in days] == sorted({each.day for each in entries}, reverse=True)
    assert sorted(map(id, (each for day in days for each in day.entries))) == sorted(
        map(id, entries)
    )
    for day in days:
        assert day.said
        changes = [each for some in day.entries for each in some.changes]
        shown = [each for some in day.entries for each in (*some.weighty.changes, *some.slight)]
        assert [each for each in changes if each not in shown and each.kind != "software"] == []
        assert day.is_of_software == (
            {each.kind for each in changes} == {"software"}
            and not any(each.hidden for each in day.entries)
        )


@pytest.mark.parametrize(
    ("before", "after", "slight"),
    [
        ("甲,乙。", "甲，乙", True),
        ("甲 乙", "甲乙", True),
        ("A１", "Ａ1", True),
        ("甲乙", "甲丙", False),
        ("1.5万", "15万", False),
        ("3、5项", "35项", False),
        ("10 5", "105", False),
        ("5%", "5", False),
        ("12.", "12。", True),
        ("", "。", False),
    ],
)
def test_what_is_of_signs_alone(before: str, after: str, slight: bool) -> None:
    assert is_slight(change("text", before=before, after=after)) is slight
    assert not is_slight(change("status", before=before, after=after))
