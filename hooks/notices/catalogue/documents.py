"""The documents that a notice names: every 《title》 of its text, and where each stands."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from .notices import Item, Notice

# A title may have others within it: 《关于印发〈…〉的通知》, or the same with double brackets.
_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")


class Mention(NamedTuple):
    """A place that names a document.

    ``anchor`` is an id of the notice's page, or "" for its beginning; ``item`` is None where the
    place belongs to no item.
    """

    anchor: str
    item: Item | None
    label: str


class NamedDocument(NamedTuple):
    """A document by its title, and the places that name it, in the order of the text."""

    title: str
    mentions: list[Mention]


@functools.lru_cache(maxsize=2)  # several pages of a notice ask
def named_documents(notice: Notice) -> list[NamedDocument]:
    """Return the documents named in a notice, in the order in which they first appear.

    Titles are told apart character by character: what is printed differently is not the same.
    """
    found: dict[str, dict[Mention, None]] = {}
    for mention, text in _places(notice):
        for title in _TITLE.findall(text):
            found.setdefault(title, {})[mention] = None
    return [NamedDocument(title, list(mentions)) for title, mentions in found.items()]


def _places(notice: Notice) -> Iterator[tuple[Mention, str]]:
    """Yield each place that can be linked to, as small as it gets, with its text; a measure only if
    it may name something.
    """
    for line in notice.narrative.preamble:
        yield Mention("", None, "通报开头"), line.text
    for section in notice.narrative.all_sections:
        item = notice.items_by_id.get(section.id)
        if item:
            yield from _places_of_item(item)
        else:
            text = f"{section.heading.text}\n{section.text}"
            yield Mention(section.id, None, section.label or "结尾"), text


def _places_of_item(item: Item) -> Iterator[tuple[Mention, str]]:
    name = f"{item.id} {item.facts.title}"
    yield Mention(item.id, item, name), item.section.heading.text
    for part in item.parts:
        text = "\n".join(part.texts)
        if "《" in text:
            anchor = item.id.child(part.number) if part.number else item.id
            ordinal = f"（{part.ordinal}）" if part.ordinal else ""
            yield Mention(anchor, item, name + ordinal), text
