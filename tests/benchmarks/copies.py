"""Makes archives to measure with: many copies of the sample notice in one project."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from sitehouse import SAMPLE, SAMPLE_ROOT, copy_project, copy_software  # noqa: E402


def make_archive(target: Path, copies: int) -> Path:
    """Write a project of ``copies`` notices, each the sample under an id of its own."""
    project = copy_software(copy_project(target), is_clone=True)
    data, content = project / "data" / "notices", project / "content" / "notices"
    for number in range(2, copies + 1):
        shutil.copytree(data / SAMPLE, data / f"{SAMPLE}-{number}")
        shutil.copy(content / f"{SAMPLE}.md", content / f"{SAMPLE}-{number}.md")
    return project


def make_plain(target: Path, plugins: str = "[]") -> Path:
    """Write a plain Material site of the same Markdown: the peer to compare to."""
    shutil.copytree(SAMPLE_ROOT / "content", target / "docs")
    settings = f"site_name: plain\nplugins: {plugins}\nmarkdown_extensions: [attr_list]\n"
    theme = "theme: {name: material, font: false, language: zh}\n"
    (target / "mkdocs.yml").write_text(settings + theme, encoding="utf-8")
    return target
