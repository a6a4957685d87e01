"""The key of an edition: a name for everything that its exports are made from.

What was made under the same key is the same, and need not be made again.
"""

from __future__ import annotations

import functools
import importlib.metadata
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

from ...digest import digest
from ...software import code
from ...text.narrative import Line, Section
from .edition import Edition
from .needs import versions

_LIBRARIES = ("typst", "python-docx", "lxml", "openpyxl", "jinja2")
_PAPER = "paper"
"""The folder of the templates that exports use."""


def key(edition: Edition) -> str:
    """Return a name for everything that the exports of ``edition`` are made from."""
    notice = edition.notice
    facts = (
        edition.site, edition.vocabulary, notice.kind, notice.facts,
        *(item.facts for item in notice.items),
    )  # fmt: skip
    words = (
        software(edition.templates), edition.base, notice.id, notice.approved_sha256,
        str(notice.withheld), _lines(notice.narrative.preamble),
        *_outline(notice.narrative.sections),
    )  # fmt: skip
    said = [each.model_dump_json(by_alias=True) for each in facts]
    return digest(*(each.encode() for each in (*words, *said)))


def _lines(lines: list[Line]) -> str:
    return json.dumps([(line.text, line.cells, line.is_head) for line in lines])


def _outline(sections: list[Section]) -> Iterator[str]:
    for section in sections:
        yield from (section.id, str(section.level), section.heading.text, repr(section.joint))
        yield _lines([*section.paragraphs, *([section.row] if section.row else [])])
        yield from _outline(section.children)


def software(templates: Path) -> str:
    """Return a name for all that makes exports: this package, templates, libraries, fonts."""
    return _software(templates, versions())


@functools.cache
def _software(templates: Path, fonts: str) -> str:
    looks = sorted((templates / _PAPER).iterdir())
    libraries = [*map(importlib.metadata.version, _LIBRARIES), zlib.ZLIB_RUNTIME_VERSION]
    texts = [code(), fonts, *libraries]
    return digest(*(each.encode() for each in texts), *(each.read_bytes() for each in looks))
