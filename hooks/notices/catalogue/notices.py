"""The catalogue: all notices of the site, and facts joined to their narrative."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from ..facts import model
from ..problem import Place
from ..text.measures import Passage, joined, split_cells, split_measures
from ..text.narrative import Narrative, Section
from ..text.outline import Id
from .settings import Record, Settings

_LONGEST_TITLE = 4  # lines
_NOTHING_KNOWN = model.Measure()


class Measure(NamedTuple):
    """A measure of an item: its words, and what is known of it."""

    id: str
    number: int
    ordinal: str
    """The words that count it off in the text, e.g. 一是, or "" where there are none."""
    texts: tuple[str, ...]
    facts: model.Measure


@dataclass(frozen=True, eq=False)
class Item:
    """A feedback issue: its section of the narrative joined to its facts."""

    section: Section
    record: Record[model.Item]
    path: tuple[Section, ...]
    """The groups above it, outermost first."""

    @property
    def id(self) -> Id:
        return self.section.id

    @property
    def facts(self) -> model.Item:
        return self.record.facts

    @cached_property
    def parts(self) -> list[Passage]:
        """The section's text, cut into measures; a lead-in before the first has number 0."""
        if self.section.row:
            return joined(split_cells([line.text for line in self.section.answer]))
        lines = self.section.paragraphs
        rows = {index for index, line in enumerate(lines) if line.cells}
        return split_measures([line.text for line in lines], rows)

    @cached_property
    def measures(self) -> list[Measure]:
        return [
            Measure(
                self.id.child(part.number),
                part.number,
                part.ordinal,
                part.texts,
                self.facts.measures.get(part.number, _NOTHING_KNOWN),
            )
            for part in self.parts
            if part.number
        ]

    @cached_property
    def measure_counts(self) -> Counter[str]:
        """How many of its measures stand at each status."""
        return Counter(measure.facts.status for measure in self.measures)

    @cached_property
    def status_update(self) -> model.Update | None:
        """The last update that gave the item a status; its source is then the basis."""
        changes = [update for update in self.facts.updates if update.status]
        return changes[-1] if changes else None

    @property
    def status(self) -> str:
        """The status of the item as a whole: that of its last update that gives one, or its own."""
        update = self.status_update
        return update.status if update and update.status else self.facts.status

    @property
    def statuses(self) -> set[str]:
        """All that is stated of the item and its measures; unstated only when nothing is."""
        stated = {self.status, *(measure.facts.status for measure in self.measures)}
        return stated - {model.UNSTATED} or {model.UNSTATED}


@dataclass(frozen=True, eq=False)
class Notice:
    """A notice: facts, narrative, approved text, and the facts of its items by id.

    ``unreadable`` holds the ids of items whose file exists but could not be loaded: rules must
    not report them as missing.
    """

    id: str
    record: Record[model.Notice]
    narrative: Narrative
    approved: str
    approved_sha256: str
    """SHA-256 of the bytes that were signed off, in hexadecimal."""
    item_records: dict[str, Record[model.Item]]
    kind: model.Kind
    """Its kind, with what it calls otherwise."""
    unreadable: frozenset[str] = frozenset()
    withheld: int = 0
    """How many items are left out of this view because they are not for the public."""
    approvals: tuple[str, ...] = ()
    """The files of what reviewers have signed."""
    in_doubt: frozenset[str] = frozenset()
    """Paths of its files, and of that of its kind, that could not be read as a whole."""
    doubtful_lines: frozenset[Place] = frozenset()
    """Lines of the narrative whose headings are faulty."""
    formats: tuple[str, ...] | None = None
    """Those in which the site offers it to be taken away; None for all."""
    withheld_groups: Counter[int] = field(default_factory=Counter)
    """How many groups are left out with them, by depth: those of which the public sees no item."""

    def public(self) -> Notice:
        """Return what may be published: the same without the items whose audience is the party.

        Whatever hangs on them goes with them: groups that have no other items, for their headings
        say what the items are about, and what is said of the text there. What editors accept is
        for themselves.
        """
        items = {item.id for item in self.items if item.facts.audience != "public"}
        if not items and not self.facts.accepted:
            return self
        groups = [group for group in self.narrative.groups if _is_emptied(group, items)]
        hidden = items | {group.id for group in groups}
        notes = self.facts.known_discrepancies
        notes = [each for each in notes if not Id(each.at).is_in(hidden)]
        public = {"known_discrepancies": notes, "accepted": []}
        records = {key: each for key, each in self.item_records.items() if key not in items}
        return replace(
            self,
            record=replace(self.record, facts=self.facts.model_copy(update=public)),
            narrative=self.narrative.without(hidden),
            item_records=records,
            withheld=len(items),
            withheld_groups=Counter(group.depth for group in groups),
        )

    @property
    def facts(self) -> model.Notice:
        return self.record.facts

    @cached_property
    def contacts(self) -> list[model.Contact]:
        """How the public reaches whoever answers for it: at one office or several."""
        given = self.facts.contact
        return given if isinstance(given, list) else [given]

    @property
    def is_text(self) -> bool:
        """Whether it says of itself that it has no items."""
        return self.facts.outline == model.TEXT

    @property
    def has_items(self) -> bool:
        """Whether there are any, be they for the public or not."""
        return bool(self.items or self.withheld)

    @cached_property
    def title_lines(self) -> int:
        """How many lines of the text are its title, which is then shown there and nowhere else."""
        title, said = "".join(self.facts.title.split()), ""
        for number, line in enumerate(self.narrative.preamble[:_LONGEST_TITLE], 1):
            said += "".join(line.text.split())
            if said == title:
                return number
        return 0

    @property
    def narrative_path(self) -> str:
        return f"content/notices/{self.id}.md"

    @property
    def approved_path(self) -> str:
        return f"data/notices/{self.id}/approved.txt"

    @cached_property
    def items(self) -> list[Item]:
        """The items that have both section and facts, in the order of the text."""
        sections = {section.id: section for section in self.narrative.all_sections}
        return [
            Item(section, self.item_records[section.id], path)
            for section in self.narrative.items
            if section.id in self.item_records
            for path in [tuple(sections[each] for each in section.id.path if each in sections)]
        ]

    @cached_property
    def outer_groups(self) -> list[Section]:
        """The groups that stand in no other."""
        return [group for group in self.narrative.groups if group.depth == 1]

    @cached_property
    def group_counts(self) -> Counter[int]:
        """How many groups there are at each depth; withheld ones count."""
        return Counter(group.depth for group in self.narrative.groups) + self.withheld_groups

    @cached_property
    def items_by_id(self) -> dict[str, Item]:
        return {str(item.id): item for item in self.items}

    @cached_property
    def measure_counts(self) -> Counter[str]:
        """How many measures stand at each status."""
        return Counter(measure.facts.status for item in self.items for measure in item.measures)

    @cached_property
    def item_counts(self) -> Counter[str]:
        """How many items as a whole stand at each status."""
        return Counter(item.status for item in self.items)


@dataclass(frozen=True)
class Catalogue(Settings):
    """Everything the site publishes; made by :func:`notices.catalogue.loading.load`."""

    notices: list[Notice] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    """Path and text of the pages that are not narratives."""
    heads: dict[str, model.Head] = field(default_factory=dict)
    """What those pages say of themselves, by path."""

    def public(self) -> Catalogue:
        """Return the catalogue that outputs are made from: nothing in it is withheld."""
        return replace(self, notices=[notice.public() for notice in self.notices])


def _is_emptied(group: Section, hidden: set[Id]) -> bool:
    """Tell whether a group has items, and none but hidden ones."""
    return all(each.id in hidden for each in group.walk() if each.is_item)
