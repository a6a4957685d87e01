"""What a process takes: seconds and memory, of one or of two in turn."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 5


@dataclass(frozen=True)
class Run:
    """One run: seconds of wall time, megabytes of memory of the largest process at its peak, and
    seconds of processor time of it and what it started.
    """

    seconds: float
    megabytes: float
    processor: float


@dataclass(frozen=True)
class Command:
    """Arguments of this Python, the folder to run it in, and what is moved away from there."""

    arguments: Sequence[str]
    folder: Path
    anew: Sequence[str] = ()

    def run(self) -> Run:
        """Run it once in a process of its own, whose standard output is dropped."""
        for made in self.anew:
            moved_away(self.folder / made)
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody compiles what is installed again
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *self.arguments],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{' '.join(self.arguments)} in {self.folder} failed")
        unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes there, kilobytes here
        seconds, processor = time.perf_counter() - start, usage.ru_utime + usage.ru_stime
        return Run(seconds, usage.ru_maxrss * unit / 1e6, processor)


def moved_away(folder: Path) -> None:
    """Let nothing be at ``folder``, and delete nothing: where much was just deleted, ext4 takes
    several times as long to begin a file.
    """
    if folder.exists():
        away = tempfile.mkdtemp(dir=folder.parent.parent)
        folder.rename(Path(away) / folder.name)


def compare(name: str, ours: Command, theirs: Command, share: float, limit: float) -> None:
    """Print the median over ROUNDS of (ours / theirs) × ``share``, after a warm-up."""
    ours.run(), theirs.run()
    pairs = [(ours.run(), theirs.run()) for _ in range(ROUNDS)]
    ratio = statistics.median(a.seconds / b.seconds for a, b in pairs) * share
    seconds = [statistics.median(run.seconds for run in runs) for runs in zip(*pairs, strict=True)]
    memory = max(run.megabytes for run, _ in pairs)
    print(
        f"{name}: {ratio:.2f} (at most {limit}); {seconds[0]:.2f} s : {seconds[1]:.2f} s, "
        f"the first with {memory:.0f} MB at most",
        flush=True,
    )
