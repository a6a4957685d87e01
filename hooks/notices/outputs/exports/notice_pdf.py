"""``notice.pdf``: the approved text on paper, by GB/T 9704-2012, and after it the annex.

Free fonts take the place of the usual ones. The file says what it is to a screen reader (PDF/UA-1):
its language, its outline, and which words are headings, cells of a table or page numbers. Whoever
has the same fonts gets the same bytes.
"""

from __future__ import annotations

import datetime
import functools
import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...problem import Faulty, Place, Problem
from . import gbt9704, paper
from .edition import Edition
from .gbt9704 import BODY, CHARACTERS, FACES, INDENT, POINTS, TABLE, WIDTH
from .grid import chopped, parts
from .needs import font_folders

if TYPE_CHECKING:
    from typst import Compiler

_NAME = "notice.pdf"
_TEMPLATE = "paper/notice.typ"
_LEAST = 3
"""Lines that the last page of a text has."""


def make(edition: Edition) -> bytes:
    """Return the file; raise Faulty when a font lacks a character, or the template is wrong."""
    from typst import TypstError  # noqa: PLC0415 (seldom needed)

    template = edition.templates / _TEMPLATE
    stamp = datetime.datetime.combine(edition.stamp, datetime.time(), datetime.UTC)
    try:
        made = _compiler(font_folders()).compile(
            template.read_bytes(),
            format="pdf",
            sys_inputs={"paper": json.dumps(said(edition))},
            pdf_standards="ua-1",
            timestamp=int(stamp.timestamp()),
        )
    except TypstError as error:
        place = Place(f"notices/{edition.notice.id}/{_NAME}")
        message = f"排版 PDF 的程序不接受：{error.message}"
        raise Faulty(Problem(place, "paper-refused", message)) from None
    assert isinstance(made, bytes)
    return made


@functools.cache
def _compiler(folders: tuple[Path, ...]) -> Compiler:
    """Return what lays out pages, with the fonts in ``folders`` and no other."""
    from typst import Compiler, Fonts  # noqa: PLC0415 (seldom needed)

    found = Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(each) for each in folders],
    )
    return Compiler(font_paths=found)


def said(edition: Edition) -> dict[str, Any]:
    """Return all that the template is told: words as data, and the numbers of the standard."""
    facts = edition.notice.facts
    content = paper.make_paper(edition)
    return {
        "title": facts.title,
        "author": facts.publisher,
        "lines": content.title,
        "text": [*_text(content.text)],
        "tail": _tail(content.text),
        "annex": content.annex and _annex(content.annex),
        "annex_name": paper.ANNEX,
        "faces": {name: [face.family, *face.spare] for name, face in FACES.items()},
        "rule": {
            "page": gbt9704.PAGE, "top": gbt9704.TOP, "right": gbt9704.RIGHT,
            "bottom": gbt9704.BOTTOM, "left": gbt9704.LEFT, "line": gbt9704.LINE,
            "pitch": gbt9704.PITCH, "closer": gbt9704.TIGHTER, "indent": INDENT,
            "title": gbt9704.TITLE, "body": BODY, "folio": gbt9704.FOLIO, "table": TABLE,
            "lines": gbt9704.LINES, "least": _LEAST, "folio_below": gbt9704.FOLIO_BELOW,
        },
    }  # fmt: skip


def _text(text: Sequence[paper.Paragraph | paper.PaperTable]) -> Iterator[dict[str, Any]]:
    levels = _Levels()
    for each in text:
        if isinstance(each, paper.PaperTable):
            widths = [width * WIDTH for width in each.widths]
            rows = [_row(row, widths, levels.of(row.level)) for row in each.rows]
            yield {"widths": each.widths, "rows": rows}
        else:
            pieces = [(face, parts(words, CHARACTERS - INDENT)) for face, words in each.pieces]
            yield {
                "pieces": pieces, "level": levels.of(each.level), "label": each.label,
                "run_in": each.run_in,
            }  # fmt: skip


def _tail(text: Sequence[paper.Paragraph | paper.PaperTable]) -> int:
    """Return how many paragraphs at the end are sure to have three lines, or all that there are."""
    lines = count = 0
    for each in reversed(text):
        if isinstance(each, paper.PaperTable) or lines >= _LEAST:
            break
        narrow = sum(len(piece.text) for piece in each.pieces) / (2 * CHARACTERS)
        lines += max(math.ceil(narrow), 1)
        count += 1
    return count


def _row(row: paper.Cells, widths: Sequence[float], level: int) -> dict[str, Any]:
    fit = [WIDTH] * len(widths) if row.is_long else widths
    words = [_cell(text, width) for text, width in zip(row.words, fit, strict=True)]
    return {
        "words": words, "head": row.is_head, "long": row.is_long, "level": level,
        "label": row.label,
    }  # fmt: skip


def _annex(annex: paper.Annex) -> dict[str, Any]:
    return {
        "title": annex.title,
        "level": 2,
        "columns": annex.columns,
        "widths": paper.COLUMNS[:-1],
        "notes": [_cell(each, WIDTH) for each in annex.notes],
        "contact": [_cell(each, WIDTH) for each in annex.contact],
        "rows": [_item(row) for row in annex.rows],
    }


def _item(row: paper.AnnexRow) -> dict[str, Any]:
    _, title, _, details = paper.COLUMNS
    return {
        "id": row.id,
        "title": _cell(row.title, title),
        "status": row.status,
        "details": [_cell(each, details) for each in row.details],
        "long": row.is_long,
    }


def _cell(text: str, width: float) -> list[str | int]:
    """Return ``text`` for a cell of ``width`` millimetres, as if all its characters were wide."""
    return chopped(text, int((width * POINTS - paper.PADDING) / TABLE))


class _Levels:
    """The levels of headings below the title, of which none is left out on the way down."""

    def __init__(self) -> None:
        self._above = 1

    def of(self, level: int) -> int:
        """Return the level of a heading that stands at ``level`` in the outline, 0 for none."""
        if level:
            self._above = min(level, self._above) + 1
        return self._above if level else 0
