"""Links to other sites, asked by lychee (https://lychee.cli.rs).

They are a matter of their own, because what others do must never stop a publication.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ...problem import Faulty, Place, Problem

_PATIENCE = 20  # seconds, for an answer of others
_TRIES = 3
_PAUSE = 10  # seconds, until those are asked again who did not answer well
_REFUSES_PROGRAMS = "403,429"
_CACHED_FOR = "2d"


def check(site: Path, own: str) -> list[Problem]:
    """Return every link of ``site``, which stands at ``own``, to another site that does not answer,
    after some tries.

    Who refuses programs counts as there. What answered is kept between tries only, where nobody
    else can say that something did.
    """
    with tempfile.TemporaryDirectory() as folder:
        return _try_others(site, own, Path(folder))


def _try_others(site: Path, own: str, cache: Path) -> list[Problem]:
    arguments = ["--scheme", "http", "--scheme", "https", "--root-dir", str(site.resolve())]
    arguments += ["--cache", "--max-cache-age", _CACHED_FOR, "--cache-exclude-status", "400.."]
    arguments += ["--timeout", str(_PATIENCE), "--accept", f"200..=299,{_REFUSES_PROGRAMS}"]
    if own:
        arguments += ["--exclude", f"^{re.escape(own)}"]
    for remaining in range(_TRIES, 0, -1):
        answer = lychee([*arguments, site.resolve() / "**/*.html"], cache)
        problems = sorted(_unreachable(answer, site.resolve()))
        if not problems or remaining == 1:
            break
        time.sleep(_PAUSE)
    return problems


def lychee(arguments: Iterable[object], folder: Path) -> dict[str, Any]:
    """Run lychee in ``folder``, where no configuration is; return its report."""
    program = Path(sysconfig.get_path("scripts")) / "lychee"
    command = [program, "--no-progress", "--no-ignore", "--format", "json", *arguments]
    variables = {name: value for name, value in os.environ.items() if name != "GITHUB_TOKEN"}
    try:
        done = subprocess.run(
            [*map(str, command)], cwd=folder, env=variables, capture_output=True, check=False
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except OSError as error:
        message = f"用不了检查链接的 lychee：{error.strerror}；请运行 make setup"
        raise Faulty(Problem(Place(str(program)), "program-missing", message)) from error
    except ValueError as error:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["没有说明原因"]
        message = f"lychee 没有检查完：{said[-1]}"
        raise Faulty(Problem(Place(str(program)), "program-failed", message)) from error
    return answer


def _found(answer: dict[str, Any], *kinds: str) -> Iterator[tuple[str, int, int, str, str]]:
    """Yield file, line, column, address and reason of what lychee found."""
    for kind in kinds:
        for file, entries in answer[kind].items():
            for entry in entries:
                span = entry.get("span") or {"line": 1, "column": 1}
                reason = entry["status"].get("details") or entry["status"]["text"]
                yield file, span["line"], span["column"] or 1, entry["url"], reason


def _unreachable(answer: dict[str, Any], site: Path) -> Iterator[Problem]:
    for file, line, column, url, reason in _found(answer, "error_map", "timeout_map"):
        place = Place(Path(file).relative_to(site).as_posix(), line, column)
        yield Problem(place, "dead-external-link", f"打不开 {url}：{reason}")
