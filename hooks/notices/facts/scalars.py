"""Plain words of YAML as values: by the core schema of YAML 1.2, as editors' programs read them.

``yes`` and ``1:30`` are text, ``0o17`` is a number. A real day written bare, ``2020-06-30``, is a
date; where a text is wanted, it is the text that was typed.
"""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Callable
from typing import ClassVar

import yaml

LONGEST_NUMBER = 40  # characters; no number that means anything here is longer
STR, _TAG = "tag:yaml.org,2002:str", "tag:yaml.org,2002:"
_SEQUENCE, _MAPPING = f"{_TAG}seq", f"{_TAG}map"
Value = str | int | float | bool | datetime.date | None

_KINDS = {
    "null": (r"~|[Nn]ull|NULL|", ["~", "n", "N", ""]),
    "bool": (r"[Tt]rue|TRUE|[Ff]alse|FALSE", [*"tTfF"]),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", [*"-+0123456789"]),
    "float": (
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
        r"|[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN",
        [*"-+.0123456789"],
    ),
    "timestamp": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", [*"0123456789"]),
}
"""How the words of each kind are written, and what they begin with."""


# libyaml's loader where the wheel has it: ten times faster, same marks.
class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Composes nodes whose tags are those of YAML 1.2."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}

    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
        """Return the tag of a node that was written without one.

        As PyYAML does, but for what is not used here, and in half the time.
        """
        if kind is not yaml.ScalarNode:
            return _SEQUENCE if kind is yaml.SequenceNode else _MAPPING
        if implicit[0]:
            for tag, pattern in self.yaml_implicit_resolvers.get(value[:1], ()):
                if pattern.match(value):
                    return tag
        return STR


for _kind, (_pattern, _first) in _KINDS.items():
    Loader.add_implicit_resolver(_TAG + _kind, re.compile(rf"(?:{_pattern})\Z"), _first)


def value_of(node: yaml.ScalarNode) -> Value:
    """Return the value of a scalar that has one of the tags above; raise ValueError for a number
    that is too long.
    """
    return VALUES[node.tag](node.value)


def _date(text: str) -> datetime.date | str:
    """Return the day; what looks like one, and is none, is text."""
    with contextlib.suppress(ValueError):
        return datetime.date.fromisoformat(text)
    return text


def _int(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise ValueError
    base = {"0o": 8, "0x": 16}.get(text[:2], 10)
    return int(text, base)


def _float(text: str) -> float | int:
    """Return the number; like JSON, YAML 1.2 makes no difference between 2.0 and 2."""
    if len(text) > LONGEST_NUMBER:
        raise ValueError
    number = float(re.sub("(?i)^([-+]?)[.](inf|nan)", r"\1\2", text))
    return int(number) if number.is_integer() else number


VALUES: dict[str, Callable[[str], Value]] = {
    STR: str,
    f"{_TAG}null": lambda _: None,
    f"{_TAG}bool": lambda text: text.lower() == "true",
    f"{_TAG}int": _int,
    f"{_TAG}float": _float,
    f"{_TAG}timestamp": _date,
}
