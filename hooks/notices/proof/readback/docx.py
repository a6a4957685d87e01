"""``notice.docx``, read as a text processor does."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ...catalogue.notices import Notice
from ...facts import model
from ...outputs.exports import paper
from ...problem import Place, Problem
from .text import OUTPUT, difference, facts_differ, squeezed


def differences(
    path: str, data: bytes, notice: Notice, vocabulary: model.Vocabulary
) -> Iterator[Problem]:
    """Yield where the document says other than was approved, and its annex other than is known."""
    from docx import Document  # noqa: PLC0415 (takes a while, and is seldom needed)

    document = Document(io.BytesIO(data))
    texts = [text for text in _texts(document) if text.strip()]
    # The title, a paragraph or a row for each line of the text, then the annex.
    end = 1 + len(notice.narrative.lines) - notice.title_lines
    begin = 0 if notice.title_lines else 1
    annex = [paper.ANNEX, paper.annex_title(notice)] if notice.items else []
    if squeezed(texts[:1]) != squeezed([notice.facts.title]) or texts[end : end + 2] != annex:
        yield Problem(Place(path), OUTPUT, "标题、正文和附表的次序与应有的不同")
        return
    problems = [*difference(notice, squeezed(texts[begin:end]), OUTPUT, path)]
    tables = document.tables[-1:] if annex else []
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]
    wanted = [[i.id, i.facts.title, vocabulary[i.status].label] for i in notice.items]
    found = [row[:3] for row in rows]
    yield from problems or facts_differ(path, [("附表", wanted, found)])


def _texts(document: Any) -> Iterator[str]:
    """Yield each paragraph and each row of a table, cell by cell, as they follow each other."""
    for block in document.iter_inner_content():
        rows = getattr(block, "rows", None)
        if rows is None:
            yield block.text
        else:
            yield from ("\t".join(cell.text for cell in row.cells) for row in rows)
