"""Makes archives to measure with: invented notices, no two alike, and Hugo sites of their texts."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
from pathlib import Path

from copies import ROOT  # and lets the tests' helpers be imported

from invented import make_notice, paragraphs  # isort: skip
from sitehouse import copy_project, copy_software  # isort: skip

HUGO = ROOT / "tests" / "benchmarks" / "hugo"
_MARKS = re.compile(r"^#+ | \{#[^}]*\}$")
_PAGES_ONLY = "downloads: []\nprecompressed: false\n"


def make_project(target: Path, notices: int, *, pages_only: bool) -> Path:
    """Write and commit a project of so many notices; with ``pages_only``, one that offers no
    exports and compresses nothing.
    """
    project = copy_software(copy_project(target), is_clone=True)
    for folder in (project / "data" / "notices", project / "content" / "notices"):
        shutil.rmtree(folder)
        folder.mkdir()
    (project / ".gitignore").write_text("site/\n", encoding="utf-8")
    if pages_only:
        with (project / "data" / "site.yml").open("a", encoding="utf-8") as file:
            file.write(_PAGES_ONLY)
    for number in range(1, notices + 1):
        _write_notice(project, number)
    commit(project, "archive", new=True)
    return project


def commit(project: Path, message: str, *, new: bool = False) -> None:
    """Commit all of ``project``, which is a ``new`` repository or one already."""
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    steps = [["init", "--quiet"]] if new else []
    steps += [["add", "--all"], [*who, "commit", "--quiet", "--message", message]]
    for step in steps:
        subprocess.run(["git", *step], cwd=project, check=True)


def _write_notice(project: Path, number: int) -> None:
    notice = make_notice(number)
    data = project / "data" / "notices" / notice.id
    (data / "items").mkdir(parents=True)
    texts = _texts(number)
    lines = (_MARKS.sub("", text) for text in texts)
    (data / "approved.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = "\n\n".join(texts)
    (project / "content" / "notices" / f"{notice.id}.md").write_text(f"{text}\n", encoding="utf-8")
    facts = notice.facts
    told = {
        "title": facts.title,
        "publisher": facts.publisher,
        "short_name": facts.short_name,
        "inspection": {"by": facts.inspection.by},
        "contact": {"phone": _phone(number)},
    }
    (data / "notice.yml").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    for item in notice.items:
        title = json.dumps({"title": item.facts.title}, ensure_ascii=False)
        (data / "items" / f"{item.id}.yml").write_text(title, encoding="utf-8")


def make_hugo(target: Path, notices: int) -> Path:
    """Write a Hugo site of the same texts: of each notice a page for each of its parts."""
    shutil.copytree(HUGO, target)
    for number in range(1, notices + 1):
        notice, folder = make_notice(number), target / "content" / f"invented-{number}"
        folder.mkdir(parents=True)
        parts = _parts(_texts(number))
        for weight, part in enumerate(parts):
            name = f"part-{weight}.md" if weight else "_index.md"
            title = part[0].lstrip("# ").partition(" {")[0] if weight else notice.facts.title
            head = {"title": title, "weight": weight, "org": notice.facts.publisher}
            body = "\n\n".join(part[1:] if weight else part)
            page = f"{json.dumps(head, ensure_ascii=False)}\n\n{body}\n"
            (folder / name).write_text(page, encoding="utf-8")
    return target


def _texts(number: int) -> list[str]:
    """Return the paragraphs of a notice, with their marks, and how to reach whoever answers."""
    return [*paragraphs(number), f"联系电话:{_phone(number)}"]


def _phone(number: int) -> str:
    return f"0{number % 800 + 100}-8{number:07}"


def _parts(texts: list[str]) -> list[list[str]]:
    """Return the paragraphs of each part: that before all headings, and then of each of the two
    upper levels.
    """
    starts = [n for n, text in enumerate(texts) if text.startswith(("## ", "### "))]
    return [texts[a:b] for a, b in itertools.pairwise([0, *starts, len(texts)])]
