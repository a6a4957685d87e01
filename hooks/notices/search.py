"""The search index: every section of every notice as title, text and address.

The browser fetches it with the first query and looks for exact substrings, so whatever a reader
can see he can find; ``theme/assets/javascripts/workers/notices.js`` is the other half.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass

from .catalogue import Catalogue, Item, Notice
from .narrative import ITEM
from .pages import chinese_date, notice_address


@dataclass(frozen=True)
class Entry:
    """What can be found: where it stands below its notice's address, its title and its text.

    ``notes`` are the facts beside the text.
    """

    place: str
    title: str
    text: str
    notes: str = ""


def index_files(catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """Yield (path in the site, content): the sections, and the small file that names them.

    Every page fetches the small file, in the format of Material's own index; the sections are
    fetched by the first query. Their name holds their digest, so caches may keep them.
    """
    sections = _json([_notice_entry(notice, catalogue) for notice in catalogue.notices])
    name = f"sections.{hashlib.sha256(sections).hexdigest()[:12]}.json"
    yield f"search/{name}", sections
    yield "search/search_index.json", _json({"config": {"sections": name}, "docs": []})


def _notice_entry(notice: Notice, catalogue: Catalogue) -> dict[str, object]:
    return {
        "address": notice_address(notice),
        "title": notice.facts.title,
        "sections": [astuple(entry) for entry in _entries(notice, catalogue)],
    }


def _entries(notice: Notice, catalogue: Catalogue) -> Iterator[Entry]:
    """Yield the notice as a whole, its ledger, and all that has a heading."""
    preamble = "\n".join(line.text for line in notice.narrative.preamble)
    yield Entry("", notice.facts.title, preamble, notice.facts.publisher)
    yield Entry("ledger/", "整改台账", notice.facts.title)
    items = {item.id: item for item in notice.items}
    for section in notice.narrative.all_sections:
        place, heading = f"#{section.id}", section.heading.text
        if section.depth == ITEM:
            item = items[section.id]
            notes = "\n".join(_notes(item, catalogue))
            yield Entry(place, item.facts.title, f"{heading}\n{section.text}", notes)
        else:
            yield Entry(place, heading, section.text)


def _notes(item: Item, catalogue: Catalogue) -> Iterator[str]:
    """Yield the facts of an item as they are shown beside its text."""
    facts, vocabulary = item.facts, catalogue.vocabulary
    yield f"{item.id} 整改状态：{vocabulary[item.status].label}"
    for measure in item.measures:
        yield f"{measure.ordinal}{vocabulary[measure.facts.status].label}"
    for basis in (facts.basis, *(measure.facts.basis for measure in item.measures)):
        if basis and basis.document:
            yield f"《{basis.document.title}》（{chinese_date(basis.document.date)}）"
    if facts.responsible:
        yield from filter(None, facts.responsible.model_dump().values())
    if facts.deadline:
        yield f"完成时限{chinese_date(facts.deadline)}"
    if facts.goal:
        yield facts.goal
    for update in facts.updates:
        yield f"{chinese_date(update.date)} {update.text} {update.source}"
    if facts.verified:
        yield f"{facts.verified.by}核实 《{facts.verified.document}》"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
