"""What differs between two catalogues, item by item, in the order of the text.

Both are the public's: what is withheld in one of them is not in it, and so comes or goes.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping

from ...catalogue.notices import Catalogue, Item, Notice
from ...catalogue.words import chinese_date
from ...facts import model
from ...text.outline import Id
from .change import Change, both
from .site import of_site
from .updates import paired


def compare(before: Catalogue, after: Catalogue) -> list[Change]:
    """Return every change from ``before`` to ``after``."""
    return [*_notices(before, after), *of_site(before, after)]


def _notices(before: Catalogue, after: Catalogue) -> Iterator[Change]:
    old = {notice.id: notice for notice in before.notices}
    new = {notice.id: notice for notice in after.notices}
    for name in both(old, new):
        if name not in old:
            yield Change("notice-added", name, "", "收录通报", "", new[name].facts.title)
        elif name not in new:
            yield Change("notice-removed", name, "", "不再公开", old[name].facts.title, "")
        else:
            yield from _notice(old[name], new[name], _labels(before), _labels(after))


def _notice(old: Notice, new: Notice, was: _Label, now: _Label) -> Iterator[Change]:
    if old.approved_sha256 != new.approved_sha256:
        digests = old.approved_sha256, new.approved_sha256
        yield Change("approved-text", new.id, "", "批准文本的 SHA-256", *digests)
    yield from _facts(new.id, "", *(_facts_of_notice(each, new.kind) for each in (old, new)))
    yield from _oddities(old, new)
    items: dict[str, Item] = {each.id: each for each in old.items}
    others: dict[str, Item] = {each.id: each for each in new.items}
    texts, words = _texts(old), _texts(new)
    for section in both(texts, words):
        if section in others and section not in items:
            title = others[section].facts.title
            yield Change("item-added", new.id, section, "新增", "", title)
        elif section in items and section not in others:
            title = items[section].facts.title
            yield Change("item-removed", new.id, section, "不再公开", title, "")
        else:
            if section in items:
                yield from _item(new.id, items[section], others[section], was, now)
            if (a := texts.get(section, "")) != (b := words.get(section, "")):
                yield Change("text", new.id, section, "正文", a, b)


def _oddities(old: Notice, new: Notice) -> Iterator[Change]:
    """Yield what is said otherwise of an oddity, each at the section that it stands in."""
    notes, others = _notes(old), _notes(new)
    for key in dict.fromkeys((*notes, *others)):
        at = _section_at(key[1], old, new)
        a, b = notes.get(key, ""), others.get(key, "")
        if a != b:
            yield Change("fact", new.id, at, "原文中的出入", a, b)


def _section_at(at: str, *notices: Notice) -> str:
    """Return the section that the place ``at`` of a note is, or whose measure it is, or ""."""
    known = {section.id for notice in notices for section in notice.narrative.all_sections}
    return next((each for each in (Id(at), *reversed(Id(at).path)) if each in known), "")


def _notes(notice: Notice) -> dict[tuple[str, str], str]:
    return {(each.rule, each.at): each.note for each in notice.facts.known_discrepancies}


def _item(notice: str, old: Item, new: Item, was: _Label, now: _Label) -> Iterator[Change]:
    labels = was(old.status), now(new.status)
    bases = _basis_of_item(old), _basis_of_item(new)
    yield from _status(Change("", notice, new.id, "整改状态", "", ""), labels, bases)
    measures = {each.id: each.facts for each in old.measures}
    for measure in new.measures:
        facts, known = measures.get(measure.id, model.Measure()), measure.facts
        what = f"措施“{measure.ordinal or '整段'}”的状态"
        labels = was(facts.status), now(known.status)
        bases = _basis(facts.basis), _basis(known.basis)
        about = Change("", notice, new.id, what, "", "", measure=measure.id)
        yield from _status(about, labels, bases)
    for one, other in paired(old.facts.updates, new.facts.updates):
        what = "改正进展" if one and other else "增加进展" if other else "删去进展"
        words = (_update(each, label) if each else "" for each, label in ((one, was), (other, now)))
        yield Change("update", notice, new.id, what, *words)
    yield from _facts(notice, new.id, _facts_of_item(old, was), _facts_of_item(new, now))


def _status(about: Change, labels: tuple[str, str], bases: tuple[str, str]) -> Iterator[Change]:
    """Yield what differs of a status, as ``about`` with that filled in."""
    if labels[0] != labels[1]:
        yield about._replace(kind="status", before=labels[0], after=labels[1], note=bases[1])
    elif bases[0] != bases[1]:
        what = f"{about.what}不变，依据"
        yield about._replace(kind="basis", what=what, before=bases[0], after=bases[1])


def _facts(
    notice: str, at: str, old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[Change]:
    for what in both(old, new):
        a, b = old.get(what, ""), new.get(what, "")
        if a != b:
            yield Change("fact", notice, at, what, a, b)


_Label = Callable[[str], str]


def _labels(catalogue: Catalogue) -> _Label:
    """Return what turns the id of a status into its label, as the catalogue has it."""
    known = {status.id: status.label for status in catalogue.vocabulary.statuses}
    return lambda status: known.get(status, status)


def _texts(notice: Notice) -> dict[str, str]:
    """Return the words of each section, without those of the sections in it."""
    preamble = "\n".join(line.text for line in notice.narrative.preamble)
    sections = notice.narrative.all_sections
    return {"": preamble, **{each.id: f"{each.heading.text}\n{each.text}" for each in sections}}


def _facts_of_notice(notice: Notice, kind: model.Kind) -> dict[str, str]:
    """Return the facts of ``notice`` by their names, as ``kind`` has them."""
    facts, inspection, contact = notice.facts, notice.facts.inspection, notice.facts.contact
    return _known(
        {
            "标题": facts.title,
            "发布单位": facts.publisher,
            "简称": facts.short_name,
            f"{kind.noun}单位": inspection.by,
            f"{kind.noun}类型": inspection.kind,
            f"{kind.dates.from_}的日期": _day(inspection.from_),
            f"{kind.dates.to}的日期": _day(inspection.to),
            f"{kind.dates.feedback}的日期": _day(inspection.feedback),
            "公布日期": _day(facts.published),
            "提纲": _outline(facts.outline),
            "叫法": "、".join(_labels_of(facts.labels)),
            "电话": contact.phone,
            "通信地址": contact.address,
            "电子邮箱": contact.email,
        }
    )


def _facts_of_item(item: Item, label: _Label) -> dict[str, str]:
    facts, verified = item.facts, item.facts.verified
    who = facts.responsible or model.Responsible()
    return _known(
        {
            "简称": facts.title,
            "整改目标": facts.goal,
            "完成时限": _day(facts.deadline),
            "责任领导": who.leader,
            "责任部门": who.department,
            "责任人": who.person,
            "文中文件": "".join(f"《{title}》" for title in facts.documents),
            "核实": None
            if verified is None
            else f"{verified.by}：{label(verified.status)}"
            f"（《{verified.document}》，{chinese_date(verified.date)}）",
        }
    )


def _outline(outline: model.Outline | None) -> str:
    return "、".join(outline.levels) if isinstance(outline, model.Levels) else outline or ""


def _labels_of(given: model.Labels) -> list[str]:
    dates = given.dates
    words = (given.noun, given.item, given.measure, dates.from_, dates.to, dates.feedback)
    return [*filter(None, words)]


def _day(date: datetime.date | None) -> str | None:
    return chinese_date(date) if date else None


def _known(facts: dict[str, str | None]) -> dict[str, str]:
    return {what: value for what, value in facts.items() if value}


def _update(update: model.Update, label: _Label) -> str:
    status = f"状态：{label(update.status)}；" if update.status else ""
    return f"{chinese_date(update.date)}：{update.text}（{status}来源：{update.source}）"


def _basis_of_item(item: Item) -> str:
    if update := item.status_update:
        return f"{chinese_date(update.date)}的进展（{update.source}）"
    return _basis(item.facts.basis)


def _basis(basis: model.Basis | None) -> str:
    if basis and basis.quote:
        return f"原文：“{basis.quote}”"
    if basis and basis.document:
        return f"《{basis.document.title}》（{chinese_date(basis.document.date)}）"
    return ""
