"""Writing: values as YAML, in the way in which editors write it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from .source import parse_partly

_STEP = 2  # spaces by which what is within something stands further in


def block(value: Any, indent: int) -> Iterator[str]:
    """Yield the lines of a mapping or a list that stands ``indent`` spaces in."""
    pad = " " * indent
    if isinstance(value, dict):
        for key, each in value.items():
            if isinstance(each, dict | list):
                yield f"{pad}{key}:"
                yield from block(each, indent + _STEP)
            else:
                yield f"{pad}{key}: {scalar(each)}"
        return
    for each in value:
        if isinstance(each, dict):
            first, *others = block(each, indent + _STEP)
            yield f"{pad}- {first.lstrip(' ')}"
            yield from others
        else:
            yield f"{pad}- {scalar(each)}"


def flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {flow(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    return scalar(value, in_flow=True)


def scalar(value: Any, style: str | None = None, *, in_flow: bool = False) -> str:
    """Return ``value`` as it is written in YAML, in quotes where it needs some, or had some."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int | float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    text = str(value)
    if style == '"' and not {'"', "\\"} & {*text}:
        return f'"{text}"'
    if style != "'" and _is_plain(text, in_flow=in_flow):
        return text
    return "'{}'".format(text.replace("'", "''"))


def _is_plain(text: str, *, in_flow: bool) -> bool:
    """Tell whether ``text`` is taken as it is where no quotes stand around it."""
    line = f"甲: {{乙: {text}, 丙: 丁}}" if in_flow else f"甲: {text}"
    read, problems = parse_partly("", f"{line}\n")
    meant = {"甲": {"乙": text, "丙": "丁"} if in_flow else text}
    return not problems and read is not None and read.value == meant and "\t" not in text
