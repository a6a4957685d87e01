"""Files of facts, a group after the other: of many groups, a second process reads most ahead.

To read YAML takes longer than whatever is made of it while an archive is loaded.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, NamedTuple

from ..problem import Faulty, Problem
from ..processes import may_fork
from .files import Shelf
from .source import YamlDocument, parse_partly

MANY = 50  # groups; for fewer, a second process takes longer than it saves
_OWN = 8  # of so many groups, the first process reads one, while the second gets ahead

PathsByNotice = Mapping[str, Sequence[str]]


class Read(NamedTuple):
    """A file: its text and what it says, as far as they can be read, and what is wrong."""

    text: str | None
    document: YamlDocument | None
    problems: list[Problem]


def read(shelf: Shelf, path: str) -> Read:
    """Return what can be read of ``path``."""
    try:
        text = shelf.read_text(path)
    except Faulty as fault:
        return Read(None, None, [*fault.problems])
    return Read(text, *parse_partly(path, text))


@contextlib.contextmanager
def reading(shelf: Shelf, groups: PathsByNotice) -> Iterator[Callable[[str], list[Read]]]:
    """Give what reads the files of a group; it must be asked for each, in their order."""

    def here(name: str) -> list[Read]:
        return [read(shelf, path) for path in groups[name]]

    if len(groups) < MANY or not may_fork():
        yield here
        return
    ahead = {name: groups[name] for name in [*groups][len(groups) // _OWN :]}
    with _second(shelf.root, ahead) as taken:
        yield lambda name: (taken() if name in ahead else None) or here(name)


@contextlib.contextmanager
def _second(root: Path, groups: PathsByNotice) -> Iterator[Callable[[], list[Read] | None]]:
    """Start a process that reads ``groups``; give what takes the next one from it, if it can."""
    fork = multiprocessing.get_context("fork")
    ends, told = fork.Pipe(duplex=False)
    # A pipe would hold up who writes until the other reads: a file takes all.
    with tempfile.TemporaryFile() as file, ends:
        process = fork.Process(target=_read_ahead, args=(root, groups, file, told), daemon=True)
        process.start()
        told.close()
        position = 0

        def taken() -> list[Read] | None:
            nonlocal position
            try:
                end = ends.recv()
            except EOFError:  # it has ended too early: what it would tell, the first one tells
                return None
            data = os.pread(file.fileno(), end - position, position)
            position = end
            return list(pickle.loads(data))

        try:
            yield taken
        finally:
            process.kill()
            process.join()


def _read_ahead(root: Path, groups: PathsByNotice, file: IO[bytes], told: Connection) -> None:
    """Write what is read of each group into ``file``, and tell where that ends."""
    with contextlib.suppress(Exception, KeyboardInterrupt), Shelf(root) as shelf:
        for paths in groups.values():
            pickle.dump([read(shelf, path) for path in paths], file, pickle.HIGHEST_PROTOCOL)
            file.flush()
            told.send(file.tell())
