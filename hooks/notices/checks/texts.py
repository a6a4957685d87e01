"""All that a notice says, in one text: whether something stands in it at all is asked quickly."""

from __future__ import annotations

import functools

from ..catalogue.notices import Notice
from ..facts.source import Document


def documents(notice: Notice) -> list[Document]:
    """Return the files of facts of a notice."""
    return [notice.record.document, *(item.document for item in notice.item_records.values())]


@functools.lru_cache(maxsize=2)
def all_text(notice: Notice) -> str:
    """Return all words of a notice, facts as they are typed and as they are read, and remarks."""
    files = documents(notice)
    # A value is in the file as it was typed, unless there are quotes with escapes in them.
    quoted = (each for each in files if '"' in each.text or "'" in each.text)
    values = (text for each in quoted for _, text in each.strings)
    narrative = (each.text for each in notice.narrative.lines)
    return "\n".join([*(each.text for each in files), *values, *narrative, notice.approved])
