"""Clauses: where they begin and end in a text, and what stands around them in their sentence.

What is quoted, and titles, are names: no mark in them ends a clause, and nothing in them is said.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

_HIDDEN = "○"
# More characters of a clause, and more occurrences of a quote, than are read: they only take time.
_CLAUSE, _MOST = 400, 20
_PAIRS = (("《", "》"), ("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"))
_NAMES = re.compile("|".join(f"{a}[^{a}{b}\n]{{0,200}}{b}" for a, b in _PAIRS))
_ASIDES = re.compile("[(（][^()（）\n]*[)）]|[\\[【〔][^\\[\\]【】〔〕\n]*[\\]】〕]")
_NUMERAL = "[一二三四五六七八九十]{1,3}"
# What counts a clause off is no part of it: 一是, (1), 1., ①, 第一,
_ORDINAL = re.compile(
    f"(?:{_NUMERAL}(?:是|、)|第{_NUMERAL}|[(（](?:{_NUMERAL}|[0-9０-９]{{1,2}})[)）]"
    "|[0-9０-９]{1,2}[.．)）、](?![0-9０-９])|[①-⑳]|首先|其次|再次|最后)[,，、:：]? *"
)
# 1,250 and 8:30 are numbers.
_SOFT = "(?<![0-9])[,:]|[,:](?![0-9])|[，：]"
_STOP = "。；;！!？?\n\t"
_STOPS = re.compile(f"[{_STOP}]")
_ENDS = re.compile(f"{_STOPS.pattern}|、|{_SOFT}")
_PAUSES = re.compile(_SOFT)
_MARKS = "。；;！!？?\n\t、,，:： \u3000"


@dataclass(frozen=True)
class Quoted:
    """The clauses that a quote takes from a sentence, and those before and after them.

    ``after`` is the next clause, or "" where a new sentence begins; ``labels`` tells of each clause
    before whether a colon follows it. ``asides`` are what stands in brackets within ``own``.
    """

    before: tuple[str, ...]
    labels: tuple[bool, ...]
    own: tuple[str, ...]
    after: str
    asides: tuple[str, ...] = ()


def whole(text: str, quote: str) -> Iterator[Quoted]:
    """Yield each occurrence of ``quote`` in ``text`` that begins and ends where clauses do."""
    named = _hide(_NAMES, text)
    has_asides = bool(_ASIDES.search(named))
    plain = _hide(_ASIDES, named)
    for start, end in itertools.islice(_occurrences(text, quote), _MOST):
        if not has_asides:  # as most texts
            yield from _clauses(plain, start, end)
            continue
        aside = next((each for each in _ASIDES.finditer(named) if _within(each, start, end)), None)
        if aside and not _ORDINAL.fullmatch(aside[0]):
            # What stands in brackets is a sentence of its own.
            offset = aside.start() + 1
            area = named[offset : aside.end() - 1]
            yield from _clauses(area, start - offset, end - offset)
        else:
            asides = tuple(each[0][1:-1][:_CLAUSE] for each in _ASIDES.finditer(named[start:end]))
            yield from _clauses(plain, start, end, asides)


def surrounding(text: str, quote: str) -> str:
    """Return the whole clauses around the first occurrence of ``quote``, as they are written."""
    plain = _hide(_ASIDES, _hide(_NAMES, text))
    start, end = next(_occurrences(text, quote), (0, len(text)))
    ends = [match for match in _ENDS.finditer(plain) if match[0] != "、"]
    begin = max((each.end() for each in ends if each.end() <= start), default=0)
    if ordinal := _ORDINAL.match(text, begin):
        begin = min(ordinal.end(), start)
    stop = min((each.start() for each in ends if each.start() >= end), default=len(text))
    return text[begin:stop].strip(_MARKS)


def sentences(text: str) -> Iterator[str]:
    """Yield what may be quoted of ``text``: each clause, and each run of them in a sentence."""
    for sentence in _STOPS.split(text):
        ends = [0, *(each.end() for each in _PAUSES.finditer(sentence)), len(sentence)]
        for begin, end in itertools.combinations(ends[: _MOST + 1], 2):
            yield sentence[begin:end].strip(_MARKS)


def _hide(pattern: re.Pattern[str], text: str) -> str:
    """Return ``text`` of the same length in which the matches of ``pattern`` say nothing."""
    if not pattern.search(text):
        return text
    return pattern.sub(
        lambda match: match[0] if _ORDINAL.fullmatch(match[0]) else _HIDDEN * len(match[0]), text
    )


def _occurrences(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Yield where ``quote`` stands in ``text``, without the marks at its ends."""
    bare = quote.strip(_MARKS)
    start = text.find(bare) if bare else -1
    while start >= 0:
        yield start, start + len(bare)
        start = text.find(bare, start + 1)


def _within(match: re.Match[str], start: int, end: int) -> bool:
    return match.start() < start and end < match.end()


def _begins(text: str, start: int) -> bool:
    """Tell whether a clause of a sentence begins at ``start``, with its ordinal or after it."""
    begin = max((each.end() for each in _ENDS.finditer(text) if each.end() <= start), default=0)
    if not text[begin:start].strip():
        return True
    # An ordinal may end in a mark itself: 第一，
    ordinals = (_ORDINAL.match(text, _skip(text, at)) for at in (begin, 0))
    return any(match and _skip(text, match.end()) == start for match in ordinals)


def _skip(text: str, start: int) -> int:
    """Return where the next character that is no space stands."""
    return len(text) - len(text[start:].lstrip())


def _stops(text: str, end: int) -> bool:
    after = end + len(text[end:]) - len(text[end:].lstrip(" \u3000"))
    return after == len(text) or bool(_ENDS.match(text, after))


def _clauses(text: str, start: int, end: int, asides: tuple[str, ...] = ()) -> Iterator[Quoted]:
    """Yield what stands from ``start`` to ``end``, if it is clauses; 、 divides none of them."""
    first = 1 + max([text.rfind(mark, 0, start) for mark in _STOP])
    stop = _STOPS.search(text, end)
    text = text[first : stop.start() if stop else None]
    start, end = start - first, end - first
    if not (_begins(text, start) and _stops(text, end)):
        return
    bounds = [(0, 0), *(each.span() for each in _PAUSES.finditer(text))]
    begins, ends = [at for _, at in bounds], [at for at, _ in bounds[1:]]
    before: list[str] = []
    labels: list[bool] = []
    own: list[str] = []
    after: list[str] = []
    for begin, upto in zip(begins, (*ends, len(text)), strict=True):
        clause = text[begin : min(upto, begin + _CLAUSE)].strip()
        if not begin and (ordinal := _ORDINAL.match(clause)):
            clause = clause[ordinal.end() :]
        if upto <= start:
            before.append(clause)
            labels.append(text[upto] in ":：")
        else:
            (own if begin < end else after).append(clause)
    near = slice(-_MOST, None)
    yield Quoted(
        tuple(before[near]),
        tuple(labels[near]),
        tuple(own[:_CLAUSE]),
        "".join(after[:1]),
        asides,
    )
