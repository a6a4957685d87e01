"""Measures how much faster two make the notices of an archive than one: processes of this machine,
and workers of a Dask cluster that are on it, too.

With all exports, and only the step that makes notices: what is made of all together is one
process's. The cluster needs a third of a processor beside its workers, for its scheduler and for
who asks it.
"""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import moved_away
from same_texts import make_project  # and lets the tests' helpers be imported

from dasks import started_scheduler, started_worker  # isort: skip

NOTICES, ROUNDS, LIMIT = 60, 3, 1.6
SECONDS = """
import os, pathlib, sys
os.sched_setaffinity(0, [*os.sched_getaffinity(0)][: int(sys.argv[1])])
from notices.publishing.build import Build
build = Build(pathlib.Path(), pathlib.Path("site"), workers=sys.argv[2])
build.run()
print(build.seconds["通报"])
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        project = make_project(Path(scratch) / "project", NOTICES, pages_only=False)
        one, two = ([_seconds(project, many) for _ in range(ROUNDS)] for many in (1, 2))
        _tell("two processes : one", one, two)
        one, two = (_by_cluster(project, many) for many in (1, 2))
        _tell("two workers of a cluster : one", one, two)


def _tell(name: str, one: list[float], two: list[float]) -> None:
    first, second = statistics.median(one), statistics.median(two)
    times = f"{first / second:.2f} times as fast (at least {LIMIT})"
    print(f"{name}: {times}; {first:.1f} s : {second:.1f} s", flush=True)


def _seconds(project: Path, processors: int, workers: str = "") -> float:
    """Return how long the notices take that are made anew."""
    for made in (".cache", "site"):
        moved_away(project / made)
    asked = [sys.executable, "-c", SECONDS, str(processors), workers]
    told = subprocess.run(asked, cwd=project, capture_output=True, text=True, check=True)
    return float(told.stdout)


def _by_cluster(project: Path, workers: int) -> list[float]:
    everywhere = os.cpu_count() or 1
    with contextlib.ExitStack() as running:
        scheduler = running.enter_context(started_scheduler())
        for _ in range(workers):
            running.enter_context(started_worker(scheduler, tempfile.gettempdir()))
        _seconds(project, everywhere, scheduler)  # which lets them load the software
        return [_seconds(project, everywhere, scheduler) for _ in range(ROUNDS)]


if __name__ == "__main__":
    main()
