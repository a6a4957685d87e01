"""The search index: every section of every notice as title, text and address.

The browser fetches it with the first query and looks for exact substrings, so whatever a reader
can see he can find; ``theme/assets/javascripts/workers/notices.js`` is the other half.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from .catalogue import Catalogue, Notice
from .narrative import ITEM
from .pages import notice_address


def index_files(catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """Yield (path in the site, content): the sections, and the small file that names them.

    Every page fetches the small file, in the format of Material's own index; the sections are
    fetched by the first query. Their name holds their digest, so caches may keep them.
    """
    sections = _json([_notice_entry(notice) for notice in catalogue.notices])
    name = f"sections.{hashlib.sha256(sections).hexdigest()[:12]}.json"
    yield f"search/{name}", sections
    yield "search/search_index.json", _json({"config": {"sections": name}, "docs": []})


def _notice_entry(notice: Notice) -> dict[str, object]:
    return {
        "address": notice_address(notice),
        "title": notice.facts.title,
        "sections": [[*entry] for entry in _sections(notice)],
    }


def _sections(notice: Notice) -> Iterator[tuple[str, str, str]]:
    """Yield (anchor, title, text) of all that has a heading; the preamble has neither."""
    titles = {item.id: item.facts.title for item in notice.items}
    preamble = "\n".join(line.text for line in notice.narrative.preamble)
    yield "", "", preamble
    for section in notice.narrative.walk():
        if section.depth == ITEM:
            yield section.id, titles[section.id], f"{section.heading.text}\n{section.text}"
        else:
            yield section.id, section.heading.text, section.text


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
