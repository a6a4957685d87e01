"""What is kept of the index from one build to the next, in pieces that are read when needed.

In the room there are an entry for each notice with its postings, an entry for every few buckets,
and one, under the version of this package, that says which of them make up the index. All others
are called by what is in them, so that whatever stops a build, what is kept fits together.
"""

from __future__ import annotations

import functools
import itertools
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ...cache import Drawer
from ...digest import digest
from .fold import same_characters
from .sounds import TABLE
from .texts import to_json

BUCKETS_AN_ENTRY = 16


class Remembered(NamedTuple):
    """A notice of the index that was made before: the digest of its rows, its texts' names."""

    number: int
    digest: str
    files: str


class Kept(NamedTuple):
    """The index that was made before: how it was laid out, its notices by their address, the
    digests of its buckets, and the entries that hold them.
    """

    buckets: int
    section_bits: int
    sections_in_file: int
    notices: Mapping[str, Remembered]
    digests: Sequence[str]
    entries: Sequence[str]
    spoken: str
    """The entry that holds the groups of pairs by how they sound; "" without pairs."""


class Store:
    """What ``room`` keeps; without a room, nothing."""

    def __init__(self, room: Drawer | None) -> None:
        self._room = room
        self._last: tuple[str, list[bytes]] = ("", [])

    def read(self) -> Kept | None:
        """Return the index that was made before, when there is one."""
        said = self._room.get(_version()) if self._room else None
        if said is None:
            return None
        kept = Kept._make(json.loads(said))
        notices = {address: Remembered(*each) for address, each in kept.notices.items()}
        return kept._replace(notices=notices)

    def keep(self, kept: Kept) -> None:
        """Keep the index, and of all else nothing."""
        if self._room:
            self._room.set(_version(), to_json(kept))
            listed = {_listed(each.digest) for each in kept.notices.values()}
            named = {_version(), kept.spoken}
            self._room.forget({*named, *kept.entries, *listed})

    def postings(self, rows: str) -> bytes | None:
        """Return the postings of the notice of whose rows this is the digest."""
        return self._room.get(_listed(rows)) if self._room else None

    def keep_postings(self, rows: str, postings: bytes) -> None:
        """Keep the postings of a notice."""
        if self._room:
            self._room.set(_listed(rows), postings)

    def bucket(self, entries: Sequence[str], number: int) -> bytes | None:
        """Return a bucket, if it is still kept in these entries."""
        entry = entries[number // BUCKETS_AN_ENTRY]
        if entry != self._last[0]:
            found = self._room.get(entry) if self._room else None
            self._last = (entry, found.split(b"\n") if found else [])
        buckets = self._last[1]
        return buckets[number % BUCKETS_AN_ENTRY] if buckets else None

    def keep_buckets(self, buckets: Iterable[bytes], entries: list[str]) -> Iterator[bytes]:
        """Yield ``buckets`` and keep them, adding to ``entries`` those that hold them."""
        each = iter(buckets)
        while part := [*itertools.islice(each, BUCKETS_AN_ENTRY)]:
            entries.append(self.keep_entry(part))
            yield from part

    def spoken(self, entry: str) -> bytes | None:
        """Return the groups of pairs that are kept in ``entry``."""
        return self._room.get(entry) if self._room else None

    def keep_spoken(self, groups: bytes) -> str:
        """Keep the groups of pairs; return the name of their entry."""
        name = digest(groups)
        if self._room:
            self._room.set(name, groups)
        return name

    def keep_entry(self, buckets: Sequence[bytes]) -> str:
        """Keep what one entry holds; return its name."""
        content = b"\n".join(buckets)
        name = digest(content)
        if self._room:
            self._room.set(name, content)
        return name


def _listed(rows: str) -> str:
    return f"{_version()}.{rows}"


@functools.cache
def _version() -> str:
    """Return a name for what this package does: another one may make another index."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    same = to_json([unicodedata.unidata_version, same_characters()])
    return digest(same, TABLE.read_bytes(), *(source.read_bytes() for source in sources))
