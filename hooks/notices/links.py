"""Links: whether everything is there that a built site refers to.

The checker is lychee (https://lychee.cli.rs). Pages are checked as files, with nothing asked of the
network: links and anchors, pictures, downloads, and the addresses of the site itself that stand in
canonical links, the sitemap and feeds. Links to other sites are a matter of their own, because what
others do must never stop a publication.
"""

from __future__ import annotations

import difflib
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

from .problem import Faulty, Place, Problem

HOME = "index.html"
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')
_ID = re.compile(r"""\sid=["']?([^"'\s>]+)""")
_LIKE = 0.6  # how much a name must be like another to be meant, of 1

_PATIENCE = 20  # seconds, for an answer of others
_TRIES = 3
_PAUSE = 10  # seconds, until those are asked again who did not answer well
_REFUSES_PROGRAMS = "403,429"
_CACHED_FOR = "2d"


def check(site: Path) -> list[Problem]:
    """Return every link within the built ``site`` that leads nowhere; paths are from there."""
    address = urlsplit(own_address(site))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "root"
        here = root / address.path.strip("/")  # where the site stands on its host
        here.parent.mkdir(parents=True, exist_ok=True)
        here.symlink_to(site.resolve(), target_is_directory=True)
        arguments = ["--offline", "--include-fragments", "--root-dir", root, "--index-files", HOME]
        if address.netloc:
            host = re.escape(f"{address.scheme}://{address.netloc}/")
            arguments += ["--remap", f"^{host} {root.as_uri()}/"]
        answer = _lychee([*arguments, here / "**/*.html", here / "*.xml"], Path(folder))
        return sorted(_dead(answer, here))


def check_others(site: Path, cache: Path) -> list[Problem]:
    """Return every link of ``site`` to another site that does not answer, after some tries.

    ``cache`` is a folder that keeps what answered lately. Who refuses programs counts as there.
    """
    cache.mkdir(parents=True, exist_ok=True)
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
    """Return the public address that the home page gives itself, or "" when it gives none."""
    found = _CANONICAL.search((site / HOME).read_text(encoding="utf-8"))
    return found[1] if found else ""


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


def _dead(answer: dict[str, Any], site: Path) -> Iterator[Problem]:
    for file, line, column, url, _ in _found(answer, "error_map"):
        target = Path(unquote(urlsplit(url).path))
        path, anchor = os.path.relpath(target, site), unquote(urlsplit(url).fragment)
        place = Place(Path(file).relative_to(site).as_posix(), line, column)
        yield Problem(place, "dead-link", _missing(site, path, anchor))


def _missing(site: Path, path: str, anchor: str) -> str:
    """Return what is missing, and what may have been meant."""
    page = site / path / HOME if (site / path).is_dir() else site / path
    if page.is_file():
        ids = _ID.findall(page.read_text(encoding="utf-8"))
        name = page.relative_to(site).as_posix().removesuffix(HOME) or "首页"
        return f"链接到 {name} 的“#{anchor}”，那一页没有这个锚点{_meant(anchor, ids, '#')}"
    files = (each.relative_to(site).as_posix() for each in site.rglob("*") if each.is_file())
    return f"链接到 {path}，网站上没有这个页面或文件{_meant(path, map(_as_linked, files))}"


def _as_linked(file: str) -> str:
    return file.removesuffix(f"/{HOME}")


def _meant(name: str, known: Iterable[str], mark: str = "") -> str:
    near = difflib.get_close_matches(name, [*known], 1, _LIKE)
    return f"；是不是想写“{mark}{near[0]}”？" if near else ""


def _unreachable(answer: dict[str, Any], site: Path) -> Iterator[Problem]:
    for file, line, column, url, reason in _found(answer, "error_map", "timeout_map"):
        place = Place(Path(file).relative_to(site).as_posix(), line, column)
        yield Problem(place, "dead-external-link", f"打不开 {url}：{reason}")
