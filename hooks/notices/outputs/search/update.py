"""The index of pairs from one build to the next: only what has changed is worked out again.

As long as notices stay as many, and their sections too, a change of some concerns only the buckets
of the pairs that came or went; otherwise the index is made anew. Both ways give the same bytes. All
is kept as one entry of the cache, under the version of this package.
"""

from __future__ import annotations

import bisect
import itertools
import json
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ...cache import Drawer
from ...digest import digest
from .buckets import Posting, bucket_of, postings, read_bucket, write_bucket
from .fold import same_characters
from .pairs import make_buckets
from .texts import Texts, fold_texts, to_json

_SHARE = 10  # with more than one notice in so many changed, starting anew is as quick


def kept_buckets(notices: Sequence[Texts], count: int, room: Drawer | None) -> list[bytes]:
    """Return the ``count`` buckets of the index of ``notices``, and keep them in ``room``."""
    kept = _read(room) if room else None
    if kept and kept.notices == notices and len(kept.buckets) == count:
        return kept.buckets
    if kept and len(kept.buckets) == count and _alike(kept.notices, notices):
        buckets = _updated(kept, notices)
    else:
        folded = (fold_texts(notice.files) for notice in notices)
        buckets = [to_json(bucket) for bucket in make_buckets(folded, count)]
    if room:
        _keep(room, notices, buckets)
    return buckets


class _Kept(NamedTuple):
    notices: list[Texts]
    buckets: list[bytes]


def _alike(before: Sequence[Texts], after: Sequence[Texts]) -> bool:
    """Tell whether sections keep their numbers, and few notices have changed."""
    same = [notice.sections for notice in before] == [notice.sections for notice in after]
    changed = sum(old != new for old, new in zip(before, after, strict=False))
    return same and changed * _SHARE <= len(after)


def _updated(kept: _Kept, notices: Sequence[Texts]) -> list[bytes]:
    """Return the kept buckets with what came and without what went."""
    gone: set[Posting] = set()
    come: set[Posting] = set()
    first = 0
    for number, (before, after) in enumerate(zip(kept.notices, notices, strict=True)):
        if before != after:
            old = postings(fold_texts(before.files), number, first)
            new = postings(fold_texts(after.files), number, first)
            gone |= old - new
            come |= new - old
        first += after.sections
    buckets = kept.buckets.copy()
    changes: defaultdict[int, list[tuple[bool, Posting]]] = defaultdict(list)
    for posting in gone | come:
        changes[bucket_of(posting.key, len(buckets))].append((posting in come, posting))
    for place, changed in changes.items():
        buckets[place] = _changed(buckets[place], changed)
    return buckets


def _changed(bucket: bytes, changes: Sequence[tuple[bool, Posting]]) -> bytes:
    lists = read_bucket(*json.loads(bucket))
    for added, posting in changes:
        numbers = lists.setdefault(posting.key, ([], []))[posting.in_title]
        if added:
            bisect.insort(numbers, posting.number)
        else:
            numbers.remove(posting.number)
    return to_json(write_bucket(lists))


def _read(room: Drawer) -> _Kept | None:
    """Return what is kept in ``room``, or None when nothing is."""
    kept = room.get(_version())
    if kept is None:
        return None
    head, *lines = kept.split(b"\n")
    state: dict[str, Any] = json.loads(head)
    rest = iter(lines)
    buckets = list(itertools.islice(rest, state["buckets"]))
    notices = [
        Texts(tuple(itertools.islice(rest, files)), sections)
        for files, sections in state["notices"]
    ]
    return _Kept(notices, buckets)


def _keep(room: Drawer, notices: Sequence[Texts], buckets: Sequence[bytes]) -> None:
    state = {
        "buckets": len(buckets),
        "notices": [(len(each.files), each.sections) for each in notices],
    }
    files = (file for notice in notices for file in notice.files)
    room.set(_version(), b"\n".join((to_json(state), *buckets, *files)))
    room.forget({_version()})


def _version() -> str:
    """Return a name for what this package does: another one may make another index."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    same = to_json([unicodedata.unidata_version, same_characters()])
    return digest(same, *(source.read_bytes() for source in sources))
