"""Stamps: how a file stood when it was read, by which it is known that nobody wrote to it since.

As git knows the files of a work tree: by size, number on the disk, and the times of the last write
and of the last change of any kind. The last, the kernel sets, and no program can set it back. Times
go in ticks: who writes twice within one leaves the same time. So a file that was written just
before it was read has no stamp yet, and is read again the next time.
"""

from __future__ import annotations

import os

_TICK = 20_000_000  # nanoseconds; the longest of a Linux kernel is half of it
_SECOND = 1_000_000_000  # of a disk that knows no less, of which some know only every other


Stamp = tuple[int, int, int, int]
"""How a file stands: its size, when it was written and changed, its number. Equal only while its
content is. Plain, as ten thousands are kept and compared.
"""


def stamp_of(details: os.stat_result) -> Stamp:
    """Return the stamp of a file that has these ``details``."""
    return details.st_size, details.st_mtime_ns, details.st_ctime_ns, details.st_ino


def is_settled(stamp: Stamp, now: int) -> bool:
    """Tell whether who wrote after ``now``, in nanoseconds, would have left another stamp."""
    _, _, changed, _ = stamp
    return changed + (_TICK if changed % _SECOND else 2 * _SECOND) < now
