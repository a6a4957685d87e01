"""Listings: what of an archive stands together, on pages of which none grows with the archive.

All notices, those of a year, of a kind and of a publisher, are listed; of all and of each publisher
there is a ledger, and for each of their numbers the notices that it sums. Which of it there is, and
where, depends on the archive alone: whoever links to it need not make it.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .addresses import FEEDS, TABLES, in_formats
from .sheets import ROWS_ON_A_PAGE, Ledger, LedgerRows, Number, Share, Sheets
from .standing import Standing
from .summary import Archive, Summary

ON_HOME = 5
"""So many notices the home page shows."""
IN_A_FILTER = 8
"""So many publishers are offered beside years and kinds; all are in a list of their own."""


@dataclass(frozen=True)
class Listing(Sheets[Summary]):
    """Notices that are listed together, and what they are."""

    label: str = ""
    publisher: str = ""
    """The id of the one whose notices they are, if they are one's."""
    has_numbers: bool = False
    """Whether it has numbers of its own, and a ledger."""
    formats: Sequence[str] | None = None
    """The formats in which its items may be taken away; None are all."""

    @property
    def mark(self) -> str:
        """A name for all that a list of publishers says of it."""
        return f"{self.name} {len(self.things)} {self.things[0].day if self.things else None}"

    @cached_property
    def standing(self) -> Standing:
        """Where the items of all of them stand, and their measures."""
        items, measures, findings = Counter[str](), Counter[str](), Counter[str]()
        for notice in self.things:
            items.update(notice.standing.items)
            measures.update(notice.standing.measures)
            findings.update(notice.standing.findings)
        return Standing("", self.label, items, measures, findings)

    @property
    def withheld(self) -> int:
        """How many of their items are not for the public."""
        return sum(notice.withheld for notice in self.things)

    @cached_property
    def item(self) -> str:
        """What an item is called: as in each of them, if all agree."""
        return _shared((each.kind.item for each in self.things if each.has_items), "条目")

    @cached_property
    def measure(self) -> str:
        """What a measure is called: as in each of them, if all agree."""
        return _shared((each.kind.measure for each in self.things if each.has_items), "措施")

    @cached_property
    def ledger(self) -> Ledger | None:
        """The items of all of them, if several have some."""
        rows = LedgerRows.of(self.things)
        if not (self.has_numbers and len(rows.parts) > 1):
            return None
        return Ledger(f"{self.name}_ledger" if self.publisher else "ledger", rows, ROWS_ON_A_PAGE)

    def numbers(self, statuses: Iterable[str]) -> Iterator[Number]:
        """Yield the numbers that its notices add up to, in the order of ``statuses``."""
        if not self.has_numbers:
            return
        every = [*statuses]
        for what in ("items", "measures"):
            for status in every:
                shares = (Share(each, _at(each, what)[status]) for each in self.things)
                yield from self._number(what, status, shares)
        hidden = (Share(notice, notice.withheld) for notice in self.things)
        yield from self._number("withheld", "", hidden)

    def _number(self, what: str, status: str, shares: Iterable[Share]) -> Iterator[Number]:
        name = "_".join(filter(None, (self.name, what, status)))
        if some := [share for share in shares if share.amount]:
            yield Number(what, status, Sheets(name, some, ROWS_ON_A_PAGE))

    def tables(self) -> list[str]:
        """Return the addresses of its items as files for spreadsheets."""
        names = in_formats(TABLES, self.formats) if self.ledger else []
        return [self.ledger.address() + name for name in names] if self.ledger else []

    def feeds(self) -> list[str]:
        """Return the addresses of what programs may follow it by."""
        return [self.address() + name for name in FEEDS] if self.publisher else []


def _shared(words: Iterable[str], usual: str) -> str:
    found = {*words}
    return found.pop() if len(found) == 1 else usual


def _at(notice: Summary, what: str) -> Mapping[str, int]:
    standing = notice.standing
    return standing.items if what == "items" else standing.measures


@dataclass(frozen=True)
class Portal:
    """All listings of ``archive``."""

    archive: Archive = field(repr=False)

    @cached_property
    def all(self) -> Listing | None:
        """The list of all notices, where the home page does not show them."""
        return self.whole if self._has_lists else None

    @cached_property
    def years(self) -> list[Listing]:
        """A list of each year, from the newest, where there are any."""
        newest = self.archive.newest if self._has_lists else []
        years = sorted({notice.day.year for notice in newest if notice.day}, reverse=True)
        return [
            Listing(f"year-{year}", [*_of_year(newest, year)], label=f"{year}年") for year in years
        ]

    @cached_property
    def kinds(self) -> list[Listing]:
        """A list of each kind, where there are several."""
        newest = self.archive.newest if self._has_lists else []
        kinds = sorted({notice.kind_id for notice in newest})
        # A notice may call its kind otherwise; that makes no other kind of it. Who only checks
        # links wants to know of one, too, of which there is no file.
        known = self.archive.kinds
        nouns = {kind: known[kind].facts.noun if kind in known else kind for kind in kinds}
        return (
            [
                Listing(f"kind-{kind}", [*_of_kind(newest, kind)], label=nouns[kind])
                for kind in kinds
            ]
            if len(kinds) > 1
            else []
        )

    @cached_property
    def publishers(self) -> list[Listing]:
        """A list of each publisher of whom somebody wrote, whether it has any notices or not.

        First come those with the newest.
        """
        found: dict[str, list[Summary]] = {}
        for notice in self.archive.newest:
            for name, _ in self.archive.publishers_of(notice.publisher, *notice.joint):
                found.setdefault(name, []).append(notice)
        known = self.archive.publishers
        return [
            Listing(
                f"publisher-{name}",
                found.get(name, []),
                label=known[name].facts.called,
                publisher=name,
                has_numbers=len(found.get(name, [])) > 1,
                formats=self.archive.site.downloads,
            )
            for name in [*found, *sorted(known.keys() - found.keys())]
        ]

    @cached_property
    def whole(self) -> Listing:
        """All notices, whether there is a list of them or not."""
        newest, formats = self.archive.newest, self.archive.site.downloads
        return Listing("all", newest, label="全部", has_numbers=True, formats=formats)

    @cached_property
    def listings(self) -> list[Listing]:
        """All lists of notices."""
        every = [self.all] if self.all else []
        return [*every, *self.years, *self.kinds, *self.publishers]

    @cached_property
    def directories(self) -> list[Sheets[Listing]]:
        """All publishers on pages, and those that are under each."""
        by_id = {each.publisher: each for each in self.publishers}
        every = [Sheets("publishers", self.publishers)] if self.publishers else []
        below = {name: [by_id[each] for each in self.archive.below(name)] for name in by_id}
        some = (Sheets(f"publisher-{name}_below", each) for name, each in below.items() if each)
        return [*every, *some]

    @cached_property
    def ledgers(self) -> list[Listing]:
        """The lists that have a ledger."""
        return [each for each in (self.whole, *self.publishers) if each.ledger]

    @cached_property
    def numbers(self) -> dict[str, list[Number]]:
        """The numbers of each list that has some, by its name."""
        statuses = [status.id for status in self.archive.vocabulary.statuses]
        return {each.name: [*each.numbers(statuses)] for each in self.listings if each.has_numbers}

    @property
    def filters(self) -> list[tuple[str, list[Listing]]]:
        """What readers choose by: how that is called, and what there is to choose."""
        some = [each for each in self.publishers if each.things][:IN_A_FILTER]
        groups = [("年份", self.years), ("种类", self.kinds), ("单位", some)]
        return [(name, found) for name, found in groups if found]

    def sources(self) -> Iterator[str]:
        """Yield the source of every page and file, by which links know it."""
        for listing in self.listings:
            yield from listing.sources()
            yield from listing.feeds()
        for listing in self.ledgers:
            yield from listing.ledger.sources() if listing.ledger else ()
            yield from listing.tables()
        for directory in self.directories:
            yield from directory.sources()
        for number in itertools.chain(*self.numbers.values()):
            yield from number.sheets.sources()

    @property
    def _has_lists(self) -> bool:
        return len(self.archive.notices) > ON_HOME


def _of_year(notices: Iterable[Summary], year: int) -> Iterator[Summary]:
    yield from (notice for notice in notices if notice.day and notice.day.year == year)


def _of_kind(notices: Iterable[Summary], kind: str) -> Iterator[Summary]:
    yield from (notice for notice in notices if notice.kind_id == kind)
