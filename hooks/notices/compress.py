"""Compression: beside each text file the same in gzip and Brotli, as servers send them.

Made once at the build, as small as can be, so that no server has to; the same text always gives the
same bytes.
"""

from __future__ import annotations

import functools
import hashlib
import os
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import brotli

TEXTS = frozenset({".css", ".csv", ".html", ".ics", ".js", ".json", ".svg", ".txt", ".xml"})
_LEAST = 200  # bytes; below, the headers of an answer weigh more than what is gained
_GZIP = zlib.MAX_WBITS | 16  # zlib's way to ask for gzip's form


class Method(NamedTuple):
    """A way to make bytes fewer, and back."""

    pack: Callable[[bytes], bytes]
    unpack: Callable[[bytes], bytes]


def compress(site: Path, cache: Path) -> None:
    """Write a ``.gz`` and a ``.br`` beside every text file of ``site`` that gets smaller by it.

    ``cache`` is a folder that keeps what was made, from build to build; afterwards it holds what
    this site needs, and no more.
    """
    cache.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # both libraries let other threads run
        used = set(threads.map(lambda source: _compress(source, cache), sorted(texts(site))))
    for kept in cache.iterdir():
        if kept.stem not in used:
            kept.unlink()


def texts(site: Path) -> Iterator[Path]:
    """Yield the files of ``site`` that are worth compressing."""
    for path in site.rglob("*"):
        if path.suffix in TEXTS and path.is_file() and path.stat().st_size >= _LEAST:
            yield path


def _compress(source: Path, cache: Path) -> str:
    """Write the compressed forms of ``source``; return the name under which they are kept."""
    data = source.read_bytes()
    name = hashlib.sha256(data).hexdigest()
    for suffix, method in METHODS.items():
        kept = cache / f"{name}{suffix}"
        small = _kept(kept, data, method)
        if small is None:
            small = method.pack(data)
            new = cache / f"{name}{suffix}.{os.getpid()}"
            new.write_bytes(small)
            new.replace(kept)
        if len(small) < len(data):
            source.with_name(source.name + suffix).write_bytes(small)
    return name


def _kept(kept: Path, data: bytes, method: Method) -> bytes | None:
    """Return what is kept for ``data``, if it still gives it back."""
    try:
        small = kept.read_bytes()
        return small if method.unpack(small) == data else None
    except (OSError, zlib.error, brotli.error):
        return None


def _gzip(data: bytes) -> bytes:
    """Return ``data`` in gzip's form, in which no time and no name is set."""
    machine = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
    return machine.compress(data) + machine.flush()


METHODS = {
    ".gz": Method(_gzip, functools.partial(zlib.decompress, wbits=_GZIP)),
    ".br": Method(brotli.compress, brotli.decompress),
}
