"""``notice.pdf``, read with the engine of browsers, page by page, without the numbers of pages.

In a PDF characters are pictures, and one picture may stand for several characters that look alike.
Where the words differ, the fonts say whether they look the same.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator

from .. import model
from ..catalogue import Notice
from ..exports import needs, paper
from ..problem import Place, Problem, shown
from .text import OUTPUT, difference, squeezed, words

# What has no picture of its own, or stands where its letter does.
_MARKS = frozenset({"Cf", "Mn", "Me", "Mc"})
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


def differences(
    path: str, data: bytes, notice: Notice, vocabulary: model.Vocabulary
) -> Iterator[Problem]:
    """Yield where the document says other than was approved, and its annex other than is known."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415 (seldom needed)

    document = PdfDocument(data)
    pages = [squeezed([each.get_textpage().get_text_range()]) for each in document]
    pages = [_without_number(text, number) for number, text in enumerate(pages, 1)]
    begins = next(
        n for n, text in enumerate(pages) if text.startswith(paper.ANNEX + paper.ANNEX_TITLE)
    )
    title = squeezed([notice.facts.title])
    said = "".join(pages[:begins])
    if _look_alike(said, title + words(notice)):
        annex = "".join(pages[begins:]).replace(squeezed(paper.COLUMNS), "")
        rows = [squeezed([i.id, i.facts.title, vocabulary[i.status].label]) for i in notice.items]
        yield from _rows(path, annex, rows)
    elif _folded(said).startswith(_folded(title)):
        yield from difference(notice, said[len(title) :], OUTPUT, path)
    else:
        yield Problem(Place(path), OUTPUT, "开头不是标题")


def _without_number(text: str, number: int) -> str:
    folio = f"—{number}—"
    return text.removesuffix(folio) if text.endswith(folio) else text.removeprefix(folio)


def _rows(path: str, annex: str, rows: list[str]) -> Iterator[Problem]:
    """Yield the first of ``rows`` that does not stand in the annex behind those before it."""
    at = 0
    if not all(row in annex for row in rows):
        annex, rows = _folded(annex), [*map(_folded, rows)]
    for row in rows:
        found = annex.find(row, at)
        if found < 0:
            message = f"附表里没有“{shown(row)}”这一行，或者次序不对"
            yield Problem(Place(path), OUTPUT, message)
            return
        at = found + len(row)


def _look_alike(said: str, wanted: str) -> bool:
    """Tell whether both look the same on paper."""
    if said == wanted:
        return True
    one, other = _folded(said), _folded(wanted)
    if one == other or not any(map(_is_shaped, {*wanted})):
        return one == other
    # What such scripts become depends on what stands around them: the others must be right.
    simple = {each for each in other if not _is_shaped(each)}
    one, other = ("".join(filter(simple.__contains__, text)) for text in (one, other))
    from_right = any(unicodedata.bidirectional(each) in _RIGHT_TO_LEFT for each in {*wanted})
    return sorted(one) == sorted(other) if from_right else one == other


def _is_shaped(character: str) -> bool:
    """Tell whether a character is a mark on others, or written from right to left."""
    from_right = unicodedata.bidirectional(character) in _RIGHT_TO_LEFT
    return from_right or unicodedata.category(character) in _MARKS


def _folded(text: str) -> str:
    """Return ``text`` with one character for all that a font shows alike, without marks."""
    same = _alike()
    plain = "".join(map(_plain, text))
    kept = (each for each in plain if unicodedata.category(each) not in _MARKS)
    return "".join(same.get(each, each) for each in kept)


def _plain(character: str) -> str:
    """Return the letters of a ligature, which the engine reads one by one."""
    is_joined = unicodedata.decomposition(character).startswith("<compat>")
    return unicodedata.normalize("NFKC" if is_joined else "NFC", character)


@functools.cache
def _alike() -> dict[str, str]:
    """Return, for characters that share a picture in one of our fonts, one of them for all."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 (takes a while, and is seldom needed)

    same: dict[str, str] = {}
    for file in needs.font_files().values():
        first: dict[str, str] = {}
        for code, picture in sorted(TTFont(file, fontNumber=0).getBestCmap().items()):
            other = first.setdefault(picture, same.get(chr(code), chr(code)))
            if other != chr(code):
                same.setdefault(chr(code), other)
    return same
