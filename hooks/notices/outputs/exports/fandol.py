"""Fandol: the fonts of official documents, taken out of Debian's package, without root.

Five files of a package of 49 MB are wanted, and none of what it depends on. It is fetched once for
a user, and only files of the digests below are taken.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ...software import state_folder

DIGESTS = {
    "FandolFang-Regular.otf": "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9",
    "FandolHei-Regular.otf": "4afa97aa8751e0118617df88272b58d43691b5cffb7ea024c4580496e9f34d28",
    "FandolKai-Regular.otf": "ea7e7fb4f9b3ac694a68d43946e04d21deed6e8c29a7c2d3081e1a4138f2f827",
    "FandolSong-Bold.otf": "ffa76a70e128947a4dd22151d5ee829b23e24ce3cb6fe8ad49891cd1c2d9e9b9",
    "FandolSong-Regular.otf": "a3820003227d4abe31fe28b493200d94a849ccfd078b50a019264f70353020b0",
}
"""SHA-256 of each file."""
_PACKAGE = "texlive-lang-chinese"
_KEPT = "notices/fonts"
_QUICK = ("-qq", "-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=20")
_PATIENCE = 600  # seconds, for a slow line


class Unavailable(Exception):
    """There is nowhere to get the fonts from."""


def provide(folder: Path) -> None:
    """Put the fonts into ``folder``; raise Unavailable, or OSError when it cannot be written."""
    kept = _kept_in() or folder
    if not _is_whole(kept):
        _fetch(kept)
    if kept != folder:
        for name in DIGESTS:
            _put(folder / name, (kept / name).read_bytes())


def _kept_in() -> Path | None:
    try:
        return state_folder() / _KEPT
    except OSError:
        return None


def _is_whole(folder: Path) -> bool:
    try:
        return all(_is_sound(name, (folder / name).read_bytes()) for name in DIGESTS)
    except OSError:
        return False


def _is_sound(name: str, data: bytes) -> bool:
    return hashlib.sha256(data).hexdigest() == DIGESTS[name]


def _fetch(folder: Path) -> None:
    """Take the fonts out of the package into ``folder``, all of them or none."""
    with tempfile.TemporaryDirectory(prefix="notices-fonts-") as name:
        found = dict(_fonts_of(_downloaded(Path(name))))
    if found.keys() != DIGESTS.keys():
        raise Unavailable(f"{_PACKAGE} has other fonts")
    for name, data in found.items():
        _put(folder / name, data)


def _downloaded(work: Path) -> Path:
    """Return the package, downloaded into the folder ``work``: as the system knows it, or, where it
    has no lists of packages, by lists of our own.
    """
    lists, cache = work / "lists", work / "cache"
    own = ("-o", f"Dir::State::lists={lists}", "-o", f"Dir::Cache={cache}")
    download = ("download", _PACKAGE)
    if not _apt(work, *download):
        (lists / "partial").mkdir(parents=True)
        (cache / "archives" / "partial").mkdir(parents=True)
        if not (_apt(work, *own, "update") and _apt(work, *own, *download)):
            raise Unavailable(f"apt-get download {_PACKAGE}")
    return next(work.glob("*.deb"))


def _apt(work: Path, *arguments: str) -> bool:
    """Tell whether apt-get does it."""
    command = ("apt-get", *_QUICK, *arguments)
    try:
        done = subprocess.run(
            command, cwd=work, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE,
            check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _fonts_of(package: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the fonts in ``package``, by their names; one of another digest is none of them."""
    command = ("dpkg-deb", "--fsys-tarfile", str(package))
    try:
        with (
            subprocess.Popen(command, stdout=subprocess.PIPE) as unpacked,
            tarfile.open(fileobj=unpacked.stdout, mode="r|") as archive,
        ):
            for member in archive:
                name = PurePosixPath(member.name).name
                if name in DIGESTS and (file := archive.extractfile(member)):
                    data = file.read()
                    if _is_sound(name, data):
                        yield name, data
    except (OSError, tarfile.TarError) as error:
        raise Unavailable(f"dpkg-deb {package.name}: {error}") from error


def _put(path: Path, data: bytes) -> None:
    """Let ``data`` stand in ``path`` as a whole, for everybody to read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        try:
            file.write(data)
            file.close()
            Path(file.name).chmod(0o644)
            shutil.move(file.name, path)
        finally:
            with contextlib.suppress(OSError):
                Path(file.name).unlink()
