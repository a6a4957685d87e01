"""A cluster of Dask on this machine alone: a scheduler, and workers of one thread each."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator

_HERE = ("--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0")
_WORKER = ("--no-nanny", "--nthreads", "1", "--death-timeout", "20")


@contextlib.contextmanager
def started_scheduler() -> Iterator[str]:
    """Let a scheduler run; give its address."""
    with _dask("scheduler", "--port", "0") as process:
        yield _until("Scheduler at:", process)


@contextlib.contextmanager
def started_worker(scheduler: str, folder: str) -> Iterator[subprocess.Popen[str]]:
    """Let a worker run, which has its files in ``folder``."""
    with _dask("worker", scheduler, *_WORKER, "--local-directory", folder) as process:
        _until("Registered to", process)
        yield process


@contextlib.contextmanager
def _dask(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "dask", *arguments, *_HERE]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _until(words: str, process: subprocess.Popen[str]) -> str:
    """Wait until ``process`` has said ``words``; return what it says behind them."""
    assert process.stderr
    line = next((line for line in process.stderr if words in line), "")
    assert line, "it has ended"
    return line.partition(words)[2].strip()
