"""The feed: what is new, for programs that follow sites (Atom, RFC 4287; JSON Feed 1.1).

Its entries are what the record of changes tells and the dated updates of items. Their ids depend
neither on the host nor on words that may be edited later.
"""

from __future__ import annotations

import datetime
import uuid
from typing import NamedTuple

from .catalogue import Catalogue, Item, Notice
from .changes import Entry, Record
from .model import Update, Vocabulary
from .pages import chinese_date, notice_address

MOST = 50  # entries
_OURS = uuid.UUID("8a3c7a52-6d0f-5c59-9a53-0c1d1f6f0e0b")  # any one, but always the same
_LONG_AGO = datetime.date(1970, 1, 1)


class FeedEntry(NamedTuple):
    """An entry: an update of an item, or what a commit changed."""

    id: str
    day: datetime.date
    title: str
    address: str
    """Where on the site more is told."""
    text: str = ""
    """The words of an update; those of a change are many, and rendered."""
    change: Entry | None = None


class Feed(NamedTuple):
    """The newest entries, the newest first, and the day of the newest."""

    id: str
    day: datetime.date
    entries: list[FeedEntry]


def make_feed(catalogue: Catalogue, record: Record) -> Feed:
    """Return the feed of what ``catalogue``, the public's, and its record tell."""
    items = [(notice, item) for notice in catalogue.notices for item in notice.items]
    updates = [
        _of_update(notice, item, at, catalogue.vocabulary)
        for notice, item in items
        for at in range(len(item.facts.updates))
    ]
    changes = [_of_change(entry) for entry in record.entries]
    entries = sorted([*changes, *updates], key=lambda entry: entry.day, reverse=True)[:MOST]
    day = entries[0].day if entries else catalogue.as_of or _LONG_AGO
    return Feed(_id("feed", catalogue.site.publisher), day, entries)


def _of_change(entry: Entry) -> FeedEntry:
    title = f"{chinese_date(entry.day)}公开内容的改动"
    address = f"changes/#c-{entry.commit[:12]}"
    return FeedEntry(_id("change", entry.commit), entry.day, title, address, change=entry)


def _of_update(notice: Notice, item: Item, at: int, vocabulary: Vocabulary) -> FeedEntry:
    update = item.facts.updates[at]
    return FeedEntry(
        _id("update", notice.id, item.id, str(at)),
        update.date,
        f"进展：{item.id} {item.facts.title}",
        f"{notice_address(notice)}#{item.id}",
        say_update(update, vocabulary),
    )


def say_update(update: Update, vocabulary: Vocabulary) -> str:
    """Return an update as one line."""
    status = f"（状态：{vocabulary[update.status].label}）" if update.status else ""
    return f"{chinese_date(update.date)}：{update.text}{status}来源：{update.source}"


def _id(*names: str) -> str:
    return uuid.uuid5(_OURS, " ".join(names)).urn
