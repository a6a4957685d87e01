"""The head of a page: what stands between ``---`` and ``---`` before its text, if anything does.

It is read here and nowhere else. Whoever renders a page is given the body alone.
"""

from __future__ import annotations

from ..problem import Faulty, Place, Problem
from . import model
from .salvage import validate
from .source import parse_yaml

_FENCE = "---"


def read_head(path: str, page: str) -> model.Head:
    """Return what the head of ``page`` says; raise Faulty with all that is wrong in it."""
    lines = _lines(page)
    end = _end(lines)
    if end is None:
        if lines[0].rstrip() == _FENCE:
            message = "第一行的“---”没有配对：在标题和说明的后面另起一行，再写一个“---”"
            raise Faulty(Problem(Place(path), "page-head", message))
        return model.Head()
    # An empty line in place of the first, so that places hold.
    return validate(parse_yaml(path, "\n".join(["", *lines[1:end], ""])), model.Head)


def body_of(page: str) -> str:
    """Return ``page`` with empty lines in place of its head and one kind of line ending.

    There is an empty line before the text in any case: no other reader may find a head in it.
    """
    lines = _lines(page)
    end = _end(lines)
    if end is not None:
        return "\n".join([*[""] * (end + 1), *lines[end + 1 :]])
    return "\n".join(["", *lines])


def lines_before(page: str) -> int:
    """Return how many lines :func:`body_of` puts before the text of a page."""
    return int(_end(_lines(page)) is None)


def _lines(page: str) -> list[str]:
    return page.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _end(lines: list[str]) -> int | None:
    """Return the index of the line that ends the head, or None where there is no head."""
    if lines[0].rstrip() != _FENCE:
        return None
    ends = (n for n, line in enumerate(lines) if n and line.rstrip() == _FENCE)
    return next(ends, None)
