"""Releases: what a server publishes, what it published before, and how it changes over.

A folder of a server's holds

- ``releases/<commit>/``, each a whole site, that is never changed once it stands there;
- ``current``, a link to the one that is public: replacing the link is all that publishing does;
- ``kept/``, links to the files of all releases whose names change with their content, so that a
  page that is open while another release becomes public still gets what it was made for;
- ``work/``, where the next one is made, and ``lock``.

So at every moment ``current`` is a whole site, whatever is interrupted.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from . import manifest
from .assets import is_lasting
from .problem import Faulty


class Releases:
    """The releases in the folder ``target``."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.folder = target / "releases"
        self.work = target / "work"
        self._link = target / "current"
        self._kept = target / "kept"

    @contextlib.contextmanager
    def locked(self, waiting: Callable[[], None]) -> Iterator[IO[str]]:
        """Hold the lock, that no two processes hold at once; call ``waiting`` before a wait.

        The system gives it back when all that hold the file open have ended, however they end.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.target / "lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                fcntl.flock(file, fcntl.LOCK_EX)
            yield file

    def all(self) -> list[Path]:
        """Return all releases, the one published last first."""
        found = [path for path in self.folder.glob("[!.]*") if path.is_dir()]
        return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)

    def current(self) -> Path | None:
        """Return the release that is public."""
        try:
            release = self.folder / self._link.readlink().name
        except OSError:
            return None
        return release if release.is_dir() else None

    def find(self, commit: str, address: str) -> Path | None:
        """Return the release of ``commit`` for ``address``, if there is one that is still sound."""
        return next((each for each in self.all() if _is_sound(each, commit, address)), None)

    def add(self, site: Path, commit: str) -> Path:
        """Make the folder ``site`` the release of ``commit``; return where it stands now."""
        os.sync()  # what the disk has not got yet must not become public
        release = self.folder / commit
        number = 1
        while release.exists():  # for another address, or damaged; it may be the public one
            number += 1
            release = self.folder / f"{commit}.{number}"
        site.rename(release)
        return release

    def publish(self, release: Path, keep: int) -> None:
        """Make ``release`` public, and keep it and those published before, ``keep`` in all."""
        os.utime(release)
        self.switch(release)
        for old in self.all()[max(keep, 1) :]:
            old.rename(old.with_name(f".{old.name}"))
        for removed in self.folder.glob(".*"):  # and what was interrupted earlier
            shutil.rmtree(removed)
        self._drop_unused()

    def switch(self, release: Path) -> None:
        """Let ``current`` lead to ``release``, at once for everyone."""
        self._keep_lasting(release)
        new = self.target / f".current.{os.getpid()}"
        new.unlink(missing_ok=True)
        new.symlink_to(release.relative_to(self.target), target_is_directory=True)
        new.replace(self._link)

    def before(self, release: Path | None) -> Path | None:
        """Return the release that was published before ``release``."""
        every = self.all()
        older = every[every.index(release) + 1 :] if release in every else every
        return older[0] if older else None

    def _keep_lasting(self, release: Path) -> None:
        for name in filter(is_lasting, manifest.published(release)):
            kept = self._kept / name
            kept.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileExistsError):
                os.link(release / name, kept)

    def _drop_unused(self) -> None:
        """Remove from ``kept`` what no release has any more."""
        used = {
            name for each in self.all() for name in filter(is_lasting, manifest.published(each))
        }
        for name in manifest.published(self._kept):
            if name not in used:
                (self._kept / name).unlink()
                with contextlib.suppress(OSError):  # others are in it
                    os.removedirs((self._kept / name).parent)


def _is_sound(release: Path, commit: str, address: str) -> bool:
    try:
        made = manifest.read(release)
    except Faulty:
        return False
    if (made.commit, made.address) != (commit, address):
        return False
    return not any(manifest.audit(release, made))
