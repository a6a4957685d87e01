"""Rules: what is written is this item's own, and says what its status says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import model
from ..catalogue import Catalogue, Item, Notice
from ..narrative import ITEM, Section
from ..source import KeyPath
from .rules import Finding, rule, warning

# --- Narratives pasted twice ---------------------------------------------------------------------

_STOPS = re.compile("[。；;！？!?\n]")
_ORDINAL = re.compile("^(?:[一二三四五六七八九十]{1,3}是|[(（][一二三四五六七八九十0-9]{1,3}[)）])")
# Shorter sentences are stock phrases, and so is what few of them add up to.
_TELLING = 15
_SHARED_CHARACTERS = 30
_SHARED_PERCENT = 60


@warning
def same_narrative(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """两个问题的叙述不应雷同：相同的句子不到较短一篇的六成。

    核对是不是贴错了地方。原文确实相同的，写进 `known_discrepancies`，at 写后一个问题的编号
    """
    items = [section for section in notice.narrative.of_depth(ITEM) if section.paragraphs]
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
            yield Finding(mine.paragraphs[0].place, message, at=mine.id)


def _sentences(text: str) -> list[str]:
    """Return the sentences of ``text``, each once, without the ordinals that count them off."""
    pieces = (_ORDINAL.sub("", piece.strip()) for piece in _STOPS.split(text))
    return list(dict.fromkeys(piece for piece in pieces if piece))


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
def empty_section(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """每个问题下面要有正文；方面、子项下面要有正文或下一层。

    补上漏贴的正文；核对标题的 `#` 个数。确是原文如此，写进 `known_discrepancies`
    """
    for section in notice.narrative.all_sections:
        if section.depth and not (section.paragraphs or _filled(section)):
            kind = {1: "方面", 2: "子项", 3: "问题"}[section.depth]
            message = (
                f"{kind} {section.id} 下面没有正文，请核对批准的文件；确是原文如此的，"
                f"请在 known_discrepancies 里说明（rule: empty-section, at: {section.id}）"
            )
            yield Finding(section.heading.place, message, at=section.id)


def _filled(section: Section) -> bool:
    """Tell whether what stands under a heading without text is enough: for an item, text."""
    if section.depth == ITEM:
        return any(child.paragraphs for child in section.walk())
    return bool(section.children)


# --- Completed, says the status ------------------------------------------------------------------

_COMPLETED = "completed"
_CLAUSE_END = re.compile("[,，。；;！？!?:：\n]")
_TIME = "(?:[0-9０-９]|[今明近下本]|年底|年内|月底)"
# Words that tell of nothing but what is to come. 计划 and 将 do so only before a time or a verb;
# 正在建设的 tells what a thing was.
_PLAN = (
    "(?<![虚模草比初])拟(?![定订制写稿办任态提录聘合])"
    "|(?<![比较超])预计(?![负总额数的])"
    "|力争(?!上游)"
    "|正在(?![^,，。；;]{0,8}的)"
    f"|将[于在](?={_TIME})"
    "|将(?:适时|择机|尽快|力争|争取)"
)
_HEAD = "(?:目前|现|还|并|同时|公司|支部|党委|我们|下一步|近期)*"
_PLANS = (
    f"计划(?:{_TIME}|[于在到]|下步|近期|通过|投入|采取|开展|实施|组织|建设|召开|推进|建立|聘请|引进"
    "|完成(?![情率时]))"
)
_PLANNED = re.compile(f"{_PLAN}|^{_HEAD}(?:{_TIME}.{{0,6}})?{_PLANS}")
_PLANNED_NEXT = re.compile(f"^{_HEAD}(?:{_PLAN}|{_PLANS})")


@warning
def completed_but_planned(notice: Notice, site: Catalogue) -> Iterator[Finding]:
    """状态是已完成的，依据的那句话和紧接着的一句不应说拟、计划、预计、力争、正在。

    没有做完的，改成 `in-progress`、`planned` 等；确已完成的，换一句写明完成的依据
    """
    if _COMPLETED not in site.vocabulary:
        return
    label = site.vocabulary[_COMPLETED].label
    for item in notice.items:
        for path, basis, texts in _completed(item):
            words = next((_not_yet(text, basis) for text in texts if basis in text), "")
            if words:
                message = f"状态是“{label}”，原文却说“{words}”；请核对状态，或换一句写明完成的依据"
                yield Finding(item.record.document.at(*path, "status"), message)


def _completed(item: Item) -> Iterator[tuple[KeyPath, str, tuple[str, ...]]]:
    """Yield (key path, quote, text it stands in) of the item and its measures that are done."""
    if item.facts.status == _COMPLETED and (quote := _quote(item.facts.basis)):
        yield (), quote, tuple(line.text for line in item.section.paragraphs)
    for measure in item.measures:
        if measure.facts.status == _COMPLETED and (quote := _quote(measure.facts.basis)):
            yield ("measures", measure.number), quote, measure.texts


def _quote(basis: model.Basis | None) -> str:
    return (basis.quote if basis else None) or ""


def _not_yet(text: str, quote: str) -> str:
    """Return the clause around ``quote``, or the one after it, that tells of a plan, or ""."""
    start = text.find(quote)
    end = start + len(quote)
    begin = max((match.end() for match in _CLAUSE_END.finditer(text, 0, start)), default=0)
    stop = _CLAUSE_END.search(text, end)
    own = text[begin : stop.start() if stop else len(text)]
    # 已将正在建设的…: what is 已 done may have been planned before.
    if "已" not in own and any(_PLANNED.search(clause) for clause in _CLAUSE_END.split(own)):
        return own
    # A new sentence tells of something new.
    if not stop or stop[0] not in ",，:：":
        return ""
    after = _CLAUSE_END.search(text, stop.end())
    following = text[stop.end() : after.start() if after else len(text)]
    return following if "已" not in following and _PLANNED_NEXT.search(following) else ""
