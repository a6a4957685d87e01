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
    plain = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    if here := [*numbers(plain), *homes(plain)]:
        offsets = _offsets(text)
        for found in here:
            yield Found(found.kind, found.value, offsets[found.offset])


@functools.lru_cache(maxsize=2)
def found_in(text: str) -> tuple[Found, ...]:
    """Return what is found in ``text``; kept for the rules that ask about it one after another."""
    return tuple(find(text))


def _offsets(text: str) -> list[int]:
    """Return where each character of ``text`` stood before its entities were decoded."""
    offsets: list[int] = []
    end = 0
    for entity in _ENTITY.finditer(text):
        offsets += range(end, entity.start())
        offsets += [entity.start()] * len(html.unescape(entity[0]))
        end = entity.end()
    return [*offsets, *range(end, len(text))]
