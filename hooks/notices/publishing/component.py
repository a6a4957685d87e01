"""A component of a site: a file, and by what it is known whether it would be made otherwise."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..problem import Place, Problem

_SHARE = 40


class Component(NamedTuple):
    """A file of a site: its address, a name for all that it is made from, what gives its content.

    The name is "" where nobody can tell it: then the content is made each time.
    """

    address: str
    origin: str
    content: Callable[[], bytes]


def shares(parts: Iterable[Component]) -> Iterator[list[Component]]:
    """Yield ``parts``, so many at a time as are worth a process."""
    left = iter(parts)
    while share := [*itertools.islice(left, _SHARE)]:
        yield share


def changed_meanwhile(path: str) -> Problem:
    """Return the problem that the file or folder ``path`` of the project is another one by now than
    when it was told what it is: nothing may be kept of it under that.
    """
    message = "生成期间这里的文件有改动，网站没有改动；请再运行一次"
    return Problem(Place(path), "changed-meanwhile", message)


def write(site: Path, parts: Iterable[Component]) -> None:
    """Write ``parts`` into the folder ``site``, whatever stands there."""
    made: set[Path] = set()
    for part in parts:
        target = site / part.address
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        target.write_bytes(part.content())
