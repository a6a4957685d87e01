"""Compression: beside each text file the same in gzip and Brotli, as servers send them.

Made once at the build, so that no server has to, and nearly as small as can be; the same text
always gives the same bytes.
"""

from __future__ import annotations

import functools
import hashlib
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import brotli

from ..cache import Drawer
from ..problem import writing
from ..stamp import Stamp, stamp_of
from .manifest import Digests, digest_all

TEXTS = (".css", ".csv", ".html", ".ics", ".js", ".json", ".svg", ".txt", ".xml")
_LEAST = 200  # bytes; below, the headers of an answer weigh more than what is gained
_QUALITY = 10  # of 11, which takes 2.6 times as long, and saves a sixtieth of the bytes
_GZIP = zlib.MAX_WBITS | 16  # zlib's way to ask for gzip's form


class Method(NamedTuple):
    """A way to make bytes fewer, and back, and which version of it this is."""

    pack: Callable[[bytes], bytes]
    unpack: Callable[[bytes], bytes]
    version: str


class Form(NamedTuple):
    """A compressed form of a text, which is kept."""

    digests: Digests
    entry: Stamp | None = None
    """How it stands in the cache, if that can be told."""


Forms = Mapping[str, Form]
"""The compressed forms of a text that are smaller than it, by what they add to its name."""


class Packer:
    """Makes compressed forms, which it keeps in the room ``kept``."""

    def __init__(self, kept: Drawer) -> None:
        self._kept = kept

    def pack(self, digest: str, data: bytes) -> Forms:
        """Return the forms of the text ``data``, whose SHA-256 is ``digest``; each, unpacked, has
        been seen to give that again.
        """
        return dict(self._pack(digest, data))

    def _pack(self, digest: str, data: bytes) -> Iterator[tuple[str, Form]]:
        for suffix in METHODS:
            small, entry = self._made(digest, suffix, lambda: data)
            if len(small) < len(data) and unpacked(suffix, small) == digest:
                yield suffix, Form(digest_all(small), entry)

    def _made(
        self, digest: str, suffix: str, read: Callable[[], bytes]
    ) -> tuple[bytes, Stamp | None]:
        """Return a form, kept or made, and how it stands in the cache."""
        name = _name(digest, suffix)
        if held := self._kept.take(name):
            return held
        small = METHODS[suffix].pack(read())
        self._kept.set(name, small)
        return small, None

    def place(self, digest: str, forms: Forms, source: str) -> dict[str, tuple[Form, Stamp]]:
        """Write ``forms`` beside the file ``source``; return each, and how it stands there."""
        return {suffix: self._place(digest, suffix, form, source) for suffix, form in forms.items()}

    def _place(self, digest: str, suffix: str, form: Form, source: str) -> tuple[Form, Stamp]:
        with writing(source + suffix):
            file = _new(source + suffix)
            try:
                if not (form.entry and self._kept.copy(_name(digest, suffix), form.entry, file)):
                    form = self._write(digest, suffix, form, source, file)
                # What stands there now, we wrote; who wants to be taken for us must write to it
                # within the same tick of a clock, and could as well wait until all is proven.
                return form, stamp_of(os.fstat(file))
            finally:
                os.close(file)

    def _write(self, digest: str, suffix: str, form: Form, source: str, file: int) -> Form:
        small, entry = self._made(digest, suffix, Path(source).read_bytes)
        os.ftruncate(file, 0)
        with open(file, "wb", closefd=False) as stream:
            stream.seek(0)
            stream.write(small)
        same = hashlib.sha256(small).hexdigest() == form.digests["sha256"]
        return Form(form.digests if same else digest_all(small), entry)

    def forget(self, used: Iterable[str]) -> None:
        """Keep nothing but the forms of texts whose SHA-256 are ``used``."""
        self._kept.forget({_name(digest, suffix) for digest in used for suffix in METHODS})


def is_text(path: str, size: int) -> bool:
    """Tell whether the file ``path``, of so many bytes, is worth compressing."""
    return path.endswith(TEXTS) and size >= _LEAST


def unpacked(suffix: str, data: bytes) -> str | None:
    """Return the SHA-256 of what ``data`` gives when unpacked; None when it is no such form."""
    if not (method := METHODS.get(suffix)):
        return None
    try:
        return hashlib.sha256(method.unpack(data)).hexdigest()
    except Exception:  # each method has its own
        return None


def _new(path: str) -> int:
    """Return ``path``, open and new, whatever stood there: no link leads what is written away."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    try:
        return os.open(path, flags, 0o666)
    except FileExistsError:
        Path(path).unlink()
        return os.open(path, flags, 0o666)


def _name(digest: str, suffix: str) -> str:
    return f"{digest}.{METHODS[suffix].version}{suffix}"


def _gzip(data: bytes) -> bytes:
    """Return ``data`` in gzip's form, in which no time and no name is set."""
    machine = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
    return machine.compress(data) + machine.flush()


def _brotli(data: bytes) -> bytes:
    small: bytes = brotli.compress(data, quality=_QUALITY)
    return small


METHODS = {
    ".gz": Method(
        _gzip, functools.partial(zlib.decompress, wbits=_GZIP), zlib.ZLIB_RUNTIME_VERSION
    ),
    ".br": Method(_brotli, brotli.decompress, f"{brotli.__version__}-{_QUALITY}"),
}
