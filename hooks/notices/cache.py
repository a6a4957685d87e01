"""The cache: what earlier builds made, believed only when this user made it on this machine.

Each entry carries a code (HMAC) of its room, its name and its content, under a key that stands
outside of every project. So nothing that a commit or another machine brings can become an entry,
nor can one entry take the place of another. What is not ours, damaged or a link is not used, but
made anew; where nothing can be kept, what is made serves this process. That there is no cache is
never an error.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import hmac
import os
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .software import state_folder
from .stamp import Stamp, is_settled, stamp_of

FOLDER = ".cache"
"""Where a project's cache is if nothing else is said, below its root."""
NAMES_FOLDER = "NOTICES_CACHE"
"""The variable that names another folder."""
ROOMS = (
    "exports", "compressed", "changes", "search", "templates", "proofs", "styles", "site",
    "notices", "lists", "sources", "rendered",
)  # fmt: skip
_KEY = "notices/cache.key"
_LENGTH = 32  # bytes, of the key and of the code of an entry
_ABANDONED = 3600  # seconds, after which nobody writes any more what he began to write
_SAFELY = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # no link, and no waiting for a pipe


@dataclass(frozen=True)
class Drawer:
    """The entries of one kind, each a file of the cache; see :func:`open_cache`."""

    folder: Path
    key: bytes = field(repr=False)

    def get(self, name: str) -> bytes | None:
        """Return what was put under ``name``, or None when there is nothing that we put there."""
        path = self.folder / name
        try:
            data, _ = _read(path)
            with contextlib.suppress(OSError):  # who may only read is no worse off
                os.utime(path)  # when it was of use
        except OSError:
            return None
        code, content = data[:_LENGTH], data[_LENGTH:]
        return content if hmac.compare_digest(code, self._code(name, content)) else None

    def set(self, name: str, content: bytes) -> None:
        """Keep ``content`` under ``name``, at once and whole, if there is room for it."""
        with contextlib.suppress(OSError):
            _write(self.folder / name, self._code(name, content) + content)

    def take(self, name: str) -> tuple[bytes, Stamp | None] | None:
        """Return what was put under ``name``, and the stamp by which :meth:`copy` knows it again,
        if it has one yet; None when there is nothing that we put there.
        """
        now = time.time_ns()
        try:
            data, details = _read(self.folder / name)
        except OSError:
            return None
        code, content, stamp = data[:_LENGTH], data[_LENGTH:], stamp_of(details)
        if not hmac.compare_digest(code, self._code(name, content)):
            return None
        return content, stamp if is_settled(stamp, now) else None

    def copy(self, name: str, stamp: Stamp, file: int) -> bool:
        """Write what was put under ``name`` into the open ``file``, unread, if it still has the
        ``stamp`` that it had when it was taken; return whether it has.
        """
        try:
            entry = os.open(self.folder / name, os.O_RDONLY | _SAFELY)
        except OSError:
            return False
        try:
            if stamp_of(os.fstat(entry)) != stamp:
                return False
            at, size = _LENGTH, stamp[0]
            while at < size and (sent := os.sendfile(file, entry, at, size - at)):
                at += sent
            return at == size
        finally:
            os.close(entry)

    def remove(self, names: Iterable[str]) -> None:
        """Keep nothing under these ``names`` any longer."""
        for name in names:
            with contextlib.suppress(OSError):
                (self.folder / name).unlink()

    def forget(self, used: Collection[str], spare: int = 0) -> None:
        """Remove what is not ``used``, but for the ``spare`` entries that were of use last."""
        with contextlib.suppress(OSError):
            entries = [each for each in os.scandir(self.folder) if each.name not in used]
            times = {each.path: each.stat(follow_symlinks=False).st_mtime for each in entries}
            begun = {path for path in times if Path(path).name.startswith(".")}
            gone = sorted(times.keys() - begun, key=times.__getitem__, reverse=True)[spare:]
            abandoned = time.time() - _ABANDONED
            for path in (*gone, *(each for each in begun if times[each] < abandoned)):
                with contextlib.suppress(OSError):  # a folder is none of ours
                    Path(path).unlink()

    def _code(self, name: str, content: bytes) -> bytes:
        code = hmac.new(self.key, f"{self.folder.name}\0{name}\0".encode(), "sha256")
        code.update(content)
        return code.digest()


class Cache:
    """A folder with a room for each kind of what is kept."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder, self._key = folder, key

    def room(self, name: str) -> Drawer:
        """Return the room ``name``, one of ROOMS."""
        return Drawer(self.folder / name, self._key)


def open_cache(root: Path, folder: Path | None = None) -> Cache:
    """Return the cache for the project in ``root``: in ``folder``, in the one that
    $NOTICES_CACHE names, or below ``root``.

    When the folder is a link or somebody else's, when it cannot be written, or when no key can be
    kept, it is one that lasts only as long as this process.
    """
    place = folder_of(root, folder)
    key = _key(root)
    if key and all(map(_is_ours, (place, *(place / room for room in ROOMS)))):
        _hide(place)
        return Cache(place, key)
    return _passing()


def folder_of(root: Path, folder: Path | None = None) -> Path:
    """Return where the cache for the project in ``root`` is, as :func:`open_cache` finds it."""
    return Path(folder or os.environ.get(NAMES_FOLDER) or root / FOLDER).absolute()


@functools.cache
def _passing() -> Cache:
    """Return a cache that ends with this process."""
    folder = Path(tempfile.mkdtemp(prefix="notices-cache-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return passing_cache(folder)


def passing_cache(folder: Path) -> Cache:
    """Return a cache in ``folder``, which is empty and ours, that is none to any other process."""
    for room in ROOMS:
        (folder / room).mkdir()
    return Cache(folder, secrets.token_bytes(_LENGTH))


def _is_ours(folder: Path) -> bool:
    """Tell whether ``folder``, made if it is not there, is a folder where we keep things."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        details = folder.lstat()
    except OSError:
        return False
    own = stat.S_ISDIR(details.st_mode) and details.st_uid == os.geteuid()
    return own and os.access(folder, os.W_OK | os.X_OK)


def _hide(folder: Path) -> None:
    """Say to git that nothing below ``folder`` is for a commit."""
    with contextlib.suppress(OSError), (folder / ".gitignore").open("x") as file:
        file.write("*\n")


def _key(root: Path) -> bytes | None:
    """Return the key of this user on this machine, made on first use; None where there is none.

    One that stands in the project could have come with a commit.
    """
    try:
        path = state_folder() / _KEY
        if path.resolve().is_relative_to(root.resolve()):
            return None
        with contextlib.suppress(FileNotFoundError):
            return _private(path)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):  # another process was as quick
            _write(path, secrets.token_bytes(_LENGTH), once=True)
        return _private(path)
    except (OSError, RuntimeError):  # a loop of links is a RuntimeError before 3.13
        return None


def _private(path: Path) -> bytes | None:
    """Return the key in the file ``path`` when nobody else can have read or written it."""
    descriptor = os.open(path, os.O_RDONLY | _SAFELY)
    with open(descriptor, "rb") as file:  # noqa: PTH123 (it is open)
        details = os.fstat(descriptor)
        shared = details.st_uid != os.geteuid() or details.st_mode & 0o077
        if shared or not stat.S_ISREG(details.st_mode) or details.st_size != _LENGTH:
            return None
        return file.read()


def _read(path: Path) -> tuple[bytes, os.stat_result]:
    """Return what the file ``path`` holds, and its details; raise OSError when it is a folder, and
    nothing is held by what is no file either.
    """
    descriptor = os.open(path, os.O_RDONLY | _SAFELY)
    with open(descriptor, "rb") as file:  # noqa: PTH123 (it is open)
        details = os.fstat(descriptor)
        return file.read() if stat.S_ISREG(details.st_mode) else b"", details


def _write(path: Path, data: bytes, *, once: bool = False) -> None:
    """Let ``data`` stand in ``path`` as a whole; with ``once``, only if nothing stands there."""
    descriptor, new = tempfile.mkstemp(prefix=".", dir=path.parent)
    is_gone = False
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 (it is open)
            file.write(data)
        (os.link if once else os.replace)(new, path)
        is_gone = not once
    finally:
        if not is_gone:
            with contextlib.suppress(OSError):
                Path(new).unlink()
