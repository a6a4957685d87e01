"""Links: whether everything is there that a built site refers to.

What a file offers and wants is known from the file alone (:mod:`.ties`): pages, as readers follow
them, and heads, feeds, exports, calendars and robots.txt, as programs are told (:mod:`.told`). Of
the whole (:mod:`.whole`) it is asked only whether what one wants another offers, so that nothing
need be read again to find that a link leads to what has gone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from ...problem import Faulty, Problem
from .. import manifest
from . import others
from .addresses import HOME, Addresses
from .ties import Ties, ties_of, told_of
from .told import canonical
from .whole import Whole


def check(site: Path) -> list[Problem]:
    """Return every address within the built ``site`` that leads nowhere, or to another site where
    it should be this one's; paths are from there.
    """
    addresses = Addresses(own_address(site))

    def read(file: str) -> bytes:
        return (site / file).read_bytes()

    return dead(
        {file: ties_of(file, read(file), addresses) for file in _files(site)}, addresses, read
    )


def dead(
    ties: Mapping[str, Ties],
    addresses: Addresses,
    read: Callable[[str], bytes],
    among: Iterable[str] | None = None,
) -> list[Problem]:
    """Return what is wrong with the ``addresses`` in the files of a site that have these ``ties``,
    or in those ``among`` them; ``read`` is asked for the files in which something is, to say where.
    """
    whole = Whole(ties)
    found = (
        problem
        for file in whole.in_vain(ties if among is None else among)
        for problem in told_of(file, read(file), addresses, whole.missing)
    )
    # A canonical link is one for readers and for programs.
    return sorted({(each.place[:2], each.message): each for each in found}.values())


def check_others(site: Path) -> list[Problem]:
    """Return every link of ``site`` to another site that does not answer, after some tries."""
    return others.check(site, own_address(site))


def own_address(site: Path) -> str:
    """Return the public address that the site was built for, as its manifest says, or else the one
    that its home page gives itself; "" when it gives none.
    """
    try:
        address = manifest.read(site).address
    except Faulty:
        home = site / HOME
        address = canonical(home.read_text(encoding="utf-8")) if home.is_file() else ""
    return address


def _files(site: Path) -> list[str]:
    return sorted(
        (Path(folder) / name).relative_to(site).as_posix()
        for folder, _, names in os.walk(site)
        for name in names
    )
