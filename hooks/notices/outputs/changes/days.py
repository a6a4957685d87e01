"""Days: what changed for the public on each, in a sentence, before all that is told in detail."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...catalogue.summary import Archive, Summary
from .change import Change, is_slight
from .entry import RecordEntry

FEW = 5
"""So many places a sentence leads to; of more, it says how many there are."""
_NEWS = ("status", "update")
_FACTS = ("basis", "fact")
_SLIGHT = "slight"
"""What a change is of which nothing but signs and spaces differ."""


@dataclass(frozen=True)
class Clause:
    """A part of the sentence: its words, and the places that it is about, as far as they are few:
    each the id of a notice, that of what stands there, and what it is called.
    """

    words: str
    places: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True)
class ChangedDay:
    """A day on which something changed, what that is in a sentence, and its entries."""

    day: datetime.date
    said: Sequence[Clause]
    entries: Sequence[RecordEntry]
    is_of_software: bool = False
    """Whether nothing changed but what the software says."""


def by_day(entries: Iterable[RecordEntry], archive: Archive) -> list[ChangedDay]:
    """Return the days of ``entries``, from the newest."""
    known = {notice.id: notice for notice in archive.notices}
    newest = sorted(entries, key=lambda entry: entry.day, reverse=True)
    days = []
    for day, some in itertools.groupby(newest, key=lambda entry: entry.day):
        of_day = [*some]
        changes = [change for entry in of_day for change in entry.changes]
        hidden = sum(entry.hidden for entry in of_day)
        only = {each.kind for each in changes} == {"software"} and not hidden
        days.append(ChangedDay(day, [*_said(changes, hidden, known, archive)], of_day, only))
    return days


def _said(
    changes: Sequence[Change], hidden: int, known: Mapping[str, Summary], archive: Archive
) -> Iterator[Clause]:
    """Yield the clauses of the sentence, those first that readers want most."""
    by_kind: dict[str, list[Change]] = {}
    for change in changes:
        by_kind.setdefault(_SLIGHT if is_slight(change) else change.kind, []).append(change)
    for kinds, wording in _CLAUSES:
        some = [change for kind in kinds for change in by_kind.get(kind, [])]
        if some:
            yield _clause(some, wording, known, archive)
    if hidden:
        yield Clause(f"{hidden}处改动涉及现在不公开的内容")


_CLAUSES = (
    (("notice-added",), "收录{notices}份通报"),
    (("item-added",), "新增{items}"),
    (_NEWS, "{items}更新了进展"),
    (("text",), "{n}处文字修订"),
    ((_SLIGHT,), "{n}处只改了标点、空格"),
    (_FACTS, "{n}处整改信息有补充或者更正"),
    (("approved-text",), "{n}份批准文本改变"),
    (("item-removed",), "{items}不再公开"),
    (("notice-removed",), "{n}份通报不再公开"),
    (("attachment",), "{n}处附件有变化"),
    (("page",), "{n}处说明页面修订"),
    (("vocabulary", "site"), "{n}处全站信息改动"),
    (("unreadable",), "{n}处没有比较"),
    (("withheld",), "{n}处改动的原文含个人信息，不再显示"),
    (("software",), "网站的程序有改动"),
)
"""What is said of changes of these kinds, in order; what is in braces is counted."""


def _clause(
    changes: Sequence[Change], wording: str, known: Mapping[str, Summary], archive: Archive
) -> Clause:
    places = [*dict.fromkeys((each.notice, each.at) for each in changes if each.notice)]
    called = {known[notice].kind.item for notice, _ in places if notice in known}
    items = f"{len(places)}个{called.pop() if len(called) == 1 else '条目'}"
    said = wording.format(n=len(changes), notices=len(places), items=items)
    shown = [place for place in places if place[0] in known]
    if len(shown) > FEW:
        return Clause(said)
    return Clause(said, [(*place, _named(known[place[0]], place[1], archive)) for place in shown])


def _named(notice: Summary, at: str, archive: Archive) -> str:
    """Return what a place is called in a sentence: as it is cited, or by its title."""
    if at[:1].isdigit():
        return archive.cited(notice.id, at)
    return notice.sections.get(at) or "结尾" if at else notice.short_name
