"""Lists of buckets, many at once: as they are written, and as arrays of numbers.

An archive of a thousand notices has ten million postings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .buckets import ALONE, DIGITS, Bucket

Places = npt.NDArray[np.intp]
Numbers = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
"""Two characters each: the code of the first, and in the lowest 21 binary digits of the second."""

CODE_BITS = np.uint64(21)
CODE = np.uint64((1 << 21) - 1)
_ALPHABET = np.frombuffer(DIGITS.encode(), np.uint8)
_VALUES = np.zeros(256, np.uint8)
_VALUES[_ALPHABET] = np.arange(64)


class Lists(NamedTuple):
    """Some lists. Of each posting there is its list: twice the place of its key, one more for that
    of titles; and its number. Both ascend, numbers within a list.
    """

    keys: Keys
    lists: Numbers
    numbers: Numbers


def write_buckets(lists: Lists, buckets: Places, wanted: Sequence[int]) -> Iterator[Bucket]:
    """Yield the ``wanted`` buckets, ascending, of ``lists``, of whose keys each is in one of
    ``buckets``.
    """
    heads = changes(lists.lists)
    gaps = np.diff(lists.numbers, prepend=np.int64(0))
    gaps[heads] = lists.numbers[heads] + 1
    digits, begins = _digits(gaps, heads[lists.lists[heads] & 1 == 1])
    first = changes(lists.lists >> 1)
    order = np.argsort(buckets, kind="stable")
    keys = lists.keys[order]
    names = np.stack([keys >> CODE_BITS, keys & CODE], axis=1).astype("<u4")
    text = names.tobytes().decode("utf-32-le")
    joined, at = _joined(digits, np.append(begins[first], len(digits)), order)
    sorted_buckets = buckets[order]
    starts = np.searchsorted(sorted_buckets, wanted).tolist()
    stops = np.searchsorted(sorted_buckets, wanted, "right").tolist()
    for start, stop in zip(starts, stops, strict=True):
        yield Bucket(text[2 * start : 2 * stop], joined[at[start] : max(at[stop] - 1, at[start])])


def read_buckets(buckets: Sequence[Bucket]) -> Lists:
    """Return the lists of ``buckets`` as :func:`write_buckets` has written them."""
    full = [bucket for bucket in buckets if bucket.keys]
    names = np.frombuffer("".join(each.keys for each in full).encode("utf-32-le"), "<u4")
    keys = names[::2].astype(np.uint64) << CODE_BITS | names[1::2]
    text = "".join(f"{bucket.lists}," for bucket in full)
    written = np.frombuffer(text.encode("ascii"), np.uint8)
    ends = written == ord(",")
    spaces = np.cumsum(written == ord(ALONE))
    key = np.cumsum(ends)
    before = np.concatenate([np.zeros(1, spaces.dtype), spaces[ends]])
    in_title = spaces > before[key]
    is_digit = np.flatnonzero((written != ord(ALONE)) & ~ends)
    gaps, last = _gaps(_VALUES[written[is_digit]])
    last = is_digit[last]
    lists = 2 * key[last] + in_title[last]
    heads = changes(lists)
    total = np.cumsum(gaps)
    lengths = np.diff(np.append(heads, len(lists)))
    start = np.concatenate([np.zeros(1, np.int64), total])[heads]
    return Lists(keys, lists, total - np.repeat(start, lengths) - 1)


def changes(numbers: npt.NDArray[np.integer]) -> Places:
    """Return where ``numbers`` differ from the one before, the first always."""
    changed = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=changed[1:])
    return np.flatnonzero(changed)


def _gaps(digits: npt.NDArray[np.uint8]) -> tuple[Numbers, Places]:
    """Return the numbers that ``digits`` write, and where the last digit of each is."""
    last = np.flatnonzero(digits < 32)
    lengths = np.diff(last, prepend=-1)
    gaps = digits[last].astype(np.int64)
    more, place = np.arange(len(last)), 1
    # From the highest digit to the lowest.
    while len(more := more[lengths[more] > place]):
        gaps[more] = gaps[more] << 5 | (digits[last[more] - place] & 31)
        place += 1
    return gaps, last


def _digits(gaps: Numbers, in_title: Places) -> tuple[npt.NDArray[np.uint8], Places]:
    """Return all ``gaps`` as they are written, and where each begins; a list of sections that
    have the pair in their title, whose first is in ``in_title``, begins with a space.
    """
    lengths = np.ones(len(gaps), np.uint8)
    longest = int(gaps.max()).bit_length() if len(gaps) else 0
    for bits in range(5, longest, 5):
        lengths += gaps >= 1 << bits
    widths = lengths.copy()
    widths[in_title] += 1
    begins = np.cumsum(widths, dtype=np.intp) - widths
    written = np.full(int(widths.sum()), ord(ALONE), np.uint8)
    digits_at = begins + (widths - lengths)
    while len(gaps):
        more = lengths > 1
        written[digits_at] = _ALPHABET[(gaps & 31) + 32 * more]
        gaps, lengths, digits_at = gaps[more] >> 5, lengths[more] - 1, digits_at[more] + 1
    return written, begins


def _joined(digits: npt.NDArray[np.uint8], bounds: Places, order: Places) -> tuple[str, list[int]]:
    """Return the pieces of ``digits`` between ``bounds``, in ``order``, each with a comma after it;
    and where each begins, then the end.
    """
    lengths = np.diff(bounds)[order]
    ends = np.cumsum(lengths + 1)
    joined = np.full(int(ends[-1]) if len(ends) else 0, ord(","), np.uint8)
    # How much further on each digit stands than it did.
    moved = np.repeat(ends - lengths - 1 - bounds[:-1][order], lengths)
    is_digit = np.ones(len(joined), np.bool_)
    is_digit[ends - 1] = False
    target = np.flatnonzero(is_digit)
    joined[target] = digits[target - moved]
    return joined.tobytes().decode("ascii"), [0, *ends.tolist()]
