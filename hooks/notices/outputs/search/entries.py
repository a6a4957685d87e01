"""What can be found: the sections of a notice, with all that stands in them on the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...catalogue.notices import Catalogue, Item, Notice
from ...catalogue.words import chinese_date, totals
from ...facts import model
from ...text.narrative import Section


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


def entries(notice: Notice, catalogue: Catalogue) -> Iterator[Entry]:
    """Yield the notice as a whole, its ledger, all that has a heading, and how to reach whom."""
    facts = notice.facts
    preamble = tuple(line.text for line in notice.narrative.preamble)
    yield Entry("", facts.title, preamble, tuple(_particulars(notice)))
    if notice.has_items:
        yield Entry("ledger/", "整改台账", (facts.title,))
    groups = {group.id: group.label for group in notice.outer_groups}
    for section in notice.narrative.all_sections:
        outermost = next(iter(section.id.path), section.id)
        group = groups.get(outermost, "")
        if section.is_item:
            yield _item(notice.items_by_id[section.id], group, catalogue.vocabulary)
        else:
            lines = tuple(filter(None, (section.heading.text, *_texts(section))))
            yield Entry(f"#{section.id}", section.label or "结尾", lines, group=group)
    yield Entry("#publisher", "联系方式", ("联系方式", facts.publisher, *_contact(facts.contact)))
    if facts.known_discrepancies:
        heading = ("原文中的出入", "以下各处按原文保留，没有改动：")
        notes = (discrepancy.note for discrepancy in facts.known_discrepancies)
        yield Entry("#discrepancies", heading[0], (*heading, *notes))


def _contact(contact: model.Contact) -> Iterator[str]:
    """Yield how a publisher is reached, as on its notice's page (macros.html)."""
    ways = (("电话", contact.phone), ("电子邮箱", contact.email), ("通信地址", contact.address))
    return (f"{label}{value}" for label, value in ways if value)


def _texts(section: Section) -> Iterator[str]:
    return (line.text for line in section.paragraphs)


def _item(item: Item, group: str, vocabulary: model.Vocabulary) -> Entry:
    parts = (text for part in item.parts for text in part.texts)
    stated = {measure.facts.status for measure in item.measures} - {model.UNSTATED}
    return Entry(
        f"#{item.id}",
        item.facts.title,
        (item.section.heading.text, *parts),
        tuple(_notes(item, vocabulary)),
        group,
        item.status,
        tuple(status.id for status in vocabulary.statuses if status.id in stated),
    )


def _particulars(notice: Notice) -> Iterator[str]:
    """Yield what the head of the notice's page says, in its words (notice/head.html)."""
    facts, inspection = notice.facts, notice.facts.inspection
    yield f"发布单位{facts.publisher}"
    kind = f"（{inspection.kind}）" if inspection.kind else ""
    days = ""
    if inspection.from_ and inspection.to:
        days = f"，{chinese_date(inspection.from_)}至{chinese_date(inspection.to)}"
    yield f"{notice.kind.noun}{inspection.by}{kind}{days}"
    if inspection.feedback:
        yield f"{notice.kind.dates.feedback}{chinese_date(inspection.feedback)}"
    if facts.published:
        yield f"公布日期{chinese_date(facts.published)}"
    differs = any(each.rule == "stated-total" for each in facts.known_discrepancies)
    remark = "（原文自述的数目与此不同，见文末说明）" if differs else ""
    if notice.has_items:
        measures = f"{notice.measure_counts.total()}条{notice.kind.measure}"
        yield f"数目{totals(notice)}，{measures}{remark}"


def _notes(item: Item, vocabulary: model.Vocabulary) -> Iterator[str]:
    """Yield the facts of an item as they stand beside its text (notice/item.html)."""
    facts, update = item.facts, item.status_update
    source = "单位报告" if facts.verified else "整改状态"
    yield f"{item.id}{source}：{vocabulary[item.status].label}"
    if update:
        yield f"依据：{chinese_date(update.date)}的进展（{update.source}）"
    else:
        yield from _basis(facts.basis)
    if found := facts.verified:
        yield f"{found.by}核实：{vocabulary[found.status].label}"
        yield f"依据文件：《{found.document}》（{chinese_date(found.date)}）"
    for measure in item.measures:
        if measure.facts.status != model.UNSTATED:
            yield f"{measure.ordinal or '整段'}{vocabulary[measure.facts.status].label}"
            yield from _basis(measure.facts.basis)
    if facts.goal:
        yield f"整改目标{facts.goal}"
    if facts.deadline:
        yield f"完成时限{chinese_date(facts.deadline)}"
    if who := facts.responsible:
        names = (("责任领导", who.leader), ("责任部门", who.department), ("责任人", who.person))
        yield from (f"{label}{name}" for label, name in names if name)
    if facts.documents:
        yield "文中文件" + "".join(f"《{title}》" for title in facts.documents)
    if facts.updates:
        yield "后续进展"
    for event in reversed(facts.updates):
        status = vocabulary[event.status].label if event.status else ""
        yield f"{chinese_date(event.date)}{status}{event.text}来源：{event.source}"


def _basis(basis: model.Basis | None) -> Iterator[str]:
    if basis and basis.quote:
        yield f"依据原文：{basis.quote}"
    if basis and basis.document:
        yield f"依据文件：《{basis.document.title}》（{chinese_date(basis.document.date)}）"
