"""A stamp tells of every write that comes after it, or is none yet."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from notices.stamp import is_settled, stamp_of

TICK, SECOND = 20_000_000, 1_000_000_000


def back(path: Path, act: Callable[[Path], object]) -> None:
    """Do ``act``, and set the times of the file back to what they were."""
    details = path.stat()
    act(path)
    os.utime(path, ns=(details.st_atime_ns, details.st_mtime_ns))


WRITES: dict[str, Callable[[Path], object]] = {
    "longer": lambda path: path.write_bytes(b"abc"),
    "as long": lambda path: path.write_bytes(b"ba"),
    "as long, and the time set back": lambda path: back(path, lambda at: at.write_bytes(b"ba")),
    "another file in its place": lambda path: (path.with_name("y").write_bytes(b"ba"),
                                               path.with_name("y").replace(path)),
}  # fmt: skip


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_who_writes_later_leaves_another_stamp(
    tmp_path: Path, write: Callable[[Path], object]
) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"ab")
    while not is_settled(stamp := stamp_of(path.stat()), time.time_ns()):
        time.sleep(0.005)
    write(path)
    assert stamp_of(path.stat()) != stamp


def test_what_is_only_read_keeps_its_stamp(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"ab")
    stamp = stamp_of(path.stat())
    path.read_bytes()
    assert stamp_of(path.stat()) == stamp


@pytest.mark.parametrize(
    ("changed", "now", "settled"),
    [
        (SECOND + 1, SECOND + 1, False),
        (SECOND + 1, SECOND + 1 + TICK, False),
        (SECOND + 1, SECOND + 2 + TICK, True),
        (SECOND + 1, 0, False),
        (5 * SECOND, 5 * SECOND + 2 * TICK, False),
        (5 * SECOND, 7 * SECOND, False),
        (5 * SECOND, 7 * SECOND + 1, True),
    ],
)
def test_a_stamp_is_none_within_the_tick_of_a_write(changed: int, now: int, settled: bool) -> None:
    """The tick of the disk, of which some count in seconds."""
    assert is_settled((2, 0, changed, 1), now) == settled
