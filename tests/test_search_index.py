from __future__ import annotations

import itertools
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from invented import make_catalogue, make_notice
from notices.catalogue.loading import load
from notices.catalogue.notices import Catalogue
from notices.outputs.search import index, texts, update
from notices.outputs.search.entries import entries
from notices.outputs.search.index import number_of_buckets
from reading import plain, visible_sections
from searching import index_of
from sitehouse import SAMPLE, room

LARGE = 24  # notices: more than a site whose texts are searched alone


@pytest.fixture(scope="module")
def archive() -> Catalogue:
    return make_catalogue(LARGE)


def content(path: str, data: bytes) -> Any:
    """Return the JSON that a file of the index assigns."""
    name, value = data.decode().split("=", 1)
    assert name == f'searchFiles["{path.removeprefix("search/")}"]'
    return json.loads(value)


def head(files: dict[str, bytes]) -> Any:
    name = json.loads(files["search/search_index.json"])["config"]["head"]
    return content(f"search/{name}", files[f"search/{name}"])


def edited(catalogue: Catalogue, *numbers: int) -> Catalogue:
    """Return the catalogue with one more word in some notices."""
    changed = {f"invented-{number}": make_notice(number, 1) for number in numbers}
    return replace(catalogue, notices=[changed.get(each.id, each) for each in catalogue.notices])


@pytest.mark.parametrize("notice_id", [SAMPLE, "fictional-2020"])
def test_what_is_found_is_what_the_page_says(
    two_notices: Path, two_sites: Path, notice_id: str
) -> None:
    """Word for word and section for section: text, facts beside it, particulars and contact."""
    catalogue = load(two_notices)[0]
    notice = next(each for each in catalogue.notices if each.id == notice_id)
    indexed = {
        entry.place: {plain("".join(entry.lines)), plain("".join(entry.notes))} - {""}
        for entry in entries(notice, catalogue)
    }
    del indexed["ledger/"]
    indexed[""].add(plain(notice.facts.title))
    shown = {
        place: {plain(text) for text in texts} - {""}
        for place, texts in visible_sections(two_sites, f"notices/{notice_id}").items()
    }
    assert indexed == shown


def test_a_small_site_has_its_texts_alone(two_notices: Path) -> None:
    files = dict(index_of(load(two_notices)[0]))
    assert head(files)["buckets"] == 0
    assert not [path for path in files if path.startswith("search/pairs/")]
    assert len([path for path in files if path.startswith("search/texts/")]) == 2


def test_an_archive_has_buckets_of_about_the_same_size(archive: Catalogue) -> None:
    files = dict(index_of(archive))
    sizes = sorted(len(data) for path, data in files.items() if path.startswith("search/pairs/"))
    assert len(sizes) == head(files)["buckets"]
    assert sizes[-1] < 3 * sizes[len(sizes) // 2]


def test_notices_are_numbered_from_the_newest(archive: Catalogue) -> None:
    shuffled = [*archive.notices]
    random.Random(1).shuffle(shuffled)
    files = dict(index_of(replace(archive, notices=shuffled)))
    names = [f"search/texts/{name}.0.js" for name in head(files)["texts"]]
    addresses = [content(name, files[name])["address"] for name in names]
    days = {f"notices/{n.id}/": str(n.facts.inspection.feedback) for n in archive.notices}
    assert [days[each] for each in addresses] == sorted(days.values(), reverse=True)
    assert files == dict(index_of(archive)), "in whatever order they are given"


def test_a_change_of_one_notice_leaves_the_texts_of_all_others_as_they_are(
    archive: Catalogue,
) -> None:
    before, after = dict(index_of(archive)), dict(index_of(edited(archive, 7)))
    changed = {path for path, data in after.items() if before.get(path) != data}
    texts = [path for path in changed if path.startswith("search/texts/")]
    assert {content(path, after[path])["address"] for path in texts} == {"notices/invented-7/"}


def test_no_name_ever_means_two_things(archive: Catalogue) -> None:
    """But for the two that only say what the head is called."""
    meanings: dict[str, set[bytes]] = {}
    for catalogue in (archive, edited(archive, 7), make_catalogue(LARGE - 1)):
        for path, data in index_of(catalogue):
            meanings.setdefault(path, set()).add(data)
    changing = {path for path, datas in meanings.items() if len(datas) > 1}
    assert changing == {"search/search_index.json", "search/search_index.js"}


HISTORIES: dict[str, Callable[[Catalogue], list[Catalogue]]] = {
    "nothing": lambda first: [first, first],
    "an edit": lambda first: [first, edited(first, 7)],
    "edits that come and go": lambda first: [first, edited(first, 7), edited(first, 9, 11), first],
    "many edits": lambda first: [first, edited(first, *range(1, LARGE))],
    "one more": lambda first: [first, make_catalogue(LARGE + 1)],
    "one less": lambda first: [first, edited(make_catalogue(LARGE - 1), 3)],
    "no archive any more": lambda first: [first, make_catalogue(2), first],
}


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
def test_the_index_is_the_same_whatever_was_before(
    tmp_path: Path, archive: Catalogue, history: Callable[[Catalogue], list[Catalogue]]
) -> None:
    kept = room(tmp_path)
    for catalogue in history(archive):
        assert dict(index_of(catalogue, kept)) == dict(index_of(catalogue))


def test_only_what_a_change_concerns_is_worked_out_again(
    tmp_path: Path, archive: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = room(tmp_path)
    before = dict(index_of(archive, kept))
    folded: list[int] = []

    def fold_texts(files: Sequence[bytes]) -> Any:
        folded.append(len(files))
        return real(files)

    real = texts.fold_texts
    monkeypatch.setattr(update, "fold_texts", fold_texts)
    monkeypatch.setattr(update, "make_buckets", None)
    after = dict(index_of(edited(archive, 7), kept))
    assert len(folded) == 2, "the notice before and after"
    buckets = [
        {path.split("/")[-1]: data for path, data in files.items() if "/pairs/" in path}
        for files in (before, after)
    ]
    changed = [
        name for name, data in buckets[1].items()
        if data.split(b"=", 1)[1] != buckets[0][name].split(b"=", 1)[1]
    ]  # fmt: skip
    assert 0 < len(changed) < 20 < len(buckets[1])


def test_the_cache_holds_one_index(tmp_path: Path, archive: Catalogue) -> None:
    """One that is damaged is made anew."""
    kept = room(tmp_path)
    expected = dict(index_of(archive, kept))
    (file,) = kept.folder.iterdir()
    data = file.read_bytes()
    file.write_bytes(data[:-1])
    assert dict(index_of(archive, kept)) == expected
    assert file.read_bytes() == data
    dict(index_of(edited(archive, 7), kept))
    assert [*kept.folder.iterdir()] == [file]


def test_few_edits_change_the_number_of_buckets() -> None:
    numbers = [number_of_buckets(size) for size in range(0, 20_000_000, 1000)]
    assert numbers == sorted(numbers)
    assert len({*numbers}) < 60
    growing = itertools.pairwise(sorted({*numbers})[8:])
    assert all(larger / smaller <= 1.25 for smaller, larger in growing)


def test_names_grow_where_they_would_be_the_same() -> None:
    alike, other = "aaaaaaaab", "aaaaaaaac"
    assert index._short([alike, other]) == [alike, other]
    assert index._short([alike, alike]) == [alike[:7], alike[:7]]


def test_another_table_of_characters_makes_the_index_anew(
    tmp_path: Path, archive: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = room(tmp_path)
    dict(index_of(archive, kept))
    (before,) = kept.folder.iterdir()
    monkeypatch.setattr(update, "same_characters", lambda: {"甲": "乙"})
    dict(index_of(archive, kept))
    assert [*kept.folder.iterdir()] != [before]
