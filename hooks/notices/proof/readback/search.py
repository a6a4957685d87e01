"""The texts of the search, read as the browser does."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ...catalogue.addresses import notice_address
from ...catalogue.notices import Catalogue, Notice
from ...outputs.search import Rows
from ...problem import Place, Problem
from .. import inventory
from .text import OUTPUT, difference, squeezed

_FOLDER = "search/texts"
_OURS = frozenset({"ledger/", "#publisher", "#discrepancies"})
"""Sections that are the site's own words."""


def differences(site: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Yield where a search would find other words than those that were approved."""
    found: dict[str, list[tuple[int, str, Any]]] = defaultdict(list)
    files = inventory.look(site / _FOLDER).files if (site / _FOLDER).is_dir() else []
    for file in (each for each in files if each.endswith(".js")):
        path = f"{_FOLDER}/{file}"
        try:
            said = json.loads((inventory.read(site, path) or b"").partition(b"=")[2])
            number = int(file.split(".")[-2])
            found[said["address"]].append((number, path, said["sections"]))
        except (ValueError, LookupError, TypeError):
            yield Problem(Place(path), OUTPUT, "读不出这个文件里的文字")
    for notice in catalogue.notices:
        told = sorted(found[notice_address(notice)], key=lambda each: each[0])
        path = told[0][1] if told else _FOLDER
        yield from _difference(notice, (row for _, _, rows in told for row in rows), path)


def rows_differ(notice: Notice, found: Rows) -> Iterator[Problem]:
    """Yield where a search of ``notice`` by what is ``found`` would show other words than those
    that were approved.
    """
    yield from _difference(notice, map(json.loads, found.sections), _FOLDER)


def _difference(notice: Notice, rows: Iterable[Any], path: str) -> Iterator[Problem]:
    texts = (line for row in rows if row[0] not in _OURS for line in row[2])
    yield from difference(notice, squeezed(texts), OUTPUT, path)
