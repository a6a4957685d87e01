"""``notice.docx``: the approved text on paper, by GB/T 9704-2012, and after it the annex.

What is not approved text has styles of its own, by which an import tells it from the text.
The fonts are those that the standard's users have; a text processor that lacks one puts another in
its place.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor, Twips
from docx.styles.style import ParagraphStyle
from docx.table import _Cell as Cell
from docx.table import _Row as Row
from docx.text.paragraph import Paragraph as Line
from docx.text.run import Run

from ...importing.exported import ANNOTATION
from . import gbt9704, paper
from .archive import of_edition, settle
from .edition import Edition
from .gbt9704 import FACES, FacedWords

# Whole twips, rounded down: 22 lines must not be longer than the type area.
_LINE = Twips(int(gbt9704.LINE * 20))
_CHARACTER = round((gbt9704.PITCH - gbt9704.BODY) * 4096)  # as OOXML counts it
_TIGHTER = math.floor(gbt9704.TIGHTER * 20)  # twips
_TITLE, _PLAIN, _SMALL = "Title", "No Spacing", "附表文字"
_BESIDE = {of: f"{ANNOTATION} {of}" for of in (_TITLE, _PLAIN, _SMALL)}
"""Styles that look like these, of what stands beside the text."""
_ORDERS = {
    qn(parent): [qn(f"w:{name}") for name in names.split()]
    for parent, names in {
        "w:pPr": "pStyle keepNext keepLines pageBreakBefore widowControl snapToGrid spacing ind jc "
        "outlineLvl",
        "w:rPr": "rStyle rFonts b bCs i iCs snapToGrid color spacing kern sz szCs lang",
    }.items()
}
"""In which order OOXML wants the properties of paragraphs and of runs."""
_BLACK = RGBColor(0, 0, 0)


def make(edition: Edition) -> bytes:
    """Return the file."""
    document = Document()
    _drop_template(document)
    _set_styles(document)
    _set_page(document)
    _write(document, paper.make_paper(edition))
    written = io.BytesIO()
    document.save(written)
    return settle(written.getvalue(), of_edition(edition))


def _write(document: Docx, content: paper.Paper) -> None:
    title = _add(document, _TITLE if content.has_own_title else _BESIDE[_TITLE])
    for number, line in enumerate(content.title):
        run = title.add_run(line)
        if number < len(content.title) - 1:
            run.add_break()
    _add(document, _PLAIN)
    for paragraph in content.text:
        if isinstance(paragraph, paper.PaperTable):
            _write_table(document, paragraph)
            continue
        is_heading = paragraph.level and not paragraph.run_in
        style = f"Heading {paragraph.level}" if is_heading else "Body Text"
        _add(document, style, *paragraph.pieces)
    if content.annex:
        _write_annex(document, content.annex)


def _write_table(document: Docx, content: paper.PaperTable) -> None:
    """Write a table of the text; like that, it says its head once."""
    widths = [gbt9704.WIDTH * part for part in content.widths]
    table = _table(document, widths)
    for row in content.rows:
        cells = [[words] for words in row.words]
        _fill(table.add_row(), _SMALL, cells, "first" if row.is_head else "body", widths)


def _table(document: Docx, widths: Sequence[float]) -> Any:
    """Add a table of columns so wide, in millimetres."""
    table = document.add_table(0, len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _write_annex(document: Docx, annex: paper.Annex) -> None:
    head = _add(document, _BESIDE[_PLAIN], FacedWords("first", paper.ANNEX))
    head.paragraph_format.page_break_before = True
    _add(document, _BESIDE[_PLAIN])
    title = _add(document, _BESIDE[_TITLE], FacedWords("body", annex.title))
    _set(title._p.get_or_add_pPr(), "w:outlineLvl", val="0")
    for note in annex.notes:
        _add(document, _BESIDE[_SMALL], FacedWords("body", note))
    table = _table(document, paper.COLUMNS)
    head_row = table.add_row()
    _set(head_row._tr.get_or_add_trPr(), "w:tblHeader")
    _fill(head_row, _BESIDE[_SMALL], [[column] for column in annex.columns], "first", paper.COLUMNS)
    for row in annex.rows:
        cells = [[row.id], [row.title], [row.status], row.details]
        added = table.add_row()
        _set(added._tr.get_or_add_trPr(), "w:cantSplit")
        _fill(added, _BESIDE[_SMALL], cells, "body", paper.COLUMNS)
    for line in annex.contact:
        _add(document, _BESIDE[_SMALL], FacedWords("body", line))


def _fill(
    row: Row, style: str, cells: Sequence[Sequence[str]], face: str, widths: Sequence[float]
) -> None:
    for cell, texts, width in zip(row.cells, cells, widths, strict=True):
        cell.width = Mm(width)
        for text in texts or [""]:
            _add(cell, style, FacedWords(face, text))
        cell._tc.remove(cell.paragraphs[0]._p)  # the empty one that every cell begins with


def _add(to: Docx | Cell, style: str, *words: FacedWords) -> Line:
    """Add a paragraph, and return it."""
    line = to.add_paragraph()
    # By its id: the library looks a name up among all styles, every time.
    line._p.style = style.replace(" ", "")
    for piece in words:
        run = line.add_run(piece.text)
        if piece.face != "body":
            _set_face(run, piece.face)
    return line


def _set_styles(document: Docx) -> None:
    """Give every style the lines and characters of the grid, and let none follow it.

    The page says its grid, but only Word lays it out as the standard means it: LibreOffice lets a
    character that is wider than a cell stand in two.
    """
    normal = _style(document, "Normal", "body", gbt9704.BODY, _LINE)
    normal.paragraph_format.widow_control = False
    _set(normal.element.get_or_add_rPr(), "w:lang", eastAsia="zh-CN", val="zh-CN")
    for name in ("Body Text", *(f"Heading {level}" for level in range(1, 6))):
        style = _style(document, name, "body", gbt9704.BODY, _LINE)
        _set(style.element.get_or_add_rPr(), "w:spacing", val=str(_TIGHTER))
        indent = {"firstLineChars": f"{gbt9704.INDENT}00"}
        indent["firstLine"] = str(round(gbt9704.INDENT * gbt9704.PITCH * 20))
        _set(style.element.get_or_add_pPr(), "w:ind", **indent)
        style.paragraph_format.keep_with_next = name != "Body Text"
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _style(document, _PLAIN, "body", gbt9704.BODY, _LINE)
    title = _style(document, _TITLE, "title", gbt9704.TITLE, _LINE)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles.add_style(_SMALL, WD_STYLE_TYPE.PARAGRAPH).base_style = normal
    _style(document, _SMALL, "body", gbt9704.TABLE, Pt(gbt9704.TABLE * 1.5))
    _style(document, "Footer", "folio", gbt9704.FOLIO, Pt(gbt9704.FOLIO))
    for of, beside in _BESIDE.items():
        style = document.styles.add_style(beside, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles[of]


def _style(document: Docx, name: str, face: str, size: float, line: Length) -> ParagraphStyle:
    """Return a style of which nothing is left but what is given."""
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    for properties in (style.element.pPr, style.element.rPr):
        for each in [*(properties if properties is not None else ())]:
            if each.tag != qn("w:outlineLvl"):
                properties.remove(each)
    style.font.size, style.font.color.rgb = Pt(size), _BLACK
    style.font.bold = style.font.italic = False
    _set_face(style, face)
    for properties in (style.element.get_or_add_pPr(), style.element.get_or_add_rPr()):
        _set(properties, "w:snapToGrid", val="0")
    spacing = style.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, line
    return style


def _set_face(of: Run | ParagraphStyle, face: str) -> None:
    name = FACES[face].name
    of.font.name = name
    fonts = of.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    assert fonts is not None
    fonts.set(qn("w:eastAsia"), name)


def _set_page(document: Docx) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, gbt9704.PAGE)
    section.top_margin, section.bottom_margin = Mm(gbt9704.TOP), Mm(gbt9704.BOTTOM)
    section.left_margin, section.right_margin = Mm(gbt9704.LEFT), Mm(gbt9704.RIGHT)
    # The dashes are in the middle of the number's line.
    half = gbt9704.FOLIO / gbt9704.POINTS / 2
    section.footer_distance = Mm(gbt9704.BOTTOM - gbt9704.FOLIO_BELOW - half)
    grid = {"type": "linesAndChars", "linePitch": str(_LINE.twips), "charSpace": str(_CHARACTER)}
    _set(section._sectPr, "w:docGrid", **grid)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, is_odd in ((section.footer, True), (section.even_page_footer, False)):
        _number_pages(footer.paragraphs[0], is_odd=is_odd)


def _number_pages(line: Line, *, is_odd: bool) -> None:
    """Write ``— 1 —`` on the outer side, a character away from the edge of the type area."""
    side, edge = ("right", "rightChars") if is_odd else ("left", "leftChars")
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if is_odd else WD_ALIGN_PARAGRAPH.LEFT
    _set(line._p.get_or_add_pPr(), "w:ind", **{edge: "100", side: str(gbt9704.FOLIO * 20)})
    line.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    line._p.append(field)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    line.add_run(" —")


def _set(parent: Any, tag: str, **attributes: str) -> None:
    """Set an element of OOXML below ``parent``, in the place of one that is there."""
    for old in parent.findall(qn(tag)):
        parent.remove(old)
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    if parent.tag in _ORDERS:
        parent[:] = sorted(parent, key=lambda each: _ORDERS[parent.tag].index(each.tag))


def _drop_template(document: Docx) -> None:
    """Take away what the library's template brings along: a picture of an empty page."""
    package = document.part.package
    for key, relation in [*package.rels.items()]:
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]
