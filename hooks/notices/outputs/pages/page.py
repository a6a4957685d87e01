"""A page that the software makes: what stands in the frame of its type."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from markupsafe import Markup

from ...catalogue.notices import Notice
from ..fragments import Fragments

TEXT, LEDGER, DOCUMENTS, LISTING, ITEMS = "text", "ledger", "documents", "listing", "items"
TYPES = {
    TEXT: ("navigation",),
    LEDGER: ("navigation", "toc"),
    DOCUMENTS: ("navigation", "toc"),
    LISTING: ("navigation", "toc"),
    ITEMS: ("navigation", "toc"),
}
"""The types of pages, and the sidebars for which each has no use."""


class Heading(NamedTuple):
    """A heading: its title, where it leads, and the headings below it."""

    title: Markup
    url: str
    children: list[Heading]


@dataclass(frozen=True)
class Page:
    """A page of a type.

    ``fragment`` is what says what it says, of what is ``known``; ``address`` where it stands in the
    site. Of a page that is of one notice, ``notice`` is that one.
    """

    kind: str
    fragment: str
    address: str
    title: str
    description: str
    notice: Notice | None = None
    headings: Sequence[Heading] = ()
    known: Mapping[str, object] = field(default_factory=dict)
    feeds: Sequence[str] = ()
    """The addresses of feeds of its own."""
    has_outline: bool = False
    """Whether the page of its notice has contents."""
    mark: str = ""
    """A name for all that is known beside the settings: of a page that says else it is another."""

    def render(self, fragments: Fragments, **known: object) -> str:
        """Return what the page says, as HTML; it may use what is ``known`` besides."""
        url = partial(relative, self.address)
        return fragments.render(self.fragment, url, **self.known, **known)


def relative(page: str, address: str) -> str:
    """Return the link from ``page`` to ``address``, both from the root of the site."""
    slash = "/" if address.endswith("/") else ""
    # Below a root, nobody asks where this process is.
    return posixpath.relpath(f"/{address}", f"/{page}") + slash
