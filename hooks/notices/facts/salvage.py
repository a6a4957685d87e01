"""What is sound of a faulty file, so that one fault hides no other.

Nothing of it is ever published: a fault stops that. It is there for the rules.
"""

from __future__ import annotations

import datetime
import difflib
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..problem import Faulty, Problem
from ..text.characters import UNUSUAL, hidden
from .model import Facts
from .refused import KEY, refusals
from .schema import key_names, problem
from .source import Key, KeyPath, YamlDocument

F = TypeVar("F", bound=Facts)

_MOST_ROUNDS = 12
_ENOUGH = 1000  # problems with one file for anybody to read
_FILLERS: tuple[Any, ...] = ("？", {})
"""What stands in for a required value."""
# What holds the one up is the other: without either, nothing can be said of both.
_TOGETHER = frozenset({"status", "basis"})
_OF_A_BASIS = _TOGETHER | {"quote", "document"}


class Salvage(NamedTuple, Generic[F]):
    """The sound facts of a file, if there are any, what they leave out, and why."""

    facts: F | None
    faulty: frozenset[KeyPath]
    problems: list[Problem]


def salvage(document: YamlDocument, model: type[F]) -> Salvage[F]:
    """Return what of ``document`` is a ``model``, and every problem with the rest."""
    facts, errors = _attempt(document, model)
    told = [] if model.quotes_approved else [*_hidden(document)]
    unknown = (each for each in errors if not _is_known(document, each))
    told += [problem(document, model, each) for each in islice(unknown, _ENOUGH)]
    faulty = {(name,) for name in document.lost} | document.unread
    if facts and not faulty:
        return Salvage(facts, frozenset(), told)
    found = _Pruning(document, model, errors)
    facts = found.run()
    return Salvage(facts, frozenset(found.faulty | faulty), told)


def _hidden(document: YamlDocument) -> Iterator[Problem]:
    """Yield the characters of texts that no reader sees, or not every reader sees alike."""
    # What a file does not show, as it was typed, an escape in its values may.
    if not ("\\" in document.text or UNUSUAL.search(document.text)):
        return
    for path, text in document.strings:
        for found in hidden(text):
            message = f"这个值里有看不见的{found.name}，请把它重新打一遍"
            yield Problem(document.at(*path), "invisible-character", message)


def _attempt(document: YamlDocument, model: type[F]) -> tuple[F | None, list[ErrorDetails]]:
    """Return the facts or the errors; where a text is wanted, a day is the text that it is."""
    try:
        return model.model_validate(document.value), []
    except ValidationError as error:
        errors = refusals(error)
    days = [each for each in errors if _is_day_as_text(each)]
    if not days:
        return None, errors
    for each in days:
        _put(document.value, each["loc"], each["input"].isoformat())
    return _attempt(document, model)


def _is_day_as_text(error: ErrorDetails) -> bool:
    is_day = type(error["input"]) is datetime.date
    return is_day and error["type"] in ("string_type", "literal_error")


def _is_known(document: YamlDocument, error: ErrorDetails) -> bool:
    """Tell whether ``error`` says no more than that something could not be read."""
    path = error["loc"]
    if any(path[: len(each)] == each for each in document.unread):
        return True
    if not document.gaps:
        return False
    if error["type"] == "missing":
        return str(path[-1]) in document.lost
    return error["input"] is None and document.at_key(*path).line in document.gaps


class _Pruning(Generic[F]):
    """Takes out of a value what makes it no model, and notes what that was."""

    def __init__(self, document: YamlDocument, model: type[F], errors: list[ErrorDetails]) -> None:
        self.model = model
        self.value = deepcopy(document.value)
        self.faulty: set[KeyPath] = set()
        self._errors = errors
        self._tried: Counter[KeyPath] = Counter()
        for path in document.unread:
            self._remove(path)
        if document.lost & _OF_A_BASIS:
            self._forget_statuses(())

    def run(self) -> F | None:
        """Return the facts that are left, or None if that is none."""
        errors: Iterable[ErrorDetails] = self._errors
        for _ in range(_MOST_ROUNDS):
            for number, error in enumerate(errors):
                self._mend(error, is_read=number < _ENOUGH)
            try:
                return self.model.model_validate(self.value)
            except ValidationError as error:
                errors = refusals(error)
        return None

    def _mend(self, error: ErrorDetails, *, is_read: bool) -> None:
        path: KeyPath = tuple(each for each in error["loc"] if each is not KEY)
        if error["type"] == "missing" or self._tried[path]:
            self._fill(path)
            return
        if error["type"] == "extra_forbidden" and is_read:
            names = key_names(self.model, path[:-1])
            for meant in difflib.get_close_matches(str(path[-1])[:40], names, n=1):
                self._note((*path[:-1], meant))
        self._remove(path)

    def _fill(self, path: KeyPath) -> None:
        """Let something stand in for what is required, or do without what requires it."""
        self._note(path)
        if self._tried[path] < len(_FILLERS):
            _put(self.value, path, deepcopy(_FILLERS[self._tried[path]]))
            self._tried[path] += 1
        elif len(path) > 1:
            self._remove(path[:-1])

    def _remove(self, path: KeyPath) -> None:
        """Take out what is at ``path``: with its whole list, for places are counted in lists."""
        part = self.value
        for depth, key in enumerate(path):
            if isinstance(part, list):
                path = path[:depth]
                break
            part = part.get(key) if isinstance(part, dict) else None
        self._note(path)
        _put(self.value, path, None, remove=True)

    def _note(self, path: KeyPath) -> None:
        self.faulty.add(path)
        for depth, key in enumerate(path):
            if key in _TOGETHER:
                for other in _TOGETHER:
                    self.faulty.add((*path[:depth], other))
                    _put(self.value, (*path[:depth], other), None, remove=True)

    def _forget_statuses(self, path: KeyPath) -> None:
        for inner in [*_mappings(self.value, path)]:
            self._note((*inner, "status"))


def _mappings(value: Any, path: KeyPath) -> Iterator[KeyPath]:
    if isinstance(value, dict):
        yield path
        for key, each in value.items():
            yield from _mappings(each, (*path, key))


def _put(value: Any, path: tuple[Key, ...], new: Any, *, remove: bool = False) -> None:
    """Set what is at ``path``, or remove it; do nothing where there is no such place."""
    if not path:
        return
    for key in path[:-1]:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return
    last = path[-1]
    if isinstance(value, dict):
        if remove:
            value.pop(last, None)
        else:
            value[last] = new
    elif isinstance(value, list) and isinstance(last, int) and last < len(value) and not remove:
        value[last] = new


def validate(document: YamlDocument, model: type[F]) -> F:
    """Return ``document`` as ``model``; raise Faulty with every problem of the file."""
    found = salvage(document, model)
    if found.problems or found.facts is None:
        raise Faulty(*found.problems)
    return found.facts
