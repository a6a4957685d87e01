"""Pages of the archive: its notices from the newest, all of them, by year and by kind.

They are there when the home page cannot show all notices, and none grows with the archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ...catalogue.summary import Archive, Summary
from .page import LISTING, Page

ON_HOME = 5
"""So many notices the home page shows."""
ON_A_PAGE = 20
FOLDER = "archive/"


class Listing(NamedTuple):
    """Notices that are listed together: the name in their address, what they are, and which."""

    name: str
    label: str
    notices: list[Summary]

    def address(self, page: int = 1) -> str:
        """Return the address of a page of it, from 1."""
        # No name of a year or a kind has this character in it.
        return f"{FOLDER}{self.name}/" if page == 1 else f"{FOLDER}{self.name}_{page}/"


def archive_pages(found: Sequence[Listing]) -> Iterator[Page]:
    """Yield the pages of what was ``found`` to be listed."""
    for listing in found:
        begins = range(0, len(listing.notices), ON_A_PAGE)
        for number, begin in enumerate(begins, 1):
            notices = listing.notices[begin : begin + ON_A_PAGE]
            yield _page(listing, number, len(begins), notices, found)


def listings(archive: Archive) -> list[Listing]:
    """Return what notices are listed by: all, each year and, of several kinds, each kind.

    Nothing is listed where the home page shows all notices.
    """
    if len(archive.notices) <= ON_HOME:
        return []
    newest = archive.newest
    years = sorted({notice.day.year for notice in newest if notice.day}, reverse=True)
    kinds = sorted({notice.kind_id for notice in newest})
    by_year = (Listing(f"year-{year}", f"{year}年", [*_of_year(newest, year)]) for year in years)
    # A notice may call its kind otherwise; that makes no other kind of it.
    by_kind = (
        Listing(f"kind-{kind}", archive.kinds[kind].facts.noun, [*_of_kind(newest, kind)])
        for kind in kinds
    )
    return [Listing("all", "全部", newest), *by_year, *(by_kind if len(kinds) > 1 else ())]


def _of_year(notices: Iterable[Summary], year: int) -> Iterator[Summary]:
    yield from (notice for notice in notices if notice.day and notice.day.year == year)


def _of_kind(notices: Iterable[Summary], kind: str) -> Iterator[Summary]:
    yield from (notice for notice in notices if notice.kind_id == kind)


def _page(
    listing: Listing, number: int, count: int, notices: list[Summary], found: Sequence[Listing]
) -> Page:
    title = "全部通报" if listing.name == "all" else f"{listing.label}的通报"
    which = f"第{number}页，共{count}页" if count > 1 else f"{len(listing.notices)}份"
    pages = [(at, listing.address(at)) for at in range(1, count + 1)]
    known = {
        "title": title, "listing": listing, "listings": found, "notices": notices,
        "number": number, "pages": pages,
    }  # fmt: skip
    named = title if number == 1 else f"{title}（第{number}页）"
    address, told = listing.address(number), f"{title}，{which}。"
    return Page(LISTING, "archive/listing", address, named, told, known=known)
