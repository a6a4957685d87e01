"""Looking for what is personal in any text."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator

from .homes import homes
from .numbers import numbers
from .personal import Found

_ENTITY = re.compile("&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,12});")


def find(text: str) -> Iterator[Found]:
    """Yield what looks personal in ``text``, its entities decoded: numbers first, then homes."""
    if "&" not in text or not _ENTITY.search(text):
        yield from numbers(text)
        yield from homes(text)
        return
    plain, offsets = _decoded(text)
    for found in (*numbers(plain), *homes(plain)):
        yield Found(found.kind, found.value, offsets[found.offset])


@functools.lru_cache(maxsize=2)
def found_in(text: str) -> tuple[Found, ...]:
    """Return what is found in ``text``; kept for the rules that ask about it one after another."""
    return tuple(find(text))


def _decoded(text: str) -> tuple[str, list[int]]:
    """Return ``text`` with its entities decoded, and where each character of it stood."""
    parts, offsets, end = [], [], 0
    for entity in _ENTITY.finditer(text):
        character = html.unescape(entity[0])
        parts += [text[end : entity.start()], character]
        offsets += [*range(end, entity.start()), *[entity.start()] * len(character)]
        end = entity.end()
    return "".join([*parts, text[end:]]), [*offsets, *range(end, len(text))]
