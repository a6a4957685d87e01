"""Exports from one build to the next: only a notice that has changed is made anew.

What was made of a notice stands in a folder that is named for everything it was made from, beside
the digest of each file. What is damaged is not used. The last two of a notice stay, so that preview
and site, which have different addresses, do not drive each other out.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import os
import shutil
import zlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from ..digest import digest
from ..narrative import Section
from .edition import Edition
from .needs import versions

Files = dict[str, Path]
"""Where what was made stands, by the name of the file."""
_LIBRARIES = ("weasyprint", "pydyf", "fonttools", "python-docx", "lxml", "openpyxl", "jinja2")
_PAPER = "paper"
"""The folder of the templates that exports use."""
_DIGESTS = "digests.json"
_LAST = 2


def kept(folder: Path) -> Files | None:
    """Return the files that ``folder`` keeps, or None when it is of no use."""
    try:
        digests = json.loads((folder / _DIGESTS).read_bytes())
        files = {name: folder / name for name in digests}
        if any(_sha256(path.read_bytes()) != digests[name] for name, path in files.items()):
            return None
        os.utime(folder)
    except (OSError, ValueError, TypeError):
        return None
    return files


def keep(folder: Path, made: Mapping[str, bytes]) -> Files:
    """Keep what was ``made`` in ``folder``, which appears as a whole."""
    new = folder.with_name(f".{os.getpid()}")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for name, data in made.items():
        (new / name).write_bytes(data)
    digests = {name: _sha256(data) for name, data in made.items()}
    (new / _DIGESTS).write_text(json.dumps(digests), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    new.replace(folder)
    return {name: folder / name for name in made}


def forget(cache: Path, names: Collection[str]) -> None:
    """Remove what is kept of notices not among ``names``, and of each other all but the last."""
    for notice in cache.iterdir() if cache.is_dir() else ():
        folders = sorted(notice.iterdir(), key=lambda each: each.stat().st_mtime, reverse=True)
        if notice.name not in names:
            shutil.rmtree(notice)
        for folder in folders[_LAST:]:
            shutil.rmtree(folder, ignore_errors=True)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def key(edition: Edition) -> str:
    """Return a name for everything that the exports of ``edition`` are made from."""
    notice = edition.notice
    facts = (
        edition.site, edition.vocabulary, notice.facts, *(item.facts for item in notice.items),
    )  # fmt: skip
    words = (
        software(edition.templates), edition.base, notice.id, notice.approved_sha256,
        str(notice.withheld), *(line.text for line in notice.narrative.preamble),
        *_outline(notice.narrative.sections),
    )  # fmt: skip
    said = [each.model_dump_json(by_alias=True) for each in facts]
    return digest(*(each.encode() for each in (*words, *said)))


def _outline(sections: list[Section]) -> Iterator[str]:
    for section in sections:
        yield from (section.id, str(section.level), section.heading.text)
        yield json.dumps([line.text for line in section.paragraphs])
        yield from _outline(section.children)


@functools.cache
def _package() -> str:
    package = Path(__file__).parents[1]
    return digest(*(source.read_bytes() for source in sorted(package.rglob("*.py"))))


def software(templates: Path) -> str:
    """Return a name for all that makes exports: this package, templates, libraries, fonts."""
    looks = sorted((templates / _PAPER).iterdir())
    libraries = [*map(importlib.metadata.version, _LIBRARIES), zlib.ZLIB_RUNTIME_VERSION]
    texts = [_package(), versions(), *libraries]
    return digest(*(each.encode() for each in texts), *(each.read_bytes() for each in looks))
