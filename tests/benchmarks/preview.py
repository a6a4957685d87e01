"""Measures a preview: from a file that is saved to the page that shows it, or the fault in it."""

from __future__ import annotations

import contextlib
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from measure import ROUNDS

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from publishing import found_repository
from sitehouse import SAMPLE, software_of

ITEM = f"data/notices/{SAMPLE}/items/1-3-2.yml"
PAGE = f"notices/{SAMPLE}/"
LIMIT = 2.0  # seconds
PAUSE = 1.0  # between two edits
PATIENCE = 60  # seconds


def shows(address: str, words: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=PATIENCE) as page:
        return words in page.read().decode()
    return False


def wait(address: str, words: str) -> float:
    """Return the seconds until the page at ``address`` shows ``words``."""
    started = time.perf_counter()
    while not shows(address, words):
        if time.perf_counter() - started > PATIENCE:
            sys.exit(f"{address} does not show {words}")
        time.sleep(0.02)
    return time.perf_counter() - started


@contextlib.contextmanager
def preview(project: Path) -> Iterator[str]:
    """Serve a preview of ``project``; yield its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", place]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, cwd=project, env=software_of(project), stdout=quiet, stderr=quiet
    ) as process:
        try:
            wait(f"http://{place}/", "<main")
            yield f"http://{place}/"
        finally:
            process.terminate()


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        project = found_repository(Path(scratch) / "project")
        sound = (project / ITEM).read_text(encoding="utf-8")
        edits = {"an edit": "goal: 虚构{}号\n", "a fault": "goal_{}: 甲\n"}
        with preview(project) as address:
            for name, line in edits.items():
                seconds = []
                for number in range(ROUNDS):
                    added = line.format(number)
                    time.sleep(PAUSE)
                    (project / ITEM).write_text(sound + added, encoding="utf-8")
                    words = added.strip().removeprefix("goal: ").partition(":")[0]
                    seconds.append(wait(address + PAGE, words))
                median = statistics.median(seconds)
                print(f"{name} is seen after {median:.2f} s (at most {LIMIT})", flush=True)


if __name__ == "__main__":
    main()
