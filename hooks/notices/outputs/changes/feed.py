"""The feed: what is new, for programs that follow sites (Atom, RFC 4287; JSON Feed 1.1).

Its entries are what the record of changes tells, one for each notice that a commit changed, so that
whoever follows is told each change of each notice once. Their ids depend on the commit and the
notice alone: neither on the host, nor on words that may be edited, nor on what comes beside them.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator, Set
from dataclasses import replace
from typing import NamedTuple

from ...catalogue.days import midnight
from ...catalogue.listings import Listing
from ...catalogue.summary import Archive
from ...catalogue.words import chinese_date
from . import PublicRecord, RecordEntry

MOST = 50  # entries
_OURS = uuid.UUID("8a3c7a52-6d0f-5c59-9a53-0c1d1f6f0e0b")  # any one, but always the same
_LONG_AGO = datetime.date(1970, 1, 1)
_SITE = "全站"
_FEW = 3  # items that a title has room for


class FeedEntry(NamedTuple):
    """An entry: what a commit changed of one notice, or of the site outside of all."""

    id: str
    moment: datetime.datetime
    """When its day began."""
    title: str
    address: str
    """Where on the site more is told."""
    change: RecordEntry


class Feed(NamedTuple):
    """The newest entries, the newest first, and the moment of the newest; of what it is told, by
    whom, and below which address that stands.
    """

    id: str
    moment: datetime.datetime
    entries: list[FeedEntry]
    title: str
    author: str
    folder: str = ""


def make_feed(archive: Archive, record: PublicRecord) -> Feed:
    """Return the feed of what ``record`` tells of ``archive``."""
    # Whoever corrects the publisher's name has no other feed.
    name = _id("feed", record.founder or archive.site.publisher)
    entries, moment = _newest(archive, record)
    return Feed(name, moment, entries, archive.site.title, archive.site.publisher)


def feed_of(listing: Listing, archive: Archive, record: PublicRecord) -> Feed:
    """Return the feed of what ``record`` tells of the notices of a publisher, which ``listing``
    has.
    """
    name = _id("feed", record.founder or archive.site.publisher, listing.publisher)
    entries, moment = _newest(archive, record, {notice.id for notice in listing.things})
    author = archive.publishers[listing.publisher].facts.name
    title = f"{author} - {archive.site.title}"
    return Feed(name, moment, entries, title, author, listing.address())


def _newest(
    archive: Archive, record: PublicRecord, notices: Set[str] | None = None
) -> tuple[list[FeedEntry], datetime.datetime]:
    """Return the newest entries, and the moment of the newest; only of ``notices``, if given."""
    parts = [
        part
        for entry in record.entries
        for part in _by_notice(entry)
        if notices is None or part[0] in notices
    ]
    parts.sort(key=lambda part: part[1].day, reverse=True)
    entries = [_entry(*part, archive, record) for part in parts[:MOST]]
    day = parts[0][1].day if parts else archive.as_of or _LONG_AGO
    return entries, midnight(day, archive.site)


def _by_notice(entry: RecordEntry) -> Iterator[tuple[str, RecordEntry]]:
    """Yield each notice of ``entry`` with what is told of it; of the software nothing is.

    What may not be told any more is counted with the first notice, told or not.
    """
    changes = [change for change in entry.changes if change.kind != "software"]
    told = [change.notice for change in changes]
    for notice in dict.fromkeys([*([entry.main] if entry.hidden else []), *told]):
        own = [change for change in changes if change.notice == notice]
        hidden = entry.hidden if notice == entry.main else 0
        yield notice, replace(entry, changes=own, hidden=hidden)


def _entry(notice: str, change: RecordEntry, archive: Archive, record: PublicRecord) -> FeedEntry:
    name = record.titles.get((notice, ""), "") if notice else _SITE
    title = f"{chinese_date(change.day)}公开内容的改动"
    if items := _items(notice, change, archive):
        name = f"{name}（{items}）"
    # The first notice has the id that is the commit's, whichever others are told beside it.
    names = [change.commit] if notice == change.main else [change.commit, notice]
    return FeedEntry(
        _id("change", *names),
        midnight(change.day, archive.site),
        f"{title}：{name}" if name else title,
        f"changes/#c-{change.commit[:12]}",
        change,
    )


def _items(notice: str, change: RecordEntry, archive: Archive) -> str:
    """Return which items were changed, as they are cited where several notices meet; "" for many,
    and where there is nothing to tell apart.
    """
    places = dict.fromkeys(each.at for each in change.changes)
    if not (notice and len(archive.notices) > 1 and 0 < len(places) <= _FEW):
        return ""
    return "、".join(archive.cited(notice, place) for place in places if place[:1].isdigit())


def _id(*names: str) -> str:
    return uuid.uuid5(_OURS, " ".join(names)).urn
