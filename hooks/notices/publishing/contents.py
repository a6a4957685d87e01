"""Contents: what stands in a site as it does in the project or the theme, and texts of its own."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

from .. import software
from ..catalogue.addresses import FEEDS, ICONS
from ..catalogue.days import last_second
from ..catalogue.listings import Portal
from ..catalogue.public import address_of
from ..catalogue.summary import Archive
from ..outputs.changes import PublicRecord
from ..outputs.changes.feed import feed_of, make_feed
from ..outputs.exports.edition import link
from ..outputs.fragments import Fragments

_SECURITY = ".well-known/security.txt"


def copied(archive: Archive, root: Path) -> dict[str, Path]:
    """Return the files that are copied into the site, by their address: pictures and documents of
    the project in ``root``, and all that stands in the site as in the theme.
    """
    files = {address_of(path): root / path for path in archive.attachments}
    return files | {name: software.THEME / name for name in ICONS}


def texts(
    portal: Portal, record: PublicRecord, fragments: Fragments, base: str
) -> Iterator[tuple[str, str]]:
    """Yield (address, text) of the feeds, and of security.txt (RFC 9116) if the site has somebody
    to report to; ``base`` is the address of the site, or "".
    """
    archive = portal.archive
    feeds = [make_feed(archive, record)]
    feeds += (feed_of(each, archive, record) for each in portal.publishers)
    for feed in feeds:
        url = functools.partial(link, base, folder=feed.folder)
        for name in FEEDS:
            yield feed.folder + name, str(fragments.render(name, url, feed=feed))
    if security := archive.site.security:
        last = last_second(security.expires, archive.site)
        yield _SECURITY, fragments.render("security.txt", str, security=security, last=last)
