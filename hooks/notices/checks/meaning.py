"""Rules: the statuses that the software knows mean what they have always meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalogue.summary import Archive
from ..facts import model
from ..facts.source import KeyPath
from .forms import APART
from .rules import Objection, site_rule

# Per status: what its label may say, and the tones that do not contradict it. Rules, charts and
# exports go by these ids, and so does whoever has read another site of this kind.
_MEANINGS: dict[str, tuple[str, tuple[str, ...]]] = {
    "not-completed": (
        "[未没](?!标注|写明|说明|报告|填报|公开|启动|开始|列)|不到位|不能|逾期|超期",
        ("late",),
    ),
    "partly-completed": ("基本|部分|阶段|初步|大体", ("active",)),
    "extended": ("延期|展期|推迟|顺延|延长", ("late", "active", "planned")),
    "planned": ("计划|拟|筹划|筹备|[未没待](?:启动|开始|列)|准备|打算", ("planned", "neutral")),
    "continuing": ("持续|长期|坚持|常态|不断", ("active",)),
    "in-progress": ("正在|[推进行办理改]中$|进行|办理", ("active",)),
    "unstated": ("未(?:标注|写明|说明|报告|填报|公开)|不详|不明|未知|无记录", ("neutral",)),
    "completed": ("完成|完毕|办结|销号|到位|结束|结案|已整改|已解决|了结", ("done",)),
}


@site_rule
def status_meaning(archive: Archive) -> Iterator[Objection]:
    """词汇表里程序自带的状态，意思和色调（tone）不能改成别的，两个状态的名称不能相同。

    用回原来的名称和色调；要用别的词，另加一个 id
    """
    seen: dict[str, str] = {}
    for number, status in enumerate(archive.vocabulary.statuses):
        if status.id in seen.values():  # told by another rule
            continue
        place = archive.vocabulary_document.at("statuses", number, "label")
        other = seen.setdefault(status.label, status.id)
        if other != status.id:
            yield Objection(place, f"“{status.label}”已经是 {other} 的名称，请换一个词")
        meant = _meaning(status.label)
        if status.id in _MEANINGS and meant not in (status.id, ""):
            message = f"“{status.label}”是 {meant} 的意思，不能作 {status.id} 的名称"
            yield Objection(place, message)
        elif problem := _tone(status, status.id if status.id in _MEANINGS else meant):
            place = archive.vocabulary_document.at("statuses", number, "tone")
            yield Objection(place, problem)


@site_rule
def status_form(archive: Archive) -> Iterator[Objection]:
    """词汇表里的一种说法（forms、overlapping）只归一个状态，程序自带的状态不收别的意思的说法。

    删去重复的，或者移到意思相符的状态下面
    """
    vocabulary = archive.vocabulary
    owners: dict[str, str] = {}
    for path, owner, form in _forms(vocabulary):
        place = archive.vocabulary_document.at(*path)
        other = owners.setdefault(form, owner)
        meant = _meaning(form)
        if other != owner:
            yield Objection(place, f"“{form}”已经是{_where(other)}的说法")
        elif owner in _MEANINGS and meant not in (owner, ""):
            yield Objection(place, f"“{form}”是 {meant} 的意思，不能作 {owner} 的说法")


def _where(owner: str) -> str:
    return "另外计数" if owner == APART else f" {owner} "


def _forms(vocabulary: model.Vocabulary) -> Iterator[tuple[KeyPath, str, str]]:
    """Yield (key path, id of the status, form) of every form."""
    ids = vocabulary.ids()
    for number, status in enumerate(vocabulary.statuses):
        # Of an id that is there twice another rule tells.
        for index, form in enumerate(status.forms if status.id not in ids[:number] else ()):
            yield ("statuses", number, "forms", index), status.id, form
    for index, form in enumerate(vocabulary.overlapping):
        yield ("overlapping", index), APART, form


def _meaning(label: str) -> str:
    """Return the id of the status that ``label`` speaks of, or ""."""
    return next((key for key, (words, _) in _MEANINGS.items() if re.search(words, label)), "")


def _tone(status: model.Status, meant: str) -> str:
    """Return what is wrong with the tone of a status that means ``meant``, or ""."""
    if not meant or status.tone in _MEANINGS[meant][1]:
        return ""
    may = "、".join(_MEANINGS[meant][1])
    return f"“{status.label}”的 tone 应为 {may}，现在是 {status.tone}"
