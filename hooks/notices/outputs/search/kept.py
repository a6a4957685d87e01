"""The buckets of an index from one build to the next: only those that change are made again."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ...digest import digest
from .arrangement import Arrangement
from .buckets import Bucket
from .directory import NAME
from .spoken import Groups, Spoken, kept, read
from .store import BUCKETS_AN_ENTRY, Kept, Store
from .texts import Findable, Rows, to_json

if TYPE_CHECKING:
    from .spoken_all import AllSpoken
    from .update import Maker


class BucketFile(NamedTuple):
    """A bucket: its digest, and what gives it as JSON."""

    digest: str
    content: Callable[[], bytes]


class KeptBuckets:
    """The buckets of the index of ``archive``, of which ``rows`` gives what there is of a notice.

    ``before`` is the index that was made before; they are kept in ``store``.
    """

    def __init__(
        self,
        archive: Arrangement,
        store: Store,
        before: Kept | None,
        rows: Callable[[Findable], Rows],
        spoken: Spoken,
    ) -> None:
        self._archive, self._store, self._before, self._rows = archive, store, before, rows
        self._spoken = spoken
        self.entries: list[str] = []
        """Those that hold the buckets, once all were given."""
        self.groups: Groups = {}
        """The groups of their pairs by how they sound, once all were given."""

    def files(self) -> Iterator[BucketFile]:
        """Yield all buckets in the order of their numbers."""
        before, changed = self._before, self._changed()
        if before is None or changed is None:
            yield from self._files_anew()
            return
        self.groups = self._regrouped(before, changed)
        self.entries += self._entries(before, changed)
        for n in range(self._archive.buckets):
            if new := changed.get(n):
                yield BucketFile(digest(new)[:NAME], functools.partial(bytes, new))
            else:
                yield BucketFile(before.digests[n], functools.partial(self._content, n))

    def _files_anew(self) -> Iterator[BucketFile]:
        if self._archive.buckets:
            spoken = self._all_spoken()
            for data in self._store.keep_buckets(self._all(spoken.add), self.entries):
                yield BucketFile(digest(data)[:NAME], functools.partial(bytes, data))
            self.groups = spoken.groups()

    def _changed(self) -> Mapping[int, bytes] | None:
        """Return the buckets that may have changed, None when all are made anew."""
        before = self._before
        if before is None or not self._archive.buckets:
            return None
        now = {notice.address: (number, notice.digest) for notice, number in self._archive.notices}
        same = before[:2] == (self._archive.buckets, self._archive.section_bits)
        if same and now == {address: each[:2] for address, each in before.notices.items()}:
            return {}
        changed = self._maker.changed(before, functools.partial(self._read, before))
        return None if changed is None else {n: to_json(each) for n, each in changed.items()}

    def _regrouped(self, before: Kept, changed: Mapping[int, bytes]) -> Groups:
        """Return the groups of pairs, when some buckets have changed."""
        data = self._store.spoken(before.spoken)
        if data is None:
            numbers = range(self._archive.buckets)
            now = (changed.get(n) or self._stored(before.entries, n) for n in numbers)
            spoken = self._all_spoken()
            for bucket in map(_bucket, now):
                spoken.add(bucket)
            return spoken.groups()
        groups = read(data)
        if not changed:
            return groups
        touched = {*changed, *range(self._archive.buckets, before.buckets)}
        gone = [self._stored(before.entries, n) for n in touched if n < before.buckets]
        return self._spoken.changed(groups, map(_bucket, gone), map(_bucket, changed.values()))

    def keep_groups(self) -> str:
        """Keep the groups of pairs; return the entry that holds them, "" without pairs."""
        return self._store.keep_spoken(kept(self.groups)) if self._archive.buckets else ""

    def _all_spoken(self) -> AllSpoken:
        """Return what finds the groups of all pairs."""
        from .spoken_all import AllSpoken  # noqa: PLC0415 (with NumPy, which only archives need)

        return AllSpoken(self._spoken.letters)

    def _entries(self, before: Kept, changed: Mapping[int, bytes]) -> Iterator[str]:
        """Yield the entries of all buckets, those with changed ones new."""
        count = self._archive.buckets
        for entry, start in enumerate(range(0, count, BUCKETS_AN_ENTRY)):
            numbers = range(start, min(start + BUCKETS_AN_ENTRY, count))
            was = range(start, min(start + BUCKETS_AN_ENTRY, before.buckets))
            if numbers == was and changed.keys().isdisjoint(numbers):
                yield before.entries[entry]
            else:
                kept = (changed.get(n) or self._stored(before.entries, n) for n in numbers)
                yield self._store.keep_entry([*kept])

    def _read(self, before: Kept, number: int) -> Bucket | None:
        data = self._store.bucket(before.entries, number)
        return None if data is None else _bucket(data)

    def _content(self, number: int) -> bytes:
        return self._stored(self.entries, number)

    def _stored(self, entries: Sequence[str], number: int) -> bytes:
        """Return a bucket that has not changed; made anew when it is not kept any longer."""
        found = self._store.bucket(entries, number)
        return self._again[number] if found is None else found

    @functools.cached_property
    def _again(self) -> list[bytes]:
        return [*self._all()]

    def _all(self, tell: Callable[[Bucket], object] = lambda _: None) -> Iterator[bytes]:
        """Yield all buckets, made anew; ``tell`` is told each of them."""
        for bucket in self._maker.all():
            tell(bucket)
            yield to_json(bucket)

    @functools.cached_property
    def _maker(self) -> Maker:
        from .update import Maker  # noqa: PLC0415 (with NumPy, which only archives wait for)

        return Maker(self._archive, self._store, self._rows)


def _bucket(data: bytes) -> Bucket:
    return Bucket(*json.loads(data))
