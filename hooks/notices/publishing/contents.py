"""Contents: what stands in a site as it does in the project or the theme, and texts of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .. import software
from ..catalogue.addresses import FEEDS, ICONS, approved_texts
from ..catalogue.days import last_second
from ..catalogue.public import address_of
from ..catalogue.summary import Archive
from ..outputs.changes import PublicRecord
from ..outputs.changes.feed import make_feed
from ..outputs.fragments import Fragments

_SECURITY = ".well-known/security.txt"


def copied(archive: Archive, root: Path) -> dict[str, Path]:
    """Return the files that are copied into the site, by their address: approved texts, pictures
    and documents of the project in ``root``, and all that stands in the site as in the theme.
    """
    approved = approved_texts(archive.notices)
    files = {path: root / f"data/notices/{name}/approved.txt" for name, path in approved.items()}
    files |= {address_of(path): root / path for path in archive.attachments}
    return files | {name: software.THEME / name for name in ICONS}


def texts(
    archive: Archive, record: PublicRecord, fragments: Fragments, base: str
) -> Iterator[tuple[str, str]]:
    """Yield (address, text) of the feeds, and of security.txt (RFC 9116) if the site has somebody
    to report to; ``base`` is the address of the site, or "".
    """
    feed = make_feed(archive, record)
    for name in FEEDS:
        known = {"feed": feed, "site_name": archive.site.title}
        yield name, str(fragments.render(name, lambda address: base + address, **known))
    if security := archive.site.security:
        last = last_second(security.expires, archive.site)
        yield _SECURITY, fragments.render("security.txt", str, security=security, last=last)
