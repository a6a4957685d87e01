"""Pieces of text with their places, looked through all at once."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ...facts.source import KeyPath, YamlDocument
from ...problem import Place
from .personal import Found
from .search import found_in
from .telling import COMMENT, FACT

_COMMENT = re.compile(r"(?:(?<=\s)|^)#.*", re.MULTILINE)
APART = "\n\n"
_RARE_ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


class Piece(NamedTuple):
    """Some text, and how to find the place of an offset in it, which costs more than the text.

    ``after`` separates it from the next: a number may go over the end of a line, no further.
    """

    text: str
    locate: Callable[[int], Place]
    where: str
    after: str = APART


def joined(pieces: list[Piece]) -> str:
    """Return the text of all pieces."""
    return "".join(part for piece in pieces for part in (piece.text, piece.after))


def search(pieces: list[Piece]) -> Iterator[tuple[Place, Found, str]]:
    """Yield (place, what was found there, where that is), looking through all pieces at once."""
    lengths = (len(piece.text) + len(piece.after) for piece in pieces)
    starts = list(itertools.accumulate(lengths, initial=0))
    for found in found_in(joined(pieces)):
        index = bisect_right(starts, found.offset) - 1
        piece = pieces[index]
        yield piece.locate(found.offset - starts[index]), found, piece.where


def line(path: str, number: int, text: str, where: str) -> Piece:
    """Return a line of a text, which may go on in the next."""
    return Piece(text, lambda offset: Place(path, number, offset + 1), where, "\n")


def lines(path: str, text: str, where: str) -> list[Piece]:
    """Return the lines of a text."""
    return [line(path, number, each, where) for number, each in enumerate(text.splitlines(), 1)]


def has_rare_ends(text: str) -> bool:
    """Tell whether anything but a line feed ends a line of a text."""
    return any(end in text for end in _RARE_ENDS)


def with_plain_ends(text: str) -> str:
    """Return a text as its lines are searched, each of which a line feed ends."""
    if has_rare_ends(text):
        return "\n".join((*text.splitlines(), ""))
    return text if text.endswith("\n") or not text else f"{text}\n"


def value(document: YamlDocument, path: KeyPath, text: str, where: str = FACT) -> Piece:
    """Return a value of a YAML file.

    What is quoted is not the text as it was typed, so an offset would lead astray.
    """
    return Piece(text, lambda _: document.at(*path), where)


def comments(path: str, text: str) -> list[Piece]:
    """Return what stands behind ``#`` in the YAML file ``text``; a repository shows that, too."""
    return [_comment(path, text, match) for match in _COMMENT.finditer(text)]


def _comment(path: str, text: str, match: re.Match[str]) -> Piece:
    start = match.start()

    def locate(offset: int) -> Place:
        column = start - text.rfind("\n", 0, start) + offset
        return Place(path, text.count("\n", 0, start) + 1, column)

    return Piece(match[0], locate, COMMENT)
