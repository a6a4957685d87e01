"""Releases: what a server publishes, what it published before, and how it changes over.

A folder of a server's holds

- ``releases/<number>-<commit>/``, each a whole site, that is never changed once it stands there;
  the numbers go up, and say in which order they became public, whatever clocks say;
- ``current``, a link to the one that is public: replacing the link is all that publishing does;
- ``kept/``, links to the files of all releases whose names change with their content, so that a
  page that is open while another release becomes public still gets what it was made for;
- ``work/``, where the next one is made, ``cache/``, what builds keep for the next, and ``lock``.

So at every moment ``current`` is a whole site, whatever is interrupted. Who may read what is set
here, and does not come from whoever pushes: a web server may read releases, and nothing else.
"""

from __future__ import annotations

import contextlib
import fcntl
import filecmp
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from ..outputs.pages.assets import is_lasting
from ..problem import Faulty, unwritable, writing
from ..proof import manifest
from . import spare

_NUMBERED = re.compile(r"(?:(\d{6,})-)?([0-9a-f]{40,64})(?:\.\d+)?")
"""A release's name; earlier software left the number out, and counted behind the commit."""
_PUBLIC_FOLDER, _PUBLIC_FILE, _PRIVATE_FOLDER = 0o755, 0o644, 0o700


class Releases:
    """The releases in the folder ``target``."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.folder = target / "releases"
        self.work = target / "work"
        self.cache = target / "cache"
        self._link = target / "current"
        self._kept = target / "kept"

    @contextlib.contextmanager
    def locked(self, waiting: Callable[[], None]) -> Iterator[IO[str]]:
        """Hold the lock, that no two processes hold at once; call ``waiting`` before a wait.

        The system gives it back when all that hold the file open have ended, however they end.
        """
        for folder in (self.target, self.folder, self._kept):
            _make(folder, _PUBLIC_FOLDER)
        for folder in (self.work, self.cache):  # what is not public lies there, too
            _make(folder, _PRIVATE_FOLDER)
        self._try()
        with (self.target / "lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                fcntl.flock(file, fcntl.LOCK_EX)
            yield file

    def _try(self) -> None:
        """Raise Faulty, before anything is made, when it could not be moved to where it belongs."""
        with writing(self.work), tempfile.TemporaryDirectory(dir=self.work) as made:
            for folder in (self.folder, self._kept, self.target):
                tried, new = Path(made) / "tried", folder / f".{Path(made).name}"
                tried.touch()
                try:
                    new.touch()
                    tried.replace(new)
                    new.unlink()
                except OSError as error:  # that of a move names what is moved
                    reason = OSError(error.errno, error.strerror)
                    raise Faulty(unwritable(reason, folder)) from error

    def all(self) -> list[Path]:
        """Return all releases, the one published last first."""
        found = [path for path in self.folder.glob("[!.]*") if path.is_dir()]
        return sorted(found, key=lambda path: (_number(path), path.name), reverse=True)

    def current(self) -> Path | None:
        """Return the release that is public."""
        try:
            leads = self.target / self._link.readlink()
        except OSError:
            return None
        return leads if leads.parent == self.folder and leads.is_dir() else None

    def heal(self) -> Path | None:
        """When ``current`` leads nowhere, let it lead to the newest release that is sound; return
        that one, or None when there was nothing to heal, or nothing to heal it with.
        """
        if self.current():
            return None
        sound = (each for each in self.all() if is_sound(each))
        if release := next(sound, None):
            self.switch(release)
        return release

    def find(self, wanted: Callable[[manifest.Manifest], bool]) -> Path | None:
        """Return the newest release that is still sound and of which the manifest is ``wanted``."""
        return next((each for each in self.all() if is_sound(each, wanted)), None)

    def add(self, site: Path, commit: str) -> Path:
        """Make the folder ``site`` the newest release, of ``commit``; return where it stands now.

        ``site`` may be an earlier release that is not public now.
        """
        for place, _, files in os.walk(site):
            _let_be(Path(place), _PUBLIC_FOLDER)
            for name in files:
                _let_be(Path(place, name), _PUBLIC_FILE)
        os.sync()  # what the disk has not got yet must not become public
        number = 1 + max(map(_number, self.folder.iterdir()), default=0)
        return site.rename(self.folder / f"{number:06}-{commit}")

    def publish(self, release: Path, keep: int) -> None:
        """Make ``release`` public, and keep the newest, ``keep`` in all, and what is public."""
        os.utime(release)  # for people who look; nothing goes by it
        self.switch(release)
        for old in self.all()[max(keep, 1) :]:
            if old != self.current():
                old.rename(old.with_name(f".{old.name}"))
        for removed in self.folder.glob(".*"):  # and what was interrupted earlier
            spare.keep(removed, self.cache)
            shutil.rmtree(removed, ignore_errors=True)
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
        made = {self._kept, *self._kept.parents}
        for name in filter(is_lasting, manifest.published(release)):
            kept = self._kept / name
            for folder in reversed([each for each in kept.parents if each not in made]):
                _make(folder, _PUBLIC_FOLDER)
                made.add(folder)
            if kept.exists() and filecmp.cmp(release / name, kept, shallow=False):
                continue
            new = kept.with_name(f".{kept.name}.{os.getpid()}")
            new.unlink(missing_ok=True)
            os.link(release / name, new)
            new.replace(kept)

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


def commit_of(release: Path) -> str:
    """Return the commit that ``release`` was made from."""
    named = _NUMBERED.fullmatch(release.name)
    return named[2] if named else release.name


def is_sound(
    release: Path, wanted: Callable[[manifest.Manifest], bool] = lambda made: True
) -> bool:
    """Tell whether ``release`` is what its manifest says, and that is what is ``wanted``."""
    try:
        made = manifest.read(release)
    except Faulty:
        return False
    return wanted(made) and not any(manifest.audit(release, made))


def _number(release: Path) -> int:
    """Return the number of ``release``, also when it is about to be removed; 0 without one."""
    named = _NUMBERED.fullmatch(release.name.removeprefix("."))
    return int(named[1] or 0) if named else 0


def _make(folder: Path, mode: int) -> None:
    """Let there be ``folder``, for those that ``mode`` says; what is ours is set right."""
    folder.mkdir(parents=True, exist_ok=True)
    _let_be(folder, mode)


def _let_be(path: Path, mode: int) -> None:
    """Let ``path`` be for those that ``mode`` says; what is so already is not touched."""
    if path.stat().st_mode & 0o777 != mode:
        path.chmod(mode)
