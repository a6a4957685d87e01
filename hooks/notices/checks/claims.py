"""What clauses say of a work: that it is done, or that it is not, not yet, or not for sure.

Read word by word, without grammar: where that is wrong, an editor may say so (``accepted``).
"""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from . import signs
from .clauses import Quoted

NEGATED = "是没有做完"
CONDITIONAL = "是有条件的"
ORDERED = "是要求"
PLANNED = "是打算"
ONGOING = "是还在进行"
PARTIAL = "是只做完一部分"
NOTHING = "只是时间"
DONE = "是已经完成"
UNCERTAIN = (NEGATED, CONDITIONAL, ORDERED, PLANNED)


class Said(NamedTuple):
    """What a clause says of the work, and the clause."""

    kind: str
    words: str


def said_of(quoted: Quoted) -> Said | None:
    """Return what keeps ``quoted`` from saying that the work is done, or None."""
    held = _state(quoted)
    done_later = False
    found = _left_over(quoted.after)
    for clause in reversed(quoted.own):
        kind = _kind(clause) or ("" if signs.SINCE.search(clause) else held)
        if kind and not (done_later and kind not in (NEGATED, PARTIAL)):
            found = Said(kind, clause)
        done_later = done_later or (not kind and bool(signs.NOW.search(clause)))
    if found:
        return found
    said = (*quoted.before, *quoted.own)
    for exception, others in itertools.pairwise(said[-len(quoted.own) - 1 :]):
        if signs.EXCEPT.search(exception) and signs.THE_REST.search(others):
            return Said(PARTIAL, exception)
    for aside in quoted.asides:
        if _kind(aside) in (NEGATED, PARTIAL):
            return Said(NEGATED, aside)
    if all(signs.TIME_ONLY.fullmatch(clause) for clause in quoted.own):
        return Said(NOTHING, "，".join(quoted.own))
    return None


def unfulfilled(quoted: Quoted) -> Said | None:
    """Return what ``quoted`` says when none of it says that anything is done, or None."""
    held = _state(quoted)
    kinds = [_kind(each) or ("" if signs.SINCE.search(each) else held) for each in quoted.own]
    if all(kind in UNCERTAIN for kind in kinds) and not any(map(_not_all, quoted.own)):
        return Said(kinds[0], quoted.own[0])
    return None


def plainly_done(quoted: Quoted) -> bool:
    """Tell whether ``quoted`` says that all is done, and nothing else."""
    return any(signs.PLAINLY_DONE.fullmatch(clause) for clause in quoted.own)


def _kind(clause: str) -> str:
    """Return what keeps ``clause`` from saying that the work is done, or ""."""
    if _is_negated(clause):
        return NEGATED
    condition = signs.CONDITION.search(clause)
    if signs.WHETHER.search(clause) or (condition and not _is_over(clause, condition)):
        return CONDITIONAL
    if _is_order(clause):
        return ORDERED
    if _is_plan(clause):
        return PLANNED
    if signs.PART.search(clause) or (signs.EXCEPT.search(clause) and signs.THE_REST.search(clause)):
        return PARTIAL
    return ONGOING if _goes_on(clause) else ""


def _is_negated(clause: str) -> bool:
    for pattern in (signs.STRONG, signs.SHORT_OF):
        match = pattern.search(clause)
        if match and not _is_over(clause, match):
            return True
    weak = signs.WEAK.search(clause)
    if not weak or _is_over(clause, weak):
        return False
    return not _is_undone(weak[0], clause[weak.end() :])


def _is_over(clause: str, match: re.Match[str]) -> bool:
    """Tell whether ``match`` only tells which work is meant, or what was so once."""
    return _is_attribute(clause, match) or _is_done(clause, match.end())


def _is_undone(negation: str, rest: str) -> bool:
    """Tell whether ``rest`` says that the undone is done: 未入账资产补登完毕."""
    if negation[-1] in "将把对在于从由与":
        return False
    match = re.search("(?:全部|均|逐).*" if negation[-1] in "按照据" else signs.RESULT, rest)
    return match is not None and match.start() > 1


def _is_order(clause: str) -> bool:
    order = signs.ORDER.search(clause)
    if order and not _is_done(clause, order.end()):
        return True
    demand = signs.DEMAND.search(clause)
    if not demand or signs.AFTER_NOUN.search(clause) or _is_done(clause, demand.end()):
        return False
    return not signs.DEMANDED.search(clause[: demand.start()])


def _is_plan(clause: str) -> bool:
    for match in (*signs.PLANNED.finditer(clause), *signs.PURPOSE.finditer(clause)):
        before, rest = clause[: match.start()], clause[match.end() :]
        # 已将计划外…: what is 已 done may have been planned before.
        governed = re.search("已(?:经)?(?:将|把|对|按照?)(?!.*[并且、])", before)
        governs = re.match(f"{signs.PREPOSITION}", rest) and match[0] in ("拟", "即将")
        if not (governed or _is_attribute(clause, match) or (_is_done(rest, 0) and not governs)):
            return True
    deadline = signs.DEADLINE.search(clause)
    return bool(deadline) and not signs.NOW.search(clause)


def _goes_on(clause: str) -> bool:
    match = signs.GOING_ON.search(clause)
    if not match or signs.NOW.search(clause) or _is_attribute(clause, match):
        return False
    return not re.search("完毕|完成|到位|销号|办结", clause[match.end() :])


def _not_all(words: str) -> bool:
    """Tell whether a negated clause says that something is done: 尚未全部完成."""
    return bool(re.search("[未没][有能]?(?:能够)?(?:全部|完全|全面|彻底|都)", words))


def _is_attribute(clause: str, match: re.Match[str]) -> bool:
    """Tell whether ``match`` only tells which one is meant: 未完成的3项已完成."""
    named = re.match("[^,，]{0,12}?的(?!$)", clause[match.end() :])
    if not named:
        return False
    # 尚未将违规占用的库房清退完毕: 的 belongs to what is governed.
    rest = clause[match.end() :]
    if match[0].endswith(("将", "把")) or rest.startswith(("将", "把")):
        return bool(re.search("已|均|全部", rest[named.end() :]))
    dealt_with = signs.DEALT_WITH.search(clause[: match.start()])
    return bool(
        dealt_with or re.search(f"{signs.RESULT}|已|均", clause[match.end() + named.end() :])
    )


def _is_done(clause: str, start: int) -> bool:
    """Tell whether ``clause`` says after ``start`` what has been done: not 已到期, but 已清退."""
    return bool(signs.HAS_DONE.search(clause, start))


def _state(quoted: Quoted) -> str:
    """Return what the clauses before hold over the quoted ones: 待资金到位后, or 要求…."""
    held = ""
    for clause, label in zip(quoted.before, quoted.labels, strict=True):
        if signs.SINCE.search(clause):
            held = ""
        if label and signs.LABEL.search(clause):
            held = ORDERED if clause.endswith("要求") else PLANNED
        elif signs.WITHOUT_VERB.search(clause):
            held = NEGATED
        elif re.search(f"^{signs.HEAD}{signs.IF}|条件(?:成熟|具备|允许)", clause):
            held = CONDITIONAL
        elif not re.search("督促|敦促|催促|提醒|建议|申请|报请|提请", clause) and _is_order(clause):
            held = ORDERED
        elif not signs.PURPOSE.search(clause) and _is_plan(clause):
            held = PLANNED
    return held


def _left_over(clause: str) -> Said | None:
    """Return what the clause after a quote leaves to be done, if it does."""
    if "已" in clause or not clause:
        return None
    if signs.STILL.search(clause):
        return Said(NEGATED, clause)
    if signs.LEFT_OVER.search(clause) and (
        signs.FINISHING.search(clause) or not signs.EFFECT.search(clause)
    ):
        return Said(ONGOING if "在" in clause[:4] else PLANNED, clause)
    return None
