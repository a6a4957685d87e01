"""Files of the whole site, for programs: what there is and where, its schema, and the deadlines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any, NamedTuple

from pydantic_core import to_json

from ...catalogue.addresses import notice_address
from ...catalogue.summary import Archive, Summary
from . import shape
from .edition import link
from .outputs import Download

CATALOGUE = "catalogue.json"
DEADLINES = "deadlines.ics"


Revisions = Mapping[str, Set[str]]


class Stand(NamedTuple):
    """What files of the whole site are made from, with the exports of all notices."""

    archive: Archive
    base: str
    downloads: Mapping[str, Sequence[Download]]
    revisions: Callable[[], Revisions]
    """Gives the commits that touched each file; none when there is no history."""


def addresses(archive: Archive) -> tuple[str, ...]:
    """Return where the files stand; without any deadline there is no calendar of them."""
    return (CATALOGUE, shape.SCHEMA, *((DEADLINES,) if archive.has_deadlines else ()))


def make(address: str, stand: Stand) -> bytes:
    """Return the file of one of these addresses."""
    if address == DEADLINES:
        from . import deadlines_ics  # noqa: PLC0415 (its library takes as long as a page)

        return deadlines_ics.make(stand.archive, stand.base, stand.revisions())
    own = stand.base and stand.base + shape.SCHEMA
    return _json(_catalogue(stand) if address == CATALOGUE else shape.schema(own))


def sitewide(stand: Stand) -> dict[str, bytes]:
    """Return all files by their address."""
    return {address: make(address, stand) for address in addresses(stand.archive)}


def _catalogue(stand: Stand) -> dict[str, Any]:
    notices = stand.archive.notices
    return {
        "version": shape.VERSION,
        "publisher": stand.archive.site.publisher,
        "url": link(stand.base, ""),
        "schema": link(stand.base, shape.SCHEMA),
        "counts": {
            "notices": len(notices),
            "items": sum(notice.item_count for notice in notices),
            "withheld": sum(notice.withheld for notice in notices),
            "measures": sum(notice.measure_count for notice in notices),
        },
        "notices": [_entry(notice, stand) for notice in notices],
    }


def _entry(notice: Summary, stand: Stand) -> dict[str, Any]:
    address = notice_address(notice)
    published = notice.published
    return {
        "id": notice.id,
        "title": notice.title,
        "publisher": notice.publisher,
        **({"published": published.isoformat()} if published else {}),
        "url": link(stand.base, address),
        "items": notice.item_count,
        "withheld": notice.withheld,
        "measures": notice.measure_count,
        "exports": [
            {"format": each.label, "url": link(stand.base, each.address), "size": each.size}
            for each in stand.downloads[notice.id]
        ],
    }


def _json(content: Any) -> bytes:
    return to_json(content, indent=1) + b"\n"
