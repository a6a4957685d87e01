"""What is personal in a built site, where a leak may come from anywhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator
from itertools import chain
from pathlib import Path

from ...catalogue.public import ATTACHMENTS
from ...problem import Faulty, Problem
from ..rules import RULES
from .attachments import decoded
from .files import in_attachment, in_name
from .glance import doubtful
from .pages import place_in
from .personal import Found, plain
from .pieces import lines, search, with_plain_ends
from .search import find
from .shown import unquoted, words
from .telling import PAGE, tell

# Of what is made, compressed, or a typeface, nothing is words; the manifest is digests.
_WORDLESS = (".br", ".gz", ".woff", ".woff2", ".ttf", ".ico", ".sig", "manifest.json")
# The software writes its own from what was looked through as words.
_EXPORTS = ("notices/", "archive/")
_MARKUP = (".html", ".xml", ".svg")
_CODE = "assets/javascripts/"
UNREAD = ""
"""Stands for what nobody may permit: a file that no library can read."""
# Signs and codes are drawn in thousands of digits, none of which anybody reads.
_DRAWN = re.compile(r'<path(?: [a-z-]+="[^"<>]*")*? d="[MLHVCSQTAZmlhvcsqtaze0-9., -]+"')
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_PERCENT = re.compile("%3[0-9]")


def scan_built(folder: Path, permitted: Collection[str] = ()) -> Iterator[Problem]:
    """Yield what is personal in the files of the site in ``folder``; paths are from there.

    ``permitted`` are the plain values that may show, as :func:`published` gives them.
    """
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if has_words(name) and path.is_file():
            yield from in_built(name, path.read_bytes(), permitted)


def has_words(name: str) -> bool:
    """Tell whether anything is looked for in a file of a site that is called ``name``."""
    return not name.endswith(_WORDLESS)


def in_built(name: str, data: bytes, permitted: Container[str] = ()) -> Iterator[Problem]:
    """Yield what is personal in the file ``name`` of a site, which holds ``data``, and in its name,
    and is not ``permitted``.
    """
    if has_words(name):
        yield from in_name(name, name, permitted)
        yield from _in_file(name, data, permitted)


def values_in(name: str, data: bytes) -> frozenset[str]:
    """Return the plain values that must be permitted for :func:`in_built` to yield nothing: UNREAD
    is among them, which never is, when even then it would.
    """
    asked = _Asked()
    if not [*in_built(name, data, asked)]:
        return frozenset()
    refused = [*in_built(name, data, asked.values)]
    return frozenset({*asked.values, UNREAD} if refused else asked.values)


class _Asked(Container[str]):
    """Permits nothing, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.values: set[str] = set()

    def __contains__(self, value: object) -> bool:
        self.values.add(str(value))
        return False


def _in_file(name: str, data: bytes, permitted: Container[str]) -> Iterator[Problem]:
    if name.rpartition(".")[2] in ATTACHMENTS:
        if not name.startswith((*_EXPORTS, "assets/")):
            yield from _in_attachment(name, data, permitted)
    elif not name.startswith(_CODE):
        yield from _in_text(name, decoded(data), permitted)


def _in_attachment(name: str, data: bytes, permitted: Container[str]) -> Iterator[Problem]:
    try:
        yield from in_attachment(name, data, permitted)
    except Faulty as fault:
        yield from fault.problems


def _in_text(name: str, text: str, permitted: Container[str]) -> Iterator[Problem]:
    text = _DRAWN.sub(lambda match: "d" * len(match[0]), text)  # places stay as they are
    # In most files nothing is found, and looking is cheaper than knowing where.
    part = doubtful(text) if name.endswith(_MARKUP) else text
    if not any(True for _ in chain(find(with_plain_ends(part)), _shown(name, part))):
        return
    typed = [(place, found) for place, found, _ in search(lines(name, text, PAGE))]
    known = {(found.kind, plain(found.value)) for _, found in typed}
    shown = {(found.kind, plain(found.value)): found for found in _shown(name, text)}
    for key, found in shown.items():
        if key not in known:
            typed.append((place_in(name, text, found.value), found))
    for place, found in typed:
        if plain(found.value) not in permitted:
            yield Problem(place, found.kind, tell(found, PAGE), RULES[found.kind].severity)


def _shown(name: str, text: str) -> Iterator[Found]:
    """Yield what is found when ``text`` is read as a reader or a program gets it."""
    if name.endswith(_MARKUP):
        yield from find(words(text))
    if name.endswith((".json", ".js")) and "\\u" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        yield from find(text)
    if _PERCENT.search(text):
        yield from find(unquoted(text))
