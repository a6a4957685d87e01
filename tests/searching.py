"""The index of the search of a whole catalogue, made and read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from notices.cache import Drawer
from notices.catalogue.notices import Catalogue
from notices.outputs.search import SiteWords, index_files, rows_of
from notices.outputs.search.buckets import DIGITS

Lists = dict[str, tuple[list[int], list[int]]]
"""For each key the numbers of all sections that hold it, and of those that have it in their title;
or the numbers of notices.
"""


def index_of(catalogue: Catalogue, room: Drawer | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file of the index of ``catalogue``."""
    rows = {each.address: each for each in (rows_of(n, catalogue) for n in catalogue.notices)}
    found = [each.findable for each in rows.values()]
    groups = catalogue.synonyms.facts.synonyms if catalogue.synonyms else []
    words = SiteWords(catalogue.vocabulary, groups)
    for file in index_files(found, lambda each: rows[each.address], words, room):
        yield file.path, file.content()


def write_index(site: Path, catalogue: Catalogue) -> None:
    """Write the index of ``catalogue`` into ``site``."""
    for path, data in index_of(catalogue):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(data)


def content(files: Mapping[str, bytes], path: str) -> Any:
    """Return the JSON that a file of the index assigns."""
    name, value = files[f"search/{path}"].decode().split("=", 1)
    assert name == f'searchFiles["{path}"]'
    return json.loads(value)


def head(files: Mapping[str, bytes]) -> Any:
    """Return what every query reads."""
    return content(files, json.loads(files["search/search_index.json"])["config"]["head"])


def texts(files: Mapping[str, bytes]) -> dict[int, list[Any]]:
    """Return what the files of texts of each notice say, by its number, ascending."""
    said = head(files)
    pieces = said["notices"]
    if said["buckets"]:
        pieces = [content(files, f"names/{name}.js") for name in names(pieces)]
    found = {}
    for listed, counts, joined in pieces:
        own = iter(names(joined))
        step = said["sectionsInFile"]
        for number, count in zip(read_numbers(listed), counts, strict=True):
            files_of = (next(own) for _ in range(-(-count // step) if step else 1))
            found[number] = [content(files, f"texts/{name}.js") for name in files_of]
    return found


def names(joined: str, length: int = 12) -> list[str]:
    """Return the names that stand one after the other."""
    return re.findall(f".{{{length}}}", joined)


def read_bucket(keys: str, lists: str) -> Lists:
    """Return the lists of each key of a bucket."""
    found = {}
    pairs = (keys[at : at + 2] for at in range(0, len(keys), 2))
    for key, written in zip(pairs, lists.split(",") if keys else [], strict=True):
        everywhere, _, in_title = written.partition(" ")
        found[key] = read_numbers(everywhere), read_numbers(in_title)
    return found


def read_numbers(written: str) -> list[int]:
    """Return the numbers of a list, one by one."""
    numbers, number, value, shift = [], -1, 0, 0
    for digit in map(DIGITS.index, written):
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            number += value
            numbers.append(number)
            value = shift = 0
    return numbers
