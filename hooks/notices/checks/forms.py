"""The words by which texts print a status where they count items, as the vocabulary has them.

It has one form of each; the small words before it, which say since when and how far, are grammar.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from .. import software
from ..facts import model
from ..facts.salvage import validate
from ..facts.source import read_yaml
from ..problem import Faulty
from ..text.patterns import later

COMPLETED = "completed"
APART = "(apart)"
"""Stands for the status where the words name none, and what they count may be counted again."""
OVERLAPPING = ("continuing", "extended", APART)
"""What authors count on its own, or again among the others."""
# How a form begins → what may stand there in its place, and what after the form.
_SMALL = {
    "已": ("(?:均|现)?已经?", ""),
    "未": ("(?:仍|尚|还)?未", ""),
    "正在": ("(?:正在?|仍在|还在|尚在)(?:积极|抓紧|加快|有序|持续|稳步)?", "中?"),
    "持续": ("(?:仍?需要?|已|并)?持续", ""),
    "长期": ("(?:仍?需要?|已|并)?长期", ""),
    "": ("(?:(?:均|现)?已经?|全部|已全部|并)?", ""),
}


class Forms:
    """Every form of the statuses in a vocabulary; what is made of them is made once."""

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        self._of = {word: status for status, word in reversed([*forms])}
        self._words = sorted(self._of, key=lambda word: (-len(word), word))

    def words(self, status: str) -> list[str]:
        """Return the forms of ``status``, the longest first."""
        return [word for word in self._words if self._of[word] == status]

    def status_at(self, text: str, position: int) -> tuple[str, int] | None:
        """Return the status that the most words at ``position`` print, and where they end."""
        found = [
            (match.end(), start + match[1])
            for start, pattern in self._patterns
            if (match := pattern.match(text, position))
        ]
        end, word = max(found, default=(0, ""))
        return (self._of[word], end) if found else None

    @functools.cached_property
    def _patterns(self) -> list[tuple[str, re.Pattern[str]]]:
        """For each way to begin, a pattern of the forms that do, the rest of which it tells."""
        rests = {
            start: one_of(word.removeprefix(start) for word in self._words if _start(word) == start)
            for start in _SMALL
        }
        return [
            (start, later(f"{before}({rests[start]}){after}"))
            for start, (before, after) in _SMALL.items()
        ]

    @functools.cached_property
    def signs(self) -> list[str]:
        """Words of which every text has one that says what is completed, and few others do."""
        found: list[str] = []
        for word in reversed(self.words(COMPLETED)):
            core = word.removeprefix(_start(word))
            found += [core] * (not any(sign in core for sign in found))
        return found

    @functools.cached_property
    def overlapping(self) -> re.Pattern[str]:
        """Finds a form of what may be counted again among the others."""
        return later(one_of(word for status in OVERLAPPING for word in self.words(status)))

    @functools.cached_property
    def done(self) -> str:
        """A pattern of the forms of what is completed, without 已, which may stand elsewhere."""
        return one_of(word.removeprefix("已") for word in self.words(COMPLETED))


def _start(word: str) -> str:
    return next(start for start in _SMALL if word.startswith(start))


def one_of(words: Iterable[str]) -> str:
    """Return a pattern of any of ``words``."""
    found = [re.escape(word) for word in dict.fromkeys(words)]
    return f"(?:{'|'.join(found)})" if found else "(?!)"


def forms_of(vocabulary: model.Vocabulary) -> Forms:
    """Return the forms that ``vocabulary`` has, each label among them.

    One of the time before there were any is read as the software's own.
    """
    labels = ((status.id, status.label) for status in vocabulary.statuses)
    return _forms((*labels, *(_said(vocabulary) or usual())))


@functools.lru_cache(maxsize=4)
def _forms(found: tuple[tuple[str, str], ...]) -> Forms:
    return Forms(found)


def _said(vocabulary: model.Vocabulary) -> tuple[tuple[str, str], ...]:
    of_statuses = ((each.id, word) for each in vocabulary.statuses for word in each.forms)
    return (*of_statuses, *((APART, word) for word in vocabulary.overlapping))


@functools.cache
def usual() -> tuple[tuple[str, str], ...]:
    """Return what the software's own vocabulary says, as (status, form)."""
    try:
        own = read_yaml(software.ROOT, "data/vocabulary.yml")
        return _said(validate(own, model.Vocabulary))
    except Faulty:
        return ()
