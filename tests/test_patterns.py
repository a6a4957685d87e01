"""Patterns that are compiled late are as good as those that are compiled at once."""

from __future__ import annotations

import importlib
import re

import pytest

from notices.text.patterns import _Later, later

MODULES = ("checks.nesting", "checks.placeholders", "checks.signs", "checks.statuses")


@pytest.mark.parametrize("name", [*MODULES, "text.characters"])
def test_every_pattern_that_waits_can_be_compiled(name: str) -> None:
    module = importlib.import_module(f"notices.{name}")
    waiting = [value for value in vars(module).values() if isinstance(value, _Later)]
    assert waiting
    for pattern in waiting:
        assert re.compile(pattern.pattern)


def test_it_answers_as_the_compiled_one_does() -> None:
    pattern, text = "(?P<number>[0-9]+)个", "共25个，已完成24个"
    late, known = later(pattern), re.compile(pattern)
    for _ in range(2):
        assert [each["number"] for each in late.finditer(text)] == ["25", "24"]
        assert late.sub("", text) == known.sub("", text)
        assert late.groupindex == known.groupindex
    with pytest.raises(AttributeError):
        getattr(late, "unknown")  # noqa: B009 (the type has no such name)
