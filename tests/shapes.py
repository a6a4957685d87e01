"""Projects of some of the shapes that real notices have."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from sitehouse import ROOT, copy_project

SHAPES = ROOT / "tests" / "shapes"
ALL = tuple(sorted(path.name for path in (SHAPES / "data" / "notices").iterdir()))
SMALL = ("one-level-paragraphs", "own-line", "table", "text-only")
"""Short ones, in the order of their names."""


def project_of(names: Sequence[str], target: Path) -> Path:
    """Write a project with the shapes of these ``names`` into ``target``; return it."""
    copy_project(target)
    for part in ("content", "data"):
        shutil.rmtree(target / part / "notices")
    for name in names:
        shutil.copytree(SHAPES / "data/notices" / name, target / "data/notices" / name)
        (target / "content/notices").mkdir(exist_ok=True)
        shutil.copy(SHAPES / f"content/notices/{name}.md", target / "content/notices")
    return target
