"""The spare site: the one before the last, in the folder of which the next is assembled.

Most of its files are as they shall be. It stands in the cache, where nobody reads it.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

_NAME = "spare"


def take(cache: Path, place: Path) -> None:
    """Let the spare site in the folder ``cache`` stand at ``place``, or an empty folder."""
    spare = cache / _NAME
    with contextlib.suppress(OSError):  # there is none, or it is on another disk
        if not spare.is_symlink():
            spare.rename(place)
            return
    place.mkdir()


def keep(site: Path | None, cache: Path) -> None:
    """Let the folder ``site``, which is no longer public, be the spare one in ``cache``."""
    if site is None:
        return
    spare = cache / _NAME
    with contextlib.suppress(OSError):  # as above: then it is not kept
        if spare.is_symlink():
            return
        if spare.exists():
            shutil.rmtree(spare)
        site.rename(spare)
