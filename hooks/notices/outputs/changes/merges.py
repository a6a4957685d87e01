"""Merges: what one changed by itself, which none of the commits that it brought together tells.

A merge that takes from each side what only that side had changed has changed nothing. It tells what
it did otherwise: words of its own, and what one side had changed and it did not keep. What software
says is told where it was changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import combinations

from diff_match_patch import diff_match_patch

from ...history.git import Repository
from ...history.project import PUBLIC
from .change import Change

ChangeKey = tuple[str, ...]
ByKey = Mapping[ChangeKey, Change]
Between = Callable[[str | None, str], list[Change]]


def own(
    repository: Repository, merge: str, parents: Sequence[str], between: Between
) -> list[Change]:
    """Return what ``merge`` changed that no side told; ``between`` tells two commits apart."""
    base = _base(repository, parents)
    if not _may_have_own(repository, merge, parents, base):
        return []
    come = [_by_key(between(parent, merge)) for parent in parents]
    made = [_by_key(between(base, parent)) for parent in parents]
    found = {}
    for key in dict.fromkeys(key for each in come for key in each):
        lost = [n for n, each in enumerate(come) if key in each and _undoes(each[key], made[n])]
        everywhere = all(key in each for each in come)
        if lost and not everywhere:
            found[key] = come[lost[0]][key]
        elif everywhere and not _are_both(key, come, made):
            found[key] = come[lost[0] if lost else 0][key]
    return [*found.values()]


def _base(repository: Repository, parents: Sequence[str]) -> str | None:
    base: str | None = parents[0]
    for parent in parents[1:]:
        base = repository.merge_base(base, parent) if base else None
    return base


def _may_have_own(
    repository: Repository, merge: str, parents: Sequence[str], base: str | None
) -> bool:
    """Tell whether there is a file that is not taken from the one side that changed it."""
    if base is None:
        return True
    come = [_differing(repository, parent, merge) for parent in parents]
    made = [_differing(repository, base, parent) for parent in parents]
    return any(one & other for one, other in zip(come, made, strict=True)) or bool(
        set[str].intersection(*come)
    )


def _differing(repository: Repository, before: str, after: str) -> set[str]:
    return {*repository.differing(before, after, *PUBLIC)}


def _by_key(changes: Collection[Change]) -> dict[ChangeKey, Change]:
    """Return ``changes`` by what they are of, so that two of the same are one."""
    return {_key(change): change for change in changes if change.kind != "software"}


def _key(change: Change) -> ChangeKey:
    which = (change.before, change.after) if change.kind == "update" else ()
    what = "" if change.kind == "page" else change.what
    return (change.kind, change.notice, change.at, what, *which)


def _undoes(change: Change, made: ByKey) -> bool:
    """Tell whether ``change`` takes back, or over, one of those that a side had ``made``."""
    if change.kind != "update":
        return _key(change) in made
    others = (each for each in made.values() if each[:3] == change[:3])
    return any(
        (each.after and each.after == change.before)
        or (each.before and each.before == change.after)
        for each in others
    )


def _are_both(key: ChangeKey, come: Sequence[ByKey], made: Sequence[ByKey]) -> bool:
    """Tell whether the words of the merge are those of one side with the change of another."""
    patches = diff_match_patch()
    patches.Diff_Timeout = 0  # whatever the speed of the machine, the same result
    for one, other in combinations(range(len(come)), 2):
        if key in made[one] and key in made[other]:
            change = patches.patch_make(made[other][key].before, made[other][key].after)
            words, _ = patches.patch_apply(change, made[one][key].after)
            if words == come[one][key].after:
                return True
    return False
