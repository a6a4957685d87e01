"""All that a notice says, in one text: whether something stands in it at all is asked quickly."""

from __future__ import annotations

import functools

from ..catalogue.notices import Notice
from ..facts.source import YamlDocument
from ..problem import Place
from ..text.narrative import Line
from ..text.table import cells_of


def documents(notice: Notice) -> list[YamlDocument]:
    """Return the files of facts of a notice."""
    return [notice.record.document, *(item.document for item in notice.item_records.values())]


@functools.lru_cache(maxsize=2)
def approved_lines(notice: Notice) -> tuple[Line, ...]:
    """Return the lines of the approved text that are not blank, without the blanks around them.

    Those that the narrative takes for rows have cells, none of which loses its place for being
    blank; a tab in any other line is a character like others.
    """
    lines = [each for each in enumerate(notice.approved.splitlines(), 1) if each[1].strip()]
    ours = notice.narrative.lines
    rows = {line.text for line in ours if line.cells}
    taken = [bool(line.cells) for line in ours] if len(ours) == len(lines) else None
    return tuple(
        _approved_line(
            Place(notice.approved_path, number, len(text) - len(text.lstrip()) + 1),
            text,
            is_row=taken[at] if taken else "\t".join(cells_of(text)) in rows,
        )
        for at, (number, text) in enumerate(lines)
    )


def _approved_line(place: Place, text: str, *, is_row: bool) -> Line:
    cells = cells_of(text) if is_row else ()
    return Line(place, "\t".join(cells) if is_row else text.strip(), cells)


@functools.lru_cache(maxsize=2)
def all_text(notice: Notice) -> str:
    """Return all words of a notice, facts as they are typed and as they are read, and remarks."""
    files = documents(notice)
    # A value is in the file as it was typed, unless there are quotes with escapes in them.
    quoted = (each for each in files if '"' in each.text or "'" in each.text)
    values = (text for each in quoted for _, text in each.strings)
    # No number goes over the end of a cell.
    narrative = (
        words
        for each in notice.narrative.lines
        for words in (each.words if each.cells else (each.text,))
    )
    return "\n".join([*(each.text for each in files), *values, *narrative, notice.approved])
