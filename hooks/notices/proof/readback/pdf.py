"""``notice.pdf``, read with the engine of browsers, page by page, without the numbers of pages.

In a PDF characters are pictures; ours says of each which characters it stands for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from ...catalogue.notices import Notice
from ...facts import model
from ...outputs.exports import paper
from ...problem import Place, Problem, shown
from .text import OUTPUT, difference, squeezed, words

_READ_AS = {ord(one): unicodedata.normalize("NFKC", one) for one in "ﬀﬁﬂﬃﬄﬅﬆ"}
_READ_AS |= dict.fromkeys((0xAD, 0xFFFE), "-")
"""What the engine reads otherwise: letters that are one character one by one, and a hyphen, soft or
not, at the end of a line as a sign of its own."""


def differences(
    path: str, data: bytes, notice: Notice, vocabulary: model.Vocabulary
) -> Iterator[Problem]:
    """Yield where the document says other than was approved, and its annex other than is known."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415 (seldom needed)

    document = PdfDocument(data)
    pages = [_read([each.get_textpage().get_text_range()]) for each in document]
    pages = [_without_number(text, number) for number, text in enumerate(pages, 1)]
    annex_begins = _read([paper.ANNEX, paper.annex_title(notice)])
    begins = len(pages)
    if notice.items:
        begins = next(n for n, text in enumerate(pages) if text.startswith(annex_begins))
    title = "" if notice.title_lines else _read([notice.facts.title])
    said = "".join(pages[:begins])
    if said == title + _read([words(notice)]):
        annex = "".join(pages[begins:]).replace(_read(paper.annex_columns(notice)), "")
        rows = [_read([i.id, i.facts.title, vocabulary[i.status].label]) for i in notice.items]
        yield from _rows(path, annex, rows)
    elif said.startswith(title):
        yield from difference(notice, said[len(title) :], OUTPUT, path)
    else:
        yield Problem(Place(path), OUTPUT, "开头不是标题")


def _read(texts: Iterable[str]) -> str:
    """Return ``texts`` as one, without white space, as the engine reads it."""
    return squeezed(texts).translate(_READ_AS)


def _without_number(text: str, number: int) -> str:
    folio = f"—{number}—"
    return text.removesuffix(folio) if text.endswith(folio) else text.removeprefix(folio)


def _rows(path: str, annex: str, rows: list[str]) -> Iterator[Problem]:
    """Yield the first of ``rows`` that does not stand in the annex behind those before it."""
    at = 0
    for row in rows:
        found = annex.find(row, at)
        if found < 0:
            message = f"附表里没有“{shown(row)}”这一行，或者次序不对"
            yield Problem(Place(path), OUTPUT, message)
            return
        at = found + len(row)
