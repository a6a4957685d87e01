from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from invented import make_catalogue, make_notice
from notices.catalogue.loading import load
from notices.catalogue.notices import Catalogue
from notices.outputs.search.entries import entries
from reading import plain, visible_sections
from searching import head, index_of, names, texts
from sitehouse import SAMPLE

LARGE = 24  # notices: more than a site whose texts are searched alone


@pytest.fixture(scope="module")
def archive() -> Catalogue:
    return make_catalogue(LARGE)


@pytest.fixture(scope="module")
def files(archive: Catalogue) -> dict[str, bytes]:
    return dict(index_of(archive))


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
    """Each notice in a file, and the directory in the head."""
    files = dict(index_of(load(two_notices)[0]))
    assert head(files)["buckets"] == 0
    assert not [path for path in files if path.startswith(("search/pairs/", "search/names/"))]
    assert len([path for path in files if path.startswith("search/texts/")]) == 2
    addresses = [one["address"] for (one,) in texts(files).values()]
    assert addresses == ["notices/fictional-2020/", f"notices/{SAMPLE}/"]


def test_an_archive_has_buckets_of_a_size(files: dict[str, bytes]) -> None:
    """One that is not yet divided is twice as large as one that is."""
    sizes = sorted(len(data) for path, data in files.items() if path.startswith("search/pairs/"))
    assert len(sizes) == head(files)["buckets"]
    assert sizes[-1] < 4 * sizes[len(sizes) // 2]


def test_notices_are_numbered_from_the_oldest(archive: Catalogue, files: dict[str, bytes]) -> None:
    shuffled = [*archive.notices]
    random.Random(1).shuffle(shuffled)
    addresses = [told[0]["address"] for _, told in sorted(texts(files).items())]
    days = {f"notices/{n.id}/": str(n.facts.inspection.feedback) for n in archive.notices}
    assert [days[each] for each in addresses] == sorted(days.values())
    again = dict(index_of(replace(archive, notices=shuffled)))
    assert files == again, "in whatever order they are given"


def test_the_directory_leads_to_every_file(files: dict[str, bytes]) -> None:
    said = head(files)
    assert {len(told) for told in texts(files).values()} == {5}
    pieces = [files[f"search/names/{name}.js"] for name in names(said["pairs"])]
    found = [name for piece in pieces for name in names(piece.decode().split('"')[-2], 8)]
    buckets = {f"search/pairs/{n}.{name}.js" for n, name in enumerate(found)}
    assert buckets == {path for path in files if path.startswith("search/pairs/")}


def test_what_every_query_reads_is_small(files: dict[str, bytes]) -> None:
    """The head has of each notice less than a byte, but for the labels of statuses."""
    said = head(files)
    assert len(said["firsts"]) + len(said["notices"]) < 3 * LARGE
    assert len(said["pairs"]) * 64 // 12 <= said["buckets"] + 64


def test_a_change_of_one_notice_leaves_the_texts_of_all_others_as_they_are(
    archive: Catalogue, files: dict[str, bytes]
) -> None:
    """And of its own all but those with what has changed."""
    after = dict(index_of(edited(archive, 7)))
    changed = {path: data for path, data in after.items() if files.get(path) != data}
    told = [data for path, data in changed.items() if path.startswith("search/texts/")]
    assert len(told) == 1
    assert b'"notices/invented-7/"' in told[0]


def test_no_name_ever_means_two_things(archive: Catalogue) -> None:
    """But for the two that only say what the head is called."""
    meanings: dict[str, set[bytes]] = {}
    for catalogue in (archive, edited(archive, 7), make_catalogue(LARGE - 1)):
        for path, data in index_of(catalogue):
            meanings.setdefault(path, set()).add(data)
    changing = {path for path, datas in meanings.items() if len(datas) > 1}
    assert changing == {"search/search_index.json", "search/search_index.js"}
