"""A process that takes a PDF apart and may die of it: ``python -m notices.importing.pdf.extract``.

Reads the file from standard input and writes JSON: of each page its size, its signs with their
places, what a second program reads, and what else is on it. Exits with PASSWORD for a locked file.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import json
import logging
import resource
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

MOST_PAGES = 200
PASSWORD, TOO_MANY = 3, 4
_SECONDS, _BYTES = 60, 2_000_000_000
_INVISIBLE = 3  # the rendering mode of text that a scanner has put under its picture
_ANNOTATIONS_UNSEEN = {2, 16}  # links, and windows of notes
_NEARLY_WHITE = 0xF0


def main() -> None:
    """Take apart what stands on standard input."""
    for what, most in ((resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_AS, _BYTES)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    logging.disable()
    data = sys.stdin.buffer.read()
    json.dump(_taken_apart(data), sys.stdout)


def _taken_apart(data: bytes) -> list[dict[str, Any]]:
    import pypdf  # noqa: PLC0415 (what is asked for its limits only need not load them)
    import pypdfium2 as pdfium  # noqa: PLC0415

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        sys.exit(PASSWORD if "password" in str(error).lower() else 1)
    if len(document) > MOST_PAGES:
        sys.exit(TOO_MANY)
    second = pypdf.PdfReader(io.BytesIO(data))
    if second.is_encrypted:
        second.decrypt("")
    return [
        {**_page(document[number]), "second": second.pages[number].extract_text()}
        for number in range(len(document))
    ]


def _page(page: Any) -> dict[str, Any]:
    from pypdfium2 import raw  # noqa: PLC0415

    objects = [*page.get_objects()]
    kinds = Counter(each.type for each in objects)
    texts = [each for each in objects if each.type == raw.FPDF_PAGEOBJ_TEXT]
    annotations = range(raw.FPDFPage_GetAnnotCount(page))
    subtypes = [raw.FPDFAnnot_GetSubtype(raw.FPDFPage_GetAnnot(page, at)) for at in annotations]
    return {
        "signs": [*_signs(page.get_textpage(), raw)],
        "pictures": kinds[raw.FPDF_PAGEOBJ_IMAGE] + kinds[raw.FPDF_PAGEOBJ_SHADING],
        "paths": kinds[raw.FPDF_PAGEOBJ_PATH],
        "unseen": any(_is_unseen(each, raw) for each in texts),
        "notes": sum(subtype not in _ANNOTATIONS_UNSEEN for subtype in subtypes),
        "turned": page.get_rotation(),
    }


def _signs(page: Any, raw: Any) -> Iterator[list[Any]]:
    """Yield each sign: the character, left, bottom, right, top; of those that the program made up
    to divide others, the character alone.
    """
    for at in range(page.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(page, at))
        if raw.FPDFText_IsGenerated(page, at):
            yield [character]
        else:
            yield [character, *page.get_charbox(at, loose=True), raw.FPDFText_GetFontSize(page, at)]


def _is_unseen(text: Any, raw: Any) -> bool:
    if raw.FPDFTextObj_GetTextRenderMode(text) == _INVISIBLE:
        return True
    colour = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(text, *colour):
        return False
    red, green, blue, alpha = (each.value for each in colour)
    return min(red, green, blue) >= _NEARLY_WHITE or alpha < 0x20


if __name__ == "__main__":
    main()
