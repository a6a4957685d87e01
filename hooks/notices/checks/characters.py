"""Rules: every reader sees what stands there, on the screen and on paper.

What an approved text has nobody may take out of it, so it is told with its place, and may be
acknowledged.
"""

from __future__ import annotations

import functools
import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..catalogue.notices import Notice
from ..catalogue.settings import Settings
from ..catalogue.summary import Archive
from ..facts.source import Key
from ..problem import Place
from ..text.characters import UNUSUAL, hidden
from ..text.glyphs import is_part, is_refused, missing, unbased
from .rules import ACCEPTED, ODDITY, RULES, SITE_RULES, Objection, SiteRule, rule
from .texts import all_text, approved_lines

_ENTITY = re.compile("&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,31});")
# What must be the approved words, or part of them: what is acknowledged there holds here.
_COPIED: frozenset[Key] = frozenset({"title", "quote", "documents", "contact"})
Look = Callable[[str], Iterator[tuple[int, str]]]


class _Words(NamedTuple):
    """Words of a notice: their place, and the name by which an oddity of theirs is acknowledged."""

    text: str
    place: Place
    at: str
    is_approved: bool = False
    is_copied: bool = True


@rule
def invisible_character(notice: Notice, _: Settings) -> Iterator[Objection]:
    """文字里没有看不见的字符：零宽字符、软连字符、改变文字方向的控制符、私用区字符等。

    删去或重新打一遍。批准的文本里的，重新报批；at 写那一节的编号
    """
    for words, offset, name in _found(notice, hidden):
        is_open = words.is_copied and not is_refused(words.text[offset])
        at = words.at if is_open else ""
        is_ours = not at and not words.is_approved
        remedy = "请删去，或者把它重新打一遍" if is_ours else _remedy(words)
        yield Objection(_place(words, offset), f"这里有看不见的{name}，{remedy}", at)


@rule
def no_glyph(notice: Notice, _: Settings) -> Iterator[Objection]:
    """每个字，PDF 的字体里都要有，没有的不能发布；加在字上的符号（如声调）要能与字合成一个。

    核对是不是打错了字；没有打错的，换一个字，批准的文本重新报批；是符号的，at 写那一节的编号
    """
    for words, offset, character in _found(notice, missing):
        remedy = "批准的文本不要自己改：重新报批" if words.is_approved else "请换一个字"
        yield Objection(_place(words, offset), f"{_without(character)}，{remedy}")
    for words, offset, mark in _found(notice, unbased):
        code = f"U+{ord(mark):04X} {unicodedata.name(mark, '')}".strip()
        message = f"这里有加在字上的符号（{code}），与前面的字合不成一个字，印出来会错位"
        at = "" if is_part(mark) else words.at  # no program reads such a one as it is
        yield Objection(_place(words, offset), f"{message}，{_remedy(words)}", at)


def _without(character: str) -> str:
    return f"“{character}”（U+{ord(character):04X}）PDF 的字体里没有，排不了版"


def _remedy(words: _Words) -> str:
    return "批准的文本不要自己改：重新报批" if words.is_approved else "请核对"


def _place(words: _Words, offset: int) -> Place:
    place = words.place
    return place._replace(column=place.column + offset) if words.is_approved else place


def _found(notice: Notice, look: Look) -> Iterator[tuple[_Words, int, str]]:
    # Most notices hold nothing of the kind, and their places cost more than their words.
    if any(True for each in _unusual(notice) for _ in look(each)):
        for words in _words(notice):
            for offset, name in look(words.text):
                yield words, offset, name


@functools.lru_cache(maxsize=2)
def _unusual(notice: Notice) -> str:
    """Return each character once that is worth a look: few are."""
    return "".join(set(UNUSUAL.findall(all_text(notice))))


def _words(notice: Notice) -> Iterator[_Words]:
    """Yield all words of a notice; those of the narrative where they stand in the approved text."""
    yield from _approved(notice)
    items = {at: record.document for at, record in notice.item_records.items()}
    for at, document in {"notice": notice.record.document, **items}.items():
        for path, text in document.strings:
            if path[0] == ODDITY and path[-1] == "note":  # the public reads it
                yield _Words(text, document.at(*path), "", is_copied=False)
            elif path[0] not in (ODDITY, ACCEPTED):
                is_copied = not _COPIED.isdisjoint(path)
                yield _Words(text, document.at(*path), at, is_copied=is_copied)


def _approved(notice: Notice) -> Iterator[_Words]:
    approved = approved_lines(notice)
    told = list(_narrative(notice))
    same = [line.text for line in approved] == [words.text for words in told]
    for words, line in zip(told, approved, strict=same):
        yield words._replace(place=line.place) if same else words
    if not same:  # told by another rule; here the rest, without a name that would hold
        yield from told[len(approved) :]
        known = {words.text for words in told}
        yield from (
            _Words(line.text, line.place, "", is_approved=True)
            for line in approved
            if line.text not in known
        )


def _narrative(notice: Notice) -> Iterator[_Words]:
    for line in notice.narrative.preamble:
        yield _Words(line.text, line.place, "preamble", is_approved=True)
    for section in notice.narrative.all_sections:
        for line in section.lines:
            yield _Words(line.text, line.place, section.id, is_approved=True)


def _on_pages(archive: Archive) -> Iterator[Objection]:
    """Check what people wrote around the notices, also what an entity stands for."""
    for path, page in archive.pages.items():
        for number, line in enumerate(page.splitlines(), 1):
            for offset, name in _on_line(line):
                message = f"这里有看不见的{name}，请删去，或者把这几个字重新打一遍"
                yield Objection(Place(path, number, offset + 1), message)


def _on_line(line: str) -> Iterator[tuple[int, str]]:
    yield from hidden(line)
    for entity in _ENTITY.finditer(line):
        for found in hidden(html.unescape(entity[0])):
            yield entity.start(), found.name


def _in_settings(archive: Archive) -> Iterator[Objection]:
    """Check the words that stand beside those of any notice."""
    for document in archive.written:
        for path, text in document.strings:
            for _, character in missing(text):
                yield Objection(document.at(*path), f"{_without(character)}，请换一个字")


for _code, _check in {"invisible-character": _on_pages, "no-glyph": _in_settings}.items():
    _rule = RULES[_code]
    SITE_RULES[_code] = SiteRule(_code, _rule.severity, _rule.text, _check)
