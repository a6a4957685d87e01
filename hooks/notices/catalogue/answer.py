"""The answer: where a notice, a list, a part of a notice or an item stands, in one sentence.

Whoever says it, says it in these words: home, notice, lists, cards, and what machines are told.
Items and measures are counted apart. That nothing is stated is said of items alone where nothing is
stated of their measures, either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from ..facts import model
from .notices import Item
from .saying import Span, Spans
from .standing import Standing

_ITEMS, _MEASURES = "个", "条"  # what Chinese counts them with


class Called(Protocol):
    """What says what items and measures are called: a kind of notice, or a list of several."""

    @property
    def item(self) -> str: ...
    @property
    def measure(self) -> str: ...


class Stands(Protocol):
    """An item, or its summary."""

    @property
    def status(self) -> str: ...
    @property
    def measure_counts(self) -> Mapping[str, int]: ...


def line(item: Stands, called: Called, vocabulary: model.Vocabulary) -> Spans:
    """Return where ``item`` stands: its own status, or what is stated of its measures, or that
    nothing is.
    """
    counts = item.measure_counts
    if item.status != model.UNSTATED or not _is_stated(counts):
        return (Span("", "status", item.status),)
    total = sum(counts.values())
    told = [Span(f"{total}{_MEASURES}{called.measure}：")]
    for id_, count in _in_order(counts, vocabulary):
        number = f"{count}{_MEASURES}" if total > 1 else ""
        told += [Span(number), Span("", "status", id_), Span("，")]
    return (*told[:-1],)


def answer(standing: Standing, called: Called, withheld: int, vocabulary: model.Vocabulary) -> str:
    """Return how many items and measures there are, and how many of them stand where; ``withheld``
    items are not among those of ``standing``.
    """
    items = _head(standing.items.total() + withheld, _ITEMS, called.item)
    items += f"（其中{withheld}{_ITEMS}不公开）" if withheld else ""
    total = standing.measures.total()
    measures = _head(total, _MEASURES, called.measure) if total else ""
    said = _said(items, measures, standing, vocabulary)
    if standing.findings:
        said += f"；核查结论：{counted(standing.findings, _ITEMS, vocabulary)}"
    return said


def drawn(item: Item) -> list[str]:
    """Return the statuses of which a small picture of ``item`` is made: its own, or those of its
    measures, or that nothing is stated.
    """
    if item.status != model.UNSTATED or not _is_stated(item.measure_counts):
        return [item.status]
    return [measure.facts.status for measure in item.measures]


def tone(status: str, vocabulary: model.Vocabulary) -> str:
    """Return in which tone ``status`` is drawn, with one of its own for what nobody stated."""
    return status if status == model.UNSTATED else vocabulary[status].tone


def key(items: Iterable[Item], vocabulary: model.Vocabulary) -> list[tuple[str, list[str]]]:
    """Return the tones in which pictures of ``items`` are drawn, each with what it stands for; none
    where nothing is stated.
    """
    counts = Counter(id_ for item in items for id_ in drawn(item))
    found: dict[str, list[str]] = {}
    for id_, _ in _in_order(counts, vocabulary) if _is_stated(counts) else ():
        found.setdefault(tone(id_, vocabulary), []).append(vocabulary.label(id_))
    return [*found.items()]


def counted(counts: Mapping[str, int], unit: str, vocabulary: model.Vocabulary) -> str:
    """Return how many stand where, e.g. 2条已完成，65条原文未写明."""
    told = (f"{n}{unit}{vocabulary.label(id_)}" for id_, n in _in_order(counts, vocabulary))
    return "，".join(told)


def _said(items: str, measures: str, standing: Standing, vocabulary: model.Vocabulary) -> str:
    """Return the heads of both with what is stated of each."""
    of_items = counted(standing.items, _ITEMS, vocabulary)
    of_measures = counted(standing.measures, _MEASURES, vocabulary)
    if not _is_stated(standing.items):
        both = f"{items}、{measures}" if measures else items
        unstated = vocabulary.label(model.UNSTATED) if standing.items else ""
        said = of_measures if _is_stated(standing.measures) else unstated
        return f"{both}：{said}" if said else both
    if not measures:
        return f"{items}：{of_items}"
    if not _is_stated(standing.measures):
        return f"{items}：{of_items}；共{measures}"
    return f"{items}：{of_items}；{measures}：{of_measures}"


def _head(total: int, unit: str, called: str) -> str:
    return f"{total}{unit}{called}"


def _is_stated(counts: Mapping[str, int]) -> bool:
    """Tell whether anything but that nothing is stated has a number."""
    return any(count for id_, count in counts.items() if id_ != model.UNSTATED)


def _in_order(counts: Mapping[str, int], vocabulary: model.Vocabulary) -> Iterator[tuple[str, int]]:
    """Yield the numbers that are not zero, in the order of the vocabulary."""
    words = (*vocabulary.statuses, *vocabulary.findings)
    return ((each.id, counts[each.id]) for each in words if counts.get(each.id))
