"""What is found of facts, and how it is written as comments of YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ...facts.source import parse_partly
from ...problem import shown
from ..source import Line

Tree = Mapping[str, "Leaf | Tree | Sequence[Tree | Leaf]"]
"""What is proposed of a file, by its keys."""
_LONGEST = 36  # characters of a quote beside a proposal


class Leaf(NamedTuple):
    """A value as YAML has it, and where the text says so."""

    value: str
    reason: str = ""


def leaf(text: str, line: Line | None = None, quote: str = "") -> Leaf:
    """Return a text as it is proposed: with the place of the line, and its words."""
    if line is None:
        return Leaf(scalar(text), quote)
    return Leaf(scalar(text), f"{line.place}：“{shown(quote or line.text, _LONGEST)}”")


def exact(value: object, line: Line, quote: str) -> Leaf:
    """Return a number or a day as it is proposed."""
    return Leaf(str(value), f"{line.place}：“{shown(quote, _LONGEST)}”")


def scalar(text: str) -> str:
    """Return ``text`` as a value of YAML: bare where that is what it stays."""
    document, problems = parse_partly("value.yml", f"key: {text}\n")
    if document and not problems and document.value == {"key": text}:
        return text
    escaped = text.replace("'", "''")
    return f"'{escaped}'"


def written(tree: Tree, indent: str = "") -> Iterator[str]:
    """Yield the lines of YAML that ``tree`` is, the reason of each value behind it."""
    for key, value in tree.items():
        if isinstance(value, Leaf):
            reason = f"  # {value.reason}" if value.reason else ""
            yield f"{indent}{key}: {value.value}{reason}"
        elif isinstance(value, Mapping):
            yield f"{indent}{key}:"
            yield from written(value, f"{indent}  ")
        else:
            yield f"{indent}{key}:"
            for each in value:
                yield from _entry(each, f"{indent}  ")


def _entry(tree: Tree | Leaf, indent: str) -> Iterator[str]:
    if isinstance(tree, Leaf):
        yield f"{indent}- {tree.value}  # {tree.reason}"
        return
    for number, line in enumerate(written(tree)):
        yield f"{indent}{'  ' if number else '- '}{line}"
