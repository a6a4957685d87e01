"""Columns: what tables for a spreadsheet say of items, measures and updates, and how wide."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from ...catalogue import annotation
from ...catalogue.annotation import Fact
from ...catalogue.notices import Item, Measure
from ...facts import model
from .edition import Edition

T = TypeVar("T")
SheetValue = str | int | datetime.date | None
"""What is not known is None."""


class Column(NamedTuple, Generic[T]):
    """A column: its header, its width in characters of Latin text, and what stands in it."""

    header: str
    width: int
    cell: Callable[[T, Edition], SheetValue]


def _column(fact: Fact, edition: Edition) -> Column[Any]:
    """Return the column of a fact: a day where it is one, else its words."""

    def cell(thing: Any, edition: Edition) -> SheetValue:
        known = fact.of(thing)
        return known and (known.day or known.words(edition.vocabulary))

    return Column(
        annotation.named(fact.header or fact.label, edition.notice.kind), fact.width, cell
    )


def _columns(of: type, things: Iterable[Any], edition: Edition) -> tuple[Column[Any], ...]:
    """Return the columns of the facts of ``things``, each ``of`` that type."""
    known = [*things]
    return tuple(
        _column(fact, edition)
        for fact in annotation.FACTS[of]
        if fact.key not in annotation.ELSEWHERE
        if not fact.seldom or any(map(fact.of, known))
    )


def names(edition: Edition) -> tuple[Column[Item], Column[Item]]:
    """Return what an item is called: its id and its title."""
    word = edition.notice.kind.item
    return (
        # A bare 1-3-2 would become a date in a spreadsheet.
        Column("编号", 12, lambda item, _: f"{word}{item.id}"),
        Column(word, 30, lambda item, _: item.facts.title),
    )


def _path(edition: Edition) -> Iterator[Column[Item]]:
    """Yield a column for each level of groups, empty where an item has no group of that level."""
    for depth, word in enumerate(edition.notice.kind.levels):
        yield Column(word, 30, _group(depth))


def _group(depth: int) -> Callable[[Item, Edition], SheetValue]:
    return lambda item, _: item.path[depth].label if depth < len(item.path) else None


LINK: Column[Item] = Column("固定链接", 40, lambda item, edition: edition.permalink(item.id))
"""Only where the address of the site is known: a relative link leads nowhere from a table."""


def headers(*columns: Column[T]) -> list[str]:
    return [column.header for column in columns]


def cells(columns: tuple[Column[T], ...], of: T, edition: Edition) -> list[SheetValue]:
    return [column.cell(of, edition) for column in columns]


def of_items(edition: Edition) -> tuple[Column[Item], ...]:
    """Return the columns of items, with their links where there are any."""
    number, title = names(edition)
    known = _columns(Item, edition.notice.items, edition)
    return (number, *_path(edition), title, *known, *([LINK] if edition.base else []))


def of_measures(edition: Edition) -> tuple[Column[Measure], ...]:
    """Return the columns of measures."""
    measures = (each for item in edition.notice.items for each in item.measures)
    return (
        Column("第几条", 8, lambda measure, _: measure.number),
        Column(edition.notice.kind.measure, 80, lambda measure, _: "\n".join(measure.texts)),
        *_columns(Measure, measures, edition),
    )


def of_updates(edition: Edition) -> tuple[Column[model.Update], ...]:
    """Return the columns of updates."""
    updates = (each for item in edition.notice.items for each in item.facts.updates)
    return _columns(model.Update, updates, edition)


def used(rows: Iterable[Sequence[SheetValue]], columns: int) -> list[int]:
    """Return which of so many columns have a value in some row; where there are no rows, all."""
    found: set[int] = set()
    empty = True
    for row in rows:
        empty = False
        found.update(at for at, value in enumerate(row) if value is not None)
    return [at for at in range(columns) if empty or at in found]
