"""What does not add up of a total and its statuses: the counts, or the rate that is worked out."""

from __future__ import annotations

from fractions import Fraction

from .forms import APART, COMPLETED, OVERLAPPING
from .numbers import show, sums
from .statuses import PrintedSum

# Authors count these as done when they work out a rate.
_AS_GOOD_AS_DONE = ("partly-completed", "continuing", APART)


def fault(group: PrintedSum) -> str:
    """Return what does not add up, or ""."""
    return _of_sum(group) or _of_rate(group)


def _of_sum(group: PrintedSum) -> str:
    fixed, free = _counts(group)
    total, added = group.total, fixed + sum(free)
    possible = sums(fixed, free)
    partition = len(group.parts) > 1 and group.count(COMPLETED) and group.closed
    if possible & group.choices or not (partition or min(possible) > max(group.choices)):
        return ""
    what = "各项相加" if len(group.parts) > 1 else group.parts[0].words
    return f"{what}是 {show(added)}，与总数 {show(total)} 不符"


def _counts(group: PrintedSum) -> tuple[Fraction, list[Fraction]]:
    """Return the sum of what surely counts, and the counts that may be counted twice.

    立行立改15个,已完成13个 may mean that 13 of the 15 are done.
    """
    fixed, free, within = Fraction(0), [], Fraction(-1)
    for part in group.parts:
        if part.status in OVERLAPPING:
            within = part.count
            free.append(part.count)
        elif part.count <= within:
            free.append(part.count)
        else:
            fixed += part.count
    return fixed, free


def _of_rate(group: PrintedSum) -> str:
    done, total = group.count(COMPLETED), group.total
    if not group.rate or not any(part.status == COMPLETED for part in group.parts):
        return ""
    extra = [group.count(status) for status in _AS_GOOD_AS_DONE]
    shares = {100 * part / whole for part in sums(done, extra) for whole in group.choices if whole}
    if any(_printed_as(share, group.rate) for share in shares) or not total:
        return ""
    exact = show(round(100 * done / total, 2))
    return f"完成率印的是 {group.rate}%，{show(done)}÷{show(total)} 得 {exact}%"


def _printed_as(share: Fraction, rate: str) -> bool:
    """Tell whether ``share`` is ``rate`` at its precision, rounded or cut off."""
    step = Fraction(1, 10 ** len(rate.partition(".")[2]))
    return -step / 2 <= share - Fraction(rate) < step
