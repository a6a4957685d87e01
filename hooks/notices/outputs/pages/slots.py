"""Slots: what is put into each, by whomever the page was written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from markupsafe import escape

from ...catalogue.settings import Settings
from ..fragments import Fragments, UrlOf
from . import frame
from .frame import FRAGMENTS, Frame
from .metadata import Described, describe
from .page import TEXT, Heading, Page, relative
from .qr import qr_code


class WrittenPage(NamedTuple):
    """A page that people wrote: what stands around its slots, and what these are filled with.

    ``address`` is that of its file, ``folder`` the one that its links are from; ``described`` is
    what it says of itself: its title, its description, its address, and where the home page is.
    """

    address: str
    folder: str
    frame: Frame
    described: tuple[str, str, str, str]
    headings: Sequence[Heading]


class Filler(NamedTuple):
    """Fills the slots of pages of one site."""

    fragments: Fragments
    settings: Settings

    def written(self, page: WrittenPage) -> str:
        """Return ``page`` as it is published."""
        described = Described(*page.described, column=True)
        url = partial(relative, page.folder)
        slots = {
            slot: self.fragments.render(slot, url)
            if slot.startswith(FRAGMENTS)
            else self.fill(slot, described, url, page.headings)
            for slot in page.frame.slots
        }
        return page.frame.filled(slots)

    def fill(self, slot: str, page: Described, url: UrlOf, headings: Sequence[Heading] = ()) -> str:
        """Return what stands in ``slot`` of ``page``, which says what it says elsewhere; ``url``
        turns addresses of the site into its links.
        """
        if slot == frame.TOPIC:
            return str(escape(page.title))
        known: dict[str, object] = {"page": page, "headings": headings}
        if slot == frame.HEAD:
            image = f"{self.fragments.site_url}apple-touch-icon.png"
            name = self.settings.site.title
            known |= {"told": describe(page, self.settings, name, image), "site_name": name}
        return self.fragments.render(f"page/{slot}", url, qr=qr_code, **known)

    def slots(self, page: Page, **known: object) -> dict[str, str]:
        """Return all slots of ``page``, which may use what is ``known`` besides."""
        base = self.fragments.site_url
        described = Described(
            title=page.title,
            description=page.description,
            address=base and base + page.address,
            home=base or relative(page.address, ""),
            column=page.kind != TEXT,
            notice=page.notice,
            feeds=[relative(page.address, each) for each in page.feeds],
            has_outline=page.has_outline,
        )
        url = partial(relative, page.address)
        filled = {
            slot: self.fill(slot, described, url, page.headings)
            for slot in frame.SLOTS
            if slot != frame.CONTENT
        }
        return filled | {frame.CONTENT: page.render(self.fragments, **known)}
