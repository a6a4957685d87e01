"""The files of a built site, each read once, whatever is to be proven of them.

What one look at a file gives is kept (:mod:`.examined`) and joined for the whole: digests for the
manifest, compressed forms, what is personal, what leads where.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import secrets
import time
from collections import deque
from collections.abc import Container, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

from ..cache import Cache
from ..checks import privacy
from ..problem import Faulty, Place, Problem
from ..processes import may_fork
from ..stamp import Stamp, is_settled
from . import inventory, links, manifest
from .compress import Form, Forms, Packer, is_text, unpacked
from .examined import Index, examine
from .links.addresses import Addresses
from .links.ties import Ties
from .links.whole import touched
from .manifest import Digests
from .register import Examined, Known

Digest = str
"""A SHA-256, in hexadecimal."""
Untouched = tuple[Digest, str]
"""Of a file that stands as it did: its SHA-256, and a name for all that it was made from."""
_MANY, _SHARE = 200, 40
"""Files that are worth other processes, and how many of them each gets at a time."""
_WAITING = 64  # texts that wait to be packed, and take memory meanwhile


class SiteFiles:
    """The files of the site in ``site``, which is built for ``address``, "" for none; texts are to
    be ``packed``, or not.

    What ``cache`` has of the same files is not found out again. Raise Faulty when one cannot be
    read.
    """

    def __init__(self, site: Path, address: str, cache: Cache, *, packed: bool = True) -> None:
        self.site, self.addresses, self.packed = site, Addresses(address), packed
        self._index = Index(cache.room("site"), self.addresses.own, site)
        self._packer = Packer(cache.room("compressed"))
        self._known = self._index.read()
        self._twins: dict[tuple[str, Digest], Digest] = {}
        self._origins: dict[str, str] = {}
        self.found: inventory.Inventory

    def standing(self, stamps: Mapping[str, Stamp]) -> dict[str, Untouched]:
        """Return what of the files with these ``stamps`` stands as it did when it was last read."""
        known = self._known.stamps
        for path, stamp in stamps.items():
            if known.get(path) != stamp and path in self._known.digests:
                self._read_again(path)
        digests, origins = self._known.digests, self._known.origins
        return {
            path: (digests[path]["sha256"], origins.get(path, ""))
            for path, stamp in stamps.items()
            if known.get(path) == stamp
        }

    def _read_again(self, path: str) -> None:
        """Know a file by its stamp which had none yet, if it still holds the same."""
        now = time.time_ns()
        data, stamp = self._held(path)
        same = hashlib.sha256(data).hexdigest() == self._known.digests[path]["sha256"]
        if same and is_settled(stamp, now):
            self._known.stamps[path] = stamp

    def is_as_kept(self) -> bool:
        """Tell whether the same files stand there as when it was kept what they are, and nothing
        else.
        """
        before = dict(self.digests)
        self.look()
        return not self.found.strange and before == self.digests

    def originate(self, path: str, origin: str) -> None:
        """Tell of what was put at ``path`` a name for all that it was made from."""
        self._origins[path] = origin

    def examine(self, path: str, data: bytes) -> Examined:
        """Return what the file ``path`` gives, if it is going to hold ``data``."""
        return examine(path, data, self.addresses)

    def expect(self, path: str, examined: Examined) -> None:
        """Tell what the file ``path`` gives, if it stands there as it was put."""
        self._known.set(path, Known(None, examined))

    def look_only(self) -> inventory.Inventory:
        """Return what stands there now; no file is read."""
        return self.take(inventory.look(self.site, self._known.folders))

    def take(self, found: inventory.Inventory) -> inventory.Inventory:
        """Take what was ``found`` for what stands there; return it."""
        self._known.folders = {
            path: each for path, each in found.folders.items() if is_settled(each[0], found.started)
        }
        return found

    def look(self) -> None:
        """Look at what stands there now, and read what does not stand as when it was read."""
        self.found = self.look_only()
        known, stamps = self._known, self.found.stamps
        known.forget(known.digests.keys() - stamps.keys())
        stood = known.stamps.get
        unread = [path for path, stamp in stamps.items() if stood(path) != stamp]
        if self.packed:
            unread += [path for path in known.digests if self._is_to_ask(path, stamps[path])]
        unread = sorted(filter(manifest.is_listed, {*unread}))
        for path, each in self._read_all(unread).items():
            known.set(path, each)
        for path, origin in self._origins.items():
            if path in known.digests:
                known.originate(path, origin)

    def _is_to_ask(self, path: str, stamp: Stamp) -> bool:
        """Tell whether a file that is known has not been asked which forms it has."""
        return self._may_have_forms(path, stamp) and not self._known.has_forms(path)

    def _read_all(self, paths: list[str]) -> dict[str, Known]:
        """Return what is known of files that must be read; of many, processes read some each."""
        if len(paths) < _MANY or not may_fork():
            return self.read(paths)
        fork = multiprocessing.get_context("fork")
        shares = [paths[at : at + _SHARE] for at in range(0, len(paths), _SHARE)]
        with ProcessPoolExecutor(os.cpu_count(), fork, _Looker.begin, (self,)) as processes:
            return dict(each for share in processes.map(_Looker.read, shares) for each in share)

    def read(self, paths: Iterable[str]) -> dict[str, Known]:
        """Read files, and return what is known of each then."""
        known = {}
        with ThreadPoolExecutor(os.cpu_count()) as threads:  # packing lets other threads run
            packing = _Queue(self._packer, threads)
            for path in paths:
                known[path] = self._read(path, self._known.get(path), packing)
            for path, forms in packing.done():
                known[path] = known[path]._replace(forms=forms)
        return known

    def _read(self, path: str, before: Known | None, packing: _Queue) -> Known:
        now = time.time_ns()
        data, stood = self._held(path)
        stamp = stood if is_settled(stood, now) else None
        if before and before.examined.digests["sha256"] == hashlib.sha256(data).hexdigest():
            known = before._replace(stamp=stamp)
        else:
            known = Known(stamp, examine(path, data, self.addresses))
        if known.forms is None and self._may_have_forms(path, stood):
            packing.add(path, known.examined.digests["sha256"], data)
        return known

    def _may_have_forms(self, path: str, stamp: Stamp) -> bool:
        return self.packed and path != inventory.MANIFEST and is_text(path, stamp[0])

    def _held(self, path: str) -> tuple[bytes, Stamp]:
        if held := inventory.held_in(self.site, path):
            return held
        raise Faulty(Problem(Place(path), "file-missing", "刚才还有这个文件，现在没有了"))

    def complete(self) -> None:
        """Let compressed forms stand beside texts, and keep what is known."""
        self.place_forms()
        self.keep()

    def place_forms(self) -> None:
        """Let its compressed forms stand beside each text that is packed, and look once more at
        what stands there then, whoever else wrote it.
        """
        known = self._known
        if self.packed:
            texts = known.all_forms()
            for path, forms in texts.items():
                known.set_forms(path, dict(self._placed(path, forms)))
            self._packer.forget({known.digests[path]["sha256"] for path in texts})
            self.look()
        known.mark = secrets.token_hex()

    def keep(self) -> None:
        """Keep what is known; another process may do it."""
        self._index.write(self._known)

    def _placed(self, path: str, forms: Forms) -> Iterator[tuple[str, Form]]:
        digest = self._known.digests[path]["sha256"]
        new = {}
        for suffix, form in forms.items():
            there = self._known.get(path + suffix)
            if there and there.stamp and there.examined.digests == form.digests:
                self._twins[suffix, form.digests["sha256"]] = digest
                yield suffix, form
            else:
                new[suffix] = form
        placed = self._packer.place(digest, new, f"{self.site}/{path}")
        for suffix, (form, stamp) in placed.items():
            self._known.set(path + suffix, Known(stamp, Examined(form.digests)))
            if form.digests == new[suffix].digests:  # which were seen to give the text again
                self._twins[suffix, form.digests["sha256"]] = digest
            yield suffix, form

    @property
    def digests(self) -> dict[str, Digests]:
        """The digests of each file, by its path."""
        return self._known.digests

    def unpacked(self, path: str) -> str | None:
        """Return the SHA-256 of what the file gives when it is a compressed form, else None."""
        suffix = f".{path.rpartition('.')[2]}"
        known = self._known.digests[path]["sha256"]
        return self._twins.get((suffix, known)) or unpacked(suffix, self._held(path)[0])

    def personal(self, permitted: Container[str]) -> Iterator[Problem]:
        """Yield what is personal in the files, and not one of the plain values ``permitted``."""
        for path, values in sorted(self._known.personal.items()):
            if not all(value in permitted for value in values):
                yield from privacy.in_built(path, self._held(path)[0], permitted)

    def dead_links(self) -> list[Problem]:
        """Return every address that leads nowhere, as :func:`notices.proof.links.check` does."""
        known = self._known
        ties = {**known.all_ties(), inventory.MANIFEST: Ties()}  # which is written last
        among = touched(ties, known.before) if known.was_whole else ties.keys()
        dead = links.dead(ties, self.addresses, lambda path: self._held(path)[0], among)
        if not dead:
            self._index.vouch(known)
        return dead


def look_only(site: Path, address: str, cache: Cache) -> inventory.Inventory:
    """Return what stands in ``site``, as SiteFiles of these would; another process may do it."""
    return SiteFiles(site, address, cache).look_only()


class _Looker:
    """A process that reads files of the site that another one looks at."""

    files: SiteFiles

    @classmethod
    def begin(cls, files: SiteFiles) -> None:
        cls.files = files

    @classmethod
    def read(cls, paths: list[str]) -> list[tuple[str, Known]]:
        return [*cls.files.read(paths).items()]


class _Queue:
    """Texts that are packed by ``threads``; who adds one waits while many wait already."""

    def __init__(self, packer: Packer, threads: ThreadPoolExecutor) -> None:
        self._packer, self._threads = packer, threads
        self._waiting: deque[tuple[str, Future[Forms]]] = deque()
        self._done: list[tuple[str, Forms]] = []

    def add(self, path: str, digest: str, data: bytes) -> None:
        """Let the text ``path`` be packed, which holds ``data``."""
        self._waiting.append((path, self._threads.submit(self._packer.pack, digest, data)))
        if len(self._waiting) > _WAITING:
            self._take()

    def done(self) -> list[tuple[str, Forms]]:
        """Return the forms of all, by their path, when all are there."""
        while self._waiting:
            self._take()
        return self._done

    def _take(self) -> None:
        path, forms = self._waiting.popleft()
        self._done.append((path, forms.result()))
