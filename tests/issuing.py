"""Issuing: all that a build makes of a draft, held against its source field by field."""

from __future__ import annotations

import datetime
import functools
import io
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from docx import Document
from icalendar import Calendar
from markdown import Markdown
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from compiled import COMPILED
from drafts import (
    ITEM_FILE,
    NOTICE_FILE,
    PAGE,
    Change,
)
from exporting import BASE, TEMPLATES, editions_of
from notices.catalogue import saying
from notices.catalogue.addresses import FEEDS
from notices.catalogue.days import last_second
from notices.catalogue.due import due
from notices.catalogue.listings import Portal
from notices.catalogue.notices import Catalogue
from notices.catalogue.settings import Record
from notices.catalogue.summary import Archive
from notices.facts import model
from notices.facts.head import body_of
from notices.outputs.changes import PublicRecord
from notices.outputs.changes.feed import feed_of, make_feed
from notices.outputs.exports.edition import Edition
from notices.outputs.exports.items_xlsx import CONTINUED
from notices.outputs.exports.outputs import OUTPUTS, Download
from notices.outputs.exports.sitewide import DEADLINES, Stand, sitewide
from notices.outputs.fragments import Fragments
from notices.outputs.pages.frame import CONTENT, HEAD
from notices.outputs.pages.merge import MergeExtension
from notices.outputs.pages.metadata import Described
from notices.outputs.pages.of_archive import archive_pages
from notices.outputs.pages.of_notice import notice_pages
from notices.outputs.pages.slots import Filler
from notices.proof.readback import READERS
from notices.publishing.contents_made import known_to_pages
from notices.text import dialect
from notices.text.narrative import parse
from searching import index_of

SLOW = ("notice.pdf", "notice.docx", "items.xlsx")
"""These are made of many drafts at once."""
OWN = ("accepted", "allowed_personal", "audience", "columns")
"""What is for the editors alone, and how a table is read."""


class Sound(NamedTuple):
    """A change that ``check`` accepts, and what is then made public."""

    change: Change
    public: Catalogue

    @property
    def value(self) -> Any:
        return self.change.value


# --- What is made of each alone -----------------------------------------------------------------


def publish(change: Change, public: Catalogue) -> None:
    """Make all that is quickly made of ``public``, and hold it against its source."""
    for edition in editions_of(public, BASE):
        files = export(edition, [each.name for each in OUTPUTS if each.name not in SLOW])
        if change.name[0] in (ITEM_FILE, NOTICE_FILE) and change.name[1] not in OWN:
            hold_json(change, json.loads(files["notice.json"]))
    hold_calendar(public, sitewide_of(public))
    if change.name[0] != ITEM_FILE:  # items have theirs together
        publish_pages(public)


def sitewide_of(public: Catalogue) -> dict[str, bytes]:
    downloads: dict[str, list[Download]] = {each.id: [] for each in public.notices}
    return sitewide(Stand(Archive.of(public), BASE, downloads, dict))


def publish_pages(public: Catalogue) -> None:
    """Make pages, feeds and search texts of ``public``."""
    archive = Archive.of(public)
    portal = Portal(archive)
    known = known_to_pages(None, PublicRecord(), sitewide_of(public), portal)
    fragments = Fragments(archive, TEMPLATES, COMPILED, BASE, **known)
    assert [*index_of(public)]
    feeds = [make_feed(archive, PublicRecord())]
    feeds += (feed_of(each, archive, PublicRecord()) for each in portal.publishers)
    for feed, name in itertools.product(feeds, FEEDS):
        assert fragments.render(name, str, feed=feed)
    for page in archive_pages(portal):
        assert page.render(fragments)
    if security := public.site.security:
        last = last_second(security.expires, public.site)
        assert fragments.render("security.txt", str, security=security, last=last)
    filler = Filler(fragments, public)
    for notice in public.notices:
        for page in notice_pages(notice, public.vocabulary):
            slots = filler.slots(page, downloads=[], approvals=[])
            assert slots[HEAD]
            assert slots[CONTENT]
    merge = MergeExtension(functools.partial(fragments.render, url=str))
    made = Markdown(extensions=[*dialect.EXTENSIONS, merge], extension_configs=dialect.CONFIGS)
    title = public.heads[PAGE].title or "甲"
    assert made.convert(body_of(public.pages[PAGE]))
    assert filler.fill(HEAD, Described(title, title, BASE, BASE, column=True), str)


def export(edition: Edition, names: Sequence[str]) -> dict[str, bytes]:
    """Make these exports of ``edition``; what is read back from each must equal its source."""
    files = {each.name: each.make(edition) for each in OUTPUTS if each.name in names}
    for name, data in files.items():
        read = READERS[name](name, data, edition.notice, edition.vocabulary)
        assert [*read] == []
    return files


def hold_json(change: Change, said: Any) -> None:
    """Whatever field it is: its value stands in the file as it is."""
    value = change.value
    wanted = value.isoformat() if isinstance(value, datetime.date) else value
    assert wanted in [*values(said)]


def values(said: Any) -> Iterator[Any]:
    if isinstance(said, dict | list):
        for each in said.values() if isinstance(said, dict) else said:
            yield from values(each)
    else:
        yield said


def hold_calendar(public: Catalogue, files: Mapping[str, bytes]) -> None:
    items = [item for notice in public.notices for item in notice.items]
    days = [*filter(None, (due(item.facts.deadline) for item in items))]
    assert (DEADLINES in files) == bool(days)
    if days:
        events = Calendar.from_ical(files[DEADLINES]).walk("VEVENT")
        assert [event.decoded("dtstart") for event in events] == [each.first for each in days]


# --- What is made of many at once ---------------------------------------------------------------


def together(drafts: Sequence[Sound]) -> Edition:
    """Return a notice that has the item of each draft, and of one each what a notice has once."""
    first, public = drafts[0].public.notices[0], drafts[0].public
    preamble = [line.text for line in first.narrative.preamble]
    words = [*preamble, "虚构的工作", "虚构的台账"]
    lines = [*preamble, "## 虚构的工作 {#1}", "### 虚构的台账 {#1-1}"]
    records = {}
    for number, draft in enumerate(drafts, 1):
        for item in draft.public.notices[0].items:
            texts = [line.text for line in item.section.paragraphs]
            words += [item.section.heading.text, *texts]
            lines += [f"#### {item.section.heading.text} {{#1-1-{number}}}", *texts]
            records[f"1-1-{number}"] = item.record
    approved = "\n".join(words)
    outline = parse(first.narrative_path, "\n\n".join([*lines, ""]), approved)
    notice = replace(
        first,
        record=once_each(drafts),
        narrative=outline,
        approved=approved,
        item_records=records,
    )
    return Edition(notice, public.site, public.vocabulary, BASE, TEMPLATES)


def once_each(drafts: Sequence[Sound]) -> Record[model.Notice]:
    """Return the facts of a notice in which each field is that of the last draft to change it."""
    record = drafts[0].public.notices[0].record
    fields = {each.change.name[1]: each for each in drafts if each.change.name[0] == NOTICE_FILE}
    names = {field.alias or name: name for name, field in model.Notice.model_fields.items()}
    update = {
        names[key]: getattr(draft.public.notices[0].facts, names[key])
        for key, draft in fields.items()
    }
    return replace(record, facts=record.facts.model_copy(update=update))


def export_together(drafts: Sequence[Sound], names: Sequence[str]) -> None:
    """Make these exports, and pages, of all ``drafts`` at once; if that fails, of each half."""
    try:
        edition = together(drafts)
        hold_facts(drafts, export(edition, names))
        publish_pages(replace(drafts[0].public, notices=[edition.notice]))
    except Exception as error:
        if len(drafts) == 1:
            error.add_note(repr(drafts[0].change)[:500])
            raise
        for half in (drafts[: len(drafts) // 2], drafts[len(drafts) // 2 :]):
            export_together(half, names)
        raise


def hold_facts(drafts: Sequence[Sound], files: Mapping[str, bytes]) -> None:
    """Whatever field of an item it is: its text stands in workbook and document as it is."""
    cells, paper = "\n".join(cells_of(files["items.xlsx"])), paper_of(files["notice.docx"])
    for draft in drafts:
        path, *keys = draft.change.name
        if path == ITEM_FILE and keys[-1] not in ("status", "found", *OWN):
            if isinstance(draft.value, datetime.date):
                day = draft.value
                wanted = f"{day.year}年{day.month}月{day.day}日"
                assert wanted in cells or day.isoformat() in cells, draft.change
            else:
                wanted = draft.value
                if isinstance(wanted, float):
                    wanted = saying.number(wanted)
                if keys == ["deadline"] and due(wanted):
                    year, month = map(int, wanted.split("-"))
                    wanted = f"{year}年{month}月"
                assert wanted in cells, draft.change
            assert wanted in paper, draft.change


def cells_of(workbook: bytes) -> Iterator[str]:
    """Yield each cell, and a text that goes on in cells beside it as one."""
    for sheet in load_workbook(io.BytesIO(workbook), read_only=True).worksheets:
        head, *rows = sheet.iter_rows(values_only=True)
        names = [str(name).partition(CONTINUED)[0] for name in head]
        for row in rows:
            pairs = itertools.groupby(zip(names, row, strict=True), key=lambda pair: pair[0])
            for _, group in pairs:
                yield "".join(shown(cell) for _, cell in group)


def shown(cell: object) -> str:
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return "" if cell is None else unescape(str(cell))


def paper_of(document: bytes) -> str:
    read = Document(io.BytesIO(document))
    rows = (row for table in read.tables for row in table.rows)
    texts = [cell.text for row in rows for cell in row.cells]
    return "\n".join([*(line.text for line in read.paragraphs), *texts])
