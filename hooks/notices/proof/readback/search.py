"""The texts of the search, read as the browser does."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ...catalogue.addresses import notice_address
from ...catalogue.notices import Catalogue, Notice
from ...outputs.search import Rows
from ...problem import Faulty, Place, Problem
from .. import inventory
from .text import OUTPUT, difference, squeezed

_FOLDER = "search"
_NAME = "search/search_index.json"
_DIGEST = re.compile(r"[a-z2-7]{12}")
_OURS = frozenset({"ledger/", "#publisher", "#discrepancies"})
"""Sections that are the site's own words."""


def differences(site: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Yield where a search would find other words than those that were approved."""
    found: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    try:
        for path in _files(site):
            said = _said(site, path)
            try:
                found[said["address"]].append((path, said["sections"]))
            except (LookupError, TypeError) as fault:
                raise _unread(path) from fault
    except Faulty as fault:
        yield from fault.problems
        return
    for notice in catalogue.notices:
        told = found[notice_address(notice)]
        path = told[0][0] if told else f"{_FOLDER}/texts"
        yield from _difference(notice, (row for _, rows in told for row in rows), path)


def rows_differ(notice: Notice, found: Rows) -> Iterator[Problem]:
    """Yield where a search of ``notice`` by what is ``found`` would show other words than those
    that were approved.
    """
    yield from _difference(notice, map(json.loads, found.sections), f"{_FOLDER}/texts")


def _difference(notice: Notice, rows: Iterable[Any], path: str) -> Iterator[Problem]:
    texts = (line for row in rows if row[0] not in _OURS for line in row[2])
    yield from difference(notice, squeezed(texts), OUTPUT, path)


def _files(site: Path) -> Iterator[str]:
    """Yield all files of texts that the directory names, those of a notice one after the other."""
    path = _NAME
    try:
        path = f"{_FOLDER}/{json.loads(inventory.read(site, path) or b'')['config']['head']}"
        head = _said(site, path)
        pieces = head["notices"]
        if head["buckets"]:
            pieces = (_said(site, f"{_FOLDER}/names/{name}.js") for name in _names(pieces))
        for _, _, names in pieces:
            yield from (f"{_FOLDER}/texts/{name}.js" for name in _names(names))
    except (ValueError, LookupError, TypeError) as fault:
        raise _unread(path) from fault


def _names(joined: str) -> list[str]:
    """Return the names that stand in ``joined``; raise ValueError when something else does."""
    names = _DIGEST.findall(joined)
    if "".join(names) != joined:
        raise ValueError(joined)
    return names


def _said(site: Path, path: str) -> Any:
    """Return what the script at ``path`` assigns."""
    try:
        return json.loads((inventory.read(site, path) or b"").partition(b"=")[2])
    except ValueError as fault:
        raise _unread(path) from fault


def _unread(path: str) -> Faulty:
    return Faulty(Problem(Place(path), OUTPUT, "读不出这个文件里的文字"))
