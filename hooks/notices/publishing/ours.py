"""What we put into a site, folder by folder: while none of them is another, nothing else stands
there, and who wants to replace it need not hold each file against the manifest.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Set
from pathlib import Path

from ..cache import Cache
from ..digest import digest
from ..proof.inventory import MANIFEST, SIGNATURE, Inventory
from ..stamp import Stamp, is_settled, stamp_of


def remember(site: Path, found: Inventory, cache: Cache) -> None:
    """Remember that the folder ``site`` holds what was ``found``, its manifest, and nothing else.

    A folder that was written to just before it was looked at is listed again the next time, as is
    ``site`` itself, which has been renamed since.
    """
    settled, listed = {}, {}
    for path, (stamp, names) in found.folders.items():
        if path and is_settled(stamp, found.started):
            settled[path] = stamp
        else:
            below = f"{path}/" if path else ""
            listed[path] = {name for name in names if below + name not in found.folders}
    listed[""] |= {MANIFEST, SIGNATURE}
    cache.room("site").set(_name(site), marshal.dumps((settled, listed)))


def are_all(site: Path, cache: Cache) -> bool:
    """Tell whether it is known that nothing stands in the folder ``site`` but what was put there;
    some of it may be gone.
    """
    if not (known := cache.room("site").get(_name(site))):
        return False
    settled: dict[str, Stamp]
    listed: dict[str, set[str]]
    settled, listed = marshal.loads(known)
    folders = settled.keys() | listed.keys()
    try:
        return all(
            stamp_of(os.lstat(f"{site}/{folder}")) == stamp for folder, stamp in settled.items()
        ) and all(_holds(site, folder, names, folders) for folder, names in listed.items())
    except OSError:  # a folder is gone
        return False


def _holds(site: Path, folder: str, names: Set[str], folders: Set[str]) -> bool:
    """Tell whether nothing stands in ``folder`` but files of these ``names``, and ``folders``."""
    with os.scandir(site / folder) as found:
        return all(
            (f"{folder}/{each.name}".lstrip("/") in folders)
            if each.is_dir(follow_symlinks=False)
            else each.name in names
            for each in found
        )


def _name(site: Path) -> str:
    return f"{digest(sys.version.encode())}.{site.stat().st_ino}.ours"
