"""Sheets: lists on pages of which none grows with its list; ledgers, and shares of a number."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, Protocol, Self, TypeVar, overload

from .summary import ItemSummary, Summary

ON_A_PAGE = 20
ROWS_ON_A_PAGE = 100
"""So many items a page of a ledger has, or lines a page that is nothing but lines."""
FOLDER = "archive/"


class Marked(Protocol):
    """What may stand in a list."""

    @property
    def mark(self) -> str:
        """A name for all that a list says of it."""


T_co = TypeVar("T_co", bound=Marked, covariant=True)


@dataclass(frozen=True)
class Sheets(Generic[T_co]):
    """Things on so many pages as it takes, at least one: the name in their address, and which."""

    name: str
    things: Sequence[T_co]
    size: int = ON_A_PAGE

    @property
    def count(self) -> int:
        """How many pages there are."""
        return max(1, -(-len(self.things) // self.size))

    def on(self, page: int) -> Sequence[T_co]:
        """Return what stands on a page, from 1."""
        return self.things[(page - 1) * self.size : page * self.size]

    def marks(self, page: int) -> list[str]:
        """Return names for all that is said of what stands on a page."""
        return [each.mark for each in self.on(page)]

    def source(self, page: int = 1) -> str:
        """Return the name by which links know a page of it."""
        # No name that anybody gives has this character in it, and no number is a name.
        return f"{FOLDER}{self.name}.md" if page == 1 else f"{FOLDER}{self.name}_{page}.md"

    def address(self, page: int = 1) -> str:
        """Return the address of a page of it."""
        return self.source(page).removesuffix(".md") + "/"

    def sources(self) -> Iterator[str]:
        """Yield the source of each page."""
        return map(self.source, range(1, self.count + 1))


class LedgerRow(NamedTuple):
    """An item in a ledger of several notices."""

    notice: Summary
    item: ItemSummary

    @property
    def mark(self) -> str:
        """A name for all that a ledger says of it."""
        return f"{self.notice.mark} {self.item.id}"


class LedgerPart(NamedTuple):
    """Items of a notice that stand on one page: from the ``first`` on, but for the ``last``."""

    notice: Summary
    first: int
    last: int


class LedgerRows(Sequence[LedgerRow]):
    """The items of ``parts``, none of which is looked at before somebody asks for it."""

    def __init__(self, parts: Sequence[LedgerPart]) -> None:
        self.parts = parts

    @classmethod
    def of(cls, notices: Iterable[Summary]) -> Self:
        """Return all items of ``notices``."""
        return cls(
            [LedgerPart(each, 0, each.public_count) for each in notices if each.public_count]
        )

    def __len__(self) -> int:
        return sum(last - first for _, first, last in self.parts)

    def __iter__(self) -> Iterator[LedgerRow]:
        for notice, first, last in self.parts:
            yield from (LedgerRow(notice, item) for item in notice.items[first:last])

    @overload
    def __getitem__(self, at: int) -> LedgerRow: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[LedgerRow]: ...
    def __getitem__(self, at: int | slice) -> LedgerRow | Sequence[LedgerRow]:
        return [*self][at]


@dataclass(frozen=True)
class Ledger(Sheets[LedgerRow]):
    """Items of several notices: those of one stand on one page, if they are no more than fit."""

    things: LedgerRows

    @cached_property
    def _pages(self) -> list[list[LedgerPart]]:
        """What stands on each page."""
        pages: list[list[LedgerPart]] = [[]]
        room = self.size
        for part in self.things.parts:
            notice, at, last = part
            if pages[-1] and last - at > room:
                pages.append([])
                room = self.size
            while at < last:
                if not room:
                    pages.append([])
                    room = self.size
                end = min(last, at + room)
                pages[-1].append(LedgerPart(notice, at, end))
                room, at = room - (end - at), end
        return pages

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def on(self, page: int) -> LedgerRows:
        """Return the items on a page, from 1."""
        return LedgerRows(self._pages[page - 1])

    def marks(self, page: int) -> list[str]:
        """Return names for all that is said of what stands on a page."""
        parts = self._pages[page - 1]
        return [f"{notice.mark} {first} {last}" for notice, first, last in parts]


class Share(NamedTuple):
    """What a notice adds to a number."""

    notice: Summary
    amount: int

    @property
    def mark(self) -> str:
        """A name for all that is said of it."""
        return f"{self.notice.mark} {self.amount}"


class Number(NamedTuple):
    """A number of a listing: what is counted, at which status, and what each notice adds to it.

    ``what`` is "items", "measures" or "withheld"; only the first two have a ``status``.
    """

    what: str
    status: str
    sheets: Sheets[Share]

    @property
    def total(self) -> int:
        return sum(share.amount for share in self.sheets.things)


def by_notice(rows: Iterable[LedgerRow]) -> list[tuple[Summary, list[LedgerRow]]]:
    """Return each notice with those of its items that are among ``rows``, in their order."""
    runs = itertools.groupby(rows, key=lambda row: row.notice.id)
    return [(some[0].notice, some) for some in ([*run] for _, run in runs)]
