"""The ledger of several notices: a row for each of their items, as CSV and as XLSX.

What stands in it is told by summaries alone. Of each notice the rows are written once, however many
tables they are in.
"""

from __future__ import annotations

import datetime
import functools
import operator
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ...catalogue import saying
from ...catalogue.addresses import notice_address
from ...catalogue.listings import Listing, Portal
from ...catalogue.past import EARLIEST
from ...catalogue.sheets import LedgerRow
from ...catalogue.summary import Archive, Summary
from ...facts import model
from .archive import Properties
from .columns import SheetValue, used
from .edition import LATEST
from .items_csv import written


class LedgerColumn(NamedTuple):
    """A column: its header, its width in characters of Latin text, and what stands in it."""

    header: str
    width: int
    cell: Callable[[LedgerRow], SheetValue]


def tables(portal: Portal, base: str) -> dict[str, Callable[[], bytes]]:
    """Return what makes each table of ``portal`` for a site at ``base``, by its address."""
    ledgers = Ledgers(portal.archive, base)
    makers = {"xlsx": ledgers.xlsx, "csv": ledgers.csv}
    return {
        address: functools.partial(makers[address.rpartition(".")[2]], listing)
        for listing in portal.ledgers
        for address in listing.tables()
    }


class Ledgers:
    """Makes the ledgers of ``archive`` for a site at ``base`` ("": nobody knows where)."""

    def __init__(self, archive: Archive, base: str) -> None:
        self._base = base
        self._columns = [*_columns(archive, base)]
        self._creator = archive.site.publisher
        self._rows: dict[str, list[list[SheetValue]]] = {}
        self._known: dict[str, list[int]] = {}

    def csv(self, listing: Listing) -> bytes:
        """Return the ledger of ``listing`` as items.csv is."""
        headers = [column.header for column in self._columns]
        return written([headers, *self._table(listing)])

    def xlsx(self, listing: Listing) -> bytes:
        """Return the ledger of ``listing`` as a workbook of one sheet, without columns that say
        nothing, and with links that open each item.
        """
        from .table_xlsx import LinkedRow, table  # noqa: PLC0415 (its library takes as long as MkDocs)

        some = sorted({at for notice in listing.things for at in self._used(notice)})
        some = some or [*range(len(self._columns))]
        widths = {self._columns[at].header: self._columns[at].width for at in some}
        cells = operator.itemgetter(*some)
        rows = (
            LinkedRow(cells(row), _link(self._base, LedgerRow(notice, item)))
            for notice in listing.things
            for item, row in zip(notice.items, self._of(notice), strict=True)
        )
        day = max((each.stamp for each in listing.things if each.stamp), default=EARLIEST)
        title = f"{listing.item}清单"
        known = Properties(f"{listing.label}通报{title}", self._creator, min(day, LATEST))
        return table(title, widths, rows, known)

    def _table(self, listing: Listing) -> Iterator[Sequence[SheetValue]]:
        for notice in listing.things:
            yield from self._of(notice)

    def _used(self, notice: Summary) -> list[int]:
        """Return which columns say something of ``notice``."""
        if notice.id not in self._known:
            rows = self._of(notice)
            self._known[notice.id] = used(rows, len(self._columns)) if rows else []
        return self._known[notice.id]

    def _of(self, notice: Summary) -> list[list[SheetValue]]:
        """Return the rows of ``notice``, which are written once."""
        if notice.id not in self._rows:
            self._rows[notice.id] = [
                [column.cell(LedgerRow(notice, item)) for column in self._columns]
                for item in notice.items
            ]
        return self._rows[notice.id]


def _columns(archive: Archive, base: str) -> Iterator[LedgerColumn]:
    """Yield what is told of each item; of findings and of measures, as far as there are some."""
    label = archive.vocabulary.label
    yield LedgerColumn("编号", 24, lambda row: f"{row.notice.id}/{row.item.id}")
    yield LedgerColumn("通报", 40, lambda row: row.notice.title)
    yield LedgerColumn("发布单位", 30, lambda row: row.notice.publisher)
    yield LedgerColumn("种类", 10, lambda row: row.notice.kind.noun)
    yield LedgerColumn("公布日期", 12, lambda row: row.notice.published)
    yield LedgerColumn("所在部分", 40, lambda row: " › ".join(row.item.groups) or None)
    yield LedgerColumn("条目", 40, lambda row: row.item.title)
    yield LedgerColumn("状态", 12, lambda row: label(row.item.status))
    if archive.findings:
        yield LedgerColumn("核查结论", 12, lambda row: label(row.item.finding) or None)
    yield LedgerColumn("完成时限", 12, lambda row: _deadline(row.item.deadline))
    yield LedgerColumn("最近的进展", 12, lambda row: _last(row.item.updates))
    yield LedgerColumn("措施条数", 10, lambda row: sum(row.item.measures.values()))
    found = {status for notice in archive.notices for status in notice.standing.measures}
    for status in archive.vocabulary.ids():
        if status in found:
            yield LedgerColumn(f"措施：{label(status)}", 10, _at(status))
    if base:
        yield LedgerColumn("固定链接", 40, lambda row: _link(base, row))


def _link(base: str, row: LedgerRow) -> str:
    """Return where an item stands in the site, if anybody knows where that does."""
    return base and f"{base}{notice_address(row.notice)}#{row.item.id}"


def _at(status: str) -> Callable[[LedgerRow], SheetValue]:
    return lambda row: row.item.measures.get(status, 0)


def _deadline(deadline: model.Deadline | None) -> SheetValue:
    """Return a day, or the words for what is none."""
    if deadline is None or isinstance(deadline, datetime.date):
        return deadline
    return "".join(span.text for line in saying.deadline(deadline) for span in line)


def _last(updates: Sequence[model.Update]) -> datetime.date | None:
    return max((update.date for update in updates), default=None)
