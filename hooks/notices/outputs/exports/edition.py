"""The edition: one notice, and all else that its exports are made from."""

from __future__ import annotations

import datetime
import posixpath
from dataclasses import dataclass
from pathlib import Path

from ...catalogue.addresses import notice_address
from ...catalogue.notices import Notice
from ...catalogue.past import EARLIEST, past_days
from ...facts import model

LATEST = datetime.date(2107, 12, 31)
"""The last day that a ZIP archive can name."""


@dataclass(frozen=True)
class Edition:
    """A notice as the public may see it, for a site at ``base`` (``""``: no one knows where)."""

    notice: Notice
    site: model.Site
    vocabulary: model.Vocabulary
    base: str
    templates: Path
    """The folder of the fragments."""

    def link(self, address: str) -> str:
        """Return a link to ``address``, of the site, for a file that stands beside the page."""
        return link(self.base, address, notice_address(self.notice))

    def permalink(self, anchor: str = "") -> str:
        """Return a link to the notice's page, or to what stands there under ``anchor``."""
        return self.link(notice_address(self.notice)) + (f"#{anchor}" if anchor else "")

    def label(self, status: str | None) -> str:
        """Return the word that readers see for a status."""
        return self.vocabulary[status].label if status else ""

    @property
    def stamp(self) -> datetime.date:
        """The last day that the facts tell of, which stands in files where a time must stand.

        A slip of the hand may make it any day: what is not committed has no day to be held against.
        """
        return min(max(past_days(self.notice), default=EARLIEST), LATEST)


def link(base: str, address: str, folder: str = "") -> str:
    """Return a link to ``address``: an absolute one below ``base``, else one from ``folder``."""
    if base:
        return base + address
    slash = "/" if address.endswith("/") or not address else ""
    if not folder:  # as for all of an archive
        return posixpath.normpath(address) + slash
    return posixpath.relpath(address or ".", folder or ".") + slash
