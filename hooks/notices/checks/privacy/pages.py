"""The same rules for what stands around the notices: pages, facts of the site."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator

from ...catalogue.summary import Archive
from ...problem import Place
from ..rules import RULES, SITE_RULES, Objection, SiteRule
from .notices import contacts_of
from .personal import CARD, HOME, IDENTITY, MOBILE, Found, plain
from .pieces import Piece, comments, lines, search, value
from .search import find
from .shown import words_of_page
from .telling import PAGE, tell

# A page with fewer digits, and without a word of dwelling, need not be rendered to be passed.
_ENOUGH = re.compile(r"(?:[\d〇-九].*?){11}|&[#\w]|%3|住|户籍|户口|家", re.DOTALL)
_MARKUP = r"(?:[^\w\u4e00-\u9fff]|_|&#?\w+;|\]\([^)]*\)){0,40}?"


def _on_site(archive: Archive, kind: str) -> Iterator[Objection]:
    """Check what people wrote around the notices; there only a contact's numbers may show."""
    permitted = contacts_of(archive)
    pieces: list[Piece] = []
    for document in archive.written:
        pieces += (value(document, path, text, PAGE) for path, text in document.strings)
        pieces += comments(document.path, document.text)
    for place, found, where in search(pieces):
        if found.kind == kind and plain(found.value) not in permitted:
            yield Objection(place, tell(found, where))
    for path, page in archive.pages.items():
        for place, found in _on_page(path, page):
            if found.kind == kind and plain(found.value) not in permitted:
                yield Objection(place, tell(found, PAGE))


@functools.lru_cache(maxsize=64)
def _on_page(path: str, page: str) -> list[tuple[Place, Found]]:
    """Return what is found on a page, as it is typed, and then what only shows when rendered."""
    typed = [(place, found) for place, found, _ in search(lines(path, page, PAGE))]
    if not _ENOUGH.search(page):
        return typed
    known = Counter((found.kind, plain(found.value)) for _, found in typed)
    shown = []
    for found in find(words_of_page(page)):
        key = (found.kind, plain(found.value))
        known[key] -= 1
        if known[key] < 0:
            shown.append((place_in(path, page, found.value), found))
    return [*typed, *shown]


def place_in(path: str, source: str, shown: str) -> Place:
    """Return where in ``source`` stands what a reader sees as ``shown``, whatever is in between."""
    start = source.find(shown)
    if start < 0:
        characters = [each for each in shown if not each.isspace()]
        pattern = _MARKUP.join(map(_typed, characters))
        match = re.search(pattern, source) or re.search(_typed(characters[0]), source)
        start = match.start() if match else 0
    return Place(path, source.count("\n", 0, start) + 1, start - source.rfind("\n", 0, start))


def _typed(character: str) -> str:
    """Return a pattern for the ways to type a character: itself, as an entity, in an address."""
    code = ord(character)
    entities = f"&#0*{code};|&#[xX]0*(?i:{code:x});"
    return f"(?:{re.escape(character)}|{entities}|%(?i:{code:02x}))"


for _kind in (IDENTITY, CARD, MOBILE, HOME):
    SITE_RULES[_kind] = SiteRule(
        _kind, RULES[_kind].severity, RULES[_kind].text, functools.partial(_on_site, kind=_kind)
    )
