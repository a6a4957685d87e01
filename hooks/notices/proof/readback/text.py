"""The approved text as what is read back must have it, and how a difference is told."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

from ...catalogue.notices import Notice
from ...problem import Place, Problem, shown
from ...text.narrative import Line

PAGE, OUTPUT = "page-differs", "output-differs"
_AROUND = 8

Character = tuple[str, Place]


def squeezed(texts: Iterable[str]) -> str:
    """Return ``texts`` as one, without white space."""
    return "".join("".join(texts).split())


def words(notice: Notice) -> str:
    """Return the characters that every output of ``notice`` must have, without white space.

    They come from the approved text itself, except where some of it is withheld: the narrative,
    which the rules hold to be the same, knows what is not for the public.
    """
    if notice.withheld:
        return squeezed(line.text for line in notice.narrative.lines)
    return squeezed([notice.approved])


def difference(
    notice: Notice, built: str, rule: str, place: Callable[[int], Place] | str
) -> Iterator[Problem]:
    """Yield the first difference of ``built``, with a few characters of both sides around it.

    ``place`` says where the character of a number stands, or which file it is all in.
    """
    wanted = words(notice)
    if built == wanted:
        return
    pairs = enumerate(itertools.zip_longest(wanted, built))
    at = next(index for index, (a, b) in pairs if a != b)
    approved = [*_characters(notice)]
    origin = approved[at][1] if at < len(approved) else Place(notice.approved_path)
    message = f"与批准文本不同：批准的是“{_around(wanted, at)}”（{origin}），"
    where = "页面上" if rule == PAGE else "文件里"
    stands = Place(place) if isinstance(place, str) else place(at)
    yield Problem(stands, rule, f"{message}{where}是“{_around(built, at)}”")


def facts_differ(path: str, pairs: Iterable[tuple[str, object, object]]) -> Iterator[Problem]:
    """Yield the first of ``pairs``, what it is, wanted and found, that are not the same."""
    for what, wanted, found in pairs:
        if wanted != found:
            message = f"{what}应是“{shown(str(wanted))}”，文件里是“{shown(str(found))}”"
            yield Problem(Place(path), OUTPUT, message)
            return


def _around(characters: str, at: int) -> str:
    begin, end = max(at - _AROUND, 0), at + _AROUND + 1
    beyond = "…" if end < len(characters) else ""
    return f"{'…' if begin else ''}{characters[begin:end]}{beyond}"


def _characters(notice: Notice) -> Iterator[Character]:
    """Yield the characters of :func:`words`, each with its place."""
    for line in _lines(notice):
        for column, character in enumerate(line.text, line.place.column):
            if not character.isspace():
                yield character, Place(line.place.path, line.place.line, column)


def _lines(notice: Notice) -> Iterable[Line]:
    if notice.withheld:
        return notice.narrative.lines
    lines = enumerate(notice.approved.splitlines(), 1)
    return (Line(Place(notice.approved_path, number), text) for number, text in lines)
