"""An archive of invented notices in the real site, and whether all is found in it."""

from __future__ import annotations

import bisect
import itertools
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page

from invented import make_catalogue
from notices.catalogue.notices import Catalogue
from notices.outputs.search.entries import entries
from reading import plain
from searching import write_index
from sitehouse import serve

# All hits of each query in the order they come, as [address and place, kind].
SEARCH = """async (queries) => {
  const found = [];
  for (const query of queries) {
    const hits = [];
    for await (const batch of engine.search(query)) {
      if (batch.lost.length) throw new Error("lost");
      for (const { section, kind } of batch.hits) {
        hits.push([section.of.address + section.place, kind]);
      }
    }
    found.push(hits);
  }
  return found;
}"""


class Archive(NamedTuple):
    """A site with the search of invented notices; address and words of each of their sections."""

    site: Path
    places: list[str]
    texts: list[str]


def find(page: Page, queries: list[str]) -> list[list[str]]:
    """Return where each query was found as a whole, in the order of the results."""
    results: list[list[tuple[str, str]]] = page.evaluate(SEARCH, queries)
    return [[place for place, kind in hits if kind == "all"] for hits in results]


def substrings(texts: list[str], count: int, seed: int) -> Iterator[str]:
    """Yield ``count`` strings of 2–12 characters from anywhere in ``texts``, of quotes never two:
    what stands between two is one word to the search, with its spaces.
    """
    dice = random.Random(seed)
    sizes = [len(text) for text in texts]
    while count:
        (text,) = dice.choices(texts, weights=sizes)
        length = dice.randint(2, 12)
        start = dice.randrange(len(text))
        if len(plain(text[start : start + length])) >= 2:
            yield text[start : start + length]
            count -= 1


def with_search_of(catalogue: Catalogue, site: Path, target: Path) -> Path:
    """Return a copy of ``site`` that searches the notices of ``catalogue`` in place of its own."""
    shutil.copytree(site, target, ignore=shutil.ignore_patterns("texts"))
    write_index(target, catalogue)
    return target


def make_archive(notices: int, site: Path, target: Path) -> Archive:
    """Write a copy of ``site`` that searches so many invented notices into ``target``."""
    catalogue = make_catalogue(notices)
    places, texts = [], []
    for notice in catalogue.notices:
        address = f"notices/{notice.id}/"
        places += [address, address]
        places += [f"{address}#{section.id}" for section in notice.narrative.all_sections]
        texts += [notice.facts.title, "".join(line.text for line in notice.narrative.preamble)]
        texts += [each.heading.text + each.text for each in notice.narrative.all_sections]
        # What the site says beside the text is found there, too.
        beside = [each for each in entries(notice, catalogue) if each.notes]
        places += [address + each.place for each in beside]
        texts += ["".join(each.notes) for each in beside]
    return Archive(with_search_of(catalogue, site, target), places, [plain(text) for text in texts])


def search_exactly(page: Page, archive: Archive, queries: int, seed: int) -> None:
    """Search so many strings: recall and precision are 1 against a plain count over all texts."""
    site, places, texts = archive
    joined = "\0".join(texts)
    starts = list(itertools.accumulate((len(text) + 1 for text in texts), initial=0))
    asked = list(substrings(texts, queries, seed))
    with serve(site) as url:
        page.goto(f"{url}search/")
        # The ledger and the contact have no text here.
        found = [
            {place for place in hits if not place.endswith(("ledger/", "#publisher"))}
            for hits in find(page, asked)
        ]
    for query, hits in zip(asked, found, strict=True):
        at = [match.start() for match in re.finditer(re.escape(plain(query)), joined)]
        expected = {places[bisect.bisect(starts, place) - 1] for place in at}
        assert hits == expected, query
