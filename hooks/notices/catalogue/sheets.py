"""Sheets: lists on pages of which none grows with its list; ledgers, and shares of a number."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, Protocol, TypeVar

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


@dataclass(frozen=True)
class Ledger(Sheets[LedgerRow]):
    """Items of several notices: those of one stand on one page, if they are no more than fit."""

    @cached_property
    def _begins(self) -> list[int]:
        """Where each page begins, and the last one ends."""
        begins, at = [0], 0
        for _, rows in by_notice(self.things):
            if at > begins[-1] and at + len(rows) - begins[-1] > self.size:
                begins.append(at)
            at += len(rows)
            while at - begins[-1] > self.size:
                begins.append(begins[-1] + self.size)
        return [*begins, at]

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._begins) - 1

    def on(self, page: int) -> Sequence[LedgerRow]:
        """Return the items on a page, from 1."""
        return self.things[self._begins[page - 1] : self._begins[page]]


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
