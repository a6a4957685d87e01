"""Progress: of work that takes long, a terminal shows how much is done, how fast, and how long the
rest will take.

Where nobody looks, in a pipe or a pipeline, it shows nothing.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator

_LONG = 3.0  # seconds; of what takes less, nobody need be told
_OFTEN = 0.2  # seconds, after which the line may be another
_LINE = "{desc}：{n_fmt}/{total_fmt} 份 |{bar:20}| {rate_fmt}，还要 {remaining}"

Done = Callable[[int], object]
"""Is told of how many more are done."""


@contextlib.contextmanager
def shown(what: str, total: int) -> Iterator[Done]:
    """Give what is told of each that is done of ``total``; ``what`` says what is done to them."""
    if os.environ.get("CI") or not sys.stderr.isatty():
        yield lambda _: None
        return
    from tqdm import tqdm  # noqa: PLC0415 (most work is seen by nobody)

    # Where it had a thread to look after it, or a lock for other processes, nothing could fork.
    tqdm.monitor_interval = 0
    tqdm.set_lock(threading.RLock())
    size = shutil.get_terminal_size()  # of one that does not say, a usual one
    with tqdm(
        total=total,
        desc=what,
        unit="份",
        bar_format=_LINE,
        delay=_LONG,
        mininterval=_OFTEN,
        miniters=1,
        leave=False,
        ncols=size.columns,
        nrows=size.lines,
    ) as line:
        yield line.update
