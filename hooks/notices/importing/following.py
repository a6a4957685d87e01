"""Following: the files of a draft whose headings a person has marked otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from ..catalogue.loading import opened
from ..catalogue.notices import Notice
from ..facts import model
from ..problem import Faulty, Place, Problem
from ..text.titles import titles
from .draft import item_text, settled

_OUTLINE = re.compile(r"^(?:## 各层标题.*\n)?outline:.*\n?", re.MULTILINE)


def followed(root: Path, notice_id: str) -> Mapping[str, str]:
    """Return the files of the draft as its narrative now is: an item has the facts that somebody
    wrote of its title, wherever it stood before, and a new one its title alone.

    Faulty where there is no such draft, or its headings make no outline.
    """
    notice, kind = _loaded(root, notice_id)
    folder = f"data/notices/{notice_id}"
    kept = {path.stem: _read(path) for path in sorted((root / folder / "items").glob("*.yml"))}
    files = {
        path: _read(root / path)
        for path in (f"content/notices/{notice_id}.md", f"{folder}/approved.txt")
    }
    facts = _read(root / folder / "notice.yml")
    files[f"{folder}/notice.yml"] = _with_levels(facts, settled(notice.narrative, kind, ""))
    by_title = {_title(text): name for name, text in kept.items()}
    used = set()
    for section in notice.narrative.items:
        known = titles(section.heading.text) if section.heading.text else []
        names = [str(section.id), *(by_title.get(each, "") for each in known)]

        fits = (each for each in names if each in kept and _title(kept[each]) in known)
        name = next(fits, "" if known else str(section.id))
        used.add(name)
        files[f"{folder}/items/{section.id}.yml"] = kept.get(name) or item_text(section, "")
    for name in _with_facts(kept, used):
        files.setdefault(f"{folder}/items/{name}.yml", kept[name])
    return files


def _loaded(root: Path, notice_id: str) -> tuple[Notice, model.Kind]:
    """Return the draft, and its kind as that says itself."""
    folder = f"data/notices/{notice_id}"
    with opened(root, drafts=True) as loader:
        if notice_id not in loader.drafts:
            message = "没有这份草稿；要导入的，请写明文件"
            raise Faulty(Problem(Place(folder), "import-missing", message))
        before = len(loader.problems)
        notice = loader.notice(notice_id)
        kinds = loader.settings.kinds
    told = [
        each
        for each in loader.problems[before:]
        if each.rule in ("heading", "table-row", "unreadable")
    ]
    if notice is None or told:
        raise Faulty(*sorted(told))
    record = kinds.get(notice.facts.kind)
    return notice, record.facts if record else notice.kind


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        raise Faulty(Problem(Place(str(path)), "import-unreadable", "读不了这个文件")) from None


def _title(text: str) -> str:
    """Return the title that the file of an item gives it."""
    found = re.search(r"^title: *(.+)$", text, re.MULTILINE)
    try:
        return str(yaml.safe_load(found[1])) if found else ""
    except yaml.YAMLError:
        return ""


def _with_facts(kept: Mapping[str, str], used: set[str]) -> Iterator[str]:
    """Yield the files in which somebody wrote more than a title: they are never thrown away."""
    for name, text in kept.items():
        lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
        if name not in used and len(lines) > 1:
            yield name


def _with_levels(facts: str, lines: list[str]) -> str:
    """Return the facts of the notice with as many levels as its outline has now."""
    outline = "\n".join(lines)
    if _OUTLINE.search(facts):
        written = f"{outline}\n" if outline else ""
        return _OUTLINE.sub(lambda _: written, facts, count=1)
    return f"{facts.rstrip()}\n\n{outline}\n" if outline else facts
