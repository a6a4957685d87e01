"""Measures a publication: from a push of one changed word to the public site.

A server as `make server` sets it up, on this machine. What MkDocs takes is told apart from
the rest: git, the check before the push is taken, checkout, reading back, sealing, switching.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import ROUNDS

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from publishing import ADDRESS, WORDS, Editor, Server, found_repository

STEP = re.compile(r"(\w+) (\d+\.\d+)")
MAKING = "生成"  # the pages; the check runs meanwhile
LIMIT = 1.5  # seconds, on two cores


def publish(editor: Editor, number: int) -> dict[str, float]:
    """Push one changed word; return the seconds of each step that the server tells, and of all."""
    editor.write(f"{WORDS}{number}", instead_of=WORDS)
    start = time.perf_counter()
    pushed = editor.push()
    total = time.perf_counter() - start
    if pushed.returncode or "已经公开" not in pushed.stderr:
        sys.exit(pushed.stderr)
    editor.write(WORDS, instead_of=f"{WORDS}{number}")
    told = "\n".join(line for line in pushed.stderr.splitlines() if "秒" in line)
    return {"total": total, **{name: float(seconds) for name, seconds in STEP.findall(told)}}


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        server = Server.set_up(folder / "srv", f"SITE_URL={ADDRESS}")
        project = found_repository(folder / "project")
        subprocess.run(
            ["git", "push", "--quiet", server.repository, "main"], cwd=project, check=True
        )
        editor = Editor(server, folder / "editor")
        runs = [publish(editor, number) for number in range(ROUNDS + 1)]
    steps = {name: statistics.median(run[name] for run in runs[1:]) for name in runs[0]}
    rest = statistics.median(run["total"] - run[MAKING] for run in runs[1:])
    print("push to public: " + ", ".join(f"{name} {value:.2f} s" for name, value in steps.items()))
    ratio = rest / steps[MAKING]
    print(f"all but {MAKING}: {rest:.2f} s (at most {LIMIT}), {ratio:.2f} of what MkDocs takes")


if __name__ == "__main__":
    main()
