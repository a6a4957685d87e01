"""Measures the build: beside a plain Material site of the same text, and as the archive grows.

Each figure is that of a whole ``mkdocs build`` process. The two of a pair run in turn, so that a
machine that slows down slows both; what is promised is the median of their ratios, not seconds.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from archive import make_archive, make_plain

ROUNDS = 5


@dataclass(frozen=True)
class Run:
    """One build: seconds of wall time, and megabytes of memory at its peak."""

    seconds: float
    megabytes: float


def measure(project: Path) -> Run:
    """Build ``project`` once in a process of its own."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=project, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"the build of {project} failed")
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes there, kilobytes here
    return Run(time.perf_counter() - start, usage.ru_maxrss * unit / 1e6)


def compare(name: str, ours: Path, theirs: Path, share: float, limit: float) -> None:
    """Print the median over ROUNDS of (ours / theirs) × ``share``, after a warm-up."""
    measure(ours), measure(theirs)
    pairs = [(measure(ours), measure(theirs)) for _ in range(ROUNDS)]
    ratio = statistics.median(a.seconds / b.seconds for a, b in pairs) * share
    seconds = [statistics.median(run.seconds for run in runs) for runs in zip(*pairs, strict=True)]
    memory = max(run.megabytes for run, _ in pairs)
    print(
        f"{name}: {ratio:.2f} (at most {limit}); {seconds[0]:.2f} s : {seconds[1]:.2f} s, "
        f"the first with {memory:.0f} MB at most"
    )


def first_build(folder: Path) -> None:
    """Print the ratio of first builds, when no template of ours has been compiled yet."""
    ratios = []
    for number in range(ROUNDS):
        fresh = make_archive(folder / f"fresh-{number}", 1)
        plain = make_plain(folder / f"plain-{number}")
        ratios.append(measure(fresh).seconds / measure(plain).seconds)
    print(f"first build of a clone : plain Material: {statistics.median(ratios):.2f}")


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        first_build(folder)
        sample, plain = make_archive(folder / "1", 1), make_plain(folder / "plain")
        compare("sample : plain Material", sample, plain, 1, 1.5)
        large, small = make_archive(folder / "200", 200), make_archive(folder / "20", 20)
        compare("per notice, 200 : 20", large, small, 20 / 200, 1.2)


if __name__ == "__main__":
    main()
