"""Addresses: what a site has that its own pages may lead to, and the anchors there.

A page names it by its source, a path from ``content/``: its own, or the one that it would have
there. Only what is promised to stay is listed, not whatever else a page or a site may hold.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple, Protocol

from .documents import named_documents
from .notices import Notice

# The same entries for readers of either format.
FEEDS = ("feed.xml", "feed.json")
ICONS = ("apple-touch-icon.png", "favicon.ico")
_CATALOGUE = ("catalogue.json", "schema/notice-export.json")
_DEADLINES = "deadlines.ics"
_SECURITY = ".well-known/security.txt"
_APPROVED = "approved.txt"
TABLES = ("items.xlsx", "items.csv")
"""What stands beside a ledger of several notices."""
EXPORTS = ("notice.pdf", "notice.docx", "items.xlsx", "items.csv", "notice.json")


class Named(Protocol):
    """A notice, or what is told of one."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def withheld(self) -> int:
        """How many of its items are not for the public."""


class Needed(NamedTuple):
    """What the software's own links need of a page."""

    anchor: str = ""
    fragment: str = ""
    given: tuple[str, ...] = ()
    """Anchors that links lead to, and that begin the page where people wrote none of that name."""


NEEDED = {
    "about.md": Needed(anchor="verify", given=("statuses",)),
    "accessibility.md": Needed(),
    "changes.md": Needed(fragment="changes"),
    "contact.md": Needed(),
    "index.md": Needed(),
    "search.md": Needed(fragment="search"),
    "updates.md": Needed(),
}
"""The pages that every site has, because navigation, footer, feeds or templates lead to them."""


def anchors(notice: Notice) -> dict[str, str | None]:
    """Return the anchors in the pages of ``notice``, between which spaces stand, by their source;
    None where not all is known, because something of it could not be read.
    """
    page = f"notices/{notice.id}.md"
    if notice.unreadable or notice.in_doubt or notice.doubtful_lines:
        return {page: None}
    sections = (section.id for section in notice.narrative.all_sections)
    measures = (measure.id for item in notice.items for measure in item.measures)
    others = {each: "" for each in of_notice(notice) if each.endswith(".md")}
    return {**others, page: " ".join((*sections, *measures))}


def sitewide(*, deadlines: bool, security: bool) -> Iterator[str]:
    """Yield the source of what the software gives beside pages and notices."""
    yield from (*FEEDS, *ICONS, *_CATALOGUE)
    if deadlines:
        yield _DEADLINES
    if security:
        yield _SECURITY


def of_notice(notice: Notice) -> Iterator[str]:
    """Yield the source of all that ``notice``, the public's, gives."""
    folder = f"notices/{notice.id}"
    yield f"{folder}.md"
    if notice.has_items:
        yield f"{folder}/ledger.md"
    if named_documents(notice):
        yield f"{folder}/documents.md"
    if not notice.withheld:
        yield f"{folder}/{_APPROVED}"
    yield from (f"{folder}/{name}" for name in exports_of(notice))


def exports_of(notice: Notice) -> list[str]:
    """Return the names of the exports of ``notice`` in the formats that its site offers: a table of
    items, only if it has some.
    """
    there = (name for name in EXPORTS if notice.has_items or not name.startswith("items."))
    return in_formats(there, notice.formats)


def in_formats(names: Iterable[str], formats: Collection[str] | None) -> list[str]:
    """Return those of the files that are in one of ``formats``; None are all."""
    return [name for name in names if formats is None or name.partition(".")[2].upper() in formats]


def notice_address(notice: Named) -> str:
    """Return the address of a notice from the root of the site; an item's is ``#<id>`` in it."""
    return f"notices/{notice.id}/"


def approved_texts(notices: Iterable[Named]) -> dict[str, str]:
    """Return where on the site the approved texts stand, by notice; what is withheld has none."""
    shown = (notice for notice in notices if not notice.withheld)
    return {notice.id: f"{notice_address(notice)}{_APPROVED}" for notice in shown}
