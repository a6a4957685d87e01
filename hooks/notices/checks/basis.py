"""Rules: a status is a known one, and has a basis that stands where it says."""

from __future__ import annotations

from collections.abc import Iterator

from .. import model
from ..catalogue import Catalogue, Item, Notice
from ..problem import suggest
from ..source import Key
from .rules import Finding, rule


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
        texts = {measure.number: measure.texts for measure in item.measures}
        for path, _status, basis in _statuses(item):
            number = path[1] if path[:1] == ("measures",) else 0
            if not (basis and basis.quote) or (number and number not in texts):
                continue
            where = texts[int(number)] if number else (item.section.text,)
            if not any(basis.quote in text for text in where):
                owner = f"第 {number} 条措施" if number else f"问题 {item.id} 的叙述"
                message = f"“{basis.quote}”不在{owner}里，请从叙述中原样复制"
                yield Finding(item.record.document.at(*path, "basis", "quote"), message)


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
