"""The pairs of an archive by how they begin to sound: who types letters need not read all texts.

A group has the pairs whose characters begin with the same two letters when they are read, those
that stand in most places first: the browser joins them to words, and looks these up in the index
like any other. How many places, is told by the length of their lists, and only by powers of two, so
that few groups change when a notice does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pydantic_core import from_json

from .buckets import Bucket
from .sounds import Sounds, letters_of
from .texts import to_json

WIDEST = 9  # one digit for a power


class Group(NamedTuple):
    """Pairs, one after the other as in the file of their group, and the power of each."""

    pairs: str
    powers: str


Groups = dict[str, Group]


class Spoken:
    """Finds the groups of pairs by the readings of ``sounds``."""

    def __init__(self, sounds: Sounds) -> None:
        self.letters = letters_of(sounds)
        """With which letters each character may begin to be read."""

    def changed(self, groups: Groups, gone: Iterable[Bucket], come: Iterable[Bucket]) -> Groups:
        """Return ``groups`` without the pairs of some buckets, and with those of others."""
        went, came = dict(_pairs(gone)), dict(_pairs(come))
        others = {key for key in went.keys() | came.keys() if went.get(key) != came.get(key)}
        touched = {letters for key in others for letters in self._of(key)}
        gathered = {letters: _gathered(groups.get(letters)) for letters in touched}
        for key in others:
            for letters in self._of(key):
                if key in came:
                    gathered[letters][key] = came[key]
                else:
                    gathered[letters].pop(key, None)
        after = {**groups, **{letters: _group(pairs) for letters, pairs in gathered.items()}}
        return {letters: after[letters] for letters in sorted(after) if after[letters].pairs}

    def _of(self, key: str) -> Iterator[str]:
        """Yield with which two letters a pair may begin; none where a sign is never read."""
        for first in self.letters.get(key[0], ""):
            for second in self.letters.get(key[1], ""):
                yield first + second


def kept(groups: Groups) -> bytes:
    """Return ``groups`` as they are kept, the same bytes for the same groups."""
    return to_json(groups)


def read(data: bytes) -> Groups:
    """Return the groups that are kept in ``data``."""
    return {letters: Group(*each) for letters, each in from_json(data).items()}


def _pairs(buckets: Iterable[Bucket]) -> Iterator[tuple[str, int]]:
    for keys, lists in buckets:
        for place, written in enumerate(lists.split(",") if keys else ()):
            yield keys[2 * place : 2 * place + 2], min(len(written).bit_length(), WIDEST)


def _gathered(group: Group | None) -> dict[str, int]:
    pairs, powers = group or ("", "")
    return {pairs[2 * place : 2 * place + 2]: int(power) for place, power in enumerate(powers)}


def _group(pairs: Mapping[str, int]) -> Group:
    # Of the same power they stay in their order.
    ordered = sorted(sorted(pairs), key=pairs.__getitem__, reverse=True)
    return Group("".join(ordered), "".join(map(str, map(pairs.__getitem__, ordered))))
