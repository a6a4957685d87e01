"""The texts of the index: what the browser tests for what is looked for, and shows as a result.

A notice's sections stand in files of a few each, so that little is fetched for one of them. The
index of pairs is made from the same sections: what is indexed is what is tested.
"""

from __future__ import annotations

import datetime
import itertools
import json
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pydantic_core

from ...catalogue.addresses import notice_address
from ...catalogue.notices import Notice
from ...catalogue.settings import Settings
from ...digest import digest
from .entries import entries
from .fold import fold_each


class Findable(NamedTuple):
    """What the index needs to know of each notice, whether it has changed or not: how long its text
    is, the last day that it tells of itself, how many sections it has, and a digest of its rows.
    """

    address: str
    day: datetime.date
    characters: int
    sections: int
    digest: str


@dataclass(frozen=True)
class Rows:
    """What can be found of one notice: its sections, each as JSON.

    ``characters`` is how long its text is, ``day`` the last that it tells of itself.
    """

    address: str
    title: str
    sections: tuple[bytes, ...]
    characters: int
    day: datetime.date

    @cached_property
    def findable(self) -> Findable:
        """What is told of it when it has not changed."""
        words = digest(self.address.encode(), self.title.encode(), *self.sections)
        return Findable(self.address, self.day, self.characters, len(self.sections), words)


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


def write_texts(rows: Rows, sections_a_file: int) -> list[bytes]:
    """Return the texts of a notice, so many sections in each file; with 0 all are in one."""
    step = sections_a_file or len(rows.sections)
    head = to_json({"address": rows.address, "title": rows.title}).removesuffix(b"}")
    return [
        b'%b,"sections":[%b]}' % (head, b",".join(rows.sections[at : at + step]))
        for at in range(0, len(rows.sections), step)
    ]


def fold_rows(rows: Rows) -> list[Folded]:
    """Return the sections of a notice, folded."""
    sections = json.loads(b"[%b]" % b",".join(rows.sections))
    parts = [(title, "".join(lines), "".join(notes)) for _, title, lines, notes, *_ in sections]
    folded = iter(fold_each(itertools.chain.from_iterable(parts)))
    return [Folded(title, f"{next(folded)}\n{next(folded)}") for title in folded]


def to_json(value: object) -> bytes:
    return pydantic_core.to_json(value)
