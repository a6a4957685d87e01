"""Pages of the archive: its notices and their items in lists, and where its numbers come from.

Each is a fragment of ``theme/fragments/archive``, and says no more than one page of a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ...catalogue.listings import Listing, Portal
from ...catalogue.sheets import Marked, Number, Sheets
from ...digest import digest
from .page import ITEMS, LISTING, Page


class _Told(NamedTuple):
    """A list, and how it is told: in which fragment, and of what is ``known`` beside.

    ``said`` is what its pages say of more than what stands on them.
    """

    sheets: Sheets[Marked]
    fragment: str
    title: str
    description: str
    known: Mapping[str, object]
    said: tuple[object, ...] = ()
    feeds: Sequence[str] = ()


def archive_pages(portal: Portal) -> Iterator[Page]:
    """Yield the pages of all lists of ``portal``."""
    for listing in portal.listings:
        yield from _notices(listing, portal)
    for listing in portal.ledgers:
        yield from _ledger(listing, portal)
    for directory in portal.directories:
        yield from _publishers(directory, portal)
    by_name = {each.name: each for each in portal.listings}
    for name, numbers in portal.numbers.items():
        for number in numbers:
            yield from _number(number, by_name[name], portal)


def _notices(listing: Listing, portal: Portal) -> Iterator[Page]:
    """Yield the pages that list notices."""
    title = "全部通报" if listing.name == "all" else f"{listing.label}的通报"
    publisher = portal.archive.publishers.get(listing.publisher)
    facts = publisher.facts if publisher else None
    told = f"{title}，{len(listing.things)}份，从最近的排起。"
    if facts:
        told = f"{facts.name}：联系方式，公布的{len(listing.things)}份通报。"
    numbers = portal.numbers.get(listing.name, [])
    amounts = [(each.what, each.status, each.total) for each in numbers]
    said = (amounts, listing.item, listing.measure, bool(listing.ledger), _filters(portal))
    known = {"listing": listing, "publisher": facts, "numbers": numbers}
    yield from _pages(_Told(listing, "listing", title, told, known, said, listing.feeds()), portal)


def _filters(portal: Portal) -> object:
    """Return what is said of the filters."""
    found = [
        (name, [(each.name, len(each.things)) for each in some]) for name, some in portal.filters
    ]
    whole = portal.whole
    return found, len(whole.things), bool(whole.ledger), len(portal.publishers)


def _ledger(listing: Listing, portal: Portal) -> Iterator[Page]:
    """Yield the pages that list the items of several notices."""
    if listing.ledger:
        whose = listing.label if listing.publisher else "全部通报"
        title = f"{whose}的{listing.item}清单"
        told = f"{title}：{len(listing.ledger.things)}个{listing.item}，按通报排列。"
        said = (listing.item, listing.measure, listing.withheld)
        known = {"listing": listing}
        yield from _pages(_Told(listing.ledger, "ledger", title, told, known, said), portal)


def _publishers(directory: Sheets[Listing], portal: Portal) -> Iterator[Page]:
    """Yield the pages that list publishers: all of them, or those under one."""
    above = directory.name.removeprefix("publisher-").removesuffix("_below")
    over = portal.archive.publishers.get(above) if directory.name != "publishers" else None
    title = f"{over.facts.called}的下属单位" if over else "发布单位"
    told = f"{title}，{len(directory.things)}个，各有通报、数字和联系方式。"
    known = {"over": over.facts if over else None, "above": above}
    yield from _pages(_Told(directory, "publishers", title, told, known), portal)


def _number(number: Number, listing: Listing, portal: Portal) -> Iterator[Page]:
    """Yield the pages that list what each notice adds to ``number``."""
    word = listing.measure if number.what == "measures" else listing.item
    status = portal.archive.vocabulary.label(number.status) if number.status else "不公开"
    title = f"{listing.label}通报：{status}的{word}"
    told = f"{title}，{number.total}{'条' if number.what == 'measures' else '个'}，在哪些通报里。"
    known = {"counted": number, "listing": listing, "word": word}
    said = (number.total,)
    yield from _pages(_Told(number.sheets, "number", title, told, known, said), portal)


def _pages(told: _Told, portal: Portal) -> Iterator[Page]:
    """Yield the pages of a list, each with what stands there."""
    sheets, title = told.sheets, told.title
    there_are = bool(portal.all), bool(portal.directories)
    whole = (told.said, sheets.count, len(sheets.things), there_are)
    for number in range(1, sheets.count + 1):
        things = sheets.on(number)
        here = {"title": title, "sheets": sheets, "number": number, "things": things}
        known = {**here, **told.known, "portal": portal}
        mark = digest(repr((title, number, whole, sheets.marks(number))).encode())
        which = f"第{number}页，共{sheets.count}页。" if sheets.count > 1 else ""
        page = Page(
            ITEMS if told.fragment == "ledger" else LISTING,
            f"archive/{told.fragment}",
            sheets.address(number),
            title if number == 1 else f"{title}（第{number}页）",
            told.description + which,
            known=known,
            feeds=told.feeds,
            mark=mark,
        )
        yield page
