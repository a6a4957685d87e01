"""``notice.json``, read as a program does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ...catalogue.notices import Item, Notice
from ...facts import model
from ...problem import Problem
from .text import OUTPUT, difference, facts_differ, squeezed


def differences(
    path: str, data: bytes, notice: Notice, vocabulary: model.Vocabulary
) -> Iterator[Problem]:
    """Yield where the file says something else than was approved, or than is known."""
    said = json.loads(data)
    texts = [*said["preamble"], *(text for part in said["sections"] for text in _texts(part))]
    problems = [*difference(notice, squeezed(texts), OUTPUT, path)]
    yield from problems or facts_differ(path, _facts(said, notice, vocabulary))


def _texts(section: dict[str, Any]) -> Iterator[str]:
    if "cells" in section:
        yield from section["cells"]
    else:
        yield section["heading"]
        yield from section.get("text", ())
    for part in section.get("sections", ()):
        yield from _texts(part)


def _facts(
    said: dict[str, Any], notice: Notice, vocabulary: model.Vocabulary
) -> Iterator[tuple[str, object, object]]:
    facts = notice.facts
    digest = None if notice.withheld else notice.approved_sha256
    yield "标题", facts.title, said["title"]
    yield "发布单位", facts.publisher, said["publisher"]
    yield "批准文本的校验值", digest, (said.get("approved") or {}).get("sha256")
    wanted = [item.id for item in notice.items]
    yield "各条的编号", wanted, [item["id"] for item in said["items"]]
    for item, told in zip(notice.items, said["items"], strict=True):
        yield from _item(item, told, vocabulary)


def _item(
    item: Item, told: dict[str, Any], vocabulary: model.Vocabulary
) -> Iterator[tuple[str, object, object]]:
    section = item.section
    yield f"{item.id} 的标题", section.heading.text, told["heading"]
    yield f"{item.id} 的正文", [line.text for line in section.paragraphs], told.get("text", [])
    yield f"{item.id} 的名称", item.facts.title, told["title"]
    yield f"{item.id} 的状态", vocabulary[item.status].label, told["status"]["label"]
    measures = [(list(m.texts), vocabulary[m.facts.status].label) for m in item.measures]
    found = [(each["text"], each["status"]["label"]) for each in told.get("measures", [])]
    yield f"{item.id} 的措施", measures, found
    updates = [(each.text, each.source) for each in item.facts.updates]
    found = [(each["text"], each["source"]) for each in told.get("updates", [])]
    yield f"{item.id} 的进展", updates, found
