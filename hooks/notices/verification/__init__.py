"""Verification: whether a site, in a folder or on the web, is exactly what a commit gives.

What the site says of itself, its manifest, is believed only as far as it can be proven: by building
the commit again with the software that is installed here, and by a signature. Neither the site nor
the commit gets anything run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from ..problem import Faulty, Place, Problem
from ..proof import inventory, manifest, signature
from ..proof.manifest import Manifest
from .repository import ClaimedSource
from .web import Web

__all__ = ["ClaimedSource", "Folder", "SiteToVerify", "Web", "site_at", "verify"]

MANIFEST, COMMIT = "清单", "这次提交"
"""Who names what a site must be."""


class SiteToVerify(Protocol):
    """A site to verify."""

    @property
    def where(self) -> str | Path:
        """Its folder or its address."""

    def read(self, path: str) -> bytes | None:
        """Return the content of ``path``, None when it is not there; Faulty when it is no file."""

    def audit(
        self, expected: Manifest, beside: Mapping[str, bytes], sizes: Mapping[str, int], by: str
    ) -> Iterator[Problem]:
        """Yield how it is not what is ``expected``; ``beside`` are manifest and signature."""

    def differs_in_address(self, told: Manifest) -> Iterator[Problem]:
        """Yield that it was built for an address at which it does not stand."""


class Folder:
    """The site in the folder ``where``."""

    def __init__(self, where: Path) -> None:
        self.where = where

    def read(self, path: str) -> bytes | None:
        """Return the content of ``path``, or None when it is not there."""
        return inventory.read(self.where, path)

    def audit(
        self, expected: Manifest, beside: Mapping[str, bytes], sizes: Mapping[str, int], by: str
    ) -> Iterator[Problem]:
        """Yield how what stands there is not what is ``expected``."""
        yield from manifest.audit(self.where, expected, by)

    def differs_in_address(self, told: Manifest) -> Iterator[Problem]:
        """Yield nothing: a folder has no address."""
        yield from ()


def site_at(where: str) -> SiteToVerify:
    """Return the site in the folder ``where``, or at this address, if it begins with http."""
    return Web(where) if where.startswith(("http://", "https://")) else Folder(Path(where))


def verify(
    site: SiteToVerify, source: ClaimedSource | None, signers: Path | None
) -> Iterator[Problem]:
    """Yield how ``site`` differs from what its commit gives, and what is wrong with its signature.

    Without ``source``, the commit is not built again, and the site's manifest is believed; without
    ``signers``, a signature is not looked at.
    """
    written = site.read(manifest.NAME)
    if written is None:
        message = f"{site.where} 没有发布清单：这不是本程序发布的网站，或者清单被删去了"
        raise Faulty(Problem(Place(manifest.NAME), "manifest-missing", message))
    told = manifest.parse(written)
    signed = site.read(manifest.SIGNATURE)
    beside = {manifest.NAME: written} | ({manifest.SIGNATURE: signed} if signed else {})
    yield from site.differs_in_address(told)
    expected, sizes, by = told, {}, MANIFEST
    if source:
        yield from source.age(told)
        yield from source.approvers(told)
        if source.same_software(told):
            expected, sizes, by = *source.rebuild(told), COMMIT
            if not told.agrees(expected):
                message = "清单与这次提交生成的不同"
                yield Problem(Place(manifest.NAME), "manifest-differs", message)
        else:
            yield from source.without_rebuilding(told)
    yield from site.audit(expected, beside, sizes, by)
    if signers:
        yield from _signature(signed, written, signers)


def _signature(signed: bytes | None, written: bytes, signers: Path) -> Iterator[Problem]:
    if signed is None:
        yield Problem(Place(manifest.SIGNATURE), "signature-missing", "清单没有签名")
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / manifest.SIGNATURE
        file.write_bytes(signed)
        try:
            signature.verify(written, file, signers)
        except Faulty as fault:
            yield from fault.problems
