"""Measures a preview: from a file that is saved to the page that shows it, or the fault in it."""

from __future__ import annotations

import contextlib
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import yaml
from measure import ROUNDS
from same_texts import make_project

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from publishing import found_repository
from sitehouse import SAMPLE, software_of

ITEM = f"data/notices/{SAMPLE}/items/1-3-2.yml"
PAGE = f"notices/{SAMPLE}/"
LIMIT = 1.0  # seconds
LARGE = 1000  # notices
PAUSE = 1.0  # between two edits
PATIENCE = 200  # seconds; the first build of an archive takes some


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


def measure(project: Path, item: str, page: str, edits: dict[str, str]) -> None:
    sound = (project / item).read_text(encoding="utf-8")
    with preview(project) as address:
        for name, line in edits.items():
            seconds = []
            for number in range(ROUNDS):
                added = line.format(number)
                time.sleep(PAUSE)
                (project / item).write_text(sound + added, encoding="utf-8")
                words = added.strip().removeprefix("goal: ").partition(":")[0]
                seconds.append(wait(address + page, words))
            median = statistics.median(seconds)
            print(f"{name} is seen after {median:.2f} s (at most {LIMIT})", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        project = found_repository(Path(scratch) / "project")
        edit = "goal: 虚构{}号\n"
        edits = {"an edit": edit, "a fault": "goal_{}: 甲\n"}
        measure(project, ITEM, PAGE, edits)
        archive = make_project(Path(scratch) / "archive", LARGE, pages_only=True)
        item = archive / "data/notices/invented-7/items/1-1-1.yml"
        facts = json.loads(item.read_text(encoding="utf-8"))
        facts.pop("goal", None)
        item.write_text(yaml.safe_dump(facts, allow_unicode=True), encoding="utf-8")
        name = f"an edit among {LARGE} notices"
        measure(archive, str(item.relative_to(archive)), "notices/invented-7/", {name: edit})


if __name__ == "__main__":
    main()
