"""The summary of a notice: all that the site says of it outside of its own pages.

Pages of the whole site, feeds, the calendar and the record are made from summaries alone, so that a
notice that has not changed need not be read again to tell of it.
"""

from __future__ import annotations

import datetime
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, overload

from ..digest import digest
from ..facts import model
from ..text.outline import Id
from .addresses import anchors, of_notice
from .due import due
from .notices import Catalogue, Item, Notice
from .past import past_days
from .settings import Settings
from .standing import Standing, standing_of
from .words import totals

_LONG = ("items", "sections")
_AT_ONCE = ("mark", "public_count", "findings", "has_updates", "has_deadlines")
"""What lists ask of every notice, and is found out of what is long."""
_LATER = "_later"
_PROTOCOL = pickle.HIGHEST_PROTOCOL


@dataclass(frozen=True)
class ItemSummary:
    """What is told of an item elsewhere."""

    id: Id
    title: str
    status: str
    finding: str = ""
    deadline: model.Deadline | None = None
    updates: tuple[model.Update, ...] = ()
    path: str = ""
    """The file of its facts."""
    groups: tuple[str, ...] = ()
    """What the groups are called that it stands in, outermost first."""
    measures: Mapping[str, int] = field(default_factory=dict)
    """How many of its measures stand at each status."""

    @property
    def measure_counts(self) -> Mapping[str, int]:
        """The same, as an item has it."""
        return self.measures

    @property
    def statuses(self) -> set[str]:
        """All that is stated of it and its measures; unstated only when nothing is."""
        stated = {self.status, *(status for status, count in self.measures.items() if count)}
        return stated - {model.UNSTATED} or {model.UNSTATED}

    @property
    def measure_count(self) -> int:
        """How many measures it has."""
        return sum(self.measures.values())


@dataclass(frozen=True)
class Summary:
    """What is told of a notice, as the public may see it."""

    id: str
    title: str
    short_name: str
    publisher: str
    joint: tuple[str, ...]
    """The other bodies that publish it."""
    kind: model.Kind
    kind_id: str
    inspection: model.Inspection
    published: datetime.date | None
    contacts: tuple[model.Contact, ...]
    approved_sha256: str
    withheld: int
    has_items: bool
    totals: str
    """How many groups and items it has, in words."""
    standing: Standing
    items: tuple[ItemSummary, ...]
    sections: Mapping[str, str]
    """The titles of its sections by their id."""
    sources: Mapping[str, str | None]
    """What it gives, by the source that links name it by, with the anchors in each, between which
    spaces stand; None where not all are known.
    """
    stamp: datetime.date | None
    """The last day that its facts tell of."""

    def __getstate__(self) -> dict[str, object]:
        """Return what is kept of it: what is long, and seldom wanted, as bytes of its own."""
        for name in _AT_ONCE:
            getattr(self, name)
        state = dict(vars(self))
        if _LATER not in state:
            state[_LATER] = pickle.dumps({name: state.pop(name) for name in _LONG}, _PROTOCOL)
        return state

    def __getattr__(self, name: str) -> Any:
        """Return what is long, which is read when it is first wanted."""
        if name not in _LONG or _LATER not in vars(self):
            raise AttributeError(name)
        vars(self).update(pickle.loads(vars(self).pop(_LATER)))
        return vars(self)[name]

    @cached_property
    def mark(self) -> str:
        """A name for all that lists say of it: of a summary that says anything else it is another.

        What it offers to links, and what its sections are called, no list says.
        """
        told = replace(self, sources={}, sections={})
        return digest(repr(told).encode())

    @cached_property
    def public_count(self) -> int:
        """How many items the public sees."""
        return len(self.items)

    @cached_property
    def findings(self) -> frozenset[str]:
        """The findings that its items have, "" for none."""
        return frozenset(item.finding for item in self.items)

    @cached_property
    def has_updates(self) -> bool:
        """Whether any of its items has updates."""
        return any(item.updates for item in self.items)

    @cached_property
    def has_deadlines(self) -> bool:
        """Whether any of its items has a deadline that is a day."""
        return any(due(item.deadline) for item in self.items)

    @property
    def item_count(self) -> int:
        """How many items it has, those for the party only among them."""
        return self.public_count + self.withheld

    @property
    def measure_count(self) -> int:
        """How many measures of its items the public sees."""
        return self.standing.measures.total()

    @property
    def day(self) -> datetime.date | None:
        """The day that it is ordered by: the last that it tells of itself."""
        days = (self.published, self.inspection.feedback, self.inspection.to)
        return next((day for day in days if day), None)


@dataclass(frozen=True)
class Archive(Settings):
    """The notices of a site by their summaries, and the pages that people wrote."""

    notices: Sequence[Summary] = ()
    pages: dict[str, str] = field(default_factory=dict)
    heads: dict[str, model.Head] = field(default_factory=dict)

    @classmethod
    def of(cls, catalogue: Catalogue) -> Archive:
        """Return the archive of ``catalogue``, which is the public's."""
        notices = _Summaries(catalogue.notices)
        return cls(
            **catalogue.shared, notices=notices, pages=catalogue.pages, heads=catalogue.heads
        )

    @cached_property
    def newest(self) -> list[Summary]:
        """The notices from the newest; those that tell no day come last."""
        none = datetime.date.min
        return sorted(self.notices, key=lambda each: (-(each.day or none).toordinal(), each.id))

    @cached_property
    def updates(self) -> list[tuple[model.Update, Summary, ItemSummary]]:
        """All updates of all items, newest first."""
        dated = [
            (update, notice, item)
            for notice in self.notices
            if notice.has_updates
            for item in notice.items
            for update in item.updates
        ]
        return sorted(dated, key=lambda entry: entry[0].date, reverse=True)

    @cached_property
    def findings(self) -> list[model.Term]:
        """The findings that some item has, in the order of the vocabulary."""
        found = {finding for notice in self.notices for finding in notice.findings}
        return [each for each in self.vocabulary.findings if each.id in found]

    @cached_property
    def contacts(self) -> list[tuple[str, tuple[model.Contact, ...]]]:
        """Each publisher with its contacts once, in the order of the notices."""
        pairs = [(notice.publisher, notice.contacts) for notice in self.notices]
        return [pair for at, pair in enumerate(pairs) if pair not in pairs[:at]]

    @cached_property
    def titles(self) -> Mapping[tuple[str, str], str]:
        """The titles of notices, as (id, ""), and of sections, as (id of the notice, its id)."""
        return _TitlesOf({notice.id: notice for notice in self.notices})

    def cited(self, notice: str, item: str) -> str:
        """Return how an item is cited: where several notices meet, with the id of its own."""
        return f"{notice}/{item}" if len(self.notices) > 1 else item

    @property
    def has_deadlines(self) -> bool:
        """Whether some item has a deadline that is a day."""
        return any(notice.has_deadlines for notice in self.notices)


class _TitlesOf(Mapping[tuple[str, str], str]):
    """The titles of notices and of their sections, looked up where they stand."""

    def __init__(self, notices: Mapping[str, Summary]) -> None:
        self._notices = notices

    def __getitem__(self, place: tuple[str, str]) -> str:
        notice, section = self._notices[place[0]], place[1]
        return notice.sections[section] if section else notice.title

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for notice in self._notices.values():
            yield from ((notice.id, section) for section in ("", *notice.sections))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Summaries(Sequence[Summary]):
    """The summaries of notices, made when the first is asked for: a check seldom needs any."""

    def __init__(self, notices: Sequence[Notice]) -> None:
        self._notices = notices

    def __len__(self) -> int:
        return len(self._notices)

    @overload
    def __getitem__(self, at: int) -> Summary: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Summary]: ...
    def __getitem__(self, at: int | slice) -> Summary | Sequence[Summary]:
        return self._made[at]

    @cached_property
    def _made(self) -> tuple[Summary, ...]:
        return tuple(map(summarise, self._notices))


def summarise(notice: Notice) -> Summary:
    """Return the summary of ``notice``, the public's."""
    facts = notice.facts
    return Summary(
        id=notice.id,
        title=facts.title,
        short_name=facts.short_name,
        publisher=facts.publisher,
        joint=tuple(facts.joint),
        kind=notice.kind,
        kind_id=facts.kind,
        inspection=facts.inspection,
        published=facts.published,
        contacts=tuple(notice.contacts),
        approved_sha256=notice.approved_sha256,
        withheld=notice.withheld,
        has_items=notice.has_items,
        totals=totals(notice) if notice.has_items else "",
        standing=standing_of(notice),
        items=tuple(map(_item, notice.items)),
        sections=section_titles(notice),
        sources=dict.fromkeys(of_notice(notice)) | anchors(notice),
        stamp=max(past_days(notice), default=None),
    )


def _item(item: Item) -> ItemSummary:
    facts = item.facts
    return ItemSummary(
        item.id,
        facts.title,
        item.status,
        facts.finding.found if facts.finding else "",
        facts.deadline,
        tuple(facts.updates),
        item.record.document.path,
        tuple(group.label for group in item.path),
        item.measure_counts,
    )


def section_titles(notice: Notice) -> dict[str, str]:
    """Return the titles of the sections of ``notice``, by their id."""
    titles = {str(each.id): each.label for each in notice.narrative.all_sections}
    return titles | {str(item.id): item.facts.title for item in notice.items}
