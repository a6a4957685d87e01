"""What pydantic refuses of a file, and where: in the words of the file, whatever they are."""

from __future__ import annotations

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .source import Key, KeyPath
from .values import form


class _Key(str):
    """Not a word of any file, though it may look like one."""

    __slots__ = ()


KEY = _Key("[key]")
"""What ends the path of a key that is refused, rather than its value; compare it by ``is``."""


def refusals(error: ValidationError) -> list[ErrorDetails]:
    """Return what is wrong, and where: without the names of the forms that a value may have."""
    found = error.errors()
    for each in found:
        path = _without_forms(each["loc"])
        each["loc"] = (*path[:-1], KEY) if _is_of_key(each, path) else path
    return found


def _without_forms(path: KeyPath) -> KeyPath:
    """Leave out the name of a form: it begins with the key before it, as no key of a file does."""
    kept: list[Key] = []
    before: Key | None = None
    for part in path:
        if before is None or not str(part).startswith(form(str(before))):
            kept.append(part)
        before = part
    return tuple(kept)


def _is_of_key(error: ErrorDetails, path: KeyPath) -> bool:
    """Tell it from a value whose key is that word: what is refused is the key itself."""
    is_marked = path[-1:] == (KEY,) and error["type"] != "extra_forbidden"
    return is_marked and error["input"] == path[-2]
