"""Exports made for the tests, and read back the way their readers do."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from docx import Document
from docx.document import Document as Docx
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from notices.cache import Drawer
from notices.catalogue.loading import load
from notices.catalogue.notices import Catalogue
from notices.outputs.exports import Export, exports_beside, make_exports
from notices.outputs.exports.edition import Edition
from notices.outputs.exports.gbt9704 import BODY, BOTTOM, POINTS, TITLE
from notices.outputs.exports.outputs import OUTPUTS
from notices.outputs.exports.paper import ANNEX
from sitehouse import ROOT

BASE = "https://notices.example.org/below/"
TEMPLATES = ROOT / "theme" / "fragments"


class Word(NamedTuple):
    """Words on a page of a PDF: where they begin, in points from below and left."""

    page: int
    x: float
    y: float
    size: float
    font: str
    text: str


def kept_exports(editions: Iterable[Edition], kept: Drawer) -> dict[str, Export]:
    """Return the exports of editions by their address, as ``kept`` has them or made anew."""
    return {
        address: export
        for edition in editions
        for address, export in make_exports(exports_beside(edition, kept)).items()
    }


@dataclass(frozen=True)
class Made:
    """The exports of one notice."""

    edition: Edition
    files: dict[str, bytes]

    @cached_property
    def pdf(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.files["notice.pdf"]))

    @cached_property
    def words(self) -> list[Word]:
        return [*words(self.pdf)]

    @cached_property
    def docx(self) -> Docx:
        return Document(io.BytesIO(self.files["notice.docx"]))

    @cached_property
    def xlsx(self) -> Workbook:
        return load_workbook(io.BytesIO(self.files["items.xlsx"]))

    @cached_property
    def csv(self) -> list[dict[str, str]]:
        text = self.files["items.csv"].decode("utf-8-sig")
        return [*csv.DictReader(io.StringIO(text, newline=""))]

    def sheet(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of a sheet by the headers of their columns."""
        head, *rows = self.xlsx[name].iter_rows(values_only=True)
        return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def editions(project: Path, base: str = BASE) -> dict[str, Edition]:
    """Return the editions of what ``project`` makes public, by notice."""
    public = load(project)[0].public()
    return {edition.notice.id: edition for edition in editions_of(public, base)}


def editions_of(public: Catalogue, base: str = BASE) -> Iterator[Edition]:
    for notice in public.notices:
        yield Edition(notice, public.site, public.vocabulary, base, TEMPLATES)


def make(edition: Edition) -> Made:
    return Made(edition, {output.name: output.make(edition) for output in OUTPUTS})


def words(pdf: PdfReader) -> Iterator[Word]:
    """Yield the words of a PDF in their order, those of a line in one face as one."""

    def style(word: Word) -> tuple[object, ...]:
        return word.page, round(word.y, 2), round(word.size, 2), word.font

    for _, group in itertools.groupby(_drawn(pdf), style):
        found = [*group]
        yield found[0]._replace(text="".join(word.text for word in found))


def _drawn(pdf: PdfReader) -> Iterator[Word]:
    """Yield the words of a PDF as they are drawn, some at a time."""
    found: list[Word] = []
    for number, page in enumerate(pdf.pages):

        def visit(  # noqa: PLR0917 (pypdf's)
            text: str, place: Any, matrix: Any, font: Any, size: float, page: int = number
        ) -> None:
            if text.strip() and font:
                scale = abs(place[0])
                x = matrix[4] * place[0] + matrix[5] * place[2] + place[4]
                y = matrix[4] * place[1] + matrix[5] * place[3] + place[5]
                name = str(font["/BaseFont"]).split("+")[-1].removesuffix("-Identity-H")
                found.append(Word(page, x, y, size * abs(matrix[0]) * scale, name, text))

        page.extract_text(visitor_text=visit)
    yield from found


def pdf_text(made: Made) -> str:
    """Return the words of the text: after the title, before the annex, without page numbers."""
    annex = next(word.page for word in made.words if word.text.strip() == ANNEX)
    body = [w for w in made.words if w.page < annex and w.y > BOTTOM * POINTS - 1]
    return "".join(word.text for word in body if abs(word.size - TITLE) > 1)


def docx_text(made: Made) -> str:
    """Return the words of the text: after the title, before the annex."""
    texts = [line.text for line in made.docx.paragraphs]
    return "\n".join(texts[1 : texts.index(ANNEX)])


def squeezed(text: str) -> str:
    """Return ``text`` without white space."""
    return "".join(text.split())


__all__ = ["BASE", "BODY", "Made", "Word", "editions", "make", "replace", "words"]
