"""Links: whether everything is there that a built site refers to.

What readers follow in pages, links and anchors, pictures and downloads, is checked by lychee
(https://lychee.cli.rs), as files, with nothing asked of the network; what is told to programs, in
heads, feeds, exports, calendars and robots.txt, by :mod:`.told`. Links to other sites are a matter
of their own, because what others do must never stop a publication.
"""

from __future__ import annotations

import glob
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
from urllib.parse import unquote, urlsplit

from ...problem import Faulty, Place, Problem
from .. import manifest
from .targets import HOME, Targets, folder_of
from .told import canonical, told_in

_PATIENCE = 20  # seconds, for an answer of others
_TRIES = 3
_PAUSE = 10  # seconds, until those are asked again who did not answer well
_REFUSES_PROGRAMS = "403,429"
_CACHED_FOR = "2d"


def check(site: Path) -> list[Problem]:
    """Return every address within the built ``site`` that leads nowhere, or to another site where
    it should be this one's; paths are from there.
    """
    address = own_address(site)
    targets = Targets(site, address)
    found = [*_told(site, targets), *_followed(site, address, targets)]
    # A canonical link is found by both.
    return sorted({(each.place[:2], each.message): each for each in found}.values())


def _followed(site: Path, own: str, targets: Targets) -> Iterator[Problem]:
    """Yield the links of pages that lead nowhere."""
    address = urlsplit(own)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "root"
        here = root / folder_of(own)  # where the site stands on its host
        here.parent.mkdir(parents=True, exist_ok=True)
        here.symlink_to(site.resolve(), target_is_directory=True)
        arguments = ["--offline", "--include-fragments", "--root-dir", root, "--index-files", HOME]
        if address.netloc:
            host = re.escape(f"{address.scheme}://{address.netloc}/")
            arguments += ["--remap", f"^{host} {root.as_uri()}/"]
        answer = _lychee([*arguments, f"{glob.escape(str(here))}/**/*.html"], Path(folder))
        yield from _dead(answer, here, targets)


def _told(site: Path, targets: Targets) -> Iterator[Problem]:
    """Yield what is wrong with the addresses that programs are told."""
    for file in targets.files():
        text, addresses = told_in(site, file)
        for told in addresses:
            if problem := targets.judge(file, text, told):
                yield problem


def check_others(site: Path) -> list[Problem]:
    """Return every link of ``site`` to another site that does not answer, after some tries.

    Who refuses programs counts as there. What answered is kept between tries only, where nobody
    else can say that something did.
    """
    with tempfile.TemporaryDirectory() as folder:
        return _try_others(site, Path(folder))


def _try_others(site: Path, cache: Path) -> list[Problem]:
    arguments = ["--scheme", "http", "--scheme", "https", "--root-dir", str(site.resolve())]
    arguments += ["--cache", "--max-cache-age", _CACHED_FOR, "--cache-exclude-status", "400.."]
    arguments += ["--timeout", str(_PATIENCE), "--accept", f"200..=299,{_REFUSES_PROGRAMS}"]
    if address := own_address(site):
        arguments += ["--exclude", f"^{re.escape(address)}"]
    for remaining in range(_TRIES, 0, -1):
        answer = _lychee([*arguments, site.resolve() / "**/*.html"], cache)
        problems = sorted(_unreachable(answer, site.resolve()))
        if not problems or remaining == 1:
            break
        time.sleep(_PAUSE)
    return problems


def own_address(site: Path) -> str:
    """Return the public address that the site was built for, as its manifest says, or else the one
    that its home page gives itself; "" when it gives none.
    """
    try:
        address = manifest.read(site).address
    except Faulty:
        home = site / HOME
        address = canonical(home.read_text(encoding="utf-8")) if home.is_file() else ""
    return f"{address.rstrip('/')}/" if address else ""


def _lychee(arguments: Iterable[object], folder: Path) -> dict[str, Any]:
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


def _dead(answer: dict[str, Any], site: Path, targets: Targets) -> Iterator[Problem]:
    for file, line, column, url, _ in _found(answer, "error_map"):
        target = Path(unquote(urlsplit(url).path))
        path, anchor = os.path.relpath(target, site), unquote(urlsplit(url).fragment)
        place = Place(Path(file).relative_to(site).as_posix(), line, column)
        yield Problem(place, "dead-link", targets.missing(path, anchor))


def _unreachable(answer: dict[str, Any], site: Path) -> Iterator[Problem]:
    for file, line, column, url, reason in _found(answer, "error_map", "timeout_map"):
        place = Place(Path(file).relative_to(site).as_posix(), line, column)
        yield Problem(place, "dead-external-link", f"打不开 {url}：{reason}")
