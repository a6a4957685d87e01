"""Rules: a notice has the outline that it says it has, and is of a kind that there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..catalogue.notices import Notice
from ..catalogue.settings import Settings
from ..facts import model
from ..facts.source import YamlDocument
from ..problem import Place, suggest
from .rules import RULES, SITE_RULES, Objection, SiteRule, rule, site_rule

# What stands beside the words of a kind at the head of a table.
_TAKEN = frozenset({"编号", "第几条", "进展", "日期", "状态", "来源", "核实"})


@rule
def unknown_kind(notice: Notice, settings: Settings) -> Iterator[Objection]:
    """种类（kind）要在 data/kinds/ 里有一个文件；不写的是 data/site.yml 里的，再没有是 inspection。

    改成说明里列出的；要用新的种类，照 data/kinds/ 里的样子添一个文件
    """
    document = notice.record.document
    if "kind" in document.value or not _says_kind(settings):
        yield from _kind(notice.facts.kind, document, settings)


def _of_the_site(settings: Settings) -> Iterator[Objection]:
    if _says_kind(settings):
        yield from _kind(settings.site.kind, settings.site_document, settings)


def _says_kind(settings: Settings) -> bool:
    return "kind" in (settings.site_document.value or ())


def _kind(kind: str, document: YamlDocument, settings: Settings) -> Iterator[Objection]:
    if kind not in settings.kinds and kind not in settings.unreadable_kinds:
        message = f"没有 data/kinds/{kind}.yml 这个种类{suggest(kind, sorted(settings.kinds))}"
        yield Objection(document.at("kind"), message)


_rule = RULES["unknown-kind"]
SITE_RULES[_rule.code] = SiteRule(_rule.code, _rule.severity, _rule.text, _of_the_site)
"""The usual kind is one that there is, though there be no notice yet."""


@rule
def no_items(notice: Notice, _: Settings) -> Iterator[Objection]:
    """叙述里要有带编号的标题，最里层是逐条回答的；没有分条的，notice.yml 里写 outline: text。

    给标题加上 `#` 和编号，见第 5 节；确实没有分条的写 `outline: text`
    """
    items = notice.narrative.items
    if notice.is_text and items:
        message = f"outline 写了 text（没有分条），叙述里却有 {len(items)} 条带编号的标题"
        yield Objection(notice.record.document.at("outline"), message)
    elif not (notice.is_text or items):
        message = (
            "没有一条带编号的标题（如“### (一)标题 {#1}”），公众查不到一条一条的整改；"
            "确实没有分条的，在 notice.yml 里写 outline: text"
        )
        yield Objection(Place(notice.narrative_path), message)


@rule
def outline_levels(notice: Notice, settings: Settings) -> Iterator[Objection]:
    """提纲有几层，各层就要有几个叫法；与种类里不同的，写在 notice.yml 的 outline 里。

    照说明里的写，叫法换成原文里的
    """
    deepest = max((group.depth for group in notice.narrative.groups), default=0)
    levels = notice.kind.levels
    is_known = notice.facts.kind in settings.kinds
    if notice.is_text or not (is_known and notice.narrative.items) or len(levels) == deepest:
        return
    words = [*levels, *(f"第{depth}层" for depth in range(len(levels) + 1, deepest + 1))]
    written = f"outline: {{levels: [{', '.join(words[:deepest])}]}}"
    called = "、".join(levels) or "没有"
    message = (
        f"{notice.kind.item}上面有 {deepest} 层标题，叫法却有 {len(levels)} 个（{called}）；"
        f"请在 notice.yml 里写 {written}，叫法照原文"
    )
    yield Objection(notice.record.document.at("outline"), message)


@rule
def status_of_kind(notice: Notice, settings: Settings) -> Iterator[Objection]:
    """种类列出了用哪些状态（statuses）的，数据里的状态要在其中。

    换成说明里列出的，或者在种类的文件里加上
    """
    allowed = notice.kind.statuses
    if allowed is None:
        return
    for item in notice.items:
        for path, status in _stated(item.facts):
            if status in settings.vocabulary and status not in (*allowed, model.UNSTATED):
                message = f"{notice.kind.noun}的通报不用状态“{status}”{suggest(status, allowed)}"
                yield Objection(item.record.document.at(*path), message)


def _stated(facts: model.Item) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("status",), facts.status
    for number, measure in facts.measures.items():
        yield ("measures", number, "status"), measure.status
    for index, update in enumerate(facts.updates):
        if update.status:
            yield ("updates", index, "status"), update.status


@rule
def kind_words(notice: Notice, _: Settings) -> Iterator[Objection]:
    """各层、一条、一件事的叫法要各不相同，也不能是表格里别的列名。

    换一个词
    """
    kind = notice.kind
    if fault := _fault_of_words([*kind.levels, kind.item, kind.measure]):
        yield Objection(notice.record.document.at("kind"), fault)


@site_rule
def kind_statuses(settings: Settings) -> Iterator[Objection]:
    """种类列出的状态（statuses）要在 data/vocabulary.yml 里有。

    改成说明里列出的
    """
    known = settings.vocabulary.ids()
    for record in settings.kinds.values():
        for index, status in enumerate(record.facts.statuses or ()):
            if known and status not in known:
                message = f"没有状态“{status}”{suggest(status, known)}"
                yield Objection(record.document.at("statuses", index), message)


def _fault_of_words(words: Sequence[str]) -> str:
    if twice := next((word for word in words if words.count(word) > 1), ""):
        return f"“{twice}”用了两次：各层、一条和一件事的叫法要各不相同"
    taken = next((word for word in words if word in _TAKEN), "")
    return f"“{taken}”是表格里别的列名，请换一个词" if taken else ""
