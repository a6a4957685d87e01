"""Files of the whole site, for programs: what there is and where, its schema, and the deadlines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from typing import Any, NamedTuple

from ...catalogue.addresses import notice_address
from ...catalogue.due import due
from ...catalogue.notices import Catalogue, Notice
from . import shape
from .edition import link
from .outputs import Download

CATALOGUE = "catalogue.json"
DEADLINES = "deadlines.ics"


Revisions = Mapping[str, Set[str]]


class Stand(NamedTuple):
    """What files of the whole site are made from, with the exports of all notices."""

    catalogue: Catalogue
    base: str
    downloads: Mapping[str, list[Download]]
    revisions: Revisions
    """The commits that touched each file; none when there is no history."""


def sitewide(stand: Stand) -> dict[str, bytes]:
    """Return the files by their address; without any deadline there is no calendar of them."""
    address = stand.base and stand.base + shape.SCHEMA
    files = {CATALOGUE: _json(_catalogue(stand)), shape.SCHEMA: _json(shape.schema(address))}
    items = (item for notice in stand.catalogue.notices for item in notice.items)
    if any(due(item.facts.deadline) for item in items):
        from .deadlines_ics import make  # noqa: PLC0415 (its library takes as long as a page)

        files[DEADLINES] = make(stand.catalogue, stand.base, stand.revisions)
    return files


def _catalogue(stand: Stand) -> dict[str, Any]:
    notices = stand.catalogue.notices
    return {
        "version": shape.VERSION,
        "publisher": stand.catalogue.site.publisher,
        "url": link(stand.base, ""),
        "schema": link(stand.base, shape.SCHEMA),
        "counts": {
            "notices": len(notices),
            "items": sum(len(notice.items) + notice.withheld for notice in notices),
            "withheld": sum(notice.withheld for notice in notices),
            "measures": sum(notice.measure_counts.total() for notice in notices),
        },
        "notices": [_entry(notice, stand) for notice in notices],
    }


def _entry(notice: Notice, stand: Stand) -> dict[str, Any]:
    address = notice_address(notice)
    published = notice.facts.published
    return {
        "id": notice.id,
        "title": notice.facts.title,
        "publisher": notice.facts.publisher,
        **({"published": published.isoformat()} if published else {}),
        "url": link(stand.base, address),
        "items": len(notice.items) + notice.withheld,
        "withheld": notice.withheld,
        "measures": notice.measure_counts.total(),
        "exports": [
            {"format": each.label, "url": link(stand.base, each.address), "size": each.size}
            for each in stand.downloads[notice.id]
        ],
    }


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
