"""What makes of one value of a fact another, and which values beside it that needs."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from ...facts import model
from ...facts.source import KeyPath
from ...facts.splice import Splice
from .columns import ITEMS, FactColumn, LedgerValue, RowKey
from .entries import table_of


def splices_of(
    column: FactColumn, path: KeyPath, shown_before: LedgerValue, new: Any
) -> Iterator[Splice]:
    """Yield what makes of a fact a ``new`` one; of a list, only what differs."""
    if column.form != "lines" or new is None or shown_before is None:
        yield Splice(path, new)
        return
    was = str(shown_before).split("\n")
    steps = difflib.SequenceMatcher(None, was, new, autojunk=False).get_opcodes()
    for step, first, last, start, stop in reversed(steps):
        count = min(last - first, stop - start) if step != "equal" else 0
        for at in reversed(range(first + count, last)):
            if step != "equal":
                yield Splice((*path, at), None)
        for offset, each in enumerate(new[start + count : stop]):
            if step != "equal":
                yield Splice((*path, first + count + offset), each, is_new=True)
        for offset in range(count):
            yield Splice((*path, first + offset), new[start + offset])


def is_needed(column: FactColumn, key: RowKey, values: Mapping[str, LedgerValue]) -> bool:
    """Tell whether what is beside ``column`` means nothing without it."""
    facts: Any = table_of(key).facts
    *way, last = column.names
    for name in way:
        facts = _inner(facts.model_fields[name].annotation)
    if not facts.model_fields[last].is_required():
        return False
    if not way:
        return bool(key.table != ITEMS.title)
    before = f"{'.'.join(way)}."
    return any(value is not None for other, value in values.items() if other.startswith(before))


def _inner(annotation: Any) -> type[model.Facts]:
    """Return the model that there may be."""
    found = (each for each in (annotation, *getattr(annotation, "__args__", ())))
    return next(each for each in found if isinstance(each, type) and issubclass(each, model.Facts))
