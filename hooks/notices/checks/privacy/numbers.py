"""Numbers of people: identity numbers, bank cards, mobile numbers, and how each is grouped."""

from __future__ import annotations

import datetime
import functools
import itertools
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .around import is_other
from .digits import Digits, groups, runs
from .personal import CARD, IDENTITY, MOBILE, Found

_SHORTEST = 11
_LENGTHS = (_SHORTEST, 13, *range(15, 20))

# Issuers by ISO/IEC 7812 prefix, each at the lengths it uses: UnionPay, the older cards of ICBC,
# ABC, BOC, CCB and BoCom, Visa, Mastercard, JCB, American Express. Rarer prefixes would let one
# serial number in ten through as a card, and those of 14 digits are records of the police.
_ISSUED = re.compile(
    r"62\d{14,17}|(?:9558|9559|6013|436742|456351)\d+(?<=\d{19})|(?:405512|601428)\d{11}"
    r"|4\d{15}|5[1-5]\d{14}|(?:222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}"
    r"|35(?:2[89]|[3-8]\d)\d{12}|3[47]\d{13}"
)
_MAY_BE = re.compile(
    r"(?:(?:00)?86)?1[3-9]\d{9}|[234569]\d{14,18}|\d{6}(?:19|20)\d\d[01]\d[0-3]\d{4}[\dX]"
)
_MOBILE = re.compile(r"(?:(?:00)?86)?(1[3-9]\d{9})")
_YEAR = re.compile("19[4-9][0-9]|20[0-4][0-9]")
_DAY = re.compile("(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])")
_COUNTRY = {"86", "0086"}

# How people group them, where the gaps differ; with gaps of one kind, an identity number may be
# grouped in any way. Each may be written with a gap after every digit.
_IDENTITIES = {
    (6, 8, 4), (6, 8, 3, 1), (6, 4, 4, 4), (6, 4, 2, 2, 4), (6, 12), (10, 8), (14, 4), (17, 1),
}  # fmt: skip
_CARDS = {(6, 10), (6, 13), (6, 6, 4), (6, 6, 7), (4, 12), (4, 15), (8, 11), (4, 6, 5), (8, 8, 3)}
_MOBILES = {
    (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 3, 4), (4, 4, 3), (5, 6), (3, 4, 2, 2), (3, 2, 3, 3),
    (3, 2, 2, 2, 2), (3, 3, 3, 2), (5, 3, 3),
}  # fmt: skip
_LOOSE_MOBILES = {(3, 4, 4), (3, 8)}


class _Window(NamedTuple):
    """Groups side by side that may be one number: ``groups[first:last + 1]``."""

    groups: list[Digits]
    first: int
    last: int
    digits: str

    @property
    def gaps(self) -> list[str]:
        """The kinds of the gaps within that a reader sees."""
        inner = self.groups[self.first + 1 : self.last + 1]
        return [group.gap for group in inner if group.gap]

    def shape(self, skip: int = 0) -> tuple[int, ...]:
        """Return how many digits stand between gaps that a reader sees, the first ``skip`` not."""
        parts: list[int] = []
        for place, group in enumerate(self.groups[self.first : self.last + 1]):
            if place and not group.gap:
                parts[-1] += len(group.digits)
            else:
                parts.append(len(group.digits))
        return (parts[0] - skip, *parts[1:])

    @property
    def before(self) -> Digits | None:
        return self.groups[self.first - 1] if self.first else None

    @property
    def after(self) -> Digits | None:
        return self.groups[self.last + 1] if self.last + 1 < len(self.groups) else None


class _Held(NamedTuple):
    """A number in a run of digits, ``run[start:stop]``, by its digits alone."""

    kind: str
    start: int
    stop: int
    joined: bool


def numbers(text: str) -> Iterator[Found]:
    """Yield the numbers of people in ``text``. Where kinds overlap, the surer one wins."""
    for begins, run in runs(text):
        for held in _held(run):
            start, stop = begins + held.start, begins + held.stop
            if not is_other(held.kind, text, start, stop, joined=held.joined):
                yield Found(held.kind, text[start:stop], start)


def may_hold(text: str) -> bool:
    """Tell whether digits in ``text`` are those of a number, whatever may stand around it."""
    return any(_held(run) for _, run in runs(text))


@functools.lru_cache(maxsize=4096)  # a telephone stands on each page of a site
def _held(run: str) -> tuple[_Held, ...]:
    return tuple(held for each in groups(run) for held in _within(each))


def _within(row: list[Digits]) -> Iterator[_Held]:
    windows, taken = list(_windows(row)), bytearray(len(row))
    for kind, holds in _KINDS:
        for window in windows:
            first, stop = window.first, window.last + 1
            if any(taken[first:stop]) or (skip := holds(window, taken)) < 0:
                continue
            taken[first:stop] = b"1" * (stop - first)
            start, end = row[first].start + skip, row[window.last].stop
            yield _Held(kind, start, end, bool(window.gaps))


def _windows(groups: list[Digits]) -> Iterator[_Window]:
    """Yield what may be some number of a person, by its length and first digits."""
    digits = "".join(group.digits for group in groups)
    stops = list(itertools.accumulate(len(group.digits) for group in groups))
    last_at = {stop: last for last, stop in enumerate(stops)}
    for first, start in enumerate([0, *stops[:-1]]):
        for length in _LENGTHS:
            last = last_at.get(start + length)
            if last is not None and _MAY_BE.fullmatch(digits, start, start + length):
                yield _Window(groups, first, last, digits[start : start + length])


def _identity(window: _Window, _: bytearray) -> int:
    if len(window.digits) != 18 or not is_identity(window.digits):
        return -1
    gaps = window.gaps
    grouped = len(set(gaps)) < 2 or window.shape() in _IDENTITIES
    return 0 if grouped and _on_two_lines(gaps) and not _bracketed(gaps) else -1


def _card(window: _Window, _: bytearray) -> int:
    if "X" in window.digits or not is_card(window.digits):
        return -1
    gaps, shape = window.gaps, window.shape()
    if not gaps:
        return 0
    if _bracketed(gaps) or not _on_two_lines(gaps):
        return -1
    if shape in _CARDS:
        return 0
    # In groups of one length, the last may be shorter; more of them are a list of something else.
    size = shape[0]
    even = all(each == size for each in shape[:-1]) and shape[-1] <= size <= 8
    beside = [window.before and (gaps[0], window.before)]
    beside.append(window.after and (window.after.gap, window.after))
    more = any(pair and pair[0] in gaps and len(pair[1].digits) == size for pair in beside)
    return 0 if even and not more else -1


def _mobile(window: _Window, taken: bytearray) -> int:
    match = _MOBILE.fullmatch(window.digits)
    if not match:
        return -1
    skip, gaps = match.start(1), window.gaps
    if skip and len(window.groups[window.first].digits) <= skip:
        return -1  # what follows the country's number is looked at by itself
    shape = window.shape(skip)
    if not gaps:
        return skip
    if not _on_two_lines(gaps) or (_bracketed(gaps) and not _area(gaps, shape)):
        return -1
    even = set(shape) == {1}
    grouped = even or shape in _LOOSE_MOBILES or (len(set(gaps)) == 1 and shape in _MOBILES)
    if not grouped or _tells_time(window, shape) or _goes_on(window, taken):
        return -1
    return skip


def _bracketed(gaps: list[str]) -> bool:
    return any("(" in gap or ")" in gap for gap in gaps)


def _area(gaps: list[str], shape: tuple[int, ...]) -> bool:
    """Tell whether only the first three digits of a telephone stand in brackets."""
    return shape[0] == 3 and "(" not in gaps[0] and not _bracketed(gaps[1:])


def _on_two_lines(gaps: list[str]) -> bool:
    """Tell whether a number goes over the end of one line at most; a column goes over more."""
    return sum("\n" in gap for gap in gaps) <= 1


def _tells_time(window: _Window, shape: tuple[int, ...]) -> bool:
    """Tell whether groups look like years or a day: ``150 2021 2022``, ``139 20231010``."""
    groups = [group.digits for group in window.groups[window.first : window.last + 1]]
    years = sum(bool(_YEAR.fullmatch(each)) for each in groups)
    return years > 1 or (shape == (7, 4) and years > 0) or any(map(_DAY.fullmatch, groups))


def _goes_on(window: _Window, taken: bytearray) -> bool:
    """Tell whether the groups before or after belong to the same row of numbers."""
    before, after = window.before, window.after
    gaps, gap = set(window.gaps), window.groups[window.first].gap
    if before and gap in gaps and before.digits not in _COUNTRY and not taken[window.first - 1]:
        return len(before.digits) < _SHORTEST
    if after and after.gap in gaps and len(after.digits) < _SHORTEST:
        return not _MOBILE.match((after.digits + "0" * 11)[:11])
    return False


def is_identity(number: str) -> bool:
    """Tell whether 18 characters have a date of birth and the check character of GB 11643-1999."""
    if "X" in number[:-1]:
        return False
    try:
        birth = datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    # ISO/IEC 7064, MOD 11-2.
    total = functools.reduce(lambda sum_, each: sum_ * 2 + "0123456789X".index(each), number, 0)
    return birth.year in range(1900, 2100) and total % 11 == 1


def is_card(number: str) -> bool:
    """Tell whether a number has a known issuer and the check digit of ISO/IEC 7812-1 (Luhn)."""
    if not _ISSUED.fullmatch(number):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(sum(divmod(n, 10)) for n in doubled) % 10 == 0


_KINDS: tuple[tuple[str, Callable[[_Window, bytearray], int]], ...] = (
    (IDENTITY, _identity),
    (CARD, _card),
    (MOBILE, _mobile),
)
"""Each tells how many digits of a window stand before the number, or -1 where there is none.

It is told which groups belong to a number already.
"""
