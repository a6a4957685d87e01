"""Plain text, from a file or pasted."""

from __future__ import annotations

from ..problem import Faulty, Place, Problem
from .source import Answers, Line, Source


def read_plain(data: bytes, name: str, answers: Answers) -> Source:
    """Return the lines of plain text; a line with tabs is a row of a table."""
    try:
        text = data.decode(answers.encoding or "utf-8-sig")
    except (UnicodeDecodeError, LookupError) as error:
        raise Faulty(Problem(Place(name), "import-encoding", f"读不出文字：{error}")) from error
    return Source(tuple(_lines(text)))


def _lines(text: str) -> list[Line]:
    """Return the lines of ``text`` that are not blank."""
    return [
        Line(raw.strip(), f"第{number}行", tuple(raw.split("\t")) if "\t" in raw.strip() else ())
        for number, raw in enumerate(text.splitlines(), 1)
        if raw.strip()
    ]
