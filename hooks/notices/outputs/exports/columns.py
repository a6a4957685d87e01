"""Columns: what tables for a spreadsheet say of items, measures and updates, and how wide."""

from __future__ import annotations

import datetime
from collections.abc import Callable
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


ITEM: tuple[Column[Item], ...] = (
    # A bare 1-3-2 would become a date in a spreadsheet.
    Column("编号", 12, lambda item, _: f"问题{item.id}"),
    Column("方面", 30, lambda item, _: item.aspect.label),
    Column("子项", 30, lambda item, _: item.sub_item.label),
    Column("问题", 30, lambda item, _: item.facts.title),
    Column("问题状态", 12, lambda item, edition: edition.label(item.status)),
    Column("状态依据", 40, lambda item, _: wording.item_basis(item)),
    Column("核实", 30, wording.verified),
    Column("整改目标", 24, lambda item, _: item.facts.goal),
    Column("完成时限", 12, lambda item, _: item.facts.deadline),
    Column("责任领导", 12, _who("leader")),
    Column("责任部门", 16, _who("department")),
    Column("责任人", 12, _who("person")),
    Column("文中文件", 30, lambda item, _: wording.documents(item)),
)
MEASURE: tuple[Column[Measure], ...] = (
    Column("第几条", 8, lambda measure, _: measure.number),
    Column("措施", 80, lambda measure, _: "\n".join(measure.texts)),
    Column("措施状态", 12, lambda measure, edition: edition.label(measure.facts.status)),
    Column("措施依据", 40, lambda measure, _: wording.basis(measure.facts.basis)),
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
    return (*ITEM, LINK) if edition.base else ITEM


NAME: tuple[Column[Item], ...] = (ITEM[0], ITEM[3])
"""What an item is called, where its own columns are elsewhere."""
