"""``deadlines.ics``: the deadlines of all items, for calendars (iCalendar, RFC 5545)."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping, Set

from icalendar import Calendar, Event

from ...catalogue.addresses import notice_address
from ...catalogue.due import Due, due
from ...catalogue.past import EARLIEST
from ...catalogue.summary import Archive, ItemSummary, Summary

_OURS = uuid.UUID("c6c5f8a4-0a0f-5d0b-8f5e-4b7d2b9b7a53")  # any one, but always the same
_VOCABULARY = "data/vocabulary.yml"


def make(archive: Archive, base: str, revisions: Mapping[str, Set[str]]) -> bytes:
    """Return the calendar; an event lasts all day, and keeps its UID whatever is edited.

    Its SEQUENCE rises whenever it changes: it counts the commits in ``revisions`` that touched what
    it is made from, of which a later history has all that an earlier one has, and one more; and one
    more where several notices meet, whose items are cited otherwise.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//notices//deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", "整改完成时限")
    calendar.add("x-wr-calname", "整改完成时限")
    for notice in archive.notices:
        for item in notice.items:
            if days := due(item.deadline):
                event = _event(archive, notice, item, days, base)
                touched = _touched(notice, item, revisions)
                several = archive.cited(notice.id, item.id) != item.id
                event.add("sequence", max(len(touched) - 1, 0) + several)
                calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(archive: Archive, notice: Summary, item: ItemSummary, days: Due, base: str) -> Event:
    event = Event()
    event.add("uid", str(uuid.uuid5(_OURS, f"{notice.id} {item.id}")))
    event.add("dtstamp", _stamp(notice))
    event.add("dtstart", days.first)  # without an end it lasts that day (RFC 5545, 3.6.1)
    if days.last > days.first:
        event.add("duration", days.last - days.first + datetime.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    cited, label = archive.cited(notice.id, item.id), archive.vocabulary[item.status].label
    event.add("summary", f"整改完成时限：{cited} {item.title}（{notice.short_name}）")
    event.add("description", f"{notice.title}。整改状态：{label}。")
    if base:
        event.add("url", f"{base}{notice_address(notice)}#{item.id}")
    return event


def _touched(notice: Summary, item: ItemSummary, revisions: Mapping[str, Set[str]]) -> set[str]:
    """Return the commits that touched what the event of ``item`` is made from."""
    paths = (item.path, f"data/notices/{notice.id}/notice.yml", _VOCABULARY)
    return {commit for path in paths for commit in revisions.get(path, ())}


def _stamp(notice: Summary) -> datetime.datetime:
    """Return the last day that the facts tell of: the clock would give other bytes every time."""
    return datetime.datetime.combine(notice.stamp or EARLIEST, datetime.time(), datetime.UTC)
