"""The postings of notices: which characters, and which two after one another, stand in which
section of each; and the index of pairs that is made of those of all.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO

import numpy as np
import numpy.typing as npt

from .buckets import ALONE, MIX, Bucket
from .lists import CODE, CODE_BITS, Keys, Lists, Numbers, Places, changes, write_buckets
from .texts import Folded

Postings = npt.NDArray[np.uint64]
"""Those of a notice, ascending, as one number each: first character, second or ALONE, whether in a
title, section; of a character alone no section.
"""

_SECTION_BITS = np.uint64(21)
_TITLE = np.uint64(1) << _SECTION_BITS
_SECTION = _TITLE - np.uint64(1)
_KEY_SHIFT = _SECTION_BITS + np.uint64(1)
_FIRST_SHIFT = _KEY_SHIFT + CODE_BITS
_GROUPS = 32  # of buckets, written one after the other: bounds the memory
_BREAK = ord("\n")  # no pair reaches over it, and folding leaves none in a text


def postings_of(notice: Sequence[Folded]) -> Postings:
    """Return the postings of a notice of these sections, each once."""
    titles = [f"{section.title}\n" for section in notice]
    texts = [f"{section.title}\n{section.text}\n" for section in notice]
    alphabet, signs = _signs("".join((*texts, *titles)))
    bits = len(notice).bit_length()
    sections = np.arange(len(notice))
    sections = np.concatenate([sections, sections | 1 << bits])
    places = np.repeat(sections, [len(text) for text in (*texts, *titles)])
    width, below = len(alphabet).bit_length(), bits + 1
    pairs = (signs[:-1] << width | signs[1:]) << below | places[:-1]
    alone = np.arange(2, len(alphabet)) << width + below | 1 << below
    packed = np.concatenate([alone, pairs[(signs[:-1] > 0) & (signs[1:] > 0)]])
    # So few binary digits are sorted in a third of the time.
    packed = np.sort(packed.astype(np.uint32) if 2 * width + below <= 32 else packed)
    packed = packed[changes(packed)].astype(np.int64)
    keys = alphabet[packed >> width + below] << CODE_BITS
    keys |= alphabet[packed >> below & (1 << width) - 1]
    in_section = (packed & (1 << bits) - 1) | (packed >> bits & 1) << np.int64(_SECTION_BITS)
    found: Postings = keys << _KEY_SHIFT | in_section.astype(np.uint64)
    return found


def _signs(text: str) -> tuple[Keys, Places]:
    """Return the codes that occur in ``text``, ascending, the line break first and then ALONE; and
    for each of its characters which of them it is.
    """
    codes = np.frombuffer(text.encode("utf-32-le"), "<u4")
    occurs = np.zeros(int(codes.max(initial=ord(ALONE))) + 1, np.bool_)
    occurs[codes] = occurs[[_BREAK, ord(ALONE)]] = True
    alphabet = np.flatnonzero(occurs)
    places = np.empty(len(occurs), np.intp)
    places[alphabet] = np.arange(len(alphabet))
    return alphabet.astype(np.uint64), places[codes]


def keys_of(postings: Postings) -> Keys:
    """Return the key of each posting."""
    return postings >> _KEY_SHIFT


def in_titles(postings: Postings) -> Numbers:
    """Return 1 for each posting of a title, 0 for the others."""
    return (postings >> _SECTION_BITS & np.uint64(1)).astype(np.int64)


def numbers_of(postings: Postings, number: int, section_bits: int) -> Numbers:
    """Return the number in the index of each posting of the notice of that ``number``: that of the
    section or, of a character alone, of the notice.
    """
    sections = (postings & _SECTION).astype(np.int64) + (number << section_bits)
    return np.where(keys_of(postings) & CODE == ord(ALONE), number, sections)


def buckets_of(keys: Keys, buckets: int) -> Places:
    """Return what :func:`notices.outputs.search.buckets.bucket_of` says, for many."""
    first, second = (keys >> CODE_BITS).astype(np.uint32), (keys & CODE).astype(np.uint32)
    mixed = first * np.uint32(MIX[0]) ^ second
    mixed = (mixed ^ mixed >> np.uint32(15)) * np.uint32(MIX[1])
    whole = np.uint32((1 << (buckets - 1).bit_length()) - 1)
    numbers = (mixed ^ mixed >> np.uint32(13)) & whole
    return np.where(numbers < buckets, numbers, numbers & whole >> np.uint32(1)).astype(np.intp)


def make_buckets(
    notices: Iterable[tuple[int, Postings]], section_bits: int, buckets: int
) -> Iterator[Bucket]:
    """Yield the buckets of an index of ``notices``, each its number and its postings, ascending."""
    count = min(_GROUPS, buckets)
    numbers, widest = [], 0
    with contextlib.ExitStack() as open_files:
        groups = [_Group(open_files.enter_context(TemporaryFile())) for _ in range(count)]
        for number, postings in notices:
            numbers.append(number)
            widest = max(widest, int((postings[-1:] >> _FIRST_SHIFT).max(initial=0)))
            widest = max(widest, int((keys_of(postings) & CODE).max(initial=0)))
            for group, part in zip(groups, _in_groups(postings, buckets, count), strict=True):
                group.add(part)
        packing = _Sorting(np.array(numbers, np.int64), section_bits, widest.bit_length())
        for number, group in enumerate(groups):
            lists = packing.lists(*group.all())
            start, stop = (-(-buckets * each // count) for each in (number, number + 1))
            yield from write_buckets(lists, buckets_of(lists.keys, buckets), range(start, stop))


class _Group:
    """The postings of a group of buckets, in a ``file`` until all are there: those of all groups
    would take more memory than anything else.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._lengths: list[int] = []

    def add(self, postings: Postings) -> None:
        """Add those of the next notice."""
        self._file.write(postings.tobytes())
        self._lengths.append(len(postings))

    def all(self) -> tuple[Postings, Sequence[int]]:
        """Return those of all notices, one after the other, and how many each has."""
        self._file.seek(0)
        return np.frombuffer(self._file.read(), np.uint64), self._lengths


def _in_groups(postings: Postings, buckets: int, groups: int) -> list[Postings]:
    """Return the postings of each group of buckets."""
    group = (buckets_of(keys_of(postings), buckets) * groups // buckets).astype(np.uint8)
    ends = np.cumsum(np.bincount(group, minlength=groups))
    ordered = postings[np.argsort(group, kind="stable")]
    return np.split(ordered, ends[:-1])


class _Sorting:
    """The form in which postings of all notices are sorted: one number each, ascending in the order
    of the index. A notice is the place of its number, for which fewer binary digits do.
    """

    def __init__(self, numbers: Numbers, section_bits: int, code_bits: int) -> None:
        self.numbers, self.section_bits = numbers, section_bits
        self.code_bits = np.uint64(max(code_bits, 7))
        self.place_bits = np.uint64(len(numbers).bit_length() + section_bits)
        if 2 * int(self.code_bits) + 1 + int(self.place_bits) > 64:
            raise OverflowError(f"{len(numbers)} notices are too many for one index")

    def lists(self, postings: Postings, lengths: Sequence[int]) -> Lists:
        """Return the lists of ``postings``, of which each notice has so many."""
        places = np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
        one = np.uint64(1)
        packed = postings >> _FIRST_SHIFT
        packed = packed << self.code_bits | (keys_of(postings) & CODE)
        packed = packed << one | (postings >> _SECTION_BITS & one)
        packed = packed << self.place_bits | places << np.uint64(self.section_bits)
        packed |= postings & _SECTION
        packed.sort()
        return self._unpacked(packed)

    def _unpacked(self, packed: Postings) -> Lists:
        listed = packed >> self.place_bits
        key = listed >> np.uint64(1)
        heads = changes(key)
        codes = key[heads]
        keys = codes >> self.code_bits << CODE_BITS | codes & (
            (np.uint64(1) << self.code_bits) - np.uint64(1)
        )
        counts = np.diff(np.append(heads, len(packed)))
        lists = np.repeat(2 * np.arange(len(heads)), counts) + (listed & np.uint64(1)).astype(
            np.int64
        )
        place = (packed & ((np.uint64(1) << self.place_bits) - np.uint64(1))).astype(np.int64)
        numbers = self.numbers[place >> self.section_bits]
        alone = np.repeat(keys & CODE == ord(ALONE), counts)
        sections = (numbers << self.section_bits) + (place & (1 << self.section_bits) - 1)
        return Lists(keys, lists, np.where(alone, numbers, sections))
