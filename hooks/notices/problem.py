"""Problems: what is wrong with the data, and where."""

from __future__ import annotations

import contextlib
import difflib
import errno
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

ERROR = "error"
WARNING = "warning"
_LIKE = 0.6  # how much a name must be like another to be meant, of 1
_TOLD = re.compile(
    r"(?:ERROR +- +)?(?P<path>\S+):(?P<line>\d+):(?P<column>\d+): "
    r"\[(?P<rule>[a-z-]+)\] (?P<message>.+)"
)


class Place(NamedTuple):
    """A place in a file of the project: path from its root, line and column from 1.

    In a workbook, these are of a ``cell``, which is then told as its program calls it.
    """

    path: str
    line: int = 1
    column: int = 1
    cell: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.cell or f'{self.line}:{self.column}'}"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with the data, told to an editor in Chinese under a stable English code.

    An ERROR stops a publication wherever it is met; a WARNING is printed, and never stops one.
    """

    place: Place
    rule: str
    message: str
    severity: str = ERROR

    def __str__(self) -> str:
        note = "（提醒）" if self.severity == WARNING else ""
        return _visible(f"{self.place}: [{self.rule}] {note}{self.message}")


def stops(problems: Iterable[Problem]) -> bool:
    """Tell whether any of ``problems`` keeps a site from being published."""
    return any(problem.severity == ERROR for problem in problems)


def read_problem(line: str) -> Problem | None:
    """Return the error that ``line`` tells as :class:`Problem` writes it, or None."""
    told = _TOLD.fullmatch(line.strip())
    if not told:
        return None
    place = Place(told["path"], int(told["line"]), int(told["column"]))
    return Problem(place, told["rule"], told["message"])


def _visible(text: str) -> str:
    """Return ``text`` as one line that shows what cannot be seen and obeys no control character."""
    if text.isprintable():
        return text
    shown = (
        each if each.isprintable() or each == "\u3000" else f"\\u{ord(each):04x}" for each in text
    )
    return "".join(shown)


class Faulty(Exception):
    """Something could not be loaded; ``problems`` says why, each with its place."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


_SAID = {os.strerror(code): code for code in (errno.ENOSPC, errno.EDQUOT, errno.EROFS)}
_SAID["Out of diskspace"] = errno.ENOSPC  # git's words


def told_unwritable(said: str, path: object) -> Problem | None:
    """Return the problem that the disk takes nothing, if that is what a program ``said``; ``path``
    is what it was writing, if it does not say so itself.
    """
    for words, code in _SAID.items():
        if words in said:
            named = re.search(rf"{re.escape(words)}: '([^'\n]+)'", said)
            return unwritable(OSError(code, words), named[1] if named else path)
    return None


@contextlib.contextmanager
def writing(path: object) -> Iterator[None]:
    """Let an OSError that is raised inside name what was written: that of a full disk does not."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(path)
        raise


def unwritable(error: OSError, path: object) -> Problem:
    """Return the problem that ``path``, or the file that ``error`` names, could not be written."""
    reasons = {
        errno.ENOSPC: "磁盘满了，写不下",
        errno.EDQUOT: "超过了磁盘配额，写不下",
        errno.EROFS: "磁盘是只读的，写不了",
        errno.EXDEV: "与旁边的目录不在同一个磁盘上，不能一步换过来；请放到同一个磁盘",
        errno.EACCES: "没有写这里的权限",
        errno.EPERM: "没有写这里的权限",
    }
    reason = reasons.get(error.errno or 0, f"写不了：{error.strerror or error}")
    return Problem(Place(str(error.filename or path)), "unwritable", reason)


def shorten(text: str, most: int = 40) -> str:
    """Return ``text``, cut to ``most`` characters: a message is read, not scrolled through."""
    return text if len(text) <= most else f"{text[:most]}…"


def shown(text: str, most: int = 24) -> str:
    """Return ``text`` on one line, short enough for a message, without what a terminal obeys."""
    start = text[: 4 * most].split()
    line = "".join(char for char in " ".join(start) if char.isprintable())
    return line if len(line) <= most else f"{line[:most]}…"


def meant(word: str, known: Iterable[str], mark: str = "") -> str:
    """Return the hint to append when ``word`` is not among ``known``: the nearest, if one is near;
    ``mark`` is what stands before it where it is written.
    """
    nearest = difflib.get_close_matches(shorten(word, 200), [*known], 1, _LIKE)
    return f"；是不是想写“{mark}{nearest[0]}”？" if nearest else ""


def suggest(word: str, known: Iterable[str]) -> str:
    """Return the hint to append when ``word`` is not one of ``known``: what is, and the nearest."""
    choices = list(known)
    nearest = difflib.get_close_matches(shorten(word), choices, n=1)
    hint = f"；可用的有：{'、'.join(choices)}"
    return f"{hint}；是不是想写“{nearest[0]}”？" if nearest else hint
