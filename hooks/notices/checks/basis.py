"""Rules: a status is a known one, and has a basis that stands where it says and says the same."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from typing import NamedTuple

from ..catalogue.notices import Item, Notice
from ..catalogue.settings import Settings
from ..facts import model
from ..facts.source import Key, KeyPath
from ..problem import meant, suggest
from . import claims, clauses
from .claims import ONGOING, PLANNED, Said
from .clauses import Quoted
from .rules import Objection, rule

COMPLETED, PARTLY = "completed", "partly-completed"
_NOT_DONE = ("in-progress", "planned", "extended", "not-completed")
_HOW = "请在下一行加 basis:，再下一行多缩进两格写 quote: 加叙述里的原话（或 document: 加文件）"
_MOST, _LONG = 300, 200  # what may have been meant: how many, and how many characters each
_READ = (COMPLETED, PARTLY, *_NOT_DONE)


@rule
def unknown_status(notice: Notice, settings: Settings) -> Iterator[Objection]:
    """状态必须是 data/vocabulary.yml 里的一个。

    用第 3 节表里左边的英文词
    """
    vocabulary = settings.vocabulary
    if not vocabulary.statuses:
        return
    known = {*vocabulary.ids(), model.UNSTATED}
    for item in notice.items:
        for path, status, _basis in _statuses(item):
            if status not in known:
                named = [each.id for each in vocabulary.statuses if each.label == status]
                label = f"；“{status}”写成 {named[0]}" if named else ""
                message = f"没有“{status}”这个状态{suggest(status, vocabulary.ids())}{label}"
                yield Objection(item.record.document.at(*path, "status"), message)


@rule
def status_without_basis(notice: Notice, _: Settings) -> Iterator[Objection]:
    """除 unstated 外，状态必须有依据：叙述里的原话（quote）或注明日期的文件（document）。

    加 `basis`；没有依据就改成 `unstated`
    """
    for item in notice.items:
        for path, status, basis in _statuses(item):
            if status != model.UNSTATED and not (basis and (basis.quote or basis.document)):
                message = f"状态“{status}”没有依据；{_HOW}；没有依据的写 unstated"
                yield Objection(item.record.document.at(*path, "status"), message)


@rule
def quote_not_found(notice: Notice, _: Settings) -> Iterator[Objection]:
    """依据的原话（quote）必须一字不差地出现在那条措施（或那个问题）的叙述里。

    从叙述里重新复制；措施的原话要在那一条措施里
    """
    for item, path, _status, quote, found, _clauses in _quotes(notice):
        if not found:
            owner = f"第 {path[1]} 条措施" if path else f"问题 {item.id} 的叙述"
            hint = _elsewhere(item, path, quote) or meant(quote, _alike(item, path, quote))
            message = f"“{quote}”不在{owner}里，请从叙述中原样复制{hint}"
            yield Objection(item.record.document.at(*path, "basis", "quote"), message)


def _elsewhere(item: Item, path: KeyPath, quote: str) -> str:
    """Return in which other measure of ``item`` the quote of a measure stands, as a hint."""
    measures = item.measures if path else []
    numbers = (each.number for each in measures if any(quote in text for text in each.texts))
    return "".join(f"；它在第 {number} 条里" for number in itertools.islice(numbers, 1))


def _alike(item: Item, path: KeyPath, quote: str) -> Iterator[str]:
    """Yield what may be quoted for the status at ``path`` and is about as long as ``quote``."""
    measures = {each.number: each.texts for each in item.measures}
    number = path[1] if path else None
    texts = [line.text for line in item.section.paragraphs]
    own = measures.get(number, ()) if isinstance(number, int) else texts
    found = (each for text in own for each in clauses.sentences(text))
    like = (each for each in found if len(quote) / 2 < len(each) < min(len(quote) * 2, _LONG))
    yield from itertools.islice(like, _MOST)


@rule
def quote_not_whole(notice: Notice, _: Settings) -> Iterator[Objection]:
    """依据的原话（quote）要从标点引到标点，是完整的一句或者几句，不能只截几个字。

    照说明里给的那一句改
    """
    for item, path, _status, quote, found, whole in _quotes(notice):
        if found and not (whole and len(quote.strip()) > 1):
            sentence = clauses.surrounding(found[0], quote)
            message = f"“{quote}”不是完整的一句，请从标点引到标点：“{sentence}”"
            yield Objection(item.record.document.at(*path, "basis", "quote"), message)


@rule
def basis_says_otherwise(notice: Notice, settings: Settings) -> Iterator[Objection]:
    """状态要与依据的原话一致：说没有做完、有条件、只是要求或者只做完一部分的，不是已完成。

    改成与原话相符的状态，或者换一句原话
    """
    yield from _contradictions(notice, settings, planned=False)


@rule
def completed_but_planned(notice: Notice, settings: Settings) -> Iterator[Objection]:
    """状态是已完成的，依据的那句话和紧接着的一句不应说同一件事拟、计划、预计、力争、正在。

    没有做完的，改成 `in-progress`、`planned` 等；确已完成的，换一句写明完成的依据
    """
    yield from _contradictions(notice, settings, planned=True)


def _contradictions(notice: Notice, settings: Settings, *, planned: bool) -> Iterator[Objection]:
    """Yield the statuses that the quoted words do not carry: for being plans, or else."""
    for item, path, status, quote, found, whole in _quotes(notice):
        if status not in _READ or status not in settings.vocabulary:
            continue
        # A quote that was cut short is read as the whole of its clauses.
        readings = whole or tuple(
            each for text in found for each in clauses.whole(text, clauses.surrounding(text, quote))
        )
        said = [_against(status, reading) for reading in readings]
        first = next(iter(said), None)
        # Any reading may be meant.
        if first and all(said) and (first.kind in (PLANNED, ONGOING)) == planned:
            label = settings.vocabulary[status].label
            message = f"状态是“{label}”，原文“{first.words}”说的{first.kind}"
            at = item.id.child(int(path[1])) if path else item.id
            place = item.record.document.at(*path, "status")
            yield Objection(place, f"{message}；请核对状态，或换一句原话", at=at)


def _against(status: str, quoted: Quoted) -> Said | None:
    if status == COMPLETED:
        return claims.said_of(quoted)
    if status == PARTLY:
        return claims.unfulfilled(quoted)
    if status in _NOT_DONE and claims.plainly_done(quoted):
        return Said(claims.DONE, "，".join(quoted.own))
    return None


class _Quote(NamedTuple):
    """A quote: of which item and where in its data, the status that rests on it, its words.

    ``found`` are the texts that it stands in, and ``whole`` its clauses where it is whole ones.
    """

    item: Item
    path: KeyPath
    status: str
    quote: str
    found: tuple[str, ...]
    whole: tuple[Quoted, ...]


@functools.lru_cache(maxsize=2)
def _quotes(notice: Notice) -> tuple[_Quote, ...]:
    """Return every quote of a notice; kept for the rules that ask for them one after another."""
    return tuple(
        _Quote(item, path, status, quote, found, tuple(_whole(found, quote)))
        for item in notice.items
        for path, status, quote, texts in _bases(item)
        for found in [tuple(text for text in texts if quote in text)]
    )


def _whole(texts: tuple[str, ...], quote: str) -> Iterator[Quoted]:
    for text in texts:
        yield from clauses.whole(text, quote)


def _bases(item: Item) -> Iterator[tuple[KeyPath, str, str, tuple[str, ...]]]:
    """Yield (key path, status, quote, texts to quote from) of the item and its measures."""
    facts = item.facts
    if facts.basis and facts.basis.quote:
        lines = tuple(line.text for line in item.section.paragraphs)
        yield (), facts.status, facts.basis.quote, lines
    if not facts.measures:
        return
    # What came of all measures of a row may be told in a cell of its own.
    outcome = tuple(cell.line.text for cell in item.section.cells if cell.role == "evidence")
    texts = {measure.number: (*measure.texts, *outcome) for measure in item.measures}
    for number, measure in facts.measures.items():
        if number in texts and measure.basis and measure.basis.quote:
            yield ("measures", number), measure.status, measure.basis.quote, texts[number]


def _statuses(item: Item) -> Iterator[tuple[tuple[Key, ...], str, model.Basis | None]]:
    """Yield (key path, status, basis) of all statuses of an item."""
    yield (), item.facts.status, item.facts.basis
    for number, measure in item.facts.measures.items():
        yield ("measures", number), measure.status, measure.basis
    for index, update in enumerate(item.facts.updates):
        if update.status:
            source = model.Document(title=update.source, date=update.date)
            yield ("updates", index), update.status, model.Basis(document=source)
    if verified := item.facts.verified:
        report = model.Document(title=verified.document, date=verified.date)
        yield ("verified",), verified.status, model.Basis(document=report)
