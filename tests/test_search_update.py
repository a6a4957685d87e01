"""The index from one build to the next: the same as if it was made anew, with little to do."""

from __future__ import annotations

import datetime
import itertools
import random
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import searching
from notices.facts import model
from notices.outputs.search import (
    Findable,
    Rows,
    SiteWords,
    arrangement,
    buckets,
    index_files,
    kept,
    prepare,
    update,
)
from notices.outputs.search import store as stored
from notices.outputs.search.buckets import ALONE, Bucket, bucket_of, divided
from notices.outputs.search.lists import Lists, read_buckets
from notices.outputs.search.texts import Folded, fold_rows, to_json
from sitehouse import room

WORDS_OF_SITE = SiteWords(model.Vocabulary.model_construct(statuses=[]), [["租金", "房租"]])
HANZI = [chr(code) for code in range(0x4E00, 0x5200)]
WORDS = ["".join(random.Random(number).choices(HANZI, k=3)) for number in range(900)]

Archive = Mapping[str, Rows]


def rows(number: int, sections: int = 12, length: int = 20, edition: int = 0) -> Rows:
    """Return what can be found of an invented notice; another ``edition`` has other last words."""
    dice = random.Random(number)
    day = datetime.date(2015, 1, 1) + datetime.timedelta(days=dice.randrange(3000))
    made = []
    for section in range(sections):
        words = "".join(dice.choices(WORDS, k=length))
        made.append(to_json([f"#{section}", words[:8], [words], [], "", "", []]))
    words = "".join(random.Random(edition).choices(WORDS, k=3)) if edition else ""
    made.append(to_json(["#publisher", "联系方式", ["联系方式"], [f"状态{words}"], "", "", []]))
    return Rows(f"notices/{number}/", f"通报{number}", tuple(made), sections * length * 3, day)


def archive(*notices: Rows) -> Archive:
    return {each.address: each for each in notices}


class Made(NamedTuple):
    """An index; whose rows were asked for before the content of its files was."""

    files: dict[str, bytes]
    asked: list[str]


def made(notices: Archive, folder: Path | None = None) -> Made:
    asked = []

    def get(found: Findable) -> Rows:
        asked.append(found.address)
        return notices[found.address]

    found = [each.findable for each in notices.values()]
    files = [*index_files(found, get, WORDS_OF_SITE, room(folder) if folder else None)]
    wanted = [*asked]
    return Made({file.path: file.content() for file in files}, wanted)


LARGE = 300
SECTION = to_json(["#discrepancies", "出入", ["原文中的出入"], [], "", "", []])


@pytest.fixture(scope="module", autouse=True)
def small_buckets() -> Iterator[None]:
    """Buckets so small that some hundred notices have as many as a thousand do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(buckets, "CHARACTERS_A_BUCKET", 100)
        yield


@pytest.fixture(scope="module")
def large() -> Archive:
    return archive(*(rows(number) for number in range(LARGE)))


@pytest.fixture(scope="module")
def clean(large: Archive) -> Made:
    return made(large)


class Change(NamedTuple):
    """What becomes of an archive; and at most how many files of its index are new for it: of texts,
    buckets and the directory.
    """

    after: Callable[[Archive], Archive]
    texts: int
    buckets: int
    names: int


def with_(now: Archive, *notices: Rows) -> Archive:
    return {**now, **archive(*notices)}


def newest(now: Archive) -> Rows:
    day = max(each.day for each in now.values()) + datetime.timedelta(days=7)
    return replace(rows(1000), day=day)


def without(now: Archive, *numbers: int) -> Archive:
    gone = {f"notices/{number}/" for number in numbers}
    return {address: each for address, each in now.items() if address not in gone}


CHANGES = {
    "nothing": Change(lambda now: now, 0, 0, 0),
    "an edited fact": Change(lambda now: with_(now, rows(7, edition=1)), 1, 20, 20),
    "one more section": Change(
        lambda now: with_(now, replace(rows(7), sections=(*rows(7).sections, SECTION))), 1, 10, 10
    ),
    "a new notice, the newest": Change(lambda now: with_(now, newest(now)), 2, 900, 36),
    "a new notice, older than others": Change(lambda now: with_(now, rows(1001)), 2, 1000, 36),
    "a notice without a day": Change(
        lambda now: with_(now, replace(rows(1001), day=datetime.date.min)), 2, 2200, 80
    ),
    "a notice that goes": Change(lambda now: without(now, 7), 0, 1700, 36),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_rewrites_what_it_concerns_and_nothing_else(
    large: Archive,
    clean: Made,
    tmp_path: Path,
    change: Change,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In an archive of 300 notices with 2,160 buckets. No rows are asked for, and no buckets
    read, but those of what has changed.
    """
    now = change.after(large)
    made(large, tmp_path)
    read: list[Bucket] = []

    def count(buckets: Sequence[Bucket]) -> Lists:
        read.extend(buckets)
        return read_buckets(buckets)

    monkeypatch.setattr(update, "read_buckets", count)
    after = made(now, tmp_path)
    assert after.files == made(now).files, "as if made anew"
    assert len(read) <= change.buckets, "no others are read"
    new = {path for path, data in after.files.items() if clean.files.get(path) != data}
    for folder, most in zip(("texts", "pairs", "names"), change[1:], strict=True):
        assert len([path for path in new if path.startswith(f"search/{folder}/")]) <= most
    assert {*after.asked} == {a for a, each in now.items() if each != large.get(a)}
    many = ("search/pairs/", "search/spoken")
    few = sum(len(after.files[path]) for path in new if not path.startswith(many))
    assert few < 40_000


def test_the_newest_notice_has_the_buckets_of_its_own_pairs_written(
    large: Archive, clean: Made
) -> None:
    """And the few that are divided, since there is more text."""
    new = newest(large)
    after = made(with_(large, new))
    keys = {key for text in fold_rows(new) for key in keys_in(text)}
    count = searching.head(after.files)["buckets"]
    own = {bucket_of(key, count) for key in keys}
    before = searching.head(clean.files)["buckets"]
    own |= {each for n in range(before, count) for each in (n, divided(n))}
    paths = after.files.keys() - clean.files.keys()
    assert {int(path.split("/")[2].split(".")[0]) for path in paths if "/pairs/" in path} == own


def keys_in(section: Folded) -> Iterator[str]:
    whole = f"{section.title}\n{section.text}\n"
    for first, second in itertools.pairwise(whole):
        if first != "\n":
            yield first + ALONE
            if second != "\n":
                yield first + second


def test_what_was_prepared_by_others_is_not_worked_out_again(
    large: Archive, clean: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a site so small that all texts are read, there is nothing to prepare."""
    for each in large.values():
        prepare(each, len(large), room(tmp_path))
    monkeypatch.setattr(update, "postings_of", None)
    assert made(large, tmp_path).files == clean.files
    prepare(rows(1001), 2, room(tmp_path))


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index for the smallest archive, kept in the smallest pieces, changed and not made anew."""
    monkeypatch.setattr(arrangement, "TEXT_ALONE", 400)
    monkeypatch.setattr(arrangement, "SECTIONS_A_FILE", 2)
    monkeypatch.setattr(stored, "BUCKETS_AN_ENTRY", 3)
    monkeypatch.setattr(kept, "BUCKETS_AN_ENTRY", 3)
    monkeypatch.setattr(update, "_SHARE", 1)


def steps() -> st.SearchStrategy[list[list[Rows]]]:
    """Archives one after the other, of notices that come, go and change."""
    notice = st.builds(
        rows,
        st.integers(1, 9),
        sections=st.integers(1, 5),
        length=st.integers(1, 12),
        edition=st.integers(0, 2),
    )
    dated = st.one_of(notice, st.builds(lambda each: replace(each, day=datetime.date.min), notice))
    return st.lists(st.lists(dated, max_size=8), min_size=2, max_size=5)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps())
def test_any_history_gives_the_index_that_is_made_anew(
    tiny: None, tmp_path: Path, history: list[list[Rows]]
) -> None:
    """Notices that come, go, change, and get days or lose them; from a few texts to an archive, and
    back.
    """
    with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
        for notices in history:
            now = archive(*notices)
            after = made(now, Path(folder))
            assert after.files == made(now).files


def test_many_changes_are_made_as_quickly_as_the_whole(
    large: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(large, tmp_path)
    now = with_(large, *(rows(number, edition=1) for number in range(100)))
    monkeypatch.setattr(update, "read_buckets", None)
    assert made(now, tmp_path).files == made(now).files


def damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("spoil", [damaged, Path.unlink])
@pytest.mark.parametrize("number", range(6))
def test_what_is_kept_no_longer_is_made_anew(
    large: Archive, clean: Made, tmp_path: Path, spoil: Callable[[Path], None], number: int
) -> None:
    """Whichever entry is lost, even while the files are read."""
    small = archive(*[*large.values()][:60])
    made(small, tmp_path)
    entries = sorted((tmp_path / "room").iterdir())
    for entry in entries[number::6]:
        spoil(entry)
    now = with_(small, rows(7, edition=1))
    assert made(now, tmp_path).files == made(now).files


def test_nothing_is_kept_that_is_not_of_use(large: Archive, tmp_path: Path) -> None:
    """An entry for each notice, one for each few buckets, one that says which, one of sounds."""
    for now in (large, with_(large, rows(7, edition=1)), without(large, 7), large):
        made(now, tmp_path)
        count = searching.head(made(now).files)["buckets"]
        entries = [*(tmp_path / "room").iterdir()]
        assert len(entries) == len(now) + -(-count // stored.BUCKETS_AN_ENTRY) + 2


def test_another_table_of_characters_makes_the_index_anew(
    large: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = archive(*[*large.values()][:60])
    made(small, tmp_path)
    before = {*(tmp_path / "room").iterdir()}
    stored._version.cache_clear()
    monkeypatch.setattr(stored, "same_characters", lambda: {"甲": "乙"})
    assert {*made(small, tmp_path).asked} == {*small}
    stored._version.cache_clear()
    assert before.isdisjoint((tmp_path / "room").iterdir())
