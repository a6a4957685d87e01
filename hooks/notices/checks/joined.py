"""Rules: text and facts belong together, each in its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..catalogue.notices import Notice
from ..catalogue.settings import Settings
from ..problem import meant, suggest
from ..text.outline import Id
from .rules import Objection, rule

_NAMED = re.compile("《([^《》]+)》")


@rule
def item_without_section(notice: Notice, _: Settings) -> Iterator[Objection]:
    """每个问题文件在叙述中必须有同编号的一节。

    核对文件名和叙述里的编号
    """
    sections = {section.id for section in notice.narrative.items}
    for item_id, record in notice.item_records.items():
        if item_id not in sections:
            free = sorted(sections - notice.item_records.keys() - notice.unreadable)
            hint = f"；还没有文件的有：{'、'.join(free)}" if free else "；多余的文件请删去"
            message = f"叙述 {notice.narrative.path} 中没有编号为 {item_id} 的一节{hint}"
            yield Objection(record.document.at(), message)


@rule
def section_without_item(notice: Notice, _: Settings) -> Iterator[Objection]:
    """叙述中的每个问题必须有同编号的数据文件。

    新建说明里给的那个文件
    """
    for section in notice.narrative.items:
        if section.id not in notice.item_records and section.id not in notice.unreadable:
            message = f"缺少数据文件 data/notices/{notice.id}/items/{section.id}.yml"
            yield Objection(section.heading.place, message)


@rule
def section_position(notice: Notice, _: Settings) -> Iterator[Objection]:
    """各节的编号必须等于它在上一层中的位置，从1起，没有空缺。

    改成说明里给的编号；若 `#` 的个数错了，先改 `#`
    """
    counts: Counter[Id] = Counter()
    parent_of = _parents(notice)
    for section in notice.narrative.all_sections:
        if not section.depth:
            continue
        parent = parent_of[section.id]
        counts[parent] += 1
        expected = parent.child(counts[parent])
        if section.id != expected:
            message = f"编号应为 {expected}（按位置），现在是 {section.id}"
            yield Objection(section.heading.place, message)


def _parents(notice: Notice) -> dict[Id, Id]:
    """Return, for each numbered section, the id of the numbered section it stands in, or ""."""
    parents: dict[Id, Id] = {}
    pending = [(section, Id()) for section in notice.narrative.sections]
    while pending:
        section, parent = pending.pop()
        parents[section.id] = parent
        below = section.id if section.depth else parent
        pending += [(child, below) for child in section.children]
    return parents


@rule
def no_such_measure(notice: Notice, _: Settings) -> Iterator[Objection]:
    """measures 的键必须是这个问题的第几条措施。

    数一数正文里的“一是、二是”
    """
    for item in notice.items:
        for number in item.facts.measures:
            if number not in {measure.number for measure in item.measures}:
                message = f"没有第 {number} 条措施；这个问题共有 {len(item.measures)} 条"
                yield Objection(item.record.document.at_key("measures", number), message)


@rule
def document_not_named(notice: Notice, _: Settings) -> Iterator[Objection]:
    """documents 里的每个文件名必须以《…》出现在这个问题的标题或叙述里。

    从正文的《》里面复制，不带书名号；文中没有的删去
    """
    for item in notice.items:
        text = item.section.heading.text + item.section.text
        for index, title in enumerate(item.facts.documents):
            if title.startswith("《"):
                yield Objection(item.record.document.at("documents", index), "不要写书名号《》")
            elif f"《{title}》" not in text:
                named = _NAMED.findall(text)
                there = f"；文中有：{'、'.join(named)}" if named else "，也没有别的文件，请删去"
                hint = meant(title, named) or there
                message = f"问题 {item.id} 的叙述里没有《{title}》{hint}"
                yield Objection(item.record.document.at("documents", index), message)


@rule
def attachment_missing(notice: Notice, settings: Settings) -> Iterator[Objection]:
    """通报的附件（attachments）必须是 content/ 里有的文件，类型和大小与页面用的附件一样。

    核对文件名；文件放进 content/，如 `content/files/`
    """
    known = [path.removeprefix("content/") for path in settings.attachments]
    for number, each in enumerate(notice.facts.attachments):
        if each.file not in known:
            place = notice.record.document.at("attachments", number, "file")
            hint = suggest(each.file, known) if known else "，请先把文件放进去"
            yield Objection(place, f"content/ 里没有“{each.file}”{hint}")
