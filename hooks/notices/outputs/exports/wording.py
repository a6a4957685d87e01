"""Wording: facts in the words in which tables and papers show them."""

from __future__ import annotations

from collections.abc import Iterator

from ...catalogue.notices import Item, Measure
from ...catalogue.words import chinese_date
from ...facts import model
from .edition import Edition


def basis(given: model.Basis | None) -> str:
    """Return a basis in words, or "" when there is none."""
    parts = []
    if given and given.quote:
        parts.append(f"原文：“{given.quote}”")
    if given and given.document:
        parts.append(f"文件：《{given.document.title}》（{chinese_date(given.document.date)}）")
    return "；".join(parts)


def item_basis(item: Item) -> str:
    """Return why the status of an item holds: since an update gave it one, that is why."""
    if update := item.status_update:
        return f"{chinese_date(update.date)}的进展（{update.source}）"
    return basis(item.facts.basis)


def verified(item: Item, edition: Edition) -> str:
    """Return what the inspecting side found, or "" when nothing is known of that."""
    found = item.facts.verified
    if not found:
        return ""
    label = edition.label(found.status)
    return f"{found.by}核实：{label}（《{found.document}》，{chinese_date(found.date)}）"


def documents(item: Item) -> str:
    return "".join(f"《{title}》" for title in item.facts.documents)


def measure_name(measure: Measure) -> str:
    return measure.ordinal or "整段"


def stated_measures(item: Item) -> Iterator[Measure]:
    """Yield the measures of which a status is stated."""
    return (each for each in item.measures if each.facts.status != model.UNSTATED)


def particulars(item: Item) -> Iterator[tuple[str, str]]:
    """Yield what else is known of an item, as label and words."""
    facts = item.facts
    who = facts.responsible or model.Responsible()
    known = [
        ("整改目标", facts.goal),
        ("完成时限", chinese_date(facts.deadline) if facts.deadline else None),
        ("责任领导", who.leader),
        ("责任部门", who.department),
        ("责任人", who.person),
        ("文中文件", documents(item)),
    ]
    yield from ((label, words) for label, words in known if words)


def contact(given: model.Contact) -> Iterator[tuple[str, str]]:
    """Yield the ways to reach a publisher, as label and words."""
    known = [("电话", given.phone), ("电子邮箱", given.email), ("通信地址", given.address)]
    yield from ((label, words) for label, words in known if words)
