"""What can be found: the sections of a notice, with all that stands in them on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...catalogue import annotation, answer
from ...catalogue.answer import Called
from ...catalogue.notices import Item, Measure, Notice
from ...catalogue.saying import Annotation
from ...catalogue.settings import Settings
from ...catalogue.words import totals
from ...facts import model
from ...text.narrative import Line


class Entry(NamedTuple):
    """A section as it is found: where it stands below its notice's address, and its words.

    ``lines`` are its heading, paragraphs and measures; ``notes`` what the site says beside them.
    """

    place: str
    title: str
    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()
    group: str = ""
    status: str = ""
    measure_statuses: tuple[str, ...] = ()


def entries(notice: Notice, settings: Settings) -> Iterator[Entry]:
    """Yield the notice as a whole, its list of items, all with a heading, and whom to ask how."""
    facts = notice.facts
    preamble = tuple(_words(notice.narrative.preamble))
    yield Entry("", facts.title, preamble, tuple(_particulars(notice, settings.vocabulary)))
    if notice.has_items:
        yield Entry("ledger/", f"{notice.kind.item}清单", (facts.title,))
    groups = {group.id: group.label for group in notice.outer_groups}
    for section in notice.narrative.all_sections:
        outermost = next(iter(section.id.path), section.id)
        group = groups.get(outermost, "")
        if section.is_item:
            item = notice.items_by_id[section.id]
            yield _item(item, notice.kind, group, settings.vocabulary)
        else:
            lines = tuple(_words(section.pieces))
            yield Entry(f"#{section.id}", section.label or "结尾", lines, group=group)
    known = (way for each in notice.contacts for way in annotation.told(each))
    ways = _said(known, settings.vocabulary)
    yield Entry("#publisher", "联系方式", ("联系方式", facts.publisher, *ways))
    if facts.known_discrepancies:
        heading = ("原文中的出入", "以下各处按原文保留，没有改动：")
        notes = (discrepancy.note for discrepancy in facts.known_discrepancies)
        yield Entry("#discrepancies", heading[0], (*heading, *notes))


def _said(
    annotations: Iterable[Annotation], vocabulary: model.Vocabulary, colon: str = ""
) -> Iterator[str]:
    """Yield annotations as they stand on the page: the label, then the lines."""
    return (f"{each.label}{colon}{''.join(each.seen(vocabulary))}" for each in annotations)


def _words(lines: Iterable[Line]) -> Iterator[str]:
    """Yield the text of each line, and of each cell of a row."""
    return (words for line in lines for words in line.words)


def _item(item: Item, called: Called, group: str, vocabulary: model.Vocabulary) -> Entry:
    stated = {measure.facts.status for measure in item.measures} - {model.UNSTATED}
    return Entry(
        f"#{item.id}",
        item.facts.title,
        tuple(_lines(item)),
        tuple(_notes(item, called, vocabulary)),
        group,
        item.status,
        tuple(status.id for status in vocabulary.statuses if status.id in stated),
    )


def _lines(item: Item) -> Iterator[str]:
    """Yield the words of an item, those of each measure by themselves."""
    section = item.section
    if section.row:
        yield from section.row.words
        return
    yield section.heading.text
    rows = {line.text: line.words for line in section.paragraphs if line.cells}
    for part in item.parts:
        for text in part.texts:
            yield from rows.get(text, (text,))


def _particulars(notice: Notice, vocabulary: model.Vocabulary) -> Iterator[str]:
    """Yield what the head of the notice's page says (notice/head.html)."""
    yield from _said(annotation.particulars(notice), vocabulary)
    differs = any(each.rule == "stated-total" for each in notice.facts.known_discrepancies)
    remark = "（原文自述的数目与此不同，见文末说明）" if differs else ""
    if notice.has_items:
        measures = f"{notice.measure_counts.total()}条{notice.kind.measure}"
        yield f"数目{totals(notice)}，{measures}{remark}"


def _notes(item: Item, called: Called, vocabulary: model.Vocabulary) -> Iterator[str]:
    """Yield the facts of an item as they stand beside its text (notice/item.html)."""
    label = "" if item.status == model.UNSTATED else f"{annotation.reported(item)}："
    yield f"{item.id}{label}"
    stands, *others = annotation.standing(item)
    yield from stands._replace(lines=(answer.line(item, called, vocabulary),)).seen(vocabulary)
    yield from _told(others, vocabulary)
    for measure in annotation.stated(item):
        yield annotation.measure_name(measure)
        yield from _standing(measure, vocabulary)
        yield from _said(annotation.particulars(measure), vocabulary)
    yield from _said(annotation.particulars(item), vocabulary)
    if item.facts.updates:
        yield "后续进展"
    for update in reversed(item.facts.updates):
        event = annotation.event(update)
        yield from (line for each in (*event.head, event.text) for line in each.seen(vocabulary))
        yield from _said(event.rest, vocabulary, "：")


def _standing(thing: Item | Measure, vocabulary: model.Vocabulary) -> Iterator[str]:
    """Yield where an item or a measure stands, and why."""
    yield from _told(annotation.standing(thing), vocabulary)


def _told(standing: Iterable[Annotation], vocabulary: model.Vocabulary) -> Iterator[str]:
    """Yield what is told of a standing; before each reason it says that it is."""
    for each in standing:
        label = "" if each.key == "status" else each.label
        yield from (f"{label}{line}" for line in each.seen(vocabulary))
