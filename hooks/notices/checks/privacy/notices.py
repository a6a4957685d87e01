"""Rules: no one's identity number, bank card, mobile number or home stands in a notice."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Protocol

from ...catalogue.notices import Catalogue, Notice
from ...catalogue.settings import Settings
from ...catalogue.summary import Archive
from ...facts import model
from ...facts.quoting import quoted
from ...facts.source import Key, KeyPath
from ..rules import Objection, rule
from ..texts import all_text, approved_lines, documents
from .personal import CARD, HOME, IDENTITY, MOBILE, plain
from .pieces import APART, Piece, comments, joined, line, lines, search, value
from .search import find, found_in
from .telling import APPROVED, FACT, tell

# What must be the approved words, or part of them.
_COPIED: frozenset[Key] = frozenset({"quote", "documents", "contact"})


@rule
def identity_number(notice: Notice, _: Settings) -> Iterator[Objection]:
    """通报、页面、附件和文件名里不能有完整的18位身份证号，不论怎样分隔、用哪种数字。

    批准的文本打码后重新报批，其他地方按说明打码；经同意公开的，写进 `allowed_personal`
    """
    # GB 11643-1999.
    yield from _in_notice(notice, IDENTITY)


@rule
def bank_card(notice: Notice, _: Settings) -> Iterator[Objection]:
    """通报、页面、附件和文件名里不能有完整的银行卡号，不论怎样分隔、用哪种数字。

    批准的文本打码后重新报批，其他地方按说明打码；经同意公开的，写进 `allowed_personal`
    """
    # ISO/IEC 7812-1.
    yield from _in_notice(notice, CARD)


@rule
def mobile_number(notice: Notice, _: Settings) -> Iterator[Objection]:
    """通报、页面、附件和文件名里不能有完整的手机号，`contact` 里公开的除外。

    批准的文本打码后重新报批；单位公开的写进 `contact`，其他经同意公开的写进 `allowed_personal`
    """
    yield from _in_notice(notice, MOBILE)


@rule
def home_address(notice: Notice, _: Settings) -> Iterator[Objection]:
    """个人住址只写到乡镇、街道，不写门牌号；单位和项目的地址不限。

    批准的文本改好后重新报批，其他地方删去门牌号；经同意公开的，写进 `allowed_personal`
    """
    yield from _in_notice(notice, HOME)


@rule
def stale_allowance(notice: Notice, _: Settings) -> Iterator[Objection]:
    """allowed_personal 里的每个值必须真的出现在这份通报的文字或数据里。

    核对 `value`，要与文中一致；文中已经没有的，删去这一条
    """
    if not notice.facts.allowed_personal:
        return
    text = joined(_pieces(notice))
    found = {plain(each.value) for each in found_in(text)}
    for index, allowed in enumerate(notice.facts.allowed_personal):
        if allowed.value not in text and plain(allowed.value) not in found:
            place = notice.record.document.at("allowed_personal", index, "value")
            yield Objection(place, "这份通报里没有这个值，请与文中核对；已经不用的，删去这一条")


class Reached(Protocol):
    """A notice, what is told of one, or a publisher."""

    @property
    def contacts(self) -> Sequence[model.Contact]:
        """How the public reaches whoever answers for it."""


def published(catalogue: Catalogue) -> frozenset[str]:
    """Return, plain, all that looks personal and may stand on the site all the same."""
    return of_publishers(catalogue).union(*map(permitted, catalogue.notices))


def of_publishers(settings: Settings) -> frozenset[str]:
    """Return, plain, the numbers and addresses by which publishers want to be reached."""
    return frozenset().union(*(_contact(each.facts) for each in settings.publishers.values()))


class Contacts(Container[str]):
    """The plain numbers and addresses by which publishers of ``notices`` want to be reached.

    They are looked for when somebody asks, for most pages and files hold nothing of the kind.
    """

    def __init__(self, notices: Iterable[Reached]) -> None:
        self._notices = notices

    def __contains__(self, value: object) -> bool:
        return value in self._found

    @cached_property
    def _found(self) -> frozenset[str]:
        return frozenset().union(*map(_contact, self._notices))


def contacts_of(archive: Archive) -> Contacts:
    """Return those of all notices and publishers of ``archive``."""
    publishers = (record.facts for record in archive.publishers.values())
    return Contacts(itertools.chain(archive.notices, publishers))


def permitted(notice: Notice) -> frozenset[str]:
    """Return, plain, all that looks personal and may stand on the pages of ``notice``."""
    return _contact(notice) | {plain(each.value) for each in notice.facts.allowed_personal}


def _in_notice(notice: Notice, kind: str) -> Iterator[Objection]:
    # Most notices hold nothing of the kind, and text alone is cheaper than text with its places.
    if all(found.kind != kind for found in found_in(all_text(notice))):
        return
    known = permitted(notice)
    for place, found, where in search([*_pieces(notice), *_reasons(notice)]):
        if found.kind == kind and plain(found.value) not in known:
            yield Objection(place, tell(found, where))


def _contact(notice: Reached) -> frozenset[str]:
    text = "\n".join(words for each in notice.contacts for _, words in quoted(each))
    return frozenset(plain(each.value) for each in find(text) if each.kind in (MOBILE, HOME))


@functools.lru_cache(maxsize=2)
def _pieces(notice: Notice) -> list[Piece]:
    """Return all text of a notice: data, narrative, and of the approved text what differs."""
    pieces = [
        value(document, path, text, _where(path, of_notice=document is notice.record.document))
        for document in documents(notice)
        for path, text in document.strings
        if path[0] != "allowed_personal"
    ]
    for document in documents(notice):
        pieces += comments(document.path, document.text)
    pieces += _narrative(notice)
    narrative = {each.text for each in notice.narrative.lines}
    others = {e.place.line for e in approved_lines(notice) if e.text not in narrative}
    approved = enumerate(lines(notice.approved_path, notice.approved, APPROVED), 1)
    return [*pieces, *(each for number, each in approved if number in others)]


def _narrative(notice: Notice) -> Iterator[Piece]:
    """Yield the lines of the narrative; no number goes over the end of a cell."""
    for each in notice.narrative.lines:
        *first, last = each.words
        for cell in first:
            yield line(each.place.path, each.place.line, cell, APPROVED)._replace(after=APART)
        yield line(each.place.path, each.place.line, last, APPROVED)


def _reasons(notice: Notice) -> Iterator[Piece]:
    document = notice.record.document
    for index, allowed in enumerate(notice.facts.allowed_personal):
        yield value(document, ("allowed_personal", index, "reason"), allowed.reason)


def _where(path: KeyPath, *, of_notice: bool) -> str:
    copied = not _COPIED.isdisjoint(path) or (path == ("title",) and not of_notice)
    return APPROVED if copied else FACT
