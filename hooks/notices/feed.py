"""The feed: what is new, for programs that follow sites (Atom, RFC 4287).

Its entries are what the record of changes tells and the dated updates of items. Their ids depend
neither on the host nor on words that may be edited later.
"""

from __future__ import annotations

import datetime
import uuid
from typing import NamedTuple

from .catalogue import Catalogue, Item, Notice
from .changes import Entry, Record
from .model import Update

MOST = 50  # entries
_OURS = uuid.UUID("8a3c7a52-6d0f-5c59-9a53-0c1d1f6f0e0b")  # any one, but always the same
_LONG_AGO = datetime.date(1970, 1, 1)


class FeedEntry(NamedTuple):
    """An entry: an update of an item, or what a commit changed."""

    id: str
    day: datetime.date
    update: tuple[Update, Notice, Item] | None = None
    change: Entry | None = None


class Feed(NamedTuple):
    """The newest entries, the newest first, and the day of the newest."""

    id: str
    day: datetime.date
    entries: list[FeedEntry]


def make_feed(catalogue: Catalogue, record: Record) -> Feed:
    """Return the feed of what ``catalogue``, the public's, and its record tell."""
    changes = [
        FeedEntry(_id("change", entry.commit), entry.day, change=entry) for entry in record.entries
    ]
    items = [(notice, item) for notice in catalogue.notices for item in notice.items]
    updates = [
        FeedEntry(_id("update", notice.id, item.id, str(at)), update.date, (update, notice, item))
        for notice, item in items
        for at, update in enumerate(item.facts.updates)
    ]
    entries = sorted([*changes, *updates], key=lambda entry: entry.day, reverse=True)[:MOST]
    day = entries[0].day if entries else catalogue.as_of or _LONG_AGO
    return Feed(_id("feed", catalogue.site.publisher), day, entries)


def _id(*names: str) -> str:
    return uuid.uuid5(_OURS, " ".join(names)).urn
