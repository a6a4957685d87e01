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

from ..cache import Drawer

TEXTS = frozenset({".css", ".csv", ".html", ".ics", ".js", ".json", ".svg", ".txt", ".xml"})
_LEAST = 200  # bytes; below, the headers of an answer weigh more than what is gained
_GZIP = zlib.MAX_WBITS | 16  # zlib's way to ask for gzip's form


class Method(NamedTuple):
    """A way to make bytes fewer, and back, and which version of it this is."""

    pack: Callable[[bytes], bytes]
    unpack: Callable[[bytes], bytes]
    version: str


def compress(site: Path, kept: Drawer) -> None:
    """Write a ``.gz`` and a ``.br`` beside every text file of ``site`` that gets smaller by it.

    ``kept`` is a room that keeps what was made, from build to build; afterwards it holds what
    this site needs, and no more.
    """
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # both libraries let other threads run
        made = threads.map(lambda source: _compress(source, kept), sorted(texts(site)))
        kept.forget({name for names in made for name in names})


def texts(site: Path) -> Iterator[Path]:
    """Yield the files of ``site`` that are worth compressing."""
    for path in site.rglob("*"):
        if path.suffix in TEXTS and path.is_file() and path.stat().st_size >= _LEAST:
            yield path


def _compress(source: Path, kept: Drawer) -> list[str]:
    """Write the compressed forms of ``source``; return the names under which they are kept."""
    data = source.read_bytes()
    digest, names = hashlib.sha256(data).hexdigest(), []
    for suffix, method in METHODS.items():
        name = f"{digest}.{method.version}{suffix}"
        small = kept.get(name)
        if small is None:
            small = method.pack(data)
            kept.set(name, small)
        if len(small) < len(data):
            source.with_name(source.name + suffix).write_bytes(small)
        names.append(name)
    return names


def _gzip(data: bytes) -> bytes:
    """Return ``data`` in gzip's form, in which no time and no name is set."""
    machine = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
    return machine.compress(data) + machine.flush()


METHODS = {
    ".gz": Method(
        _gzip, functools.partial(zlib.decompress, wbits=_GZIP), zlib.ZLIB_RUNTIME_VERSION
    ),
    ".br": Method(brotli.compress, brotli.decompress, brotli.__version__),
}
