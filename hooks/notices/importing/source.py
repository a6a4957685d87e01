"""What every reader gives: the lines of a file as its author sees them, and what must be asked."""

from __future__ import annotations

from typing import NamedTuple

ACROSS = 10
"""The level of what is one cell across a table, below its head; none of a word processor is so
deep.
"""


class Line(NamedTuple):
    """One line of the approved text, and what its source says of it."""

    text: str
    """As ``approved.txt`` shall have it; of a row of a table, its cells with tabs between them."""
    place: str
    """Where it stands in the source, for people: 第12段, 表1第3行, 第12行."""
    cells: tuple[str, ...] = ()
    """Of a row of a table, else empty."""
    level: int = 0
    """Of a heading as the source marks it (Word's outline level 1–9, h1–h6); 0: none, ACROSS: it
    names what stands below it in a table.
    """
    bold: bool = False
    """Whether all of it stands out: bold, centred, larger."""
    numbered: str = ""
    """The part of ``text`` that the source's own automatic numbering printed."""


class Question(NamedTuple):
    """What is not plainly visible text: a person must say how it is read."""

    rule: str
    """Stable English code, e.g. ``docx-inserted``."""
    place: str
    message: str
    """In Chinese."""
    readings: tuple[str, ...]
    """All readings, as text: each says something, and no two say the same."""
    answer: str
    """The options of the command that answer it: ``--accept-changes / --reject-changes``."""


NOTHING = "（没有这些字）"


def told_apart(question: Question) -> Question:
    """Return ``question`` with readings that a person can tell apart: one that leaves all out says
    so, and what is the same either way is said once.
    """
    readings = (text if text.strip() else NOTHING for text in question.readings)
    return question._replace(readings=tuple(dict.fromkeys(readings)))


class About(NamedTuple):
    """What a source says of its text outside of it."""

    title: Line | None = None
    published: Line | None = None
    """The day on which it was published, among other words."""


class Source(NamedTuple):
    """A file as it was read; while there are questions, nothing is written."""

    lines: tuple[Line, ...]
    questions: tuple[Question, ...] = ()
    left: tuple[Line, ...] = ()
    """What was left out as furniture of a page: it is listed."""
    about: About = About()


class Answers(NamedTuple):
    """What the options of the command say of what would be asked; "" leaves it to be asked."""

    encoding: str = ""
    """Of text in bytes: any name that Python knows, e.g. gb18030."""
    hidden: str = ""
    """``keep`` or ``leave`` what its author's program does not show."""
    changes: str = ""
    """``accept`` or ``reject`` tracked changes."""
    struck: str = ""
    """``keep`` or ``leave`` what is struck through."""
    raised: str = ""
    """Write what is above or below the line ``raised``, as m², or ``flat``, as m2."""
    boxes: str = ""
    """``keep`` or ``leave`` text boxes: what they say comes after the paragraph they stand at."""
    notes: str = ""
    """``keep`` or ``leave`` foot- and endnotes: they come after the text."""
    formulas: str = ""
    """``keep`` or ``leave`` the characters of formulas."""
    ruby: str = ""
    """``keep`` or ``leave`` what stands above characters, in brackets behind them."""
    comments: str = ""
    """``leave`` comments, which are no text."""
    headers: str = ""
    """``leave`` headers and footers."""
    pictures: str = ""
    """``leave`` pictures, charts and objects."""
    numbers: str = ""
    """``leave`` automatic numbers of which it is not known how they are printed."""
    sheet: str = ""
    """The title of the sheet that is meant."""
    merged: str = ""
    """``repeat`` what stands once for merged cells in each of them, or have it ``once``."""
    dates: str = ""
    """Days as ``slash``, ``dash`` or ``chinese``, where a workbook leaves that to the machine."""
    joints: str = ""
    """``join`` what stands on both sides of the end of a row of a PDF, in the middle of a word."""
    outside: str = ""
    """``leave`` what a page says beside its article."""
