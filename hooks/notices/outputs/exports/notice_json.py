"""``notice.json``: everything that is public about a notice, for programs."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ...catalogue.addresses import notice_address
from ...catalogue.notices import Item
from ...facts import model
from ...text.narrative import Line
from ...text.narrative import Section as Part
from . import shape
from .edition import Edition


def make(edition: Edition) -> bytes:
    """Return the file."""
    written = (
        Writer(edition)
        .notice()
        .model_dump_json(by_alias=True, exclude_none=True, exclude_defaults=True, indent=1)
    )
    return f"{written}\n".encode()


class Writer:
    """Puts what is known of an edition into its shape."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def notice(self) -> shape.Notice:
        notice, facts = self.edition.notice, self.edition.notice.facts
        head: dict[str, Any] = {
            "$schema": self.edition.link(shape.SCHEMA),
            "version": shape.VERSION,
        }
        return shape.Notice(
            **_given(facts, model.NoticeParticulars),
            **head,
            id=notice.id,
            url=self.edition.permalink(),
            title=facts.title,
            publisher=facts.publisher,
            short_name=facts.short_name,
            kind=self.kind(),
            outline="text" if notice.is_text else "items",
            inspection=facts.inspection,
            stated=facts.stated,
            totals=self.totals(),
            contact=None if isinstance(facts.contact, list) else facts.contact,
            contacts=facts.contact if isinstance(facts.contact, list) else [],
            known_discrepancies=facts.known_discrepancies,
            approved=self.approved(),
            preamble=_texts(notice.narrative.preamble),
            sections=[*map(self.section, notice.narrative.sections)],
            items=[*map(self.item, notice.items)],
        )

    def kind(self) -> shape.Kind:
        notice, kind = self.edition.notice, self.edition.notice.kind
        return shape.Kind(
            id=notice.facts.kind,
            noun=kind.noun,
            levels=kind.levels,
            item=kind.item,
            measure=kind.measure,
            dates=kind.dates,
        )

    def totals(self) -> shape.Totals:
        notice = self.edition.notice
        return shape.Totals(
            groups=[
                shape.Groups(level=level, count=notice.group_counts[depth])
                for depth, level in enumerate(notice.kind.levels, 1)
            ],
            items=len(notice.items) + notice.withheld,
            withheld=notice.withheld,
            measures=notice.measure_counts.total(),
            items_by_status=self.tallies(notice.item_counts),
            measures_by_status=self.tallies(notice.measure_counts),
        )

    def tallies(self, counts: Counter[str]) -> list[shape.Tally]:
        statuses = (each for each in self.edition.vocabulary.ids() if counts[each])
        return [shape.Tally(status=self.status(each), count=counts[each]) for each in statuses]

    def approved(self) -> shape.Approved | None:
        notice = self.edition.notice
        if notice.withheld:
            return None
        url = self.edition.link(f"{notice_address(notice)}approved.txt")
        return shape.Approved(url=url, sha256=notice.approved_sha256)

    def section(self, part: Part) -> shape.Section:
        return shape.Section(
            id=part.id,
            url=self.edition.permalink(part.id),
            kind="item" if part.is_item else "group" if part.is_group else "part",
            heading=part.heading.text,
            text=_texts(part.paragraphs),
            cells=[cell.line.text for cell in part.cells] if part.row else None,
            columns=[cell.name for cell in part.cells] if part.row else None,
            sections=[*map(self.section, part.children)],
        )

    def item(self, item: Item) -> shape.Item:
        facts = item.facts
        return shape.Item(
            id=item.id,
            url=self.edition.permalink(item.id),
            path=[group.id for group in item.path],
            title=facts.title,
            heading=item.section.heading.text,
            text=_texts(item.section.paragraphs),
            status=self.status(item.status),
            basis=self.item_basis(item),
            finding=self.finding(facts.finding),
            verified=self.verified(facts.verified),
            measures=self.measures(item),
            updates=[*map(self.update, facts.updates)],
            **_given(facts, model.ItemParticulars),
        )

    def item_basis(self, item: Item) -> shape.Basis | None:
        if since := item.status_update:
            return shape.Basis(update=shape.StandingUpdate(date=since.date, source=since.source))
        return _basis(item.facts.basis)

    def measures(self, item: Item) -> list[shape.Measure]:
        return [
            shape.Measure(
                id=measure.id,
                number=measure.number,
                url=self.edition.permalink(measure.id),
                ordinal=measure.ordinal or None,
                text=[*measure.texts],
                status=self.status(measure.facts.status),
                basis=_basis(measure.facts.basis),
            )
            for measure in item.measures
        ]

    def update(self, given: model.Update) -> shape.Update:
        status = self.status(given.status) if given.status else None
        return shape.Update(date=given.date, text=given.text, source=given.source, status=status)

    def finding(self, given: model.Finding | None) -> shape.Finding | None:
        if not given:
            return None
        found = self.status(given.found)
        return shape.Finding(found=found, quote=given.quote, document=given.document)

    def verified(self, found: model.Verified | None) -> shape.Verified | None:
        if not found:
            return None
        status = self.status(found.status)
        return shape.Verified(status=status, by=found.by, date=found.date, document=found.document)

    def status(self, status_id: str) -> shape.Status:
        return shape.Status(id=status_id, label=self.edition.label(status_id))


def _texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def _basis(given: model.Basis | None) -> shape.Basis | None:
    return shape.Basis(quote=given.quote, document=given.document) if given else None


def _given(facts: model.Facts, kind: type[model.Facts]) -> dict[str, Any]:
    """Return the facts of ``kind`` as editors give them."""
    return {name: getattr(facts, name) for name in kind.model_fields}
