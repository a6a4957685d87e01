"""Measures (措施): how the answer to an issue counts off what was done, 一是, 二是, …"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_DIGITS = "一二三四五六七八九"
# A measure begins a paragraph or follows the end of a sentence, half-width or full-width; a comma
# is too weak a sign.
_SENTENCE_END = "。”;:!?)\uff1b\uff1a\uff01\uff1f\uff09"


@dataclass(frozen=True)
class Measure:
    """A measure (措施): number from 1, and its text; ``number`` 0 is text before the first."""

    number: int
    texts: tuple[str, ...]

    @property
    def ordinal(self) -> str:
        """The words that count it off, e.g. 一是, or "" where the text has none."""
        ordinal = _counting(self.number)
        return ordinal if self.texts[0].startswith(ordinal) else ""


def split_measures(paragraphs: Sequence[str]) -> list[Measure]:
    """Split the paragraphs of an item into its measures, losing no character.

    一是, 二是, 三是 … count only in this order, at the start of a paragraph or of a sentence, and
    only when there are at least two, up to 99. Text before 一是 comes first as number 0. A
    paragraph without an ordinal belongs to the measure before it. An item that has no such run
    is one measure as a whole.
    """
    starts = list(_measure_starts(paragraphs))
    if len(starts) < 2:
        return [Measure(1, tuple(paragraphs))] if paragraphs else []
    end = (len(paragraphs), 0)
    bounds = [(0, 0), *starts, end]
    measures = [
        Measure(number, tuple(_slice(paragraphs, start, stop)))
        for number, (start, stop) in enumerate(itertools.pairwise(bounds))
    ]
    return [measure for measure in measures if measure.texts]


def _measure_starts(paragraphs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (paragraph, offset) of each 一是, 二是, … as far as they follow one another."""
    number = 1
    for index, text in enumerate(paragraphs):
        position = 0
        while number < 100 and (position := _find_ordinal(text, number, position)) >= 0:
            yield index, position
            number += 1
            position += 1


def _find_ordinal(text: str, number: int, start: int) -> int:
    """Return where ``<number>是`` opens a sentence of ``text`` at or after ``start``, or -1."""
    ordinal = _counting(number)
    while (start := text.find(ordinal, start)) >= 0:
        before = text[:start].rstrip()
        if not before or before[-1] in _SENTENCE_END:
            return start
        start += 1
    return -1


@functools.cache
def _counting(number: int) -> str:
    """Return what counts off measure ``number``; there are 99 of them at most."""
    return chinese_number(number) + "是"


def _slice(
    paragraphs: Sequence[str], start: tuple[int, int], stop: tuple[int, int]
) -> Iterator[str]:
    """Yield the pieces of ``paragraphs`` from ``start`` up to ``stop``, each (index, offset)."""
    for index in range(start[0], min(stop[0] + 1, len(paragraphs))):
        begin = start[1] if index == start[0] else 0
        end = stop[1] if index == stop[0] else None
        if piece := paragraphs[index][begin:end].strip():
            yield piece


def chinese_number(number: int) -> str:
    """Return 1–99 as a Chinese numeral, e.g. 3 → 三, 12 → 十二."""
    tens, ones = divmod(number, 10)
    prefix = "" if not tens else "十" if tens == 1 else _DIGITS[tens - 1] + "十"
    return prefix + (_DIGITS[ones - 1] if ones else "")
