"""Rules: the totals printed in the sentences of a text add up, and agree with the data."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from ..catalogue.notices import Notice
from ..catalogue.settings import Settings
from ..facts import model
from ..text.narrative import Line
from . import arithmetic
from .forms import COMPLETED, Forms, forms_of
from .nesting import nested, over
from .numbers import sums
from .rules import Objection, rule
from .statuses import PrintedSum, groups
from .totals import former_names

# What stands under these nouns may be all items of a notice; measures and proposals are others.
_ITEMS = ("", "问题", "任务", "事项")
# Problems that somebody went looking for are not those of the inspection.
_OTHERS = re.compile("自查|排查|检查|摸排|走访|核查|抽查|审计|发现|新增")


@rule
def prose_total(notice: Notice, settings: Settings) -> Iterator[Objection]:
    """句子里印的数目要对得上：各状态相加等于总数，完成率算得出，“其中”不超过总数。

    先核对批准的文件；at 写那一节的编号（开头写 preamble）
    """
    forms = forms_of(settings.vocabulary)
    for at, line, read in _paragraphs(notice, forms):
        # Where a total is followed by 其中 and statuses, the first reading says more.
        found = {inner.start: (inner.text, over(inner)) for inner in nested(line.text, forms)}
        for group in read:
            found[group.start] = (group.text, arithmetic.fault(group))
        for start, (text, fault) in found.items():
            if fault:
                yield _finding(line, at, start, f"“{text}”：{fault}")


@rule
def prose_status(notice: Notice, settings: Settings) -> Iterator[Objection]:
    """句子里按状态印的全部问题的数目，要与问题文件里的状态一致。

    先核对问题文件的状态，状态没有填的按原文或者正式文件补上；at 写那一节的编号（开头写 preamble）
    """
    number = len(notice.items)
    if not number or number != len(notice.narrative.items):
        return
    names, stated = former_names(notice), notice.facts.stated
    said = (count for key, count in stated.items() if names.get(key, key) == notice.kind.item)
    counted = {number, *said}
    for at, line, read in _paragraphs(notice, forms_of(settings.vocabulary)):
        for group in read:
            # What does not even add up is told by the rule above.
            if group.total in counted and _of_all_items(group) and not arithmetic.fault(group):
                for fault in _status_faults(group, notice.item_counts, settings.vocabulary):
                    yield _finding(line, at, group.start, f"“{group.text}”：{fault}")


def _of_all_items(group: PrintedSum) -> bool:
    return group.noun in _ITEMS and not group.outdated and not _OTHERS.search(group.lead)


def _status_faults(
    group: PrintedSum, counts: Mapping[str, int], vocabulary: model.Vocabulary
) -> Iterator[str]:
    """Yield the statuses whose printed count cannot be made of the counts in the data.

    A text may use fewer statuses than the data: each may hold those that it does not name. What is
    not stated at all is held by none.
    """
    printed: Counter[str] = Counter()
    for part in group.parts:
        printed[part.status] += int(part.count)
    others = [id_ for id_ in counts if id_ not in (*printed, model.UNSTATED)]
    unstated = counts.get(model.UNSTATED, 0)
    remark = f"（另有 {unstated} 个没有填状态）" if unstated else ""
    for status, count in printed.items():
        # Only what is done in part may pass for done.
        spare = [id_ for id_ in others if status != COMPLETED or id_ == "partly-completed"]
        own = counts.get(status, 0)
        if status in vocabulary and count not in sums(own, [counts[id_] for id_ in spare]):
            yield f"{vocabulary[status].label}印的是 {count}，问题文件里是 {own}{remark}"


@functools.lru_cache(maxsize=2)
def _paragraphs(
    notice: Notice, forms: Forms
) -> tuple[tuple[str, Line, tuple[PrintedSum, ...]], ...]:
    """Return each paragraph with the id of its section, or ``preamble``, and its groups.

    They are kept for the rule that asks next.
    """
    lines = [("preamble", line) for line in notice.narrative.preamble]
    sections = notice.narrative.all_sections
    lines += [(section.id, line) for section in sections for line in section.paragraphs]
    return tuple((at, line, tuple(groups(line.text, forms))) for at, line in lines)


def _finding(line: Line, at: str, start: int, message: str) -> Objection:
    return Objection(line.at(start), message, at=at)
