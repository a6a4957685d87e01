"""Kinds: what a notice calls what was done, its groups, its items and its measures."""

from __future__ import annotations

from collections.abc import Mapping

from ..facts import model

_UNKNOWN = model.Kind(noun="检查", levels=[], item="条目", measure="措施")


def kind_of(facts: model.Notice, kinds: Mapping[str, model.Kind]) -> model.Kind:
    """Return the kind of a notice, with what it calls otherwise.

    Of a kind that is not among ``kinds`` nothing is known but that there are items.
    """
    kind, own = kinds.get(facts.kind or model.USUAL_KIND, _UNKNOWN), facts.labels
    levels = facts.outline.levels if isinstance(facts.outline, model.Levels) else kind.levels
    return model.Kind(
        noun=own.noun or kind.noun,
        levels=levels,
        item=own.item or kind.item,
        measure=own.measure or kind.measure,
        dates=_dates(own.noun or kind.noun, kind.dates, own.dates),
        statuses=kind.statuses,
        ledger=kind.ledger,
    )


def _dates(noun: str, usual: model.DateNames, own: model.DateNames) -> model.DateNames:
    """Return what each day is called, also where nobody says so."""
    return model.DateNames(
        **{"from": own.from_ or usual.from_ or f"{noun}开始"},
        to=own.to or usual.to or f"{noun}结束",
        feedback=own.feedback or usual.feedback or f"反馈{noun}意见",
    )
