"""Quoting: which values of the facts are words of the approved text, by the type of their field.

A field that is a ``Verbatim`` is held to the text wherever it stands, without a line of its own.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, get_args

from .model import Copied, Facts
from .source import Key, KeyPath


def quoted(facts: Facts, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Yield key path and words of every value of ``facts`` that must stand in the text."""
    given = facts.model_fields_set  # nothing that is copied is there by default
    for name, (key, is_quoted) in _fields(type(facts)).items():
        if name in given and (value := getattr(facts, name)):
            yield from _within(value, (*path, key), is_quoted=is_quoted)


def _within(value: Any, path: KeyPath, *, is_quoted: bool) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, Facts):
        yield from quoted(value, path)
    elif isinstance(value, list | dict):
        entries: Any = value.items() if isinstance(value, dict) else enumerate(value)
        for key, each in entries:
            yield from _within(each, (*path, key), is_quoted=is_quoted)
    elif is_quoted and isinstance(value, str):
        yield path, value


@functools.cache
def _fields(kind: type[Facts]) -> dict[str, tuple[Key, bool]]:
    """Return of each field its key, and whether it is words of the text."""
    return {
        name: (field.alias or name, any(map(_is_quoted, (*field.metadata, field.annotation))))
        for name, field in kind.model_fields.items()
    }


def _is_quoted(part: Any) -> bool:
    """Tell whether a part of a type says that it is of words of the text."""
    if isinstance(part, Copied):
        return True
    inner = (*getattr(part, "__metadata__", ()), *get_args(part))
    return any(_is_quoted(each) for each in inner if each is not part)
