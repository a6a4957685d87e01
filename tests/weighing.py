"""Weighs the checker: for each folder on standard input, a line of JSON with what a check took.

Every check has a process of its own, forked from one that has imported everything already.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path

from notices.checks import inspect

SECONDS = 10  # of processor time; whoever needs more is ended


def main() -> None:
    for line in sys.stdin:
        project = Path(line.rstrip("\n"))
        child = os.fork()
        if not child:
            check(project)
        _, status, usage = os.wait4(child, 0)
        unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes there, kilobytes here
        taken = {
            "status": os.waitstatus_to_exitcode(status),
            "seconds": usage.ru_utime + usage.ru_stime,
            "megabytes": usage.ru_maxrss * unit / 1e6,
        }
        print(json.dumps(taken), flush=True)


def check(project: Path) -> None:
    """Write the problems of ``project`` beside it, and end the process: with 1 after an error."""
    status = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        problems = [str(problem) for problem in inspect(project)[1]]
        project.with_name("problems.json").write_text(json.dumps(problems))
        status = 0
    finally:
        if status:
            sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
