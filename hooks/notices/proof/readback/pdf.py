"""``notice.pdf``, read with the engine of browsers, page by page, without the numbers of pages.

In a PDF characters are pictures: where the words differ, :mod:`.looks` says whether they look the
same.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...catalogue.notices import Notice
from ...facts import model
from ...outputs.exports import paper
from ...problem import Place, Problem, shown
from . import looks
from .text import OUTPUT, difference, squeezed, words


def differences(
    path: str, data: bytes, notice: Notice, vocabulary: model.Vocabulary
) -> Iterator[Problem]:
    """Yield where the document says other than was approved, and its annex other than is known."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415 (seldom needed)

    document = PdfDocument(data)
    pages = [squeezed([each.get_textpage().get_text_range()]) for each in document]
    pages = [_without_number(text, number) for number, text in enumerate(pages, 1)]
    annex_begins = paper.ANNEX + squeezed([paper.annex_title(notice)])
    begins = len(pages)
    if notice.items:
        begins = next(n for n, text in enumerate(pages) if text.startswith(annex_begins))
    title = "" if notice.title_lines else squeezed([notice.facts.title])
    said = "".join(pages[:begins])
    if looks.look_alike(said, title + words(notice)):
        annex = "".join(pages[begins:]).replace(squeezed(paper.annex_columns(notice)), "")
        rows = [squeezed([i.id, i.facts.title, vocabulary[i.status].label]) for i in notice.items]
        yield from _rows(path, annex, rows)
    elif looks.folded(said).startswith(looks.folded(title)):
        yield from difference(notice, said[len(title) :], OUTPUT, path)
    else:
        yield Problem(Place(path), OUTPUT, "开头不是标题")


def _without_number(text: str, number: int) -> str:
    folio = f"—{number}—"
    return text.removesuffix(folio) if text.endswith(folio) else text.removeprefix(folio)


def _rows(path: str, annex: str, rows: list[str]) -> Iterator[Problem]:
    """Yield the first of ``rows`` that does not stand in the annex behind those before it."""
    at, read = 0, looks.folded(annex)
    for row in rows:
        at = looks.find(read, row, at)
        if at < 0:
            message = f"附表里没有“{shown(row)}”这一行，或者次序不对"
            yield Problem(Place(path), OUTPUT, message)
            return
