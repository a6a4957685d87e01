"""Asks Lighthouse about each kind of page, on a phone and on a desktop, as nginx serves it.

Prints the four scores of each, and every audit that is not at its best. A machine that does other
things meanwhile lowers the scores of performance, and only those.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pages import PAGES, published

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sitehouse import chromium_path
from webserver import nginx

NODE = Path(sysconfig.get_path("scripts")) / "node"
PROGRAM = Path(__file__).parent / "node_modules/lighthouse/cli/index.js"
ASKED = ("home", "notice", "ledger", "search")
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


def rows(name: str, report: dict[str, Any]) -> Iterator[str]:
    scores = (
        f"{each['title']} {100 * each['score']:.0f}" for each in report["categories"].values()
    )
    yield f"{name}: {', '.join(scores)}"
    asked = {
        reference["id"]: reference["weight"]
        for category in report["categories"].values()
        for reference in category["auditRefs"]
    }
    for audit in report["audits"].values():
        if audit["id"] in asked and audit["score"] is not None and audit["score"] < 1:
            shown = audit.get("displayValue", "")
            yield f"    {audit['score']:.2f} {audit['id']} (weight {asked[audit['id']]}) {shown}"


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with nginx(published(folder), folder / "nginx") as address:
            for screen, options in SCREENS.items():
                for page in ASKED:
                    report = ask(address + PAGES[page], options, folder)
                    for row in rows(f"{page}, {screen}", report):
                        print(row, flush=True)


if __name__ == "__main__":
    main()
