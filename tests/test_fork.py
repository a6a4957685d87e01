"""The way out: MkDocs has had no release since 2024; ProperDocs is a fork that takes its place."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_the_fork_builds_the_same_site_byte_for_byte(clone: Path, tmp_path: Path) -> None:
    sites = {name: made(clone, tmp_path / name, name) for name in ("mkdocs", "properdocs")}
    assert sites["mkdocs"].keys() == sites["properdocs"].keys()
    differing = [
        path for path, data in sites["mkdocs"].items() if data != sites["properdocs"][path]
    ]
    assert differing == []
    assert len(sites["mkdocs"]) > 30


def made(project: Path, site: Path, program: str) -> dict[str, bytes]:
    """Build ``project`` into ``site`` with ``program``; return its files by their paths."""
    command = [sys.executable, "-m", program, "build", "--strict", "--config-file", "mkdocs.yml"]
    variables = {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": "1700000000"}
    # What the other one rendered would be taken for its own.
    variables["NOTICES_CACHE"] = f"{site}.cache"
    done = subprocess.run(
        [*command, "--site-dir", str(site)],
        cwd=project, env={**os.environ, **variables}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    paths = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}
