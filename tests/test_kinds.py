"""Kinds: whatever depends on what sort of notice it is stands in its file alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kinds import PLAIN
from notices.catalogue.kinds import kind_of
from notices.facts import model
from notices.facts.salvage import validate
from notices.facts.source import read_yaml
from sitehouse import ROOT, SAMPLE_ROOT

KINDS = {
    path.stem: validate(read_yaml(SAMPLE_ROOT, f"data/kinds/{path.name}"), model.Kind)
    for path in sorted((SAMPLE_ROOT / "data" / "kinds").glob("*.yml"))
}
# How sentences are read is grammar: which words stand around an issue, whoever looked into it.
GRAMMAR = {"titles.py"}
ROOMS = ("catalogue", "outputs", "proof", "publishing", "text", "verification", "command")


def code() -> list[Path]:
    """Return what makes pages and files: modules, templates, scripts and styles."""
    modules = [path for room in ROOMS for path in (ROOT / "hooks/notices" / room).rglob("*.py")]
    looks = [
        path for path in (ROOT / "theme").rglob("*") if path.suffix in (".html", ".js", ".css")
    ]
    return [path for path in (*modules, *looks) if path.name not in GRAMMAR]


def test_no_code_knows_the_words_of_a_kind() -> None:
    words = {word for kind in KINDS.values() for word in (kind.noun, *kind.levels, kind.item)}
    words -= {"单位"}  # a body is one, whatever its notice is about
    told = re.compile("|".join(map(re.escape, words)))
    comments = re.compile(r"#.*|\"\"\".*?\"\"\"|/\*.*?\*/|\{#.*?#\}", re.DOTALL)
    knowing = {
        path.relative_to(ROOT): told.findall(comments.sub("", path.read_text(encoding="utf-8")))
        for path in code()
    }
    assert {path: found for path, found in knowing.items() if found} == {}
    assert {"问题", "巡察", "方面"} <= words, "the test looks for words at all"


@pytest.mark.parametrize("name", KINDS)
def test_a_notice_calls_things_as_its_kind_does(name: str) -> None:
    made = kind_of(PLAIN.model_copy(update={"kind": name}), KINDS)
    assert made == KINDS[name]


def test_a_notice_may_call_things_otherwise() -> None:
    own = model.Labels(item="事项", dates=model.DateNames(to="结束"))
    outline = model.Levels(levels=["部分"])
    made = kind_of(PLAIN.model_copy(update={"labels": own, "outline": outline}), KINDS)
    usual = KINDS[model.USUAL_KIND]
    assert (made.item, made.levels, made.dates.to) == ("事项", ["部分"], "结束")
    assert (made.noun, made.measure, made.dates.from_) == (
        usual.noun, usual.measure, usual.dates.from_,
    )  # fmt: skip


def test_a_notice_without_its_kind_still_has_words() -> None:
    made = kind_of(PLAIN, {})
    assert all((made.noun, made.item, made.measure, made.dates.from_))
