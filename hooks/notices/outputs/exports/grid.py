"""The grid: how a line of the text stands in cells as wide as its widest sign.

Typesetters cut signs such as ``，`` and ``《`` to half their width beside each other and where a
line begins or ends, and let no word be longer than a line. On this paper each has its cell, and
what is too long goes on in the next line; no character is put in for that.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

EDGE, JOINT = 0, 1
"""Between two parts: nothing, but each has its whole width; a place where a line may end."""

Part = str | int | list[str]
"""Words, EDGE or JOINT, or words that begin with what opens: whole where a line begins, too."""

_OPENING, _CLOSING = "《〈（『「【〖〔［｛", "，、。．：；！？》〉）』」】〗〕］｝"
_SIGNS = re.compile(f"[{_OPENING}]+(?:[A-Za-z0-9]{{1,12}}|[^{_OPENING}{_CLOSING}]?)|[{_CLOSING}]")
# What may not stand where a line begins, or may, and need not be told.
_BEHIND = re.compile(rf"[^\w{_OPENING}“‘]|[々ー]")
_SPACES = " \t\u3000"
_HANZI = "\u3400-\u4dbf\u4e00-\u9fff"
# Stays with the letter before it: drawn over it, or not at all.
_WITH = (
    "\\u00ad\\u0300-\\u036f\\u200b-\\u200f\\u2060-\\u206f\\u20d0-\\u20ff\\u3099\\u309a\\ufe00-\\ufe0f"
    "\\U000e0000-\\U000e01ef"
)
_SOFT = re.compile(f"(?<=\\u00ad)(?![{_WITH}])")
_LETTER = re.compile(f".[{_WITH}]*", re.DOTALL)


def parts(text: str, width: int) -> list[Part]:
    """Return ``text`` as its parts, for lines of ``width`` characters."""
    return [
        part
        for run in chopped(text, width)
        for part in (_signs(run) if isinstance(run, str) else [run])
    ]


def chopped(text: str, width: int) -> list[str | int]:
    """Return ``text`` with a JOINT between the characters of what is longer than a line.

    One behind a soft hyphen keeps another hyphen from being put in there.
    """
    found: list[str | int] = []
    end = 0
    for match in _too_long(width).finditer(text):
        found += [*_softly(text[end : match.start()]), *_apart(match[0])]
        end = match.end()
    return [*found, *_softly(text[end:])]


def _softly(text: str) -> Iterator[str | int]:
    """Yield ``text`` up to each soft hyphen, and behind it a JOINT."""
    *before, last = _SOFT.split(text)
    for part in before:
        yield from (part, JOINT)
    if last:
        yield last


def _apart(word: str) -> Iterator[str | int]:
    """Yield the letters of ``word``, each with its marks, and a JOINT behind each."""
    for letter in _LETTER.findall(word):
        yield from (letter, JOINT)


@functools.cache
def _too_long(width: int) -> re.Pattern[str]:
    """Return what finds words that have no place where a line may end."""
    return re.compile(f"[^{_SPACES}{_HANZI}]{{{max(width, 1)},}}")


def _signs(text: str) -> Iterator[Part]:
    end = 0
    for match in _SIGNS.finditer(text):
        before = text[end : match.start()]
        if before:
            yield before
        if match[0] in _CLOSING:
            if not before and text[end - 1 : end] in _CLOSING and end:
                yield EDGE
            yield match[0]
        else:
            if before[-1:].isalnum():
                yield JOINT
            yield _opened(match[0])
        end = match.end()
        if _may_end(text, end):
            yield JOINT
    if text[end:]:
        yield text[end:]


def _opened(text: str) -> list[str]:
    """Return each of what opens by itself, and the last with what it must stand beside."""
    last = len(text) - len(text.lstrip(_OPENING)) - 1
    return [*text[:last], text[last:]]


def _may_end(text: str, at: int) -> bool:
    """Tell whether a line may end at ``at``, behind a sign or what one opens."""
    before, behind = text[at - 1], text[at : at + 1]
    is_word = before.isascii() and before.isalnum()
    return bool(behind) and not is_word and not _BEHIND.match(behind)
