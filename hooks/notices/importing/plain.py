"""Plain text, from a file or pasted."""

from __future__ import annotations

from collections.abc import Iterator

from ..text.numerals import read_ordinal
from .across import stands_across
from .encodings import decoded
from .source import ACROSS, Answers, Line, Question, Source

_WIDE = 5  # columns of a table that surely goes on
_AROUND = " \u3000\u00a0\r\f\v\ufeff"


def read_plain(data: bytes, name: str, answers: Answers) -> Source:
    """Return the lines of plain text; one with tabs is a row of a table."""
    text = decoded(data, name, answers)
    if isinstance(text, Question):
        return Source((), (text,))
    return Source(tuple(lines_of(text)))


def _numbered(line: str) -> str:
    """Return a line without the tab behind its number, with which programs copy automatic ones."""
    label, tab, text = line.partition("\t")
    ordinal = read_ordinal(label + " ") if tab and "\t" not in text.strip() else None
    if not ordinal or ordinal.words.strip() != label.strip() or not text.strip():
        return line
    between = " " if text.lstrip()[:1].isdecimal() else ""
    return f"{label.strip()}{between}{text.strip()}"


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of ``text`` that are not blank, without the blanks around them."""
    tabs = width = 0
    for number, raw in enumerate(text.splitlines(), 1):
        own = raw.strip(_AROUND) if tabs else _numbered(raw.strip(_AROUND))
        # Tabs that only indent a line are none between cells, unless the row before has as many.
        is_row = "\t" in own.strip() or bool(tabs and own.count("\t") == tabs and own.strip())
        if is_row:
            cells = [cell.strip() for cell in own.split("\t")]
            # Editors drop the tab before a last cell that is blank.
            cells += [""] * (len(cells) + 1 == width >= _WIDE)
            width = len(cells)
            if stands_across(cells):
                yield Line(cells[0], f"第{number}行", level=ACROSS)
            else:
                yield Line("\t".join(cells), f"第{number}行", tuple(cells))
        elif own.strip():
            yield Line(own.strip(), f"第{number}行")
        tabs = len(cells) - 1 if is_row else 0
