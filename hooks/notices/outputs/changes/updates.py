"""Updates: which of the new ones is an old one that was corrected, wherever it stands now."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterator, Sequence

from ...facts import model

Pair = tuple[model.Update | None, model.Update | None]
_ALIKE = 0.5  # of the words, so that the one may be the other


def paired(old: Sequence[model.Update], new: Sequence[model.Update]) -> Iterator[Pair]:
    """Yield each update that was changed with what it was, each that came, and each that went.

    What only stands at another place has not changed.
    """
    gone, come = _without(old, new), _without(new, old)
    pairs = itertools.product(range(len(gone)), range(len(come)))
    likely = {(m, n): _likeness(gone[m], come[n]) for m, n in pairs}
    origin: dict[int, int] = {}
    for m, n in sorted(likely, key=lambda pair: -likely[pair]):
        if likely[m, n] and n not in origin and m not in origin.values():
            origin[n] = m
    for n, update in enumerate(come):
        yield (gone[origin[n]] if n in origin else None), update
    yield from ((update, None) for m, update in enumerate(gone) if m not in origin.values())


def _without(updates: Sequence[model.Update], others: Sequence[model.Update]) -> list[model.Update]:
    """Return ``updates`` without those of ``others``, each of which takes away one like it."""
    rest, left = list(others), []
    for update in updates:
        if update in rest:
            rest.remove(update)
        else:
            left.append(update)
    return left


def _likeness(one: model.Update, other: model.Update) -> float:
    """Return how likely one update is the other, 0 when it is none: of the same day and report, or
    with words that are alike.
    """
    same = [one.date == other.date, one.source == other.source, one.text == other.text]
    words = difflib.SequenceMatcher(None, one.text[:200], other.text[:200], autojunk=False)
    alike = words.ratio()
    return sum(same) + alike if sum(same) > 1 or alike >= _ALIKE else 0
