"""A link that pointed to what has gone is found, though the file that has it is not read again."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from notices.proof.links.addresses import Addresses
from notices.proof.links.ties import Ties, ties_of, told_of
from notices.proof.links.whole import Whole, touched

OWN = Addresses("https://notices.example.org/below/")
FOLDERS = ("", "a/", "a/b/", "甲/")
ANCHORS = ("x", "y", "1-2")


@dataclasses.dataclass(frozen=True)
class Page:
    """A page: its anchors, and where it leads, as (folder, anchor)."""

    anchors: frozenset[str]
    leads: frozenset[tuple[str, str]]

    def written(self, folder: str) -> bytes:
        up = "../" * folder.count("/")
        ids = "".join(f'<p id="{anchor}">' for anchor in sorted(self.anchors))
        links = "".join(
            f'<a href="{up}{to}{f"#{anchor}" if anchor else ""}">甲</a>\n'
            for to, anchor in sorted(self.leads)
        )
        return f"<!doctype html><body>{ids}\n{links}".encode()


pages = st.builds(
    Page,
    st.frozensets(st.sampled_from(ANCHORS)),
    st.frozensets(st.tuples(st.sampled_from(FOLDERS), st.sampled_from(("", *ANCHORS)))),
)
sites = st.dictionaries(st.sampled_from(FOLDERS), pages)


def ties_in(site: Mapping[str, Page]) -> dict[str, Ties]:
    return {
        f"{folder}index.html": ties_of(f"{folder}index.html", page.written(folder), OWN)
        for folder, page in site.items()
    }


def dead_in(site: Mapping[str, Page]) -> set[tuple[str, str, str]]:
    """Return the links that lead nowhere, as (page, folder, anchor), found the plain way."""
    return {
        (f"{folder}index.html", to, anchor)
        for folder, page in site.items()
        for to, anchor in page.leads
        if to not in site or (anchor and anchor not in site[to].anchors)
    }


def without_one(site: dict[str, Page]) -> Iterator[dict[str, Page]]:
    """Yield the site without one of its pages, or one of its anchors."""
    for folder, page in site.items():
        yield {other: each for other, each in site.items() if other != folder}
        for anchor in page.anchors:
            less = dataclasses.replace(page, anchors=page.anchors - {anchor})
            yield {**site, folder: less}


@settings(deadline=None, max_examples=60)
@given(sites)
def test_what_goes_is_missed_by_all_that_led_there(site: dict[str, Page]) -> None:
    """Whatever page or anchor it is: of all other pages, what was known of them is enough."""
    known = ties_in(site)
    for left in itertools.chain([site], without_one(site)):
        changed = {folder: page for folder, page in left.items() if page is not site[folder]}
        kept = {f"{folder}index.html" for folder in left}
        ties = {path: each for path, each in known.items() if path in kept} | ties_in(changed)
        whole = Whole(ties)
        assert {*whole.in_vain(ties)} == {path for path, _, _ in dead_in(left)}
        for folder, page in left.items():
            path = f"{folder}index.html"
            told = told_of(path, page.written(folder), OWN, whole.missing)
            expected = [each for each in dead_in(left) if each[0] == path]
            assert len([*told]) == len(expected)


@settings(deadline=None, max_examples=60)
@given(sites, sites)
def test_where_all_led_somewhere_only_what_was_touched_is_asked(
    site: dict[str, Page], other: dict[str, Page]
) -> None:
    """Whatever changes, comes or goes, at once."""
    broken = {path for path, _, _ in dead_in(site)}
    sound = {folder: page for folder, page in site.items() if f"{folder}index.html" not in broken}
    while broken := {path for path, _, _ in dead_in(sound)}:
        sound = {each: page for each, page in sound.items() if f"{each}index.html" not in broken}
    before, ties = ties_in(sound), ties_in(other)
    changed = {path for path in before.keys() | ties.keys() if before.get(path) != ties.get(path)}
    among = touched(ties, {path: before.get(path) for path in changed})
    assert {*Whole(ties).in_vain(among)} == {*Whole(ties).in_vain(ties)}


def test_only_what_others_have_is_kept_of_what_a_page_wants() -> None:
    """Where it leads to itself, it knows itself."""
    own, other = Page(frozenset("x"), frozenset({("a/", "x"), ("", "y")})), "a/index.html"
    ties = ties_of(other, own.written("a/"), OWN)
    assert ties == (["x"], {".": ["y"]}, False)
    nowhere = Page(frozenset(), own.leads)
    assert ties_of(other, nowhere.written("a/"), OWN).astray
