"""Offered: all that a site has and that its own pages may lead to, by the source that names it."""

from __future__ import annotations

from .addresses import sitewide
from .listings import Portal
from .public import address_of
from .summary import Archive


def offered(archive: Archive) -> dict[str, str]:
    """Return the address of everything that the site of ``archive`` has, by its source."""
    sources = [path.removeprefix("content/") for path in (*archive.pages, *archive.attachments)]
    sources += sitewide(deadlines=archive.has_deadlines, security=bool(archive.site.security))
    sources += [source for notice in archive.notices for source in notice.sources]
    sources += Portal(archive).sources()
    return {source: address_of(source) for source in sources}
