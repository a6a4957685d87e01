"""Statuses in sentences: a total, the statuses it falls into with their counts, then a rate.

A sentence is read by a narrow grammar, with the words of the vocabulary. What does not fit word for
word is not understood, and nothing is said of it: a false alarm would cost more trust than a slip
that went unseen.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from ..text.numerals import number, percent
from ..text.patterns import later
from .forms import APART, COMPLETED, OVERLAPPING, Forms, one_of
from .numbers import EXACT, NUMBER, UNIT, clause_before, make_plain

_LONGEST = 2000  # characters of a sentence; to read on from each total takes their square
_SENTENCE = later(r"[^。!?\n]+")
_ASIDES = later(r"\((?:其中|含|包括|包含|均|占|见|详见)[^()]*\)")
_HINT = later(r"[0-9０-９一二两三四五六七八九十百] *[个项条件]")
_A_COUNT = r"[\d零〇一二两三四五六七八九十百千] *[个项条件]"
# What every total has, and what follows it.
_COUNTS = later(rf"{_A_COUNT}.*(?:{_A_COUNT}|全部|均|都)")

_NOUN = r"(?:问题|任务|事项|措施|举措|意见建议|意见|建议)"
_KIND = r"(?:主要|具体|突出|反馈|整改|巡察|巡视|共性|个性|重点|方面)*的?"
_END = r"(?= *(?:[,;:、()]|$))"

_REST = r"(?:(?:其余|剩余|余下|另外|另有|还有|另)的?)?"
_TIME = r"(?:截[至止](?:目前|[^,;:、]{2,15}?[日底末初前])|到目前为止|目前|(?:通过|经过?)整改)"
_TOTAL = later(
    rf"{EXACT}(?P<n1>{NUMBER}) *(?P<u1>{UNIT}){_KIND}(?P<k1>{_NOUN})(?![和及与等类线清台的之])"
    rf"|(?P<k2>{_NOUN})(?:共计|合计|共|有|为|:)? *(?P<n2>{NUMBER}) *(?P<u2>{UNIT}){_END}"
    rf"|(?:共计|合计|总计|共|反馈|涉及) *(?P<n3>{NUMBER}) *(?P<u3>{UNIT}){_END}"
)
_FIRST_LINK = later(rf"中?[,;:、( ]*(?:{_TIME}[,: ]*)?(?:其中[,: ]*)?")
_LINK = later(r"[,;、)( ]*(?:目前[,: ]*)?")
# What stands before and after the words of a part, which may name two statuses.
_PARTS = (
    (
        later(_REST),
        later(
            rf"的?(?P<k>{_NOUN})?(?:有|为|共|达)?"
            rf" *(?P<n>{NUMBER}) *(?P<u>{UNIT})(?P<k2>{_NOUN})?{_END}"
        ),
    ),
    (
        later(rf"{_REST}有?(?P<n>{NUMBER}) *(?P<u>{UNIT})(?:{_KIND}(?P<k>{_NOUN}))?(?P<k2>)"),
        later(_END),
    ),
)
_AND = later("[并或和且及]")
_RATE = later(
    r"(?:巡察|反馈|问题|任务|总体|综合|整体|累计|总)*"
    r"(?:整改完成率|完成整改率|完成率|整改率|办结率|销号率|到位率)(?:已?达到?|为|是|:)? *"
    r"(?:(?P<p>\d{1,3}(?:\.\d{1,6})?) *%|百分之(?P<c>[零〇一二两三四五六七八九十百]{1,5}"
    r"(?:点[零〇一二三四五六七八九]{1,6})?))(?!以上|左右|多)"
)
# A number in such a clause is a part without its total.
_PART_SIGN = later("完成|正在|未|持续|长期|解决|到位|推进|其余|剩余|延期")
_CONTINUED = later("另|其余|剩余|余下|还有|其他|此外")
# 立行立改问题15个,…;分阶段整改问题8个,…,持续整改问题5个: what comes next is a total like this one.
_CLASS = "阶段|限期|[长中短近远]期|持续|类|级"


@functools.lru_cache(maxsize=4)
def _all_of_them(forms: Forms) -> re.Pattern[str]:
    """Return a pattern of what says that all are completed."""
    return later(rf"(?:现?已经?)?(?:全部|均|都)(?:已经?)?{forms.done}{_END}")


@functools.lru_cache(maxsize=4)
def _class(forms: Forms) -> re.Pattern[str]:
    return later(f"{one_of(forms.words(APART))}|{_CLASS}")


@dataclass(frozen=True)
class Summand:
    """So many at one status: id of the status, its words as printed, and the count."""

    status: str
    words: str
    count: Fraction


@dataclass(frozen=True)
class PrintedSum:
    """Totals and the statuses they fall into, as one sentence prints them.

    ``total`` is the nearest one; ``choices`` are all that the parts may be parts of. ``rate`` is in
    percent, as printed. ``closed`` says that nothing more of the group follows; ``outdated`` that
    the sentence goes on with counts of a later day. ``noun`` names what is counted, or is "";
    ``lead`` is what stands before it in its clause.
    """

    start: int
    text: str
    lead: str
    noun: str
    total: Fraction
    choices: frozenset[Fraction]
    parts: tuple[Summand, ...]
    rate: str
    closed: bool
    outdated: bool

    def count(self, status: str) -> Fraction:
        return sum((part.count for part in self.parts if part.status == status), Fraction(0))


def groups(text: str, forms: Forms) -> Iterator[PrintedSum]:
    """Yield every total of ``text`` that is followed by counts of statuses, in these ``forms``."""
    if not _HINT.search(text) or not any(word in text for word in forms.signs):
        return
    plain = _ASIDES.sub(lambda match: " " * len(match[0]), make_plain(text))
    for sentence in _SENTENCE.finditer(plain):
        if len(sentence[0]) > _LONGEST or not _COUNTS.search(sentence[0]):
            continue
        after = plain[sentence.end() + 1 : sentence.end() + 10].lstrip()
        own = text[sentence.start() : sentence.end()]
        for group in _sentence_groups(sentence[0], own, forms):
            closed = group.closed and not _CONTINUED.match(after)
            yield replace(group, start=sentence.start() + group.start, closed=closed)


def _sentence_groups(plain: str, text: str, forms: Forms) -> Iterator[PrintedSum]:
    """Yield the groups of one sentence; ``text`` is the same before it was made plain."""
    totals: list[re.Match[str]] = []
    position = 0
    while match := _TOTAL.search(plain, position):
        position = match.end()
        lead = clause_before(plain, match.start())
        if _PART_SIGN.search(lead):
            continue
        totals.append(match)
        parts, rate, end = _follow(plain, match, forms, bool(_class(forms).search(lead)))
        if not parts:
            continue
        rest, counted = plain[end:], rf"\d *{_unit(match)}"
        yield PrintedSum(
            match.start(),
            text[match.start() : end],
            lead,
            _first(match, "k1", "k2"),
            _count(match),
            _choices(totals),
            parts,
            rate,
            closed=not (_CONTINUED.search(rest) or re.search(counted, rest)),
            outdated=bool(re.search(rf"(?:{_TIME}|随后|此后|之后).*{counted}", rest)),
        )
        totals, position = [], end


def _choices(totals: list[re.Match[str]]) -> frozenset[Fraction]:
    """Return the totals of the last one's unit, their sum, and the sum of all.

    25个问题、5条意见 may go on as 30条.
    """
    same = [_count(total) for total in totals if _unit(total) == _unit(totals[-1])]
    every = [_count(total) for total in totals]
    return frozenset({*same, sum(same, Fraction(0)), sum(every, Fraction(0))})


def _follow(
    plain: str, total: re.Match[str], forms: Forms, of_a_class: bool
) -> tuple[tuple[Summand, ...], str, int]:
    """Return the parts and the rate that follow ``total`` without a gap, and where they end.

    ``of_a_class`` says that the total is one of several, each for a class of problems.
    """
    parts: list[Summand] = []
    rate, end, link = "", total.end(), _FIRST_LINK
    while gap := link.match(plain, end):
        if found := _part(plain, gap.end(), total, forms):
            part, named, stop = found
            # A status a second time is its count of another day.
            if part.status in {each.status for each in parts}:
                break
            if of_a_class and named and part.status in OVERLAPPING:
                break
            parts.append(part)
            end = stop
        elif not parts and (everything := _all_of_them(forms).match(plain, gap.end())):
            parts.append(Summand(COMPLETED, everything[0], _count(total)))
            end = everything.end()
        elif parts and not rate and (printed := _RATE.match(plain, gap.end())):
            rate, end = printed["p"] or percent(printed["c"]), printed.end()
        else:
            break
        link = _LINK
    return tuple(parts), rate, end


def _part(
    plain: str, start: int, total: re.Match[str], forms: Forms
) -> tuple[Summand, bool, int] | None:
    """Return the part that begins at ``start``, if it counts what ``total`` counts.

    With it come whether it names what it counts, and its end.
    """
    noun = _first(total, "k1", "k2")
    for before, after in _PARTS:
        lead = before.match(plain, start)
        if not lead or not (said := _said_at(plain, lead.end(), forms)):
            continue
        status, end = said
        if not (tail := after.match(plain, end)):
            continue
        found = {**lead.groupdict(), **tail.groupdict()}
        if found["u"] == _unit(total):
            if noun and (found["k"] or found["k2"] or noun) != noun:
                return None
            part = Summand(status, plain[lead.end() : end], number(found["n"]))
            return part, bool(found["k"] or found["k2"]), tail.end()
    return None


def _said_at(plain: str, start: int, forms: Forms) -> tuple[str, int] | None:
    """Return the status at ``start``, and where its words end, those of a second one included."""
    said = forms.status_at(plain, start)
    link = said and _AND.match(plain, said[1])
    other = link and forms.status_at(plain, link.end())
    return (said[0], other[1]) if said and other else said


def _count(total: re.Match[str]) -> Fraction:
    return number(_first(total, "n1", "n2", "n3"))


def _unit(total: re.Match[str]) -> str:
    return _first(total, "u1", "u2", "u3")


def _first(match: re.Match[str], *names: str) -> str:
    return next((match[name] for name in names if match[name]), "")
