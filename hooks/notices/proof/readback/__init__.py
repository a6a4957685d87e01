"""Reading back: the approved text and the facts, taken out of a built site again.

Each module here reads one kind of file as its readers' programs do, and knows nothing of how it was
made. What it finds must be the approved text, white space aside, and what the facts say.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from ... import software
from ...cache import Drawer
from ...catalogue.addresses import exports_of, notice_address
from ...catalogue.notices import Catalogue, Notice
from ...catalogue.settings import Settings
from ...digest import digest
from ...facts.files import read_bytes
from ...problem import Faulty, Place, Problem
from . import docx, notice_json, page, pdf, search, tables
from .page import frame_differs, slots_differ
from .search import rows_differ
from .text import OUTPUT, words

__all__ = ["READERS", "export_differs", "frame_differs", "rows_differ", "slots_differ", "verify"]

_LARGEST = 200_000_000  # bytes of a file of the site
_LIBRARIES = ("pypdfium2", "python-docx", "lxml", "openpyxl")
READERS = {
    "notice.pdf": pdf.differences,
    "notice.docx": docx.differences,
    "items.xlsx": tables.xlsx_differences,
    "items.csv": tables.csv_differences,
    "notice.json": notice_json.differences,
}


def verify(site: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Yield where the built ``site`` says something else than the approved texts and the facts.

    Paths on the site's side are relative to ``site``. What is withheld must not be there.
    """
    for notice in catalogue.notices:
        yield from page.differences(site, notice)
    yield from _exports(site, catalogue)
    yield from search.differences(site, catalogue)


def export_differs(
    path: str, data: bytes, notice: Notice, settings: Settings, proven: Drawer | None = None
) -> list[Problem]:
    """Return where the export ``data`` of ``notice``, at ``path``, says something else.

    ``proven`` is a room that keeps which exports were found right: to read them takes a while.
    """
    key = digest(data, _facts(notice, settings), reader().encode())
    if proven and proven.get(key) is not None:
        return []
    problems = _differences(path.rpartition("/")[2], path, data, notice, settings)
    if proven and not problems:
        proven.set(key, b"")
    return problems


def _exports(site: Path, catalogue: Catalogue) -> Iterator[Problem]:
    for notice in catalogue.notices:
        for name in exports_of(notice):
            path = notice_address(notice) + name
            try:
                data = read_bytes(site, path, _LARGEST)
            except Faulty as fault:
                yield from fault.problems
                continue
            yield from export_differs(path, data, notice, catalogue)


@functools.cache
def reader() -> str:
    """Return a name for all that decides what is read in an export; how pages look does not."""
    return digest(*(each.encode() for each in (software.code(), *map(version, _LIBRARIES))))


def _differences(
    name: str, path: str, data: bytes, notice: Notice, settings: Settings
) -> list[Problem]:
    try:
        return [*READERS[name](path, data, notice, settings.vocabulary)]
    except Exception:  # what a library says of a file that is none of its kind
        return [Problem(Place(path), OUTPUT, "读不出这个文件里的文字")]


def _facts(notice: Notice, settings: Settings) -> bytes:
    """Return all that an export must say, as bytes."""
    items = (item.facts.model_dump_json() for item in notice.items)
    facts = (notice.facts.model_dump_json(), settings.vocabulary.model_dump_json(), *items)
    return "\n".join((words(notice), *facts)).encode()
