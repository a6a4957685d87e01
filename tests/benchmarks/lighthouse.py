"""Asks Lighthouse about each kind of page, on a phone and on a desktop, as nginx serves it.

Prints the four scores of each, how long the page is deaf to a reader (total blocking time), and
every audit that is not at its best; then the same of the notice beside pages of others with the
same text. All are medians of several runs, which ``--runs`` gives: a machine that does other things
meanwhile lowers the scores of performance, and only those.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pages import PAGES, published
from peers import NOTICE, PEERS

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sitehouse import chromium_path
from webserver import nginx

NODE = Path(sysconfig.get_path("scripts")) / "node"
PROGRAM = Path(__file__).parent / "node_modules/lighthouse/cli/index.js"
ASKED = {name: PAGES[name] for name in ("home", "notice", "ledger", "search results")} | {
    "item": f"{NOTICE}#2-4-3",
}
RUNS = 5
# Who is root has no sandbox.
FLAGS = "--chrome-flags=--headless=new" + (" --no-sandbox" if os.geteuid() == 0 else "")
SCREENS = {"phone": [FLAGS], "desktop": [FLAGS, "--preset=desktop"]}


def ask(url: str, options: list[str], folder: Path) -> dict[str, Any]:
    """Return what Lighthouse reports of the page at ``url``."""
    report = folder / "report.json"
    done = subprocess.run(
        [NODE, PROGRAM, url, "--quiet", "--output=json", f"--output-path={report}", *options],
        env={**os.environ, "CHROME_PATH": chromium_path(whole=True), "HOME": str(folder)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(done.stdout)
    result: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return result


def median(url: str, options: list[str], folder: Path, runs: int) -> dict[str, Any]:
    """Return the report of so many that has the median score of performance."""
    reports = [ask(url, options, folder) for _ in range(runs)]
    reports.sort(key=lambda report: float(report["categories"]["performance"]["score"]))
    middle = reports[runs // 2]
    middle["blocked"] = statistics.median(map(blocked, reports))
    return middle


def blocked(report: dict[str, Any]) -> float:
    """Return how many milliseconds the page was deaf while it loaded."""
    return float(report["audits"]["total-blocking-time"]["numericValue"])


def rows(name: str, report: dict[str, Any]) -> Iterator[str]:
    scores = (
        f"{each['title']} {100 * each['score']:.0f}" for each in report["categories"].values()
    )
    yield f"{name}: {', '.join(scores)}; deaf for {report['blocked']:.0f} ms"
    asked = {
        reference["id"]: reference["weight"]
        for category in report["categories"].values()
        for reference in category["auditRefs"]
    }
    for audit in report["audits"].values():
        if audit["id"] in asked and audit["score"] is not None and audit["score"] < 1:
            shown = audit.get("displayValue", "")
            yield f"    {audit['score']:.2f} {audit['id']} (weight {asked[audit['id']]}) {shown}"


def compare(folder: Path, ours: str, runs: int) -> Iterator[str]:
    """Yield a line for the notice of each peer, on a phone, and one for ours, asked in turn."""
    with contextlib.ExitStack() as stack:
        sites = {"ours": ours}
        for name, make in PEERS.items():
            own = folder / name.split()[0]
            own.mkdir()
            sites[name] = stack.enter_context(nginx(make(own), own / "nginx"))
        found: dict[str, list[dict[str, Any]]] = {name: [] for name in sites}
        for _ in range(runs):
            for name, address in sites.items():
                found[name].append(ask(address + NOTICE, SCREENS["phone"], folder))
    for name, reports in found.items():
        score = statistics.median(
            100 * report["categories"]["performance"]["score"] for report in reports
        )
        deaf = statistics.median(map(blocked, reports))
        yield f"the notice, phone, {name:15} Performance {score:3.0f}; deaf for {deaf:4.0f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with nginx(published(folder), folder / "nginx") as address:
            for screen, options in SCREENS.items():
                for page, path in ASKED.items():
                    report = median(address + path, options, folder, runs)
                    for row in rows(f"{page}, {screen}", report):
                        print(row, flush=True)
            for row in compare(folder, address, runs):
                print(row, flush=True)


if __name__ == "__main__":
    main()
