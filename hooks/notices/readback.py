"""Reading back: the approved text, taken out of a built page again.

A page's own text stands in ``data-narrative``; what the site adds to it is marked
``data-annotation``. Without that, and white space aside, the page must be the approved text.
"""

from __future__ import annotations

import html
import itertools
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from .catalogue import Catalogue, Notice
from .files import read_text
from .narrative import Line
from .pages import notice_address
from .problem import Faulty, Place, Problem

_VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
_AROUND = 8

Character = tuple[str, Place]


def verify(site: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Yield where the built ``site`` says something else than the approved texts.

    Paths on the site's side are relative to ``site``. What is withheld must not be there.
    """
    for notice in catalogue.notices:
        path = f"{notice_address(notice)}index.html"
        try:
            built = list(_characters(path, read_text(site, path)))
        except Faulty as fault:
            yield from fault.problems
        else:
            yield from _difference(notice, path, built)


def _difference(notice: Notice, path: str, built: list[Character]) -> Iterator[Problem]:
    """Yield the first difference, with a few characters of both sides around it."""
    approved = list(_approved(notice))
    pairs = enumerate(itertools.zip_longest(approved, built, fillvalue=("", Place(path))))
    at = next((index for index, (a, b) in pairs if a[0] != b[0]), None)
    if at is None:
        return
    place = built[at][1] if at < len(built) else Place(path)
    origin = approved[at][1] if at < len(approved) else Place(notice.approved_path)
    message = f"与批准文本不同：批准的是“{_around(approved, at)}”（{origin}），"
    yield Problem(place, "page-differs", f"{message}页面上是“{_around(built, at)}”")


def _around(characters: list[Character], at: int) -> str:
    begin, end = max(at - _AROUND, 0), at + _AROUND + 1
    middle = "".join(character for character, _ in characters[begin:end])
    return f"{'…' if begin else ''}{middle}{'…' if end < len(characters) else ''}"


def _approved(notice: Notice) -> Iterator[Character]:
    """Yield the characters that the page must have, white space left out.

    They come from the approved text itself, except where some of it is withheld: the narrative,
    which the rules hold to be the same, knows what is not for the public.
    """
    lines = notice.narrative.lines if notice.withheld else _approved_lines(notice)
    for line in lines:
        for column, character in enumerate(line.text, line.place.column):
            if not character.isspace():
                yield character, Place(line.place.path, line.place.line, column)


def _approved_lines(notice: Notice) -> Iterator[Line]:
    for number, text in enumerate(notice.approved.splitlines(), 1):
        yield Line(Place(notice.approved_path, number), text)


def _characters(path: str, page: str) -> Iterator[Character]:
    reader = _PageReader(path)
    reader.feed(page)
    reader.close()
    yield from reader.characters


class _PageReader(HTMLParser):
    """Collects the characters of the narrative and where they stand in the page."""

    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=False)
        self.path = path
        self.characters: list[Character] = []
        self._open: list[bool] = []
        """For each open element: whether its text is part of the narrative."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        names = {name for name, _ in attrs}
        inside = bool(self._open and self._open[-1]) or "data-narrative" in names
        self._open.append(inside and "data-annotation" not in names)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        line, offset = self.getpos()
        for part in data.splitlines(keepends=True):
            self._take(part, line, offset)
            line, offset = line + 1, 0

    def handle_entityref(self, name: str) -> None:
        self._take(html.unescape(f"&{name};"), *self.getpos())

    def handle_charref(self, name: str) -> None:
        self._take(html.unescape(f"&#{name};"), *self.getpos())

    def _take(self, text: str, line: int, offset: int) -> None:
        if self._open and self._open[-1]:
            self.characters += [
                (character, Place(self.path, line, offset + column))
                for column, character in enumerate(text, 1)
                if not character.isspace()
            ]
