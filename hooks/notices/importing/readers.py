"""The readers, by the suffix of the file that they read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from ..problem import Faulty, Place, Problem
from .docx import read_docx
from .html import read_archive, read_html
from .office import SUFFIXES, read_office
from .pdf import read_pdf
from .plain import read_plain
from .posing import posing
from .separated import read_separated
from .sheets import read_sheets
from .source import Answers, Source, told_apart

Reader = Callable[[bytes, str, Answers], Source]
"""Takes the bytes, the name of the file for messages, and the answers to what would be asked; what
it cannot read at all is Faulty.
"""
READERS: Mapping[str, Reader] = {
    ".txt": read_plain,
    **dict.fromkeys((".html", ".htm", ".xhtml"), read_html),
    **dict.fromkeys((".mhtml", ".mht"), read_archive),
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), read_docx),
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".et"), read_sheets),
    **dict.fromkeys((".csv", ".tsv"), read_separated),
    **dict.fromkeys(SUFFIXES, read_office),
    ".pdf": read_pdf,
}


def read_source(data: bytes, name: str, answers: Answers) -> Source:
    """Return what the file of that ``name`` says; Faulty when it is of no kind that is read."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in READERS:
        message = f"读不了这种文件，能读的有：{'、'.join(sorted(READERS))}"
        raise Faulty(Problem(Place(name), "import-kind", message))
    if message := posing(data, suffix):
        raise Faulty(Problem(Place(name), "import-unreadable", message))
    source = READERS[suffix](data, name, answers)
    return source._replace(questions=tuple(map(told_apart, source.questions)))
