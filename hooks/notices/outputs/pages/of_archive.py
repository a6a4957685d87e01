"""Pages of the archive: its notices and their items in lists, and where its numbers come from.

Each is a fragment of ``theme/fragments/archive``, and says no more than one page of a list.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...catalogue.listings import Listing, Number, Portal, Sheets
from .page import LISTING, Page


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
    known = {"publisher": facts, "numbers": portal.numbers.get(listing.name, [])}
    yield from _pages(listing, "listing", title, told, portal, listing=listing, **known)


def _ledger(listing: Listing, portal: Portal) -> Iterator[Page]:
    """Yield the pages that list the items of several notices."""
    if listing.ledger:
        title = f"{listing.label}的整改台账" if listing.publisher else "全部通报的整改台账"
        told = f"{title}：{len(listing.ledger.things)}个{listing.item}，按通报排列。"
        yield from _pages(listing.ledger, "ledger", title, told, portal, listing=listing)


def _publishers(directory: Sheets[Listing], portal: Portal) -> Iterator[Page]:
    """Yield the pages that list publishers: all of them, or those under one."""
    above = directory.name.removeprefix("publisher-").removesuffix("_below")
    over = portal.archive.publishers.get(above) if directory.name != "publishers" else None
    title = f"{over.facts.called}的下属单位" if over else "发布单位"
    told = f"{title}，{len(directory.things)}个，各有通报、数字和联系方式。"
    known = {"over": over.facts if over else None, "above": above}
    yield from _pages(directory, "publishers", title, told, portal, **known)


def _number(number: Number, listing: Listing, portal: Portal) -> Iterator[Page]:
    """Yield the pages that list what each notice adds to ``number``."""
    word = listing.measure if number.what == "measures" else listing.item
    status = portal.archive.vocabulary.label(number.status) if number.status else "不公开"
    title = f"{listing.label}通报：{status}的{word}"
    told = f"{title}，{number.total}{'条' if number.what == 'measures' else '个'}，在哪些通报里。"
    known = {"counted": number, "listing": listing, "word": word}
    yield from _pages(number.sheets, "number", title, told, portal, **known)


def _pages(
    sheets: Sheets[object], fragment: str, title: str, told: str, portal: Portal, **known: object
) -> Iterator[Page]:
    """Yield the pages that ``sheets`` are on, each with what stands there."""
    for number in range(1, sheets.count + 1):
        here = {"title": title, "sheets": sheets, "number": number, "things": sheets.on(number)}
        named = title if number == 1 else f"{title}（第{number}页）"
        which = f"第{number}页，共{sheets.count}页。" if sheets.count > 1 else ""
        address = sheets.address(number)
        every = {**here, **known, "portal": portal}
        yield Page(LISTING, f"archive/{fragment}", address, named, told + which, known=every)
