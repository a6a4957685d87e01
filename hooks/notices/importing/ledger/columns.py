"""The columns of a ledger: which fact of the model stands in each, and in which form.

What is known of an item or a measure is in one table, its updates and its figures in one each, a
row for each of them. A fact of the model that is in no column is named in APART.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from ...catalogue import annotation
from ...catalogue.notices import Item, Notice
from ...facts import model
from ...facts.source import KeyPath

Form = Literal["fixed", "text", "lines", "day", "deadline", "status", "finding", "number"]
LedgerValue = str | float | datetime.date | None
"""What stands in a cell; None for nothing."""


class FactColumn(NamedTuple):
    """A column: the fact in it by its keys with dots between, its head, its form and its width."""

    key: str
    head: str
    form: Form
    width: int = 14
    of_measures: bool = False

    @property
    def names(self) -> list[str]:
        return self.key.split(".")


class LedgerTable(NamedTuple):
    """A sheet: its title, the list of the item that has a row for each entry, and its columns.

    The first columns say what a row is about, and nobody changes them.
    """

    title: str
    list: str
    facts: type[model.Facts]
    fixed: tuple[FactColumn, ...]
    columns: tuple[FactColumn, ...]

    @property
    def all(self) -> tuple[FactColumn, ...]:
        return (*self.fixed, *self.columns)


_LONGEST = 15_000  # characters of a cell: with whatever is escaped, fewer than programs take
TOO_LONG = "（太长，表格里放不下，请在文件里改）"
NOTICE, ITEM, NUMBER = "#notice", "#item", "#number"
"""The columns that say of what a row is."""
TEXT, PATH, SHOWN, AUDIENCE = "#text", "#path", "#shown", "#audience"
_LABELS = {fact.key: fact.label for fact in annotation.FACTS[Item]}
_OF_UPDATES = {fact.key: fact.label for fact in annotation.FACTS[model.Update]}


def _named(key: str, form: Form, width: int = 14) -> FactColumn:
    """Return the column of a fact that is called there as it is everywhere."""
    return FactColumn(key, _LABELS[key], form, width)


def _document(of: str, before: str, *, of_measures: bool = False) -> tuple[FactColumn, ...]:
    return (
        FactColumn(f"{of}.document.title", f"{before}：文件", "text", 30, of_measures),
        FactColumn(f"{of}.document.date", f"{before}：文件日期", "day", 13, of_measures),
    )


_WHICH = (FactColumn(NOTICE, "通报", "fixed", 16), FactColumn(ITEM, "编号", "fixed", 9))
_OF_AN_ENTRY = (*_WHICH, FactColumn(NUMBER, "第几次", "fixed", 7))
ITEMS = LedgerTable(
    "台账",
    "",
    model.Item,
    (
        *_WHICH,
        FactColumn(NUMBER, "第几条措施", "fixed", 7),
        FactColumn(TEXT, "问题或者措施", "fixed", 50),
        FactColumn(PATH, "所在", "fixed", 24),
        FactColumn(AUDIENCE, "公开范围", "fixed", 9),
        FactColumn(SHOWN, "网页上的状态", "fixed", 11),
    ),
    (
        FactColumn("status", _LABELS["status"], "status", 12, of_measures=True),
        FactColumn("basis.quote", "依据：原话", "text", 36, of_measures=True),
        *_document("basis", "依据", of_measures=True),
        _named("deadline", "deadline", 13),
        _named("responsible.leader", "text"),
        _named("responsible.lead", "lines", 20),
        _named("responsible.bodies", "lines", 20),
        _named("responsible.assisting", "lines", 20),
        _named("responsible.department", "text"),
        _named("responsible.person", "text"),
        _named("goal", "text", 30),
        _named("printed", "text"),
        _named("documents", "lines", 30),
        FactColumn("finding.found", _LABELS["finding"], "finding", 12),
        FactColumn("finding.quote", "核查结论：原话", "text", 30),
        *_document("finding", "核查结论"),
        FactColumn("verified.status", "核实的状态", "status", 12),
        FactColumn("verified.by", "核实：由谁", "text"),
        FactColumn("verified.date", "核实：日期", "day", 13),
        FactColumn("verified.document", "核实：文件", "text", 30),
    ),
)
UPDATES = LedgerTable(
    "进展",
    "updates",
    model.Update,
    _OF_AN_ENTRY,
    (
        FactColumn("date", _OF_UPDATES["date"], "day", 13),
        FactColumn("text", _OF_UPDATES["text"], "text", 60),
        FactColumn("status", _OF_UPDATES["status"], "status", 12),
        FactColumn("source", _OF_UPDATES["source"], "text", 40),
    ),
)
FIGURES = LedgerTable(
    "数字",
    "figures",
    model.Figure,
    (*_WHICH, FactColumn(NUMBER, "第几个", "fixed", 7)),
    (
        FactColumn("name", "名称", "text", 24),
        FactColumn("value", "数值", "number", 12),
        FactColumn("unit", "单位", "text", 10),
        FactColumn("quote", "原话", "text", 50),
    ),
)
TABLES = (ITEMS, UPDATES, FIGURES)
APART = ("title", "audience", "measures", "updates", "figures")
"""The facts of an item that are in no column of its own: as fixed ones, or in rows."""


class RowKey(NamedTuple):
    """What a row is about: an item, or its measure, update or figure of that number, from 1."""

    table: str
    notice: str
    item: str
    number: int

    def path(self, key: str) -> KeyPath:
        """Return where the fact ``key`` of it stands in the file of its item."""
        names = (*key.split("."),)
        if not self.number:
            return names
        if self.table == ITEMS.title:
            return ("measures", self.number, *names)
        within = next(table.list for table in TABLES if table.title == self.table)
        return (within, self.number - 1, *names)


class FactRow(NamedTuple):
    """A row: what it is about, and what stands in its columns, by their keys."""

    key: RowKey
    values: dict[str, LedgerValue]


def rows_of(notice: Notice, words: model.Vocabulary) -> Iterator[FactRow]:
    """Yield the rows of all tables for ``notice``, in the order of the text."""
    for item in notice.items:
        key = RowKey(ITEMS.title, notice.id, item.id, 0)
        yield _row(key, item.facts, words, _fixed_of_item(item, words))
        for measure in item.measures:
            fixed: dict[str, LedgerValue] = {TEXT: "\n".join(measure.texts)}
            fixed[SHOWN] = words.label(measure.facts.status)
            yield _row(key._replace(number=measure.number), measure.facts, words, fixed)
        for table in (UPDATES, FIGURES):
            for number, entry in enumerate(getattr(item.facts, table.list), 1):
                yield _row(RowKey(table.title, notice.id, item.id, number), entry, words, {})


def _fixed_of_item(item: Item, words: model.Vocabulary) -> dict[str, LedgerValue]:
    return {
        TEXT: item.facts.title,
        PATH: "\n".join(section.label for section in item.path) or None,
        AUDIENCE: "公开" if item.facts.audience == "public" else "不公开",
        SHOWN: words.label(item.status),
    }


def _row(
    key: RowKey,
    facts: model.Facts,
    words: model.Vocabulary,
    fixed: dict[str, LedgerValue],
) -> FactRow:
    which: dict[str, LedgerValue] = {NOTICE: key.notice, ITEM: key.item}
    which[NUMBER] = float(key.number) if key.number else None
    told = {column.key: shown(column, facts, words) for column in columns_of(key)}
    return FactRow(key, {**which, **fixed, **told})


def columns_of(key: RowKey) -> list[FactColumn]:
    """Return the columns that a row of that key has facts in."""
    table = next(table for table in TABLES if table.title == key.table)
    is_measure = bool(key.number) and table is ITEMS
    return [each for each in table.columns if each.of_measures or not is_measure]


def shown(column: FactColumn, facts: model.Facts, words: model.Vocabulary) -> LedgerValue:
    """Return what stands in the cell of ``column`` for ``facts``."""
    value: Any = facts
    for name in column.names:
        value = getattr(value, name, None)
    if value is None or value == []:
        return None
    if column.form in ("status", "finding"):
        return words.label(value)
    if column.form == "lines":
        return "\n".join(value)
    return float(value) if column.form == "number" else value


def plain(value: LedgerValue) -> str:
    """Return ``value`` as one text that a cell can hold, the same for the same value."""
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST else TOO_LONG
