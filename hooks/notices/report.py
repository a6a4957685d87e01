"""Reports: problems as text for people, as JSON, and as annotations of a change to review."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TextIO

from .problem import ERROR, WARNING, Problem

_RED, _YELLOW, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[0m"


def wants_colour(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Tell whether ``stream`` is a terminal that shows colours, for somebody who wants them.

    https://no-color.org
    """
    refused = environment.get("NO_COLOR") or environment.get("TERM") == "dumb"
    return stream.isatty() and not refused


def text(problems: Iterable[Problem], *, colour: bool = False) -> str:
    """Return one line for each problem; ``colour`` is for terminals."""
    return "".join(f"{_coloured(problem) if colour else problem}\n" for problem in problems)


def json_(problems: Iterable[Problem], **_: object) -> str:
    """Return a JSON array of objects with path, line, column, rule, message and severity; in a
    workbook with the cell, too.
    """
    entries = [
        {key: value for key, value in problem.place._asdict().items() if value != ""}
        | {"rule": problem.rule, "message": problem.message, "severity": problem.severity}
        for problem in problems
    ]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def github(problems: Iterable[Problem], **_: object) -> str:
    """Return workflow commands, which GitHub shows on the lines of a pull request.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    return "".join(map(_annotation, problems))


def gitlab(problems: Iterable[Problem], **_: object) -> str:
    """Return a report of code quality, which GitLab shows on the lines of a merge request.

    https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    """
    entries = [
        {
            "description": problem.message,
            "check_name": problem.rule,
            "fingerprint": hashlib.sha256(str(problem).encode()).hexdigest(),
            "severity": "minor" if problem.severity == WARNING else "major",
            "location": {"path": problem.place.path, "lines": {"begin": problem.place.line}},
        }
        for problem in problems
    ]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, Callable[..., str]] = {
    "text": text,
    "json": json_,
    "github": github,
    "gitlab": gitlab,
}


def summary(problems: Sequence[Problem], notices: int, items: int) -> str:
    """Return the one line that says how it stands."""
    errors = sum(problem.severity == ERROR for problem in problems)
    warnings = len(problems) - errors
    if not problems:
        return f"{notices} 份通报、{items} 个问题，全部合格。"
    parts = [f"{errors} 处错误"] * bool(errors) + [f"{warnings} 处提醒"] * bool(warnings)
    end = "请改正后再发布。" if errors else "没有错误。"
    return f"{notices} 份通报、{items} 个问题：{'、'.join(parts)}，{end}"


def _coloured(problem: Problem) -> str:
    colour = _YELLOW if problem.severity == WARNING else _RED
    return str(problem).replace(f"[{problem.rule}]", f"{colour}[{problem.rule}]{_PLAIN}", 1)


def _annotation(problem: Problem) -> str:
    place, kind = problem.place, "warning" if problem.severity == WARNING else "error"
    where = f"file={_property(place.path)},line={place.line},col={place.column}"
    return f"::{kind} {where},title={_property(problem.rule)}::{_data(problem.message)}\n"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
