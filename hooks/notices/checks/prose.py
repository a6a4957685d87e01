"""Rules: the totals printed in the sentences of a text add up, and agree with the data.

A sentence is read by a narrow grammar: a total, then statuses with counts, then a rate; or a total,
then 其中 and its parts. What does not fit word for word is not understood, and nothing is said of
it: a false alarm would cost more trust than a slip that went unseen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from .. import model
from ..catalogue import Catalogue, Notice
from ..narrative import ITEM, Line
from ..problem import Place
from .rules import Finding, rule

# The other forms of the characters that numbers and clauses are written with; lengths stay.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_LONGEST = 2000  # characters of a sentence; to read on from each total takes their square
_SENTENCE = re.compile(r"[^。!?\n]+")
# A title is a name, whatever numbers stand in it.
_NAMES = re.compile("《[^》]*》|“[^”]*”|‘[^’]*’")
_ASIDES = re.compile(r"\((?:其中|含|包括|包含|均|占|见|详见)[^()]*\)")
_HINT = re.compile(r"[0-9０-９一二两三四五六七八九十百] *[个项条件]")

_NUMERALS = "[零〇一二两三四五六七八九十百千]{1,12}"
_NUMBER = rf"(?:(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,12}})(?:\.\d{{1,6}})?|{_NUMERALS})"
# No ordinal, no range, nothing that is only about so many.
_EXACT = r"(?<![\d.,第近约超逾过余每至~/零〇一二两三四五六七八九十百千万-])(?<!不到)(?<!不足)"
_UNIT = r"(?:个(?![别人体性案])|项(?!目)|条(?![件例款])|件(?!数))"
_NOUN = r"(?:问题|任务|事项|措施|举措|意见建议|意见|建议)"
_KIND = r"(?:主要|具体|突出|反馈|整改|巡察|巡视|共性|个性|重点|方面)*的?"
_END = r"(?= *(?:[,;:、()]|$))"
_DONE = r"(?:完成整改|整改完成|整改完毕|(?:整改)?落实到位|整改到位|(?:完成|整改)销号|完成)"

# Status in the data → how the texts print it. The first that matches names a part.
_STATUSES = {
    "not-completed": r"(?:仍|尚|还)?未(?:完成整改|整改(?:完成|到位)|完成|整改|到位|办结|销号|解决)",
    "partly-completed": r"(?:已经?)?(?:取得阶段性成效|基本整改到位"
    r"|(?:基本|阶段性|部分)完成(?:整改)?)",
    "in-progress": r"(?:正在?|仍在|还在|尚在)(?:积极|抓紧|加快|有序|持续|稳步)?"
    r"(?:推进整改|整改落实|整改|推进|推动|落实|办理|实施|进行)中?|(?:整改|推进)中",
    "continuing": r"(?:仍?需要?|已|并)?(?:长期|持续)(?:坚持|推进整改|推进|整改)",
    "extended": r"已?(?:申请延期|延期)(?:整改|完成)?",
    "at-once": r"已?(?:立行立改|立知立改|即知即改|边查边改)(?:完成|到位)?",
    "completed": rf"(?:(?:均|现)?已经?|全部|已全部)?{_DONE}|已经?(?:整改|销号|办结|解决)",
}
# Authors count these on their own, or again among the others.
_OVERLAPPING = ("continuing", "extended", "at-once")
# Authors count these as done when they work out a rate.
_AS_GOOD_AS_DONE = ("partly-completed", "continuing", "at-once")

_STATUS = "(?:" + "|".join(_STATUSES.values()) + ")"
_REST = r"(?:(?:其余|剩余|余下|另外|另有|还有|另)的?)?"
_TIME = r"(?:截[至止](?:目前|[^,;:、]{2,15}?[日底末初前])|到目前为止|目前|(?:通过|经过?)整改)"
_TOTAL = re.compile(
    rf"{_EXACT}(?P<n1>{_NUMBER}) *(?P<u1>{_UNIT}){_KIND}(?P<k1>{_NOUN})(?![和及与等类线清台的之])"
    rf"|(?P<k2>{_NOUN})(?:共计|合计|共|有|为|:)? *(?P<n2>{_NUMBER}) *(?P<u2>{_UNIT}){_END}"
    rf"|(?:共计|合计|总计|共|反馈|涉及) *(?P<n3>{_NUMBER}) *(?P<u3>{_UNIT}){_END}"
)
_FIRST_LINK = re.compile(rf"中?[,;:、( ]*(?:{_TIME}[,: ]*)?(?:其中[,: ]*)?")
_LINK = re.compile(r"[,;、)( ]*(?:目前[,: ]*)?")
_PARTS = (
    re.compile(
        rf"{_REST}(?P<s>{_STATUS}(?:[并或和且及]{_STATUS})?)的?(?P<k>{_NOUN})?(?:有|为|共|达)?"
        rf" *(?P<n>{_NUMBER}) *(?P<u>{_UNIT})(?P<k2>{_NOUN})?{_END}"
    ),
    re.compile(
        rf"{_REST}有?(?P<n>{_NUMBER}) *(?P<u>{_UNIT})(?:{_KIND}(?P<k>{_NOUN}))?(?P<k2>)"
        rf"(?P<s>{_STATUS}(?:[并或和且及]{_STATUS})?){_END}"
    ),
)
_ALL = re.compile(rf"(?:现?已经?)?(?:全部|均|都)(?:已经?)?(?:{_DONE}|整改|销号|办结|解决){_END}")
_RATE = re.compile(
    r"(?:巡察|反馈|问题|任务|总体|综合|整体|累计|总)*"
    r"(?:整改完成率|完成整改率|完成率|整改率|办结率|销号率|到位率)(?:已?达到?|为|是|:)? *"
    r"(?:(?P<p>\d{1,3}(?:\.\d{1,6})?) *%|百分之(?P<c>[零〇一二两三四五六七八九十百]{1,5}"
    r"(?:点[零〇一二三四五六七八九]{1,6})?))(?!以上|左右|多)"
)
# A number in such a clause is a part without its total.
_PART_SIGN = re.compile("完成|正在|未|持续|长期|解决|到位|推进|其余|剩余|延期")
_CONTINUED = re.compile("另|其余|剩余|余下|还有|其他|此外")


@dataclass(frozen=True)
class Part:
    """So many at one status: id of the status, its words as printed, and the count."""

    status: str
    words: str
    count: Fraction


@dataclass(frozen=True)
class Group:
    """Totals and the statuses they fall into, as one sentence prints them.

    ``total`` is the nearest one; ``choices`` are all that the parts may be parts of. ``rate`` is in
    percent, as printed. ``closed`` says that nothing more of the group follows.
    """

    start: int
    text: str
    total: Fraction
    choices: frozenset[Fraction]
    parts: tuple[Part, ...]
    rate: str
    closed: bool

    def count(self, status: str) -> Fraction:
        return sum((part.count for part in self.parts if part.status == status), Fraction(0))


@dataclass(frozen=True)
class Nested:
    """A total and the parts that follow 其中, in its unit; ``disjoint`` when none holds another."""

    start: int
    text: str
    total: Fraction
    parts: tuple[Fraction, ...]
    disjoint: bool


@rule
def prose_total(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """句子里印的数目要对得上：各状态相加等于总数，完成率算得出，“其中”不超过总数。

    先核对批准的文件；确是原文如此，写进 `known_discrepancies`，at 写那一节的编号（开头写 preamble）
    """
    for at, line in _paragraphs(notice):
        # Where a total is followed by 其中 and statuses, the first reading says more.
        found = {inner.start: (inner.text, _nested_fault(inner)) for inner in nested(line.text)}
        found |= {group.start: (group.text, _group_fault(group)) for group in groups(line.text)}
        for start, (text, fault) in found.items():
            if fault:
                yield _finding("prose-total", line, at, start, f"“{text}”：{fault}")


@rule
def prose_status(notice: Notice, site: Catalogue) -> Iterator[Finding]:
    """句子里按状态印的数目，要与问题文件里的状态一致（每个问题都标了状态时才核对）。

    先核对问题文件的状态；确是原文如此，写进 `known_discrepancies`，at 写那一节的编号
    """
    counts = notice.item_counts
    number = len(notice.items)
    if not number or counts[model.UNSTATED] or number != len(notice.narrative.of_depth(ITEM)):
        return
    for at, line in _paragraphs(notice):
        for group in groups(line.text):
            # What does not even add up is told by the rule above.
            if group.total == number and not _group_fault(group):
                for fault in _status_faults(group, counts, site.vocabulary):
                    yield _finding("prose-status", line, at, group.start, fault)


def groups(text: str) -> Iterator[Group]:
    """Yield every total of ``text`` that is followed by counts of statuses."""
    if ("完成" not in text and "整改" not in text) or not _HINT.search(text):
        return
    plain = _ASIDES.sub(lambda match: " " * len(match[0]), _plain(text))
    for sentence in _SENTENCE.finditer(plain):
        if len(sentence[0]) > _LONGEST:
            continue
        after = plain[sentence.end() + 1 : sentence.end() + 10].lstrip()
        for group in _sentence_groups(sentence[0], text[sentence.start() : sentence.end()]):
            closed = group.closed and not _CONTINUED.match(after)
            yield replace(group, start=sentence.start() + group.start, closed=closed)


def _sentence_groups(plain: str, text: str) -> Iterator[Group]:
    """Yield the groups of one sentence; ``text`` is the same before it was made plain."""
    totals: list[re.Match[str]] = []
    position = 0
    while match := _TOTAL.search(plain, position):
        position = match.end()
        if _PART_SIGN.search(_clause_before(plain, match.start())):
            continue
        totals.append(match)
        parts, rate, end = _follow(plain, match)
        if not parts:
            continue
        rest = plain[end:]
        closed = not (_CONTINUED.search(rest) or re.search(rf"\d *{_unit(match)}", rest))
        words = text[match.start() : end]
        total, choices = _count(match), _choices(totals)
        yield Group(match.start(), words, total, choices, parts, rate, closed)
        totals, position = [], end


def _choices(totals: list[re.Match[str]]) -> frozenset[Fraction]:
    """Return the totals of the last one's unit, their sum, and the sum of all.

    25个问题、5条意见 may go on as 30条.
    """
    same = [_count(total) for total in totals if _unit(total) == _unit(totals[-1])]
    every = [_count(total) for total in totals]
    return frozenset({*same, sum(same, Fraction(0)), sum(every, Fraction(0))})


def _follow(plain: str, total: re.Match[str]) -> tuple[tuple[Part, ...], str, int]:
    """Return the parts and the rate that follow ``total`` without a gap, and where they end."""
    parts: list[Part] = []
    rate, end, link = "", total.end(), _FIRST_LINK
    while gap := link.match(plain, end):
        if found := _part(plain, gap.end(), total):
            # A status a second time is its count of another day.
            if found[0].status in {part.status for part in parts}:
                break
            parts.append(found[0])
            end = found[1]
        elif not parts and (everything := _ALL.match(plain, gap.end())):
            parts.append(Part("completed", everything[0], _count(total)))
            end = everything.end()
        elif parts and not rate and (printed := _RATE.match(plain, gap.end())):
            rate, end = printed["p"] or _percent(printed["c"]), printed.end()
        else:
            break
        link = _LINK
    return tuple(parts), rate, end


def _part(plain: str, start: int, total: re.Match[str]) -> tuple[Part, int] | None:
    """Return the part that begins at ``start``, and its end, if it counts what ``total`` counts."""
    noun = _first(total, "k1", "k2")
    for pattern in _PARTS:
        match = pattern.match(plain, start)
        if match and match["u"] == _unit(total):
            if noun and (match["k"] or match["k2"] or noun) != noun:
                return None
            words = match["s"]
            status = next(key for key, words_of in _STATUSES.items() if re.match(words_of, words))
            return Part(status, words, number(match["n"])), match.end()
    return None


def _group_fault(group: Group) -> str:
    """Return what does not add up, or ""."""
    free = [part.count for part in group.parts if part.status in _OVERLAPPING]
    total, added = group.total, sum((part.count for part in group.parts), Fraction(0))
    sums = _sums(added - sum(free), free)
    partition = len(group.parts) > 1 and group.count("completed") and group.closed
    if not sums & group.choices and (partition or min(sums) > max(group.choices)):
        what = "各项相加" if len(group.parts) > 1 else group.parts[0].words
        return f"{what}是 {_show(added)}，与总数 {_show(total)} 不符"
    done = group.count("completed")
    if not group.rate or not any(part.status == "completed" for part in group.parts):
        return ""
    extra = [group.count(status) for status in _AS_GOOD_AS_DONE]
    shares = {100 * part / whole for part in _sums(done, extra) for whole in group.choices if whole}
    if any(_printed_as(share, group.rate) for share in shares) or not total:
        return ""
    exact = _show(round(100 * done / total, 2))
    return f"完成率印的是 {group.rate}%，{_show(done)}÷{_show(total)} 得 {exact}%"


def _printed_as(share: Fraction, rate: str) -> bool:
    """Tell whether ``share`` is ``rate`` at its precision, rounded or cut off."""
    step = Fraction(1, 10 ** len(rate.partition(".")[2]))
    return -step / 2 <= share - Fraction(rate) < step


def _status_faults(
    group: Group, counts: Mapping[str, int], vocabulary: model.Vocabulary
) -> Iterator[str]:
    """Yield the statuses whose printed count cannot be made of the counts in the data.

    A text may use fewer statuses than the data: each may hold those that it does not name.
    """
    labels = {status.label: status.id for status in vocabulary.statuses}
    printed: Counter[str] = Counter()
    for part in group.parts:
        printed[labels.get(part.words, part.status)] += int(part.count)
    others = [status for status in counts if status not in printed]
    for status, count in printed.items():
        # Only what is done in part may pass for done.
        spare = [id_ for id_ in others if status != "completed" or id_ == "partly-completed"]
        own = counts.get(status, 0)
        if status in vocabulary and count not in _sums(own, [counts[id_] for id_ in spare]):
            yield f"“{group.text}”：{vocabulary[status].label}印的是 {count}，问题文件里是 {own}"


# --- 其中 ---------------------------------------------------------------------------------------

_MONEY = {"元": 1, "千元": 1000, "万元": 10_000, "亿元": 100_000_000}
_ANY_UNIT = rf"(?:{_UNIT}|人次|人(?![员民均才])|次(?!数)|亿元|万元|千元|元)"
_WITHIN = re.compile(
    rf"{_EXACT}(?P<n>{_NUMBER}) *(?P<u>{_ANY_UNIT})(?P<tail>[^,;:、()。!?\d]{{0,8}})"
    r"(?P<open>[,( ]*)其中(?P<list>[,:]?) *"
)
_INNER = re.compile(
    rf"(?P<label>[^,、]*?){_EXACT}(?P<n>{_NUMBER}) *(?P<u>{_ANY_UNIT})(?P<tail>[^\d]*)"
)
# After a number: what the counted ones did or are, not what they are called.
_PREDICATE = re.compile("[已正未尚仍还为是属由被均需待]")
_ABOUT = re.compile("[余多]|以上|以下|左右|以内|不等")
_COUNTED = re.compile(
    "(?:问题|任务|事项|措施|举措|意见|建议|制度|办法|规定|方案|机制|流程|方面|单位|部门|项目|隐患|线索"
    "|案件|文件|会议|培训|活动|合同|清单|资产|企业|岗位|谈话|检查|整改|风险|漏洞)$"
)
# Such parts may hold what another part holds as well.
_MAY_OVERLAP = re.compile(
    "涉及|包[含括]|立行立改|即知即改|长期坚持|带动|撬动|拉动|立案|[了办完]结|结案|移[送交]"
    "|启动|[开完]工|完成|竣工|验收|印发|出台|公布|审议"
)


def nested(text: str) -> Iterator[Nested]:
    """Yield every total of ``text`` that is followed by 其中 and counts of the same unit."""
    if "其中" not in text:
        return
    plain = _plain(text)
    for match in _WITHIN.finditer(plain):
        person = match["u"] in ("人", "人次")
        if _ABOUT.match(match["tail"]) or (person and match["tail"]):
            continue
        parts, end, overlap = _inner_parts(plain, match)
        if parts:
            end += "(" in match["open"] and plain[end : end + 1] == ")"
            # One person may be a member and a leader, and get two penalties.
            disjoint = not (person or overlap)
            total = number(match["n"])
            yield Nested(match.start(), text[match.start() : end], total, parts, disjoint)


def _inner_parts(plain: str, total: re.Match[str]) -> tuple[tuple[Fraction, ...], int, bool]:
    """Return the parts after 其中, where they end, and whether they may overlap.

    Only 、 surely goes on with the same list; after a comma something new may begin, unless a
    colon has announced a list.
    """
    separator = "[、,]" if total["list"] == ":" else "、"
    stop = re.compile(r"[。!?;)(\n]" if separator != "、" else r"[。!?;)(\n]|,(?!\d{3}\D)")
    bound = stop.search(plain, total.end())
    rest = plain[total.end() : bound.start() if bound else len(plain)]
    noun = _noun(total["tail"]) or _noun(_clause_before(plain, total.start()))
    parts: list[Fraction] = []
    end, position, overlap = total.end(), total.end(), False
    for piece in re.split(separator, rest):
        match = _INNER.fullmatch(piece)
        if not match or not _counts_the_same(match, total["u"], noun):
            break
        parts.append(_worth(match) / _MONEY.get(total["u"], 1))
        overlap = overlap or bool(_MAY_OVERLAP.search(piece))
        end = position + len(piece.rstrip())
        position += len(piece) + 1
    return tuple(parts), end, overlap


def _counts_the_same(part: re.Match[str], unit: str, noun: str) -> bool:
    """Tell whether a part surely counts what its total counts."""
    if _ABOUT.match(part["tail"]):
        return False
    if unit in _MONEY:
        return part["u"] in _MONEY and not part["tail"]
    tail = "" if _PREDICATE.match(part["tail"]) else part["tail"]
    named = _noun(tail or part["label"])
    return part["u"] == unit and (named == noun or not (named or tail))


def _nested_fault(inner: Nested) -> str:
    """Return what is more than its total, or "". Less is sound: 其中 need not name all."""
    if max(inner.parts) > inner.total:
        return f"“其中”有一项是 {_show(max(inner.parts))}，大于总数 {_show(inner.total)}"
    if inner.disjoint and sum(inner.parts) > inner.total:
        added, total = _show(sum(inner.parts, Fraction(0))), _show(inner.total)
        return f"“其中”各项相加是 {added}，大于总数 {total}"
    return ""


# --- Numbers and text ----------------------------------------------------------------------------

_DIGITS = {"〇": 0, "两": 2} | {digit: n for n, digit in enumerate("零一二三四五六七八九")}
_POWERS = {"十": 10, "百": 100, "千": 1000}


def number(text: str) -> Fraction:
    """Return what a number in digits or in Chinese numerals is: ``1,200``, ``10.5``, 二十五."""
    if text[0].isdecimal():
        return Fraction(text.replace(",", ""))
    if not _POWERS.keys() & set(text):
        return Fraction("".join(str(_DIGITS[digit]) for digit in text))
    total = digit = 0
    for sign in text:
        if sign in _POWERS:
            # 十九 has no 一 before its ten.
            total += (digit or 1) * _POWERS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return Fraction(total + digit)


def _percent(text: str) -> str:
    """Return the digits of 九十四点六."""
    whole, _, decimals = text.partition("点")
    places = "".join(str(_DIGITS[digit]) for digit in decimals)
    return f"{number(whole)}.{places}" if places else str(number(whole))


def _worth(match: re.Match[str]) -> Fraction:
    return number(match["n"]) * _MONEY.get(match["u"], 1)


def _sums(base: Fraction | int, extras: Iterable[Fraction | int]) -> set[Fraction]:
    """Return ``base`` plus each selection of ``extras``."""
    sums = {Fraction(base)}
    for extra in extras:
        sums |= {each + extra for each in sums}
    return sums


def _noun(text: str) -> str:
    """Return the word for what is counted that ``text`` ends with, or ""."""
    match = _COUNTED.search(text)
    return match[0] if match else ""


def _clause_before(plain: str, position: int) -> str:
    return re.split("[。!?;,、:()]", plain[max(position - 40, 0) : position])[-1]


def _count(total: re.Match[str]) -> Fraction:
    return number(_first(total, "n1", "n2", "n3"))


def _unit(total: re.Match[str]) -> str:
    return _first(total, "u1", "u2", "u3")


def _first(match: re.Match[str], *names: str) -> str:
    return next((match[name] for name in names if match[name]), "")


def _plain(text: str) -> str:
    """Return ``text`` of the same length, half-width, without what stands in quotes."""
    return _NAMES.sub(_blank, text).translate(_HALF_WIDTH)


def _blank(match: re.Match[str]) -> str:
    return "○" * len(match[0])


def _show(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f"{float(value):.10g}"


def _paragraphs(notice: Notice) -> Iterator[tuple[str, Line]]:
    """Yield each paragraph with the id of its section, or ``preamble``."""
    for line in notice.narrative.preamble:
        yield "preamble", line
    for section in notice.narrative.all_sections:
        for line in section.paragraphs:
            yield section.id, line


def _finding(code: str, line: Line, at: str, start: int, message: str) -> Finding:
    place = Place(line.place.path, line.place.line, start + 1)
    remedy = f"；确是原文如此的，请在 known_discrepancies 里说明（rule: {code}, at: {at}）"
    return Finding(place, message + remedy, at=at)
