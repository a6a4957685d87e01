"""Differences: changes in words, and changed texts as the few words that differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from diff_match_patch import diff_match_patch

from .change import KINDS, Change

_SHORT = 20  # characters that are taken in at a glance
_AROUND = 12  # characters of what stayed, before and after what did not
_NAMES = {-1: "gone", 0: "same", 1: "come"}


class Stretch(NamedTuple):
    """A piece of a text: ``gone``, ``come`` or the ``same``."""

    kind: str
    text: str


class ToldChange(NamedTuple):
    """A change as it is told: the old words and the new ones with an arrow, or the pieces."""

    what: str
    pieces: list[Stretch]
    arrow: bool
    note: str


def say(change: Change) -> ToldChange:
    """Return ``change`` as it is told."""
    if change.kind in ("unreadable", "withheld"):
        return ToldChange(f"{change.what}：{KINDS[change.kind]}", [], False, "")
    before, after = change.before, change.after
    long = min(len(before), len(after)) > _SHORT
    if long and change.kind not in ("approved-text", "attachment"):
        return ToldChange(change.what, differences(before, after), False, change.note)
    if before and after:
        return ToldChange(
            change.what, [Stretch("gone", before), Stretch("come", after)], True, change.note
        )
    pieces = [Stretch("gone", before)] if before else [Stretch("come", after)] if after else []
    return ToldChange(change.what, pieces, False, change.note)


def differences(before: str, after: str) -> list[Stretch]:
    """Return how ``before`` became ``after``, with a little around each place."""
    matcher = diff_match_patch()
    matcher.Diff_Timeout = 0  # whatever the speed of the machine, the same result
    found = matcher.diff_main(before, after)
    matcher.diff_cleanupSemantic(found)
    pieces = [Stretch(_NAMES[operation], text) for operation, text in found]
    return [_shortened(piece, at, len(pieces)) for at, piece in enumerate(pieces)]


def _shortened(piece: Stretch, at: int, count: int) -> Stretch:
    """Return a piece that stayed without its middle, or its outer part at either end."""
    if piece.kind != "same":
        return piece
    begin = piece.text[:_AROUND] if at else ""
    end = piece.text[-_AROUND:] if at < count - 1 else ""
    short = f"{begin}……{end}"
    return Stretch("same", short) if len(short) < len(piece.text) else piece


def by_place(changes: list[Change]) -> Iterator[tuple[str, list[Change]]]:
    """Yield where changes are, as :attr:`Change.at` has it, and those that are there, in order."""
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.at, []).append(change)
    yield from groups.items()
