"""Making the index of pairs of a whole archive, all at once.

It is what :func:`notices.search.buckets.postings` finds one by one, and in the form that
:func:`notices.search.buckets.write_bucket` gives it. An archive of a thousand notices has ten
million postings, so each is one number here, and they are sorted as such.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

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

_ALPHABET = np.frombuffer(DIGITS.encode(), np.uint8)
_BATCH = 600_000  # characters whose pairs are sorted at a time: bounds the memory
_BREAK = ord("\n")  # no pair reaches over it, and folding leaves none in a text


def make_buckets(notices: Iterable[Sequence[Folded]], buckets: int) -> Iterator[Bucket]:
    """Yield the buckets of an index of all sections of ``notices``, in the order of their numbers.

    Sections are numbered through, from 0, in the order given; so are notices.
    """
    texts, titles, characters = (_Characters(buckets) for _ in range(3))
    for notice in notices:
        texts.add([f"{each.title}\n{each.text}" for each in notice])
        titles.add([each.title for each in notice])
        characters.add_distinct("\n".join(f"{each.title}\n{each.text}" for each in notice))
    batches = max(1, texts.size // _BATCH)
    bounds = [buckets * number // batches for number in range(batches + 1)]
    for start, stop in itertools.pairwise(bounds):
        in_title = titles.pairs(start, stop) | _TITLE
        alone = characters.singles(start, stop)
        postings = np.concatenate([texts.pairs(start, stop), in_title, alone])
        postings.sort()
        yield from _write(postings[_changes(postings)], start, stop, buckets)


class _Characters:
    """The characters of texts in one array, and the number of its text for each."""

    def __init__(self, buckets: int) -> None:
        self.buckets = buckets
        self.size = 0
        self._parts: list[Codes] = []
        self._lengths: list[int] = []

    def add(self, texts: Sequence[str]) -> None:
        """Add texts, numbered on from those before."""
        self._add(_codes("\n".join(texts) + "\n"), [len(text) + 1 for text in texts])

    def add_distinct(self, text: str) -> None:
        """Add the characters of one text, each once."""
        codes = np.sort(_codes(text))
        codes = codes[_changes(codes)]
        self._add(codes, [len(codes)])

    def _add(self, codes: Codes, lengths: list[int]) -> None:
        self._parts.append(codes)
        self._lengths += lengths
        self.size += codes.size

    @cached_property
    def codes(self) -> Codes:
        codes = np.concatenate(self._parts)
        self._parts.clear()
        return codes

    def numbers(self, places: Places) -> Places:
        """Return the number of the text in which each of ``places`` lies."""
        return np.searchsorted(self.ends, places, side="right")

    @cached_property
    def ends(self) -> Places:
        return np.cumsum(self._lengths)

    @cached_property
    def pair_buckets(self) -> npt.NDArray[np.unsignedinteger]:
        """The bucket of each character with the next one; none for those at a line break."""
        found = _buckets(self.codes[:-1], self.codes[1:], self.buckets)
        breaks = np.flatnonzero(self.codes == _BREAK)
        found[breaks[:-1]] = found[breaks[breaks > 0] - 1] = self.buckets
        return found.astype(np.min_scalar_type(self.buckets))

    def pairs(self, start: int, stop: int) -> Postings:
        """Return the postings of all pairs whose buckets are from ``start`` to below ``stop``."""
        chosen = np.flatnonzero((self.pair_buckets >= start) & (self.pair_buckets < stop))
        return _postings(self.codes[chosen], self.codes[chosen + 1], self.numbers(chosen))

    def singles(self, start: int, stop: int) -> Postings:
        """Return the postings of single characters in those buckets."""
        found = _buckets(self.codes, np.uint32(0), self.buckets)
        chosen = np.flatnonzero((found >= start) & (found < stop) & (self.codes != _BREAK))
        return _postings(self.codes[chosen], np.zeros(1, np.uint32), self.numbers(chosen))


def _buckets(first: Codes, second: Codes | np.uint32, buckets: int) -> Codes:
    """Return what :func:`bucket_of` does, for many."""
    found = first * np.uint32(SPREAD)
    found += second
    found %= np.uint32(buckets)
    return found


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le"), "<u4")


def _postings(first: Codes, second: Codes, numbers: Places) -> Postings:
    found = first.astype(np.uint64) << _FIRST_SHIFT
    found |= second.astype(np.uint64) << _SECOND_SHIFT
    found |= numbers.astype(np.uint64)
    return found


def _write(postings: Postings, start: int, stop: int, buckets: int) -> Iterator[Bucket]:
    """Yield the buckets from ``start`` to below ``stop``, made of sorted ``postings``."""
    heads = _changes(postings >> _NUMBER_BITS)
    numbers = (postings & (_TITLE - np.uint64(1))).astype(np.int64)
    gaps = np.diff(numbers, prepend=0)
    gaps[heads] = numbers[heads] + 1
    digits, begins = _digits(gaps, heads[(postings[heads] & _TITLE) != 0])
    keys = _changes(postings >> _SECOND_SHIFT)
    first = (postings[keys] >> _FIRST_SHIFT).astype("<u4")
    second = ((postings[keys] >> _SECOND_SHIFT) & np.uint64((1 << 21) - 1)).astype("<u4")
    bucket = _buckets(first, second, buckets)
    order = np.argsort(bucket, kind="stable")
    characters = np.stack([first, np.where(second, second, ord(ALONE))], axis=1, dtype="<u4")[order]
    names = characters.tobytes().decode("utf-32-le")
    lists, at = _joined(digits, np.append(begins[keys], len(digits)), order)
    ends = np.cumsum(np.bincount(bucket - np.uint32(start), minlength=stop - start)).tolist()
    for begin, end in itertools.pairwise([0, *ends]):
        yield Bucket(names[2 * begin : 2 * end], lists[at[begin] : max(at[end] - 1, at[begin])])


def _changes(numbers: npt.NDArray[np.unsignedinteger]) -> Places:
    """Return where ``numbers`` differ from the one before, the first always."""
    return np.flatnonzero(np.diff(numbers, prepend=~numbers[:1]))


def _digits(gaps: npt.NDArray[np.int64], in_title: Places) -> tuple[npt.NDArray[np.uint8], Places]:
    """Return all ``gaps`` as they are written, and where each begins; a list of sections that
    have the pair in their title, whose first is in ``in_title``, begins with a space.
    """
    lengths = np.ones(len(gaps), np.intp)
    for digit in range(1, 5):
        lengths += gaps >= 1 << 5 * digit
    widths = lengths.copy()
    widths[in_title] += 1
    begins = np.cumsum(widths) - widths
    written = np.full(int(widths.sum()), ord(" "), np.uint8)
    digits_at = begins + (widths - lengths)
    for digit in range(int(lengths.max(initial=0))):
        more = np.flatnonzero(lengths > digit)
        value = (gaps[more] >> 5 * digit) & 31
        written[digits_at[more] + digit] = _ALPHABET[value + 32 * (lengths[more] > digit + 1)]
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
    target = np.delete(np.arange(len(joined)), ends - 1)
    joined[target] = digits[target - moved]
    return joined.tobytes().decode("ascii"), [0, *ends.tolist()]
