"""Assets: the theme's own files, in a folder of the site whose name changes when one of them does.

What stands below ``assets/`` never changes under its name, so that caches may keep it for ever, and
a page that is open while the site is published anew still gets what it was made for. The files keep
their places to each other, because scripts load one another.
"""

from __future__ import annotations

import re
from pathlib import Path

from ...digest import digest
from .bundle import bundled

_LENGTH = 12  # characters of a digest in a name
Assets = tuple[str, dict[str, bytes]]
"""A folder of a site, and what stands in it by its path below that."""
_LASTING = re.compile(rf"assets/[a-z2-7]{{{_LENGTH}}}/.+")


def is_lasting(path: str) -> bool:
    """Tell whether the file at ``path`` of a site never changes under this name, and may be kept
    when the site has it no more.

    So it is with the theme's own files alone. What people wrote may be withdrawn: the texts of the
    search have names that change with them, too, but must be gone when the page is.
    """
    return bool(_LASTING.fullmatch(path))


def place_assets(theme: Path) -> Assets:
    """Return where the site keeps the files of ``theme``/assets, e.g. ``assets/5qxlbzlq2d4a``, and
    the content of each by its path below that folder.
    """
    top = theme / "assets"
    found = {
        source.relative_to(top).as_posix(): source.read_bytes()
        for source in sorted(top.rglob("*"))
        if source.is_file() and not source.name.startswith(".")
    }
    files = bundled(found)
    content = (part for path in sorted(files) for part in (path.encode(), files[path]))
    return f"assets/{digest(*content)[:_LENGTH]}", files
