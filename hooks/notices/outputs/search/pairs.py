"""Making the index of pairs of a whole archive, all at once.

It is what ``postings`` of :mod:`notices.outputs.search.buckets` finds one by one, and in the form
that ``write_bucket`` gives it there. An archive of a thousand notices has ten million postings, so
each is one number here, and they are sorted as such.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from .buckets import ALONE, DIGITS, SPREAD, Bucket
from .texts import Folded

Places = npt.NDArray[np.intp]
Codes = npt.NDArray[np.uint32]
Postings = npt.NDArray[np.uint64]
"""One number for: first character, second or 0, whether in a title, section or notice."""

_NUMBER_BITS = np.uint64(21)  # two million sections
_TITLE = np.uint64(1) << _NUMBER_BITS
_SECOND_SHIFT = _NUMBER_BITS + np.uint64(1)
_FIRST_SHIFT = _SECOND_SHIFT + np.uint64(21)
_CHARACTER = np.uint64((1 << 21) - 1)

_ALPHABET = np.frombuffer(DIGITS.encode(), np.uint8)
_GROUPS = 16  # of buckets, written one after the other: bounds the memory
_BREAK = ord("\n")  # no pair reaches over it, and folding leaves none in a text


def make_buckets(notices: Iterable[Sequence[Folded]], buckets: int) -> Iterator[Bucket]:
    """Yield the buckets of an index of all sections of ``notices``, in the order of their numbers.

    Sections are numbered through, from 0, in the order given; so are notices.
    """
    groups: list[list[Postings]] = [[] for _ in range(min(_GROUPS, buckets))]
    first = 0
    for number, notice in enumerate(notices):
        postings = _postings(notice, number, first)
        for group, part in zip(groups, _in_groups(postings, buckets, len(groups)), strict=True):
            group.append(part)
        first += len(notice)
    for number, group in enumerate(groups):
        postings = np.sort(np.concatenate(group)) if group else np.empty(0, np.uint64)
        group.clear()
        start, stop = (-(-buckets * each // len(groups)) for each in (number, number + 1))
        yield from _write(postings, start, stop, buckets)


def _postings(notice: Sequence[Folded], number: int, first: int) -> Postings:
    """Return the postings of one notice, each once."""
    texts = [f"{section.title}\n{section.text}\n" for section in notice]
    titles = [f"{section.title}\n" for section in notice]
    codes = _codes("".join(texts))
    alone = codes[codes != _BREAK].astype(np.uint64) << _FIRST_SHIFT | np.uint64(number)
    pairs = _pairs(codes, texts, first)
    in_title = _pairs(_codes("".join(titles)), titles, first) | _TITLE
    postings = np.sort(np.concatenate([alone, pairs, in_title]))
    return postings[_changes(postings)]


def _pairs(codes: Codes, texts: Sequence[str], first: int) -> Postings:
    """Return the postings of the pairs of texts whose characters are ``codes``."""
    lengths = [len(text) for text in texts]
    numbers = np.repeat(np.arange(first, first + len(texts), dtype=np.uint64), lengths)
    wide = codes.astype(np.uint64)
    pairs = wide[:-1] << _FIRST_SHIFT | wide[1:] << _SECOND_SHIFT | numbers[:-1]
    found: Postings = pairs[(codes[:-1] != _BREAK) & (codes[1:] != _BREAK)]
    return found


def _in_groups(postings: Postings, buckets: int, groups: int) -> list[Postings]:
    """Return the postings of each group of buckets."""
    group = (_buckets(postings, buckets) * groups // buckets).astype(np.uint8)
    ends = np.cumsum(np.bincount(group, minlength=groups))
    ordered = postings[np.argsort(group, kind="stable")]
    return [part.copy() for part in np.split(ordered, ends[:-1])]


def _buckets(postings: Postings, buckets: int) -> Places:
    """Return what :func:`notices.outputs.search.buckets.bucket_of` says, for many."""
    first, second = _characters(postings)
    return ((first * np.uint64(SPREAD) + second) % np.uint64(buckets)).astype(np.intp)


def _characters(postings: Postings) -> tuple[Postings, Postings]:
    return postings >> _FIRST_SHIFT, postings >> _SECOND_SHIFT & _CHARACTER


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le"), "<u4")


def _write(postings: Postings, start: int, stop: int, buckets: int) -> Iterator[Bucket]:
    """Yield the buckets from ``start`` to below ``stop``, made of sorted ``postings``."""
    heads = _changes(postings >> _NUMBER_BITS)
    numbers = (postings & (_TITLE - np.uint64(1))).astype(np.int32)
    gaps = np.diff(numbers, prepend=np.int32(0))
    gaps[heads] = numbers[heads] + 1
    digits, begins = _digits(gaps, heads[(postings[heads] & _TITLE) != 0])
    keys = _changes(postings >> _SECOND_SHIFT)
    bucket = _buckets(postings[keys], buckets)
    order = np.argsort(bucket, kind="stable")
    first, second = _characters(postings[keys][order])
    characters = np.stack([first, np.where(second, second, ord(ALONE))], axis=1)
    names = characters.astype("<u4").tobytes().decode("utf-32-le")
    lists, at = _joined(digits, np.append(begins[keys], len(digits)), order)
    ends = np.cumsum(np.bincount(bucket - start, minlength=stop - start)).tolist()
    for begin, end in itertools.pairwise([0, *ends]):
        yield Bucket(names[2 * begin : 2 * end], lists[at[begin] : max(at[end] - 1, at[begin])])


def _changes(numbers: npt.NDArray[np.unsignedinteger]) -> Places:
    """Return where ``numbers`` differ from the one before, the first always."""
    changed = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=changed[1:])
    return np.flatnonzero(changed)


def _digits(gaps: npt.NDArray[np.int32], in_title: Places) -> tuple[npt.NDArray[np.uint8], Places]:
    """Return all ``gaps`` as they are written, and where each begins; a list of sections that
    have the pair in their title, whose first is in ``in_title``, begins with a space.
    """
    lengths = np.ones(len(gaps), np.uint8)
    for digit in range(1, 5):
        lengths += gaps >= 1 << 5 * digit
    widths = lengths.copy()
    widths[in_title] += 1
    begins = np.cumsum(widths, dtype=np.intp) - widths
    written = np.full(int(widths.sum()), ord(" "), np.uint8)
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
