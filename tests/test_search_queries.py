"""What a citizen types finds what he means, though it is written otherwise; and says why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pypinyin
import pytest
import yaml
from playwright.sync_api import BrowserContext, Page

from archives import SEARCH, with_search_of
from invented import make_catalogue
from notices.catalogue.loading import load
from notices.outputs.search.fold import fold
from sitehouse import SAMPLE, SAMPLE_ROOT, serve

CASES = yaml.safe_load((Path(__file__).parent / "cases/queries.yml").read_text(encoding="utf-8"))
NOTICE = f"notices/{SAMPLE}/"
WHY = """async (queries) => {
  const found = [];
  for (const query of queries) {
    for await (const { hits } of engine.search(query)) {
      found.push(...hits.map(({ kind, why }) => [query, kind, why ?? ""]));
    }
  }
  return found;
}"""

Hits = list[tuple[str, str]]


@pytest.fixture(scope="module")
def catalogue_titles() -> dict[str, str]:
    """The titles of all items, by where they stand."""
    (notice,) = load(SAMPLE_ROOT)[0].notices
    return {f"{NOTICE}#{item.id}": item.facts.title for item in notice.items}


@pytest.fixture
def results(desktop: BrowserContext, address: str) -> Page:
    page = desktop.new_page()
    page.goto(f"{address}search/")
    return page


def asked(page: Page, queries: Iterable[str]) -> dict[str, Hits]:
    """Return what is found for each query, first things first."""
    every = list(queries)
    found: list[Hits] = page.evaluate(SEARCH, every)
    return dict(zip(every, found, strict=True))


def firsts(found: dict[str, Hits]) -> dict[str, str]:
    return {query: hits[0][0] if hits else "" for query, hits in found.items()}


def test_the_first_result_is_what_a_citizen_means(results: Page) -> None:
    expected = {
        str(query): NOTICE + place for queries in CASES.values() for query, place in queries.items()
    }
    assert len(expected) >= 40
    assert firsts(asked(results, expected)) == expected


def test_whatever_is_not_found_as_it_is_says_why(results: Page) -> None:
    queries = [str(query) for queries in CASES.values() for query in queries]
    told = results.evaluate(WHY, queries)
    silent = {(query, kind) for query, kind, why in told if not why}
    assert {kind for _, kind in silent} <= {"all", "notice", "some", "apart"}


def test_above_hits_of_each_kind_it_says_what_they_are(results: Page) -> None:
    """Also above those of the usual kind, when others come first: of a number and of its digits."""
    queries = ["2 4 3", *(str(query) for queries in CASES.values() for query in queries)]
    kinds = {kind for _, kind, _ in results.evaluate(WHY, queries)}
    assert {"all", "number"} < kinds
    assert kinds <= {*results.evaluate("Object.keys(KINDS)")}


def test_any_title_is_found_by_its_sound(results: Page, catalogue_titles: dict[str, str]) -> None:
    """In syllables, with and without tones and spaces, and by its first letters."""
    expected = {}
    for place, title in catalogue_titles.items():
        words = re.sub(r"\W", "", title)
        plain, toned = (
            [each for (each,) in pypinyin.pinyin(words, style=style)]
            for style in (pypinyin.Style.NORMAL, pypinyin.Style.TONE)
        )
        initials = "".join(each[0] for each in plain)
        for query in ("".join(plain), " ".join(plain), "".join(toned), initials, initials.upper()):
            expected[query] = place
        if not re.search("[A-Za-z0-9]", words):
            numbered = pypinyin.lazy_pinyin(words, style=pypinyin.Style.TONE3)
            expected["".join(numbered)] = place
        expected |= {"".join(plain[:4]): place, initials[:4]: place}
    assert firsts(asked(results, expected)) == expected


def test_any_title_is_found_with_one_character_that_is_wrong_or_missing(
    results: Page, catalogue_titles: dict[str, str]
) -> None:
    expected = {}
    for place, title in catalogue_titles.items():
        words = fold(title)
        for at in range(1, len(words) - 1):
            expected[f"{words[:at]}龘{words[at + 1 :]}"] = place
            if len(words) > 5:
                expected[words[:at] + words[at + 1 :]] = place
    assert firsts(asked(results, expected)) == expected


def test_any_title_is_found_with_two_characters_in_each_others_place_or_in_a_sentence(
    results: Page, catalogue_titles: dict[str, str]
) -> None:
    expected = {}
    for place, title in catalogue_titles.items():
        words = fold(title)
        for at in range(len(words) - 1):
            expected[words[:at] + words[at + 1] + words[at] + words[at + 2 :]] = place
        expected |= {f"{words}是怎么整改的？": place, f"请问{words[:8]}怎么样了": place}
    assert firsts(asked(results, expected)) == expected


def test_words_are_found_that_have_others_between(
    results: Page, catalogue_titles: dict[str, str]
) -> None:
    """Where nothing has them together; the section with both is among the first."""
    expected = {}
    for place, title in catalogue_titles.items():
        words = fold(title)
        for at in range(len(words) - 5):
            expected[words[at : at + 2] + words[at + 4 : at + 6]] = place
    found = asked(results, expected)
    lost = {
        query: found[query]
        for query, place in expected.items()
        if {kind for _, kind in found[query]} != {"all"}
        and place not in [where for where, _ in found[query][:3]]
    }
    assert lost == {}


EXCERPTS = """async (queries) => {
  const told = [];
  const plain = (pieces) => index.fold(pieces.map(([text]) => text).join("")).text;
  for (const query of queries) {
    for await (const { hits } of engine.search(query)) {
      told.push(...hits.map((hit) => [query, plain(titleOf(hit)), plain(excerptOf(hit))]));
    }
  }
  return told;
}"""


def test_an_excerpt_never_only_repeats_the_title(
    results: Page, catalogue_titles: dict[str, str]
) -> None:
    told = results.evaluate(EXCERPTS, ["整改", "方面", "通报", "台账", *catalogue_titles.values()])
    assert len(told) > 60
    repeated = [
        each for each in told if each[2] and re.sub(r"\W|^[0-9]+|方面$", "", each[2]) in each[1]
    ]
    assert repeated == []


SEPARATORS = ".-—–－．·、/_。"


def test_a_number_is_found_however_it_is_written(
    results: Page, catalogue_titles: dict[str, str]
) -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    expected = {}
    for place in catalogue_titles:
        parts = place.partition("#")[2].split("-")
        for separator in (*SEPARATORS, " . ", " - ", " "):
            expected[separator.join(parts)] = place
            expected[separator.join(parts).translate(wide)] = place
    assert firsts(asked(results, expected)) == expected


def test_each_synonym_finds_what_the_others_do(results: Page) -> None:
    groups = yaml.safe_load((SAMPLE_ROOT / "data/synonyms.yml").read_text(encoding="utf-8"))
    found = asked(results, [word for group in groups["synonyms"] for word in group])
    for group in groups["synonyms"]:
        exact = {place for word in group for place, kind in found[word] if kind == "all"}
        for word in group:
            assert not exact or {place for place, _ in found[word]} & exact, word


@pytest.mark.parametrize("query", ["“存货跌假准备”", '"公款吃喝"'])
def test_what_stands_in_quotes_is_found_as_it_is_or_not_at_all(results: Page, query: str) -> None:
    assert asked(results, [query]) == {query: []}


def test_a_notice_as_a_whole_never_comes_before_its_parts(results: Page, site: Path) -> None:
    """But for its own title."""
    words = {"巡察", "整改", "党支部", "双D高科", "大连", "反馈", "2023", "公司"}
    for hits in asked(results, words).values():
        whole = ["#" not in place for place, _ in hits]
        assert whole == sorted(whole)


def test_an_archive_is_searched_by_sound_without_being_read(
    desktop: BrowserContext, site: Path, tmp_path: Path
) -> None:
    """What follows one another is in a few small files, and only what may hold it is read."""
    archive = make_catalogue(24)
    titles = [item.facts.title for notice in archive.notices for item in notice.items]
    words = [fold(re.sub(r"\W", "", title)) for title in titles if 4 < len(title) < 12][:8]
    letters = [
        "".join(each for (each,) in pypinyin.pinyin(word, style=pypinyin.Style.NORMAL))
        for word in words
    ]
    page = desktop.new_page()
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    with serve(with_search_of(archive, site, tmp_path / "site")) as url:
        page.goto(f"{url}search/")
        told = page.evaluate(WHY, letters)
    assert {query: kind for query, kind, _ in told} == dict.fromkeys(letters, "sound")
    found = {query: why for query, _, why in reversed(told)}
    assert all(word in found[query] for query, word in zip(letters, words, strict=True))
    files = list((tmp_path / "site/search/texts").iterdir())
    assert len({each for each in asked_for if "/texts/" in each}) < len(files) / 2
