"""Rules: what is written is this item's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalogue.notices import Notice
from ..catalogue.settings import Settings
from ..text.narrative import Section
from .rules import Objection, rule, warning

# --- Narratives pasted twice ---------------------------------------------------------------------

_STOPS = re.compile("[。；;！？!?\n]")
_ORDINAL = re.compile("(?:[一二三四五六七八九十]{1,3}是|[(（][一二三四五六七八九十0-9]{1,3}[)）])")
# Shorter sentences are stock phrases, and so is what few of them add up to.
_TELLING = 15
_SHARED_CHARACTERS = 30
_SHARED_PERCENT = 60


@warning
def same_narrative(notice: Notice, _: Settings) -> Iterator[Objection]:
    """两个问题的叙述不应雷同：相同的句子不到较短一篇的六成。

    核对是不是贴错了地方；at 写后一个问题的编号
    """
    items = [section for section in notice.narrative.items if section.paragraphs]
    texts = [_sentences(section.text) for section in items]
    for first, second in sorted(_sharing(texts)):
        shared = sum(map(len, {*_telling(texts[first])} & {*_telling(texts[second])}))
        shorter = min(sum(map(len, texts[first])), sum(map(len, texts[second])))
        percent = 100 * shared // shorter
        if shared >= _SHARED_CHARACTERS and percent >= _SHARED_PERCENT:
            theirs, mine = items[first], items[second]
            message = (
                f"问题 {mine.id} 与 {theirs.id}（{theirs.paragraphs[0].place}）的叙述雷同："
                f"相同的句子占较短一篇的 {percent}%，请核对是不是贴错了"
            )
            yield Objection(mine.paragraphs[0].place, message, at=mine.id)


def _sentences(text: str) -> list[str]:
    """Return the sentences of ``text``, each once, without the ordinals that count them off."""
    pieces = (_uncounted(piece.strip()) for piece in _STOPS.split(text))
    return list(dict.fromkeys(filter(None, pieces)))


def _uncounted(sentence: str) -> str:
    ordinal = _ORDINAL.match(sentence)
    return sentence[ordinal.end() :] if ordinal else sentence


def _telling(sentences: list[str]) -> list[str]:
    return [sentence for sentence in sentences if len(sentence) >= _TELLING]


def _sharing(texts: list[list[str]]) -> set[tuple[int, int]]:
    """Return the pairs of texts that share a sentence, each with the first that has it.

    Only with the first: a sentence that stands everywhere would else make every pair one.
    """
    first: dict[str, int] = {}
    pairs = set()
    for index, sentences in enumerate(texts):
        for sentence in _telling(sentences):
            if (other := first.setdefault(sentence, index)) != index:
                pairs.add((other, index))
    return pairs


# --- Sections without text -----------------------------------------------------------------------


@rule
def empty_section(notice: Notice, _: Settings) -> Iterator[Objection]:
    """有编号的每一节下面要有正文，或者下一层。

    补上漏贴的正文；核对标题的 `#` 个数
    """
    for section in notice.narrative.all_sections:
        if section.depth and not (section.paragraphs or _filled(section)):
            message = f"{_called(section, notice)} {section.id} 下面没有正文，请核对批准的文件"
            yield Objection(section.heading.place, message, at=section.id)


def _called(section: Section, notice: Notice) -> str:
    """Return what a section of that depth is called."""
    levels = notice.kind.levels
    named = section.is_group and section.depth <= len(levels)
    return levels[section.depth - 1] if named else notice.kind.item


def _filled(section: Section) -> bool:
    """Tell whether what stands under a heading without text is enough: for an item, text."""
    if section.is_item:
        return any(child.paragraphs for child in section.walk())
    return bool(section.children)
