"""Rules: a status is a known one, and has a basis that stands where it says and says the same."""

from __future__ import annotations

from collections.abc import Iterator

from .. import model
from ..catalogue import Catalogue, Item, Notice
from ..problem import suggest
from ..source import Key, KeyPath
from . import claims, clauses
from .claims import ONGOING, PLANNED, Said
from .clauses import Quoted
from .rules import Finding, rule

COMPLETED, PARTLY = "completed", "partly-completed"
_NOT_DONE = ("in-progress", "planned", "extended", "not-completed")


@rule
def unknown_status(notice: Notice, site: Catalogue) -> Iterator[Finding]:
    """状态必须是 data/vocabulary.yml 里的一个。

    用第 3 节表里左边的英文词
    """
    vocabulary = site.vocabulary
    if not vocabulary.statuses:
        return
    for item in notice.items:
        for path, status, _basis in _statuses(item):
            if status not in vocabulary and status != model.UNSTATED:
                message = f"没有“{status}”这个状态{suggest(status, vocabulary.ids())}"
                yield Finding(item.record.document.at(*path, "status"), message)


@rule
def status_without_basis(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """除 unstated 外，状态必须有依据：叙述里的原话（quote）或注明日期的文件（document）。

    加 `basis`；没有依据就改成 `unstated`
    """
    for item in notice.items:
        for path, status, basis in _statuses(item):
            if status != model.UNSTATED and not (basis and (basis.quote or basis.document)):
                message = f"状态“{status}”没有依据，请加 basis：原话 quote，或文件 document"
                yield Finding(item.record.document.at(*path, "status"), message)


@rule
def quote_not_found(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """依据的原话（quote）必须一字不差地出现在那条措施（或那个问题）的叙述里。

    从叙述里重新复制；措施的原话要在那一条措施里
    """
    for item in notice.items:
        for path, _status, quote, texts in _quotes(item):
            if not any(quote in text for text in texts):
                owner = f"第 {path[1]} 条措施" if path else f"问题 {item.id} 的叙述"
                message = f"“{quote}”不在{owner}里，请从叙述中原样复制"
                yield Finding(item.record.document.at(*path, "basis", "quote"), message)


@rule
def quote_not_whole(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """依据的原话（quote）要从标点引到标点，是完整的一句或者几句，不能只截几个字。

    照说明里给的那一句改
    """
    for item in notice.items:
        for path, _status, quote, texts in _quotes(item):
            found = [text for text in texts if quote in text]
            if found and not any(_whole(text, quote) for text in found):
                sentence = clauses.surrounding(found[0], quote)
                message = f"“{quote}”不是完整的一句，请从标点引到标点：“{sentence}”"
                yield Finding(item.record.document.at(*path, "basis", "quote"), message)


@rule
def basis_says_otherwise(notice: Notice, site: Catalogue) -> Iterator[Finding]:
    """状态要与依据的原话一致：说没有做完、有条件、只是要求或者只做完一部分的，不是已完成。

    改成与原话相符的状态，或者换一句原话
    """
    yield from _contradictions(notice, site, planned=False)


@rule
def completed_but_planned(notice: Notice, site: Catalogue) -> Iterator[Finding]:
    """状态是已完成的，依据的那句话和紧接着的一句不应说同一件事拟、计划、预计、力争、正在。

    没有做完的，改成 `in-progress`、`planned` 等；确已完成的，换一句写明完成的依据
    """
    yield from _contradictions(notice, site, planned=True)


def _contradictions(notice: Notice, site: Catalogue, *, planned: bool) -> Iterator[Finding]:
    """Yield the statuses that the quoted words do not carry: for being plans, or else."""
    for item in notice.items:
        for path, status, quote, texts in _quotes(item):
            if status not in site.vocabulary:
                continue
            said = _otherwise(status, [each for text in texts for each in _readings(text, quote)])
            if said and (said.kind in (PLANNED, ONGOING)) == planned:
                label = site.vocabulary[status].label
                message = (
                    f"状态是“{label}”，原文“{said.words}”说的{said.kind}；请核对状态，或换一句原话"
                )
                at = "-".join(map(str, (item.id, *path[1:])))
                yield Finding(item.record.document.at(*path, "status"), message, at=at)


def _otherwise(status: str, readings: list[Quoted]) -> Said | None:
    """Return what the quoted words say that ``status`` does not; any reading may be meant."""
    said = [_against(status, reading) for reading in readings]
    return said[0] if said and all(said) else None


def _against(status: str, quoted: Quoted) -> Said | None:
    if status == COMPLETED:
        return claims.said_of(quoted)
    if status == PARTLY:
        return claims.unfulfilled(quoted)
    if status in _NOT_DONE and claims.plainly_done(quoted):
        return Said(claims.DONE, "，".join(quoted.own))
    return None


def _readings(text: str, quote: str) -> list[Quoted]:
    """Return ``quote`` in its clauses; a quote that was cut short is read as the whole of them."""
    if quote not in text:
        return []
    found = list(clauses.whole(text, quote))
    return found or list(clauses.whole(text, clauses.surrounding(text, quote)))


def _whole(text: str, quote: str) -> bool:
    return len(quote.strip()) > 1 and any(True for _ in clauses.whole(text, quote))


def _quotes(item: Item) -> Iterator[tuple[KeyPath, str, str, tuple[str, ...]]]:
    """Yield (key path, status, quote, texts to quote from) of the item and its measures."""
    facts = item.facts
    if facts.basis and facts.basis.quote:
        lines = tuple(line.text for line in item.section.paragraphs)
        yield (), facts.status, facts.basis.quote, lines
    texts = {measure.number: measure.texts for measure in item.measures}
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
