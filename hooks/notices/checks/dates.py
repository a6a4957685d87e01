"""Rules: dates follow one another, and none lies in the future."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator

from ..catalogue.notices import Item, Notice
from ..catalogue.settings import Settings
from ..catalogue.summary import Archive
from ..facts import model
from ..facts.source import KeyPath
from .rules import Objection, rule, site_rule


@rule
def dates_out_of_order(notice: Notice, _: Settings) -> Iterator[Objection]:
    """起、止、反馈、成文和公布日期要先后有序；每一条的进展要从早到晚排列，且不早于反馈。

    核对日期；进展从早到晚排列，且不早于反馈日期
    """
    inspection = notice.facts.inspection
    known = [*_days(notice)]
    for (_path, earlier), (path, date) in itertools.pairwise(known):
        if date < earlier:
            place = notice.record.document.at(*path)
            yield Objection(place, f"{date} 早于前一个日期 {earlier}")
    for item in notice.items:
        verified = item.facts.verified
        if verified and inspection.feedback and verified.date < inspection.feedback:
            place = item.record.document.at("verified", "date")
            yield Objection(place, f"{verified.date} 早于反馈日期 {inspection.feedback}")
        before, last = "反馈日期", inspection.feedback
        for index, update in enumerate(item.facts.updates):
            if last and update.date < last:
                place = item.record.document.at("updates", index, "date")
                yield Objection(place, f"{update.date} 早于{before} {last}；进展要从早到晚排列")
            before, last = "上一条进展", update.date


_AHEAD = "{} 晚于 {}，还没有到：核对日期；还没有发生的事，先不写进来"


@rule
def future_date(notice: Notice, settings: Settings) -> Iterator[Objection]:
    """已经发生的事（检查、成文、进展、核实、作为依据的文件），日期不能晚于提交的那一天。

    核对日期；还没有发生的事不要写进来。
    """
    if settings.as_of is None:
        return
    for path, date in _days(notice):
        if path != ("published",) and date > settings.as_of:
            place = notice.record.document.at(*path)
            yield Objection(place, _AHEAD.format(date, settings.as_of))
    for item in notice.items:
        for path, date in _past_dates(item):
            if date > settings.as_of:
                place = item.record.document.at(*path)
                yield Objection(place, _AHEAD.format(date, settings.as_of))


@site_rule
def record_from_future(archive: Archive) -> Iterator[Objection]:
    """改动记录从哪天列起（changes_since），不能晚于提交的那一天。

    核对 data/site.yml 里的日期；写了以后的日期，以前的改动就一条也列不出来
    """
    since, today = archive.site.changes_since, archive.as_of
    if since and today and since > today:
        place = archive.site_document.at("changes_since")
        yield Objection(place, f"{since} 晚于 {today}，还没有到，请改成不晚于那一天的日期")


def _days(notice: Notice) -> Iterator[tuple[KeyPath, datetime.date]]:
    """Yield (key path, date) of what is known of a notice, in the order in which it happened."""
    facts, inspection = notice.facts, notice.facts.inspection
    steps: list[tuple[KeyPath, datetime.date | None]] = [
        (("inspection", "from"), inspection.from_),
        (("inspection", "to"), inspection.to),
        (("inspection", "feedback"), inspection.feedback),
        (("dated",), facts.dated),
        (("published",), facts.published),
    ]
    yield from ((path, date) for path, date in steps if date)


def _past_dates(item: Item) -> Iterator[tuple[KeyPath, datetime.date]]:
    """Yield (key path, date) of all that has happened; a deadline may lie ahead."""
    bases: list[tuple[KeyPath, model.Basis | None]] = [((), item.facts.basis)]
    bases += [(("measures", n), measure.basis) for n, measure in item.facts.measures.items()]
    for path, basis in bases:
        if basis and basis.document:
            yield (*path, "basis", "document", "date"), basis.document.date
    for index, update in enumerate(item.facts.updates):
        yield ("updates", index, "date"), update.date
    if (found := item.facts.finding) and found.document:
        yield ("finding", "document", "date"), found.document.date
    if item.facts.verified:
        yield ("verified", "date"), item.facts.verified.date
