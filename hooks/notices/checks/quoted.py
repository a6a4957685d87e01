"""Rules: what is copied from the approved text stands in it, character by character."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator

from ..catalogue.notices import Notice
from ..catalogue.settings import Settings
from ..facts.quoting import quoted
from ..facts.source import KeyPath, YamlDocument
from ..problem import meant
from . import clauses
from .rules import Objection, rule

_CONTACT = "contact"
_MOST, _LONG = 300, 200  # what may have been meant: how many, and how many characters each


@rule
def contact_not_in_text(notice: Notice, _: Settings) -> Iterator[Objection]:
    """联系电话、地址、邮箱必须与叙述里的一致。

    从正文里复制；正文没有的删去
    """
    for document, path, value, lines in _absent(notice):
        if path[0] == _CONTACT:
            hint = meant(value, _alike(value, lines))
            message = f"叙述里没有“{value}”，请从正文里复制；正文里没有的，删去这一行{hint}"
            yield Objection(document.at(*path), message)


@rule
def words_not_in_text(notice: Notice, _: Settings) -> Iterator[Objection]:
    """照原文填写的内容（原话、落款、印出的状态等），必须一字不差地出现在原文里；一条的，在那一条的标题或正文里。

    从正文里复制；正文没有的删去
    """
    for document, path, value, lines in _absent(notice):
        if path[0] != _CONTACT:
            hint = meant(value, _alike(value, lines))
            message = f"原文里没有“{value}”，请从正文里复制；正文里没有的，删去{hint}"
            yield Objection(document.at(*path), message)


@functools.lru_cache(maxsize=2)
def _absent(notice: Notice) -> tuple[tuple[YamlDocument, KeyPath, str, list[str]], ...]:
    """Return what does not stand in the text that it is copied from, with the lines of that.

    It is kept for the rule that asks next.
    """
    return tuple(_sought(notice))


def _sought(notice: Notice) -> Iterator[tuple[YamlDocument, KeyPath, str, list[str]]]:
    lines = [line.text for line in notice.narrative.lines]
    yield from (
        (notice.record.document, path, value, lines)
        for path, value in quoted(notice.facts)
        if not _stands_in(value, lines)
    )
    for item in notice.items:
        own: list[str] = []
        for path, value in quoted(item.facts):
            own = own or [each.text for each in (item.section.heading, *item.section.paragraphs)]
            if not _stands_in(value, own):
                yield item.record.document, path, value, own


def _stands_in(value: str, lines: Iterable[str]) -> bool:
    return any(value in line for line in lines)


def _alike(value: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of the text that are about as long as ``value``."""
    least, most = len(value) / 2, min(len(value) * 2, _LONG)
    pieces = (piece for line in lines for piece in clauses.sentences(line))
    yield from itertools.islice((each for each in pieces if least < len(each) < most), _MOST)
