"""The buckets of an index, made of all notices, or of those that were made before and what changed.

Both ways give the same bytes. A change concerns the buckets of the pairs that came or went and, as
the archive grows, the few that are divided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from .arrangement import Arrangement
from .buckets import Bucket, divided
from .lists import Lists, Numbers, changes, read_buckets, write_buckets
from .pairs import Postings, buckets_of, in_titles, keys_of, make_buckets, numbers_of, postings_of
from .store import Kept, Remembered, Store
from .texts import Findable, Rows, fold_rows

_SHARE = 8  # with more than one notice in so many changed, starting anew is as quick
_AT_ONCE = 64  # buckets, so that little memory does
_NUMBER_BITS = np.int64(40)

Flags = npt.NDArray[np.bool_]


class Maker:
    """Makes the buckets of the index of ``archive``, of which ``rows`` gives what there is of each
    notice. Postings of notices are kept in ``store``.
    """

    def __init__(
        self, archive: Arrangement, store: Store, rows: Callable[[Findable], Rows]
    ) -> None:
        self._archive, self._store, self._rows = archive, store, rows

    def all(self) -> Iterator[Bucket]:
        """Yield all buckets."""
        notices = ((number, self._postings(notice)) for notice, number in self._archive.notices)
        return make_buckets(notices, self._archive.section_bits, self._archive.buckets)

    def changed(self, kept: Kept, read: Callable[[int], Bucket | None]) -> dict[int, Bucket] | None:
        """Return by their number the buckets that may differ from those ``kept``, which ``read``
        gives; None when it is as quick to make all, or when not all that it takes is there.
        """
        moved = self._moved(kept)
        if moved is None:
            return None
        change = _Change(kept.buckets, self._archive.buckets, *moved)
        numbers = change.touched()
        made: dict[int, Bucket] = {}
        for at in range(0, len(numbers), _AT_ONCE):
            some = numbers[at : at + _AT_ONCE]
            before = [read(n) for n in change.sources(some)]
            found = [bucket for bucket in before if bucket is not None]
            if len(found) < len(before):
                return None
            made.update(zip(some, change.after(some, found), strict=True))
        return made

    def _moved(self, kept: Kept) -> tuple[Lists, Lists] | None:
        """Return the postings that are no longer in the index, and those that are new."""
        now = {notice.address: (notice, number) for notice, number in self._archive.notices}
        changed = [
            address
            for address in sorted(kept.notices.keys() | now.keys())
            if not _stays(kept.notices.get(address), now.get(address))
        ]
        alike = kept.buckets > 0 and kept.section_bits == self._archive.section_bits
        if not alike or len(changed) * _SHARE > len(now):
            return None
        gone, come = [], []
        for address in changed:
            old, new = kept.notices.get(address), now.get(address)
            went = self._store.postings(old.digest) if old else b""
            if went is None:
                return None
            before = np.frombuffer(went, np.uint64)
            after = self._postings(new[0]) if new else np.empty(0, np.uint64)
            if old and new and old.number == new[1]:
                both = before, after
                before, after = _without(*both), _without(*reversed(both))
            gone.append((old.number if old else 0, before))
            come.append((new[1] if new else 0, after))
        return self._listed(gone), self._listed(come)

    def _listed(self, notices: Sequence[tuple[int, Postings]]) -> Lists:
        """Return postings of ``notices``, each of which has a number, one by one."""
        bits = self._archive.section_bits
        postings = np.concatenate([np.empty(0, np.uint64), *(each for _, each in notices)])
        numbers = [numbers_of(each, number, bits) for number, each in notices]
        return Lists(
            keys_of(postings),
            in_titles(postings),
            np.concatenate([np.empty(0, np.int64), *numbers]),
        )

    def _postings(self, notice: Findable) -> Postings:
        return kept_postings(self._store, notice, self._rows)


def kept_postings(store: Store, notice: Findable, rows: Callable[[Findable], Rows]) -> Postings:
    """Return the postings of a notice, of which ``rows`` gives what there is, and keep them."""
    kept = store.postings(notice.digest)
    if kept is not None:
        return np.frombuffer(kept, np.uint64)
    postings = postings_of(fold_rows(rows(notice)))
    store.keep_postings(notice.digest, postings.tobytes())
    return postings


def _stays(old: Remembered | None, new: tuple[Findable, int] | None) -> bool:
    return bool(old and new and (old.number, old.digest) == (new[1], new[0].digest))


def _without(postings: Postings, others: Postings) -> Postings:
    return np.setdiff1d(postings, others, assume_unique=True)


class _Change:
    """What becomes of buckets when there are ``count`` of them, where there were ``before``, and
    some postings have ``gone`` and others have ``come``: lists of one each.
    """

    def __init__(self, before: int, count: int, gone: Lists, come: Lists) -> None:
        self._before, self._count = before, count
        self._gone, self._come = gone, come
        self._gone_from, self._come_to = (buckets_of(each.keys, count) for each in (gone, come))
        self._parts = [*_divided(before, count)]

    def touched(self) -> list[int]:
        """Return the buckets that are other ones than before, ascending."""
        return sorted({*self._gone_from.tolist(), *self._come_to.tolist(), *self._parts})

    def sources(self, numbers: Sequence[int]) -> list[int]:
        """Return the buckets of before that hold what these hold now, ascending."""
        wanted, found = {*numbers}, set()
        for number in numbers:
            found.add(_within(number, self._before))
        for number in range(self._count, self._before):
            if _within(number, self._count) in wanted:
                found.add(number)
        return sorted(found)

    def after(self, numbers: Sequence[int], before: Sequence[Bucket]) -> Iterator[Bucket]:
        """Yield the buckets of these ``numbers``, made of those ``before``."""
        among = np.array(numbers)
        lists = read_buckets(before)
        if self._before != self._count:
            lists = _kept(lists, np.isin(buckets_of(lists.keys, self._count), among))
        gone = _kept_each(self._gone, np.isin(self._gone_from, among))
        come = _kept_each(self._come, np.isin(self._come_to, among))
        after = _merged(lists, gone, come, self._count)
        return write_buckets(after, buckets_of(after.keys, self._count), numbers)


def _within(bucket: int, count: int) -> int:
    """Return which of ``count`` buckets holds what ``bucket`` holds when there are more."""
    while bucket >= count:
        bucket = divided(bucket)
    return bucket


def _divided(before: int, after: int) -> Iterator[int]:
    """Yield the buckets that were divided, or put together again, when there are more or less."""
    fewer = min(before, after)
    for number in range(fewer, max(before, after)):
        if number < after:
            yield number
        yield _within(number, fewer)


def _kept(lists: Lists, keys: Flags) -> Lists:
    """Return the lists of those keys."""
    stay = keys[lists.lists >> 1]
    places = np.cumsum(keys) - 1
    own = 2 * places[lists.lists[stay] >> 1] + (lists.lists[stay] & 1)
    return Lists(lists.keys[keys], own, lists.numbers[stay])


def _kept_each(lists: Lists, each: Flags) -> Lists:
    return Lists(lists.keys[each], lists.lists[each], lists.numbers[each])


def _merged(before: Lists, gone: Lists, come: Lists, buckets: int) -> Lists:
    """Return the lists of ``before`` without what is ``gone``, and with what has ``come``, both of
    single postings: their lists are 1 for titles.
    """
    keys = np.unique(np.concatenate([before.keys, come.keys]))
    order = np.argsort(buckets_of(keys, buckets), kind="stable")
    rank = np.empty(len(keys), np.int64)
    rank[order] = np.arange(len(keys))

    def packed(own: Numbers, in_title: Numbers, numbers: Numbers) -> Numbers:
        made = (2 * own + in_title) << _NUMBER_BITS | numbers
        return made if np.all(made[1:] > made[:-1]) else np.sort(made)

    places = rank[np.searchsorted(keys, before.keys)]
    old = packed(places[before.lists >> 1], before.lists & 1, before.numbers)
    went = packed(rank[np.searchsorted(keys, gone.keys)], gone.lists, gone.numbers)
    came = packed(rank[np.searchsorted(keys, come.keys)], come.lists, come.numbers)
    stay = np.ones(len(old), np.bool_)
    stay[np.searchsorted(old, went)] = False
    old = old[stay]
    new = np.insert(old, np.searchsorted(old, came), came)
    lists = new >> _NUMBER_BITS
    heads = changes(lists >> 1)
    lengths = np.diff(np.append(heads, len(new)))
    own = np.repeat(2 * np.arange(len(heads)), lengths) + (lists & 1)
    return Lists(keys[order][lists[heads] >> 1], own, new & ((np.int64(1) << _NUMBER_BITS) - 1))
