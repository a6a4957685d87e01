"""The rules: what must hold between facts, narrative and approved text.

Each rule is a generator over one notice; its docstring is the rule, its name (with hyphens) the
code that editors see.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from . import model
from .catalogue import Catalogue, Item, Notice, load
from .narrative import ITEM, Line, Section, chinese_number
from .problem import Place, Problem, suggest
from .source import Key


@dataclass(frozen=True)
class Finding:
    """What a rule found; ``at`` names the oddity where ``known_discrepancies`` may explain it."""

    place: Place
    message: str
    at: str = ""


Rule = Callable[[Notice, model.Vocabulary], Iterator[Finding]]
SiteRule = Callable[[Catalogue], Iterator[Finding]]
RULES: dict[str, Rule] = {}
SITE_RULES: dict[str, SiteRule] = {}

_MARKER = re.compile(r"\s*\[\[([^\]]*)\]\]\s*$")
# Brackets and full stops half-width or full-width.
_ORDINAL = re.compile("[(\uff08]?([一二三四五六七八九十]+|[0-9]+)[)\uff09.\uff0e、]")


def inspect(root: Path) -> tuple[Catalogue, list[Problem]]:
    """Load and check the project in ``root``; return its catalogue and all problems, sorted."""
    catalogue, problems = load(root)
    return catalogue, sorted({*problems, *check(catalogue)})


def check(catalogue: Catalogue) -> list[Problem]:
    """Return every problem of every notice and page, in the order of files and lines."""
    problems = {
        Problem(finding.place, code, finding.message)
        for code, rule in SITE_RULES.items()
        for finding in rule(catalogue)
    }
    for notice in catalogue.notices:
        problems.update(_check_notice(notice, catalogue.vocabulary))
    return sorted(problems)


def _check_notice(notice: Notice, vocabulary: model.Vocabulary) -> Iterator[Problem]:
    """Run all rules; drop what is acknowledged, and report what acknowledges nothing."""
    known = {(each.rule, each.at): n for n, each in enumerate(notice.facts.known_discrepancies)}
    unused = set(known)
    for code, rule in RULES.items():
        for finding in rule(notice, vocabulary):
            acknowledged = (code, finding.at)
            if finding.at and acknowledged in known:
                unused.discard(acknowledged)
            else:
                yield Problem(finding.place, code, finding.message)
    for key in unused:
        place = notice.record.document.at("known_discrepancies", known[key])
        message = f"这条说明（rule: {key[0]}, at: {key[1]}）没有对应的出入，请删去"
        yield Problem(place, "stale-discrepancy", message)


def _rule(function: Rule) -> Rule:
    RULES[function.__name__.replace("_", "-")] = function
    return function


def _site_rule(function: SiteRule) -> SiteRule:
    SITE_RULES[function.__name__.replace("_", "-")] = function
    return function


@_site_rule
def unstated_missing(catalogue: Catalogue) -> Iterator[Finding]:
    """状态词汇表里必须有 unstated，它是没有报告时的状态。"""
    ids = catalogue.vocabulary.ids()
    if ids and model.UNSTATED not in ids:
        message = f"缺少状态“{model.UNSTATED}”，它是没有报告时的状态"
        yield Finding(Place("data/vocabulary.yml"), message)


@_site_rule
def unknown_fragment(catalogue: Catalogue) -> Iterator[Finding]:
    """页面里单独成段的 [[名称]] 必须是 theme/fragments/site/ 里有的片段。"""
    for path, text in catalogue.pages.items():
        for number, paragraph in _paragraphs(text):
            for offset, line in enumerate(paragraph):
                match = _MARKER.match(line)
                place = Place(path, number + offset)
                if match and match[1] not in catalogue.fragments:
                    hint = suggest(match[1], sorted(catalogue.fragments))
                    yield Finding(place, f"没有“{match[1]}”这个片段{hint}")
                elif match and len(paragraph) > 1:
                    yield Finding(place, f"{match[0].strip()} 的上下要各空一行")


def _paragraphs(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, lines) of each run of lines that are not blank."""
    numbered = enumerate(text.splitlines(), 1)
    for blank, run in itertools.groupby(numbered, lambda pair: not pair[1].strip()):
        if not blank:
            lines = list(run)
            yield lines[0][0], [line for _, line in lines]


@_rule
def narrative_differs(notice: Notice, _: model.Vocabulary) -> Iterator[Finding]:
    """叙述文件的文字必须与批准文本逐字相同（每行首尾的空白除外）。"""
    ours = list(notice.narrative.lines())
    approved = _approved_lines(notice)
    if [line.text for line in ours] == [line.text for line in approved]:
        return
    end = Line(Place(notice.narrative.path, ours[-1].place.line if ours else 1), "")
    matcher = difflib.SequenceMatcher(
        None, [line.text for line in approved], [line.text for line in ours], autojunk=False
    )
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        here = ours[b1] if b1 < len(ours) else end
        for theirs, mine in itertools.zip_longest(approved[a1:a2], ours[b1:b2]):
            if theirs is None:
                yield Finding(mine.place, f"批准文本里没有这一行：“{_excerpt(mine.text, 0)}”")
            elif mine is None:
                message = f"缺少批准文本的一行（{theirs.place}）：“{_excerpt(theirs.text, 0)}”"
                yield Finding(here.place, message)
            else:
                yield _difference(theirs, mine)


def _approved_lines(notice: Notice) -> list[Line]:
    return [
        Line(Place(notice.approved_path, number), text.strip())
        for number, text in enumerate(notice.approved.splitlines(), 1)
        if text.strip()
    ]


def _difference(theirs: Line, mine: Line) -> Finding:
    """Describe the first difference of two lines, with a few characters around it."""
    pairs = enumerate(itertools.zip_longest(theirs.text, mine.text))
    at = next(index for index, (a, b) in pairs if a != b)
    place = Place(mine.place.path, mine.place.line, at + 1)
    message = (
        f"与批准文本不同：批准的是“{_excerpt(theirs.text, at)}”"
        f"（{theirs.place.path}:{theirs.place.line}:{at + 1}），这里是“{_excerpt(mine.text, at)}”"
    )
    return Finding(place, message)


def _excerpt(text: str, at: int, around: int = 8) -> str:
    begin, end = max(at - around, 0), at + around + 1
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"


@_rule
def item_without_section(notice: Notice, _: model.Vocabulary) -> Iterator[Finding]:
    """每个问题文件在叙述中必须有同编号的一节。"""
    sections = {section.id for section in notice.narrative.of_depth(ITEM)}
    for item_id, record in notice.item_records.items():
        if item_id not in sections:
            message = f"叙述 {notice.narrative.path} 中没有编号为 {item_id} 的一节"
            yield Finding(record.document.at(), message)


@_rule
def section_without_item(notice: Notice, _: model.Vocabulary) -> Iterator[Finding]:
    """叙述中的每个问题必须有同编号的数据文件。"""
    for section in notice.narrative.of_depth(ITEM):
        if section.id not in notice.item_records and section.id not in notice.unreadable:
            message = f"缺少数据文件 data/notices/{notice.id}/items/{section.id}.yml"
            yield Finding(section.heading.place, message)


@_rule
def section_position(notice: Notice, _: model.Vocabulary) -> Iterator[Finding]:
    """方面、子项、问题的编号必须等于它在上一层中的位置，从1起，没有空缺。"""
    counts = dict.fromkeys(("", *(section.id for section in notice.narrative.walk())), 0)
    parent_of = _parents(notice)
    for section in notice.narrative.walk():
        if not section.depth:
            continue
        parent = parent_of[section.id]
        counts[parent] += 1
        expected = f"{parent}-{counts[parent]}" if parent else str(counts[parent])
        if section.id != expected:
            message = f"编号应为 {expected}（按位置），现在是 {section.id}"
            yield Finding(section.heading.place, message)


def _parents(notice: Notice) -> dict[str, str]:
    """Return, for each numbered section, the id of the numbered section it stands in, or ""."""
    parents: dict[str, str] = {}

    def visit(section: Section, parent: str) -> None:
        parents[section.id] = parent
        for child in section.children:
            visit(child, section.id if section.depth else parent)

    for section in notice.narrative.sections:
        visit(section, "")
    return parents


@_rule
def title_not_in_heading(notice: Notice, _: model.Vocabulary) -> Iterator[Finding]:
    """问题的 title 必须原样出现在它那一节的标题里。"""
    for item in notice.items:
        if item.facts.title not in item.section.heading.text:
            message = (
                f"“{item.facts.title}”不在 {item.section.heading.place} 的标题"
                f"“{item.section.heading.text}”里"
            )
            yield Finding(item.record.document.at("title"), message)


@_rule
def unknown_status(notice: Notice, vocabulary: model.Vocabulary) -> Iterator[Finding]:
    """状态必须是 data/vocabulary.yml 里的一个。"""
    if not vocabulary.statuses:
        return
    for item in notice.items:
        for path, status, _basis in _statuses(item):
            if status not in vocabulary and status != model.UNSTATED:
                message = f"没有“{status}”这个状态{suggest(status, vocabulary.ids())}"
                yield Finding(item.record.document.at(*path, "status"), message)


@_rule
def status_without_basis(notice: Notice, _: model.Vocabulary) -> Iterator[Finding]:
    """除 unstated 外，状态必须有依据：叙述里的原话（quote）或注明日期的文件（document）。"""
    for item in notice.items:
        for path, status, basis in _statuses(item):
            if status != model.UNSTATED and not (basis and (basis.quote or basis.document)):
                message = f"状态“{status}”没有依据，请加 basis：原话 quote，或文件 document"
                yield Finding(item.record.document.at(*path, "status"), message)


def _statuses(item: Item) -> Iterator[tuple[tuple[Key, ...], str, model.Basis | None]]:
    """Yield (key path, status, basis) of the item, its measures and its updates."""
    yield (), item.facts.status, item.facts.basis
    for number, measure in item.facts.measures.items():
        yield ("measures", number), measure.status, measure.basis
    for index, update in enumerate(item.facts.updates):
        if update.status:
            source = model.Document(title=update.source, date=update.date)
            yield ("updates", index), update.status, model.Basis(document=source)


@_rule
def no_such_measure(notice: Notice, _: model.Vocabulary) -> Iterator[Finding]:
    """measures 的键必须是这个问题的第几条措施。"""
    for item in notice.items:
        for number in item.facts.measures:
            if number not in {measure.number for measure in item.measures}:
                message = f"没有第 {number} 条措施；这个问题共有 {len(item.measures)} 条"
                yield Finding(item.record.document.at_key("measures", number), message)


@_rule
def quote_not_found(notice: Notice, _: model.Vocabulary) -> Iterator[Finding]:
    """依据的原话（quote）必须一字不差地出现在那条措施（或那个问题）的叙述里。"""
    for item in notice.items:
        texts = {measure.number: measure.texts for measure in item.measures}
        for path, _status, basis in _statuses(item):
            number = path[1] if path else 0
            if not (basis and basis.quote) or (number and number not in texts):
                continue
            where = texts[int(number)] if number else (item.section.text,)
            if not any(basis.quote in text for text in where):
                owner = f"第 {number} 条措施" if number else f"问题 {item.id} 的叙述"
                message = f"“{basis.quote}”不在{owner}里，请从叙述中原样复制"
                yield Finding(item.record.document.at(*path, "basis", "quote"), message)


@_rule
def document_not_named(notice: Notice, _: model.Vocabulary) -> Iterator[Finding]:
    """documents 里的每个文件名必须以《…》出现在这个问题的标题或叙述里。"""
    for item in notice.items:
        text = item.section.heading.text + item.section.text
        for index, title in enumerate(item.facts.documents):
            if title.startswith("《"):
                yield Finding(item.record.document.at("documents", index), "不要写书名号《》")
            elif f"《{title}》" not in text:
                message = f"问题 {item.id} 的叙述里没有《{title}》"
                yield Finding(item.record.document.at("documents", index), message)


@_rule
def contact_not_in_text(notice: Notice, _: model.Vocabulary) -> Iterator[Finding]:
    """联系电话、地址、邮箱必须与叙述里的一致。"""
    text = "\n".join(line.text for line in notice.narrative.lines())
    for key, value in notice.facts.contact.model_dump(exclude_none=True).items():
        if value not in text:
            message = f"叙述里没有“{value}”"
            yield Finding(notice.record.document.at("contact", key), message)


@_rule
def dates_out_of_order(notice: Notice, _: model.Vocabulary) -> Iterator[Finding]:
    """巡察起、止和反馈日期要先后有序；一个问题的进展要从早到晚排列，且不早于反馈。"""
    inspection = notice.facts.inspection
    steps = [("from", inspection.from_), ("to", inspection.to), ("feedback", inspection.feedback)]
    known = [(key, date) for key, date in steps if date]
    for (_key, earlier), (key, date) in itertools.pairwise(known):
        if date < earlier:
            place = notice.record.document.at("inspection", key)
            yield Finding(place, f"{date} 早于前一个日期 {earlier}")
    for item in notice.items:
        before, last = "反馈日期", inspection.feedback
        for index, update in enumerate(item.facts.updates):
            if last and update.date < last:
                place = item.record.document.at("updates", index, "date")
                yield Finding(place, f"{update.date} 早于{before} {last}；进展要从早到晚排列")
            before, last = "上一条进展", update.date


@_rule
def stated_total(notice: Notice, _: model.Vocabulary) -> Iterator[Finding]:
    """原文自述的数目（stated）必须等于数出来的数目，否则要在 known_discrepancies 里说明。"""
    counted = {
        "aspects": len(notice.aspects),
        "sub_items": len(notice.sub_items),
        "items": len(notice.narrative.of_depth(ITEM)),
    }
    for key, stated in notice.facts.stated.model_dump(exclude_none=True).items():
        if stated != counted[key]:
            message = (
                f"原文自述 {stated}，数出 {counted[key]}；确是原文如此的，"
                f"请在 known_discrepancies 里说明（rule: stated-total, at: {key}）"
            )
            yield Finding(notice.record.document.at("stated", key), message, at=key)


@_rule
def printed_ordinal(notice: Notice, _: model.Vocabulary) -> Iterator[Finding]:
    """方面和子项标题上印的序号必须等于它的位置，否则要在 known_discrepancies 里说明。"""
    for section in notice.aspects + notice.sub_items:
        position = int(section.id.rpartition("-")[2])
        printed = _printed_ordinal(section)
        if printed and printed not in (str(position), chinese_number(position)):
            message = (
                f"标题印的序号是“{printed}”，按位置是第 {position} 个；确是原文如此的，"
                f"请在 known_discrepancies 里说明（rule: printed-ordinal, at: {section.id}）"
            )
            yield Finding(section.heading.place, message, at=section.id)


def _printed_ordinal(section: Section) -> str:
    """Return the number that a heading begins with, as printed: 一 of (一), 3 of ``3.``."""
    match = _ORDINAL.match(section.heading.text)
    return match[1] if match else ""
