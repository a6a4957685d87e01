"""The annotation: what the site says beside the approved text, told once and shown in many places.

Pages, search, exports and changes go through the facts listed here. A fact that is new is a field
of the model and a line in FACTS. What is not known is not told.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from ..facts import model
from . import saying
from .notices import Item, Measure, Notice
from .saying import Annotation, Say


@dataclass(frozen=True)
class Fact:
    """A fact there may be of a thing: its key, the label before it, and how it is said."""

    key: str
    """Where the value stands among the facts of the thing, with dots between the keys."""
    label: str
    say: Say = saying.plainly
    value: Callable[[Any], Any] | None = None
    """What its value is, when that is not what stands under the key."""
    between: str = "；"
    header: str = ""
    """What its column in a table is called, when not like the fact itself."""
    width: int = 24
    """How wide that column is, in characters of Latin text."""
    event: str = ""
    """What the timeline says of the day that it is."""
    seldom: bool = False
    """Whether a table has that column only when something is known."""

    annex: bool = True
    """Whether the annex on paper tells it of a notice, whose text says it already, or not."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The keys that lead to the value."""
        return (*self.key.split("."),)

    @cached_property
    def is_particular(self) -> bool:
        """Whether it is neither what a thing is called nor where it stands."""
        return self.key not in _NO_PARTICULARS

    def of(self, thing: Any) -> Annotation | None:
        """Return what is told of ``thing``, or None when that is nothing."""
        value = self.value(thing) if self.value else _under(self.names, thing)
        lines = tuple(self.say(value)) if value else ()
        if not lines:
            return None
        label = named(self.label, thing.kind) if isinstance(thing, Notice) else self.label
        return Annotation(self.key, label, lines, self.between)


def named(words: str, kind: model.Kind) -> str:
    """Return ``words`` with what a kind of notice calls its things, where they stand in braces."""
    known = {"noun": kind.noun, "item": kind.item, "measure": kind.measure}
    return words.format(**known, feedback=kind.dates.feedback)


def _under(names: Sequence[str], thing: Any) -> Any:
    """Return what ``names`` lead to among the facts of ``thing``, or None."""
    value: Any = _facts(thing)
    for name in names:
        value = getattr(value, name, None)
    return value


def _facts(thing: Any) -> model.Facts:
    """Return the facts of ``thing``, which may be facts itself."""
    facts: model.Facts = thing.facts if isinstance(thing, Notice | Item | Measure) else thing
    return facts


def _files(notice: Notice) -> list[tuple[str, str]]:
    """Return title and relative address of what is attached to ``notice``."""
    folder = f"notices/{notice.id}"
    files = notice.facts.attachments
    return [
        (f"{each.title}（{each.file}）", posixpath.relpath(each.file, folder)) for each in files
    ]


STANDING = ("status", "basis")
"""What is told of an item or a measure before all else: where it stands, and why."""
ELSEWHERE = ("title", "short_name", "kind", "outline", "labels")
"""What a page shows of a notice or an item elsewhere: as what it is called, in its outline."""
FACTS: dict[type, tuple[Fact, ...]] = {
    Notice: (
        Fact("title", "标题"),
        Fact("short_name", "简称"),
        Fact("kind", "通报的种类"),
        Fact("outline", "提纲", saying.outline),
        Fact("labels", "叫法", saying.labels, between="、"),
        Fact("publisher", "发布单位", annex=False),
        Fact("inspection", "{noun}", saying.inspection, annex=False),
        Fact("inspection.feedback", "{feedback}", event="{feedback}", annex=False),
        Fact("joint", "联合发布", between="、"),
        Fact("document_number", "文号"),
        Fact("index_number", "索引号"),
        Fact("dated", "成文日期", event="成文"),
        Fact("published", "公布日期", event="整改情况公布", annex=False),
        Fact("window", "公示期", saying.window),
        Fact("printed_totals", "原文的统计", saying.totals),
        Fact("signatures", "落款", between="、"),
        Fact("attachments", "附件", saying.files, _files),
    ),
    model.Publisher: (
        Fact("name", "全称"),
        Fact("short_name", "简称"),
        Fact("credit_code", "统一社会信用代码"),
        Fact("website", "网站", saying.as_("web")),
    ),
    model.Contact: (
        Fact("office", "联系部门"),
        Fact("person", "联系人"),
        Fact("phone", "电话", saying.as_("phone")),
        Fact("phones", "电话", saying.phones),
        Fact("email", "电子邮箱", saying.as_("email")),
        Fact("address", "通信地址"),
        Fact("postcode", "邮政编码"),
        Fact("mailbox", "邮政信箱"),
    ),
    Item: (
        Fact("title", "简称"),
        Fact(
            "status",
            "整改状态",
            saying.as_("status"),
            lambda item: item.status,
            header="{item}状态",
            width=12,
        ),
        Fact(
            "basis",
            "依据",
            saying.basis,
            lambda item: item.status_update or item.facts.basis,
            header="状态依据",
            width=40,
        ),
        Fact("finding", "核查结论", saying.finding, width=30, seldom=True),
        Fact("verified", "核实", saying.verified, width=30),
        Fact("goal", "整改目标"),
        Fact("deadline", "完成时限", saying.deadline, event="完成时限", width=12),
        Fact("printed", "原文写的状态", saying.as_("quote"), width=16, seldom=True),
        Fact("responsible.leader", "责任领导", width=12),
        Fact("responsible.lead", "牵头单位", between="、", seldom=True),
        Fact("responsible.bodies", "责任单位", between="、", seldom=True),
        Fact("responsible.assisting", "配合单位", between="、", seldom=True),
        Fact("responsible.department", "责任部门", width=16),
        Fact("responsible.person", "责任人", width=12),
        Fact("figures", "数字", saying.figures, width=40, seldom=True),
        Fact("documents", "文中提到的文件", saying.titles, between="", width=30),
    ),
    Measure: (
        Fact("status", "状态", saying.as_("status"), header="{measure}状态", width=12),
        Fact("basis", "依据", saying.basis, header="{measure}依据", width=40),
    ),
    model.Update: (
        Fact("date", "日期", width=12),
        Fact("text", "进展", width=60),
        Fact("status", "状态", saying.as_("status"), width=12),
        Fact("source", "来源", width=40),
    ),
}
"""The facts of each thing, in the order in which they are told."""


_NO_PARTICULARS = frozenset((*ELSEWHERE, *STANDING))


def told(thing: Any) -> list[Annotation]:
    """Return all that is known of ``thing``, one of those in FACTS."""
    return _known(thing, FACTS[type(thing)])


def standing(thing: Item | Measure) -> list[Annotation]:
    """Return where an item or a measure stands, and why."""
    return _known(thing, (each for each in FACTS[type(thing)] if each.key in STANDING))


def particulars(thing: Any) -> list[Annotation]:
    """Return what is known of ``thing`` beside what it is called and where it stands."""
    given = _facts(thing).model_fields_set  # none of them is there by default
    known = (each for each in FACTS[type(thing)] if each.value or each.names[0] in given)
    return _known(thing, (each for each in known if each.is_particular))


def _known(thing: Any, facts: Iterable[Fact]) -> list[Annotation]:
    return [told for fact in facts if (told := fact.of(thing))]


def annex(notice: Notice) -> list[Annotation]:
    """Return the particulars of ``notice`` that its text does not say anyway."""
    silent = {fact.key for fact in FACTS[Notice] if not fact.annex}
    return [each for each in particulars(notice) if each.key not in silent]


def stated(item: Item) -> list[Measure]:
    """Return the measures of which a status is stated."""
    return [each for each in item.measures if each.facts.status != model.UNSTATED]


def reported(item: Item) -> str:
    """Return what the status of an item is called beside it: its unit's own report, where the
    inspecting side has looked as well."""
    return "单位报告" if item.facts.verified else "整改状态"


def measure_name(measure: Measure) -> str:
    """Return what a measure is called beside its item."""
    return measure.ordinal or "整改情况"


class ToldUpdate(NamedTuple):
    """An update as it is told: when, and where the item stood then; what was done; and the rest."""

    head: list[Annotation]
    text: Annotation
    rest: list[Annotation]


def event(update: model.Update) -> ToldUpdate:
    """Return what is known of an update."""
    known = {each.key: each for each in told(update)}
    head = [known.pop(key) for key in ("date", "status") if key in known]
    return ToldUpdate(head, known.pop("text"), [*known.values()])


def sentence(update: model.Update, vocabulary: model.Vocabulary) -> str:
    """Return an update in one line: its day and text, and what else is known of it."""
    (day, *status), text, rest = event(update)
    known = "；".join(f"{each.label}：{each.words(vocabulary)}" for each in (*status, *rest))
    return f"{day.words(vocabulary)}：{text.words(vocabulary)}（{known}）"
