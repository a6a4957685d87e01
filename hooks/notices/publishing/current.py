"""Whether a site that stands somewhere is what would be built now, so that nothing need be built.

That is remembered of a folder when a site was put there, with a name for all that it was made from.
"""

from __future__ import annotations

from pathlib import Path

from ..cache import Cache
from ..digest import digest
from ..proof import inventory
from ..proof.files import SiteFiles


def remember(site: Path, address: str, origin: str, cache: Cache) -> None:
    """Remember that the folder ``site`` holds what is made from ``origin`` for ``address``."""
    if sealed := inventory.read(site, inventory.MANIFEST):
        cache.room("site").set(_name(site, address), digest(origin.encode(), sealed).encode())


def is_current(site: Path, address: str, origin: str, cache: Cache) -> bool:
    """Tell whether the folder ``site`` holds exactly that, and nobody wrote to it since."""
    if site.is_symlink() or not site.is_dir():
        return False
    known = cache.room("site").get(_name(site, address))
    sealed = inventory.read(site, inventory.MANIFEST) if known else None
    if not sealed or known != digest(origin.encode(), sealed).encode():
        return False
    # Whether what is there is packed as it should be, was asked when it was made.
    return SiteFiles(site, address, cache, packed=False).is_as_kept()


def _name(site: Path, address: str) -> str:
    # A folder keeps its number when it is renamed.
    return f"{digest(address.encode())}.{site.stat().st_ino}.current"
