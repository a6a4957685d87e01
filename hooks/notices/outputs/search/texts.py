"""The texts of the index: what the browser tests for what is looked for, and shows as a result.

A notice's sections stand in files of a few each, so that little is fetched for one of them. The
index of pairs is made from the same files: what is indexed is what is tested.
"""

from __future__ import annotations

import datetime
import itertools
import json
from collections.abc import Sequence
from typing import NamedTuple

from ...catalogue.addresses import notice_address
from ...catalogue.notices import Notice
from ...catalogue.settings import Settings
from .entries import entries
from .fold import fold_each


class Rows(NamedTuple):
    """What can be found of one notice: its sections, each as JSON.

    ``characters`` is how long its text is, ``day`` the last that it tells of itself.
    """

    address: str
    title: str
    sections: tuple[bytes, ...]
    characters: int
    day: datetime.date


class Texts(NamedTuple):
    """The texts of one notice as they are written, some sections in each file."""

    files: tuple[bytes, ...]
    sections: int


class Folded(NamedTuple):
    """The folded words of a section: its title, and its texts with line breaks between."""

    title: str
    text: str


def rows_of(notice: Notice, settings: Settings) -> Rows:
    """Return what can be found of ``notice``."""
    inspection = notice.facts.inspection
    days = (notice.facts.published, inspection.feedback, inspection.to)
    return Rows(
        notice_address(notice),
        notice.facts.title,
        tuple(map(to_json, entries(notice, settings))),
        sum(len(line.text) for line in notice.narrative.lines),
        next((day for day in days if day), datetime.date.min),
    )


def write_texts(found: Rows, sections_a_file: int) -> Texts:
    """Return the texts of a notice; with ``sections_a_file`` 0 all are in one file."""
    rows = found.sections
    step = sections_a_file or len(rows)
    head = to_json({"address": found.address, "title": found.title}).removesuffix(b"}")
    files = tuple(
        b'%b,"sections":[%b]}' % (head, b",".join(rows[at : at + step]))
        for at in range(0, len(rows), step)
    )
    return Texts(files, len(rows))


def fold_texts(files: Sequence[bytes]) -> list[Folded]:
    """Return the sections that stand in text ``files``, folded."""
    rows = [row for file in files for row in json.loads(file)["sections"]]
    parts = [(title, "".join(lines), "".join(notes)) for _, title, lines, notes, *_ in rows]
    folded = iter(fold_each(itertools.chain.from_iterable(parts)))
    return [Folded(title, f"{next(folded)}\n{next(folded)}") for title in folded]


def to_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
