"""All pairs of an archive by how they begin to sound, at once: an archive of a thousand notices has
a million.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from .buckets import Bucket
from .lists import CODE_BITS, changes
from .spoken import WIDEST, Group, Groups

_Numbers = npt.NDArray[np.uint64]

# One number for each, in whose order they stand: two letters, how far the power is from the widest,
# and the codes of both characters.
_POWER_BITS = np.uint64(4)
_PAIR_BITS = 2 * CODE_BITS
_LETTERS_SHIFT = _PAIR_BITS + _POWER_BITS
_LETTER_BITS = np.uint64(8)
_LAST = 0xFFFF  # stands for all characters behind those that are read


class AllSpoken:
    """Finds the groups of all pairs by the ``letters`` with which each character may begin."""

    def __init__(self, letters: Mapping[str, str]) -> None:
        most = max(map(len, letters.values()))
        self._letters = np.zeros((most, _LAST + 1), np.uint64)
        for character, each in letters.items():
            self._letters[: len(each), ord(character)] = [*each.encode()]
        self._found: list[_Numbers] = [np.zeros(0, np.uint64)]

    def add(self, bucket: Bucket) -> None:
        """Add the pairs of ``bucket``."""
        if not bucket.keys:
            return
        codes = np.frombuffer(bucket.keys.encode("utf-32-le"), "<u4").reshape(-1, 2)
        lengths = [*map(len, bucket.lists.split(","))]
        powers = np.frexp(lengths)[1].clip(max=WIDEST)  # which is int.bit_length
        pairs = codes[:, 0].astype(np.uint64) << CODE_BITS | codes[:, 1]
        pairs |= (WIDEST - powers).astype(np.uint64) << _PAIR_BITS
        read = self._letters[:, codes.clip(max=_LAST)]
        for first in read[:, :, 0]:
            for second in read[:, :, 1]:
                is_read = (first > 0) & (second > 0)
                letters = (first << _LETTER_BITS | second)[is_read]
                self._found.append(letters << _LETTERS_SHIFT | pairs[is_read])

    def groups(self) -> Groups:
        """Return the groups, in the order of their letters."""
        return dict(self._groups(np.sort(np.concatenate(self._found))))

    @staticmethod
    def _groups(found: _Numbers) -> Iterator[tuple[str, Group]]:
        letters = found >> _LETTERS_SHIFT
        code = (np.uint64(1) << CODE_BITS) - np.uint64(1)
        codes = np.stack([found >> CODE_BITS & code, found & code], axis=1).astype("<u4")
        pairs = codes.tobytes().decode("utf-32-le")
        powers = WIDEST - (found >> _PAIR_BITS & np.uint64(15)).astype(np.uint8)
        digits = (powers + ord("0")).tobytes().decode("ascii")
        starts = changes(letters).tolist()
        for start, stop in itertools.pairwise([*starts, len(found)]):
            name = int(letters[start]).to_bytes(2).decode("ascii")
            yield name, Group(pairs[2 * start : 2 * stop], digits[start:stop])
