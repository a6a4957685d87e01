"""Columns: what tables for a spreadsheet say of items, measures and updates, and how wide."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Generic, NamedTuple, TypeVar

from ...catalogue.notices import Item, Measure
from ...facts import model
from . import wording
from .edition import Edition

T = TypeVar("T")
Cell = str | int | datetime.date | None
"""What is not known is None."""


class Column(NamedTuple, Generic[T]):
    """A column: its header, its width in characters of Latin text, and what stands in it."""

    header: str
    width: int
    cell: Callable[[T, Edition], Cell]


def _who(name: str) -> Callable[[Item, Edition], Cell]:
    return lambda item, _: getattr(item.facts.responsible or model.Responsible(), name)


def _name(edition: Edition) -> tuple[Column[Item], Column[Item]]:
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


def _group(depth: int) -> Callable[[Item, Edition], Cell]:
    return lambda item, _: item.path[depth].label if depth < len(item.path) else None


_ITEM: tuple[Column[Item], ...] = (
    Column("状态依据", 40, lambda item, _: wording.item_basis(item)),
    Column("核实", 30, wording.verified),
    Column("整改目标", 24, lambda item, _: item.facts.goal),
    Column("完成时限", 12, lambda item, _: item.facts.deadline),
    Column("责任领导", 12, _who("leader")),
    Column("责任部门", 16, _who("department")),
    Column("责任人", 12, _who("person")),
    Column("文中文件", 30, lambda item, _: wording.documents(item)),
)


def measure_columns(edition: Edition) -> tuple[Column[Measure], ...]:
    """Return the columns of a measure."""
    word = edition.notice.kind.measure
    return (
        Column("第几条", 8, lambda measure, _: measure.number),
        Column(word, 80, lambda measure, _: "\n".join(measure.texts)),
        Column(f"{word}状态", 12, lambda measure, edition: edition.label(measure.facts.status)),
        Column(f"{word}依据", 40, lambda measure, _: wording.basis(measure.facts.basis)),
    )


UPDATE: tuple[Column[model.Update], ...] = (
    Column("日期", 12, lambda update, _: update.date),
    Column("进展", 60, lambda update, _: update.text),
    Column("状态", 12, lambda update, edition: edition.label(update.status)),
    Column("来源", 40, lambda update, _: update.source),
)
LINK: Column[Item] = Column("固定链接", 40, lambda item, edition: edition.permalink(item.id))
"""Only where the address of the site is known: a relative link leads nowhere from a table."""


def headers(*columns: Column[T]) -> list[str]:
    return [column.header for column in columns]


def cells(columns: tuple[Column[T], ...], of: T, edition: Edition) -> list[Cell]:
    return [column.cell(of, edition) for column in columns]


def item_columns(edition: Edition) -> tuple[Column[Item], ...]:
    """Return the columns of an item, with its link where there is one."""
    number, title = _name(edition)
    status: Column[Item] = Column(
        f"{title.header}状态", 12, lambda item, edition: edition.label(item.status)
    )
    link = (LINK,) if edition.base else ()
    return (number, *_path(edition), title, status, *_ITEM, *link)


def name_columns(edition: Edition) -> tuple[Column[Item], ...]:
    """Return what an item is called, where its own columns are elsewhere."""
    return _name(edition)
