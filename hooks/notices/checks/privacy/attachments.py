"""The words in attachments, and beside them: of documents by a library each, of pictures the notes.

What no library can read cannot be passed.
"""

from __future__ import annotations

import codecs
import io
import itertools
import logging
from collections.abc import Callable, Iterator

from ...problem import Faulty, Place, Problem

_APART = "\n\n"
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_TABLES = ("csv", "tsv")
# In the XML of a document: what holds words, what stands for a space, attributes with words.
_WORDS = frozenset({"t", "delText", "instrText"})
_SPACES = frozenset({"tab", "br", "cr"})
_NOTES = ("descr", "title", "author")


def words_in(path: str, data: bytes) -> str:
    """Return the words in the file ``path``, which holds ``data``.

    Raise Faulty when no library can read it.
    """
    ending = path.rpartition(".")[2].lower()
    if ending in _PICTURES:
        return data.decode("latin-1")  # notes of a camera or a program; no picture is read
    if ending in _READERS:
        try:
            return _APART.join(_READERS[ending](data))
        except Exception as error:
            message = "附件读不了，核对不了里面有没有个人信息，请用软件打开，另存以后换上"
            raise Faulty(Problem(Place(path), "unreadable", message)) from error
    text = decoded(data)
    return text.replace("\n", _APART) if ending in _TABLES else text


def decoded(data: bytes) -> str:
    """Return ``data`` as text, in the encoding that a program of ours or of others saves it in."""
    for mark, encoding in _BOMS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\0" in data[:200]:  # UTF-16 without a mark: of two bytes of a digit or a comma, one is 0
        return data.decode("utf-16-be" if data[:1] == b"\0" else "utf-16-le", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _docx(data: bytes) -> Iterator[str]:
    from docx import Document  # noqa: PLC0415 (few sites have any, and it takes its time)

    for part in Document(io.BytesIO(data)).part.package.iter_parts():
        yield from (each.target_ref for each in part.rels.values() if each.is_external)
        if part.content_type.endswith("xml"):
            yield from _paragraphs(part.blob)


def _paragraphs(data: bytes) -> Iterator[str]:
    """Yield the words of each paragraph, however they are cut into runs, also those struck out."""
    from docx.oxml import parse_xml  # noqa: PLC0415

    words: list[str] = []
    for element in parse_xml(data).iter():
        name = str(element.tag).rpartition("}")[2]
        if name in _WORDS:
            words.append(element.text or "")
        elif name in _SPACES:
            words.append(" ")
        elif name == "p":
            yield "".join(words)
            words = []
        elif not len(element) and element.text:  # what the file says of itself
            yield element.text
        yield from filter(None, map(element.get, _NOTES))
    yield "".join(words)


def _xlsx(data: bytes) -> Iterator[str]:
    from openpyxl import load_workbook  # noqa: PLC0415

    book = load_workbook(io.BytesIO(data), data_only=True)
    about = book.properties
    yield from (str(each) for each in vars(about).values() if each)
    for sheet in book.worksheets:
        yield sheet.title
        for around in (sheet.oddHeader, sheet.oddFooter):
            parts = (around.left, around.center, around.right) if around else ()
            yield from (part.text for part in parts if part.text)
        for cell in itertools.chain.from_iterable(sheet.iter_rows()):
            yield from _cell(cell.value)
            if cell.comment:
                yield cell.comment.text
            if cell.hyperlink:
                yield from filter(None, (cell.hyperlink.target, cell.hyperlink.tooltip))


def _cell(value: object) -> Iterator[str]:
    if isinstance(value, float) and value.is_integer():
        yield str(int(value))
    elif value is not None:
        yield str(value)


def _pdf(data: bytes) -> Iterator[str]:
    from pypdf import PdfReader  # noqa: PLC0415

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of what it mends
    reader = PdfReader(io.BytesIO(data))
    yield from (str(each) for each in (reader.metadata or {}).values())
    for field in (reader.get_fields() or {}).values():
        yield str(field.value or "")
    yield from reader.attachments
    for page in reader.pages:
        yield page.extract_text()
        for annotation in page.annotations or ():
            entry = annotation.get_object()
            yield str(entry.get("/Contents", ""))
            if "/A" in entry:
                yield str(entry["/A"].get("/URI", ""))


_READERS: dict[str, Callable[[bytes], Iterator[str]]] = {"docx": _docx, "xlsx": _xlsx, "pdf": _pdf}
_PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "webp"})
