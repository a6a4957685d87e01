"""Listed: what the row of an item says where items are listed, and what such a list is narrowed to.

A row says each status by which it is found: its own, and those of its measures.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from ..facts import model
from ..text.narrative import Section
from . import answer
from .notices import Item, Notice
from .saying import Span, Spans
from .sheets import LedgerRow

_ASKED = "done"
"""The tone of what readers ask for first: that there is none of it is said, too."""


class Listable(Protocol):
    """An item, or its summary."""

    @property
    def status(self) -> str: ...
    @property
    def statuses(self) -> Collection[str]: ...
    @property
    def measure_counts(self) -> Mapping[str, int]: ...


class _OfMeasures(NamedTuple):
    """An item of which no more is said than where its measures stand."""

    measure_counts: Mapping[str, int]
    status: str = model.UNSTATED


def row(item: Listable, called: answer.Called, vocabulary: model.Vocabulary) -> Spans:
    """Return where ``item`` stands and, whenever that is stated, where its measures do."""
    spans = answer.line(item, called, vocabulary)
    if item.status == model.UNSTATED:
        return spans
    measures = answer.line(_OfMeasures(item.measure_counts), called, vocabulary)
    return spans if len(measures) == 1 else (*spans, Span("；"), *measures)


def marks(item: Listable) -> tuple[str, str]:
    """Return the statuses by which ``item`` is found, and how many measures stand at each, as a
    script reads them.
    """
    counts = sorted(item.measure_counts.items())
    return " ".join(sorted(item.statuses)), " ".join(f"{name}:{count}" for name, count in counts)


def choices(
    items: Iterable[Listable], vocabulary: model.Vocabulary
) -> list[tuple[model.Status, int]]:
    """Return the statuses by which ``items`` can be found, and how many are found by each."""
    counts = Counter(status for item in items for status in item.statuses)
    return [
        (status, counts[status.id])
        for status in vocabulary.statuses
        if counts[status.id] or status.tone == _ASKED
    ]


def groups(notice: Notice) -> list[tuple[Section, int]]:
    """Return the groups of ``notice`` that have items, however deep, and how many each has."""
    counts = Counter(group.id for item in notice.items for group in item.path)
    return [(group, counts[group.id]) for group in notice.narrative.groups if counts[group.id]]


def by_group(notice: Notice) -> Iterator[tuple[list[Section], list[Item]]]:
    """Yield the items of ``notice`` that have the same groups, after those of these that begin with
    them; so each group is named once.
    """
    before: tuple[Section, ...] = ()
    for path, items in itertools.groupby(notice.items, key=lambda item: item.path):
        yield [group for group in path if group not in before], [*items]
        before = path


def by_groups(
    rows: Iterable[LedgerRow],
) -> Iterator[tuple[list[tuple[int, str]], list[LedgerRow]]]:
    """Yield the ``rows`` of a notice that have the same groups, after those of these that begin
    with them: how deep each is, from 0, and what it is called.
    """
    before: tuple[str, ...] = ()
    for path, some in itertools.groupby(rows, key=lambda row: row.item.groups):
        begun = [(at, label) for at, label in enumerate(path) if path[: at + 1] != before[: at + 1]]
        yield begun, [*some]
        before = path
