"""What leads anywhere in a page is followed: all that a checker of others follows, and more."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from notices.problem import Problem
from notices.proof import links
from notices.proof.links import hypertext, others
from sitehouse import ROOT

OWN = "https://notices.example.org/below/"
CASES = yaml.safe_load((ROOT / "tests/cases/hypertext.yml").read_text(encoding="utf-8"))
KINDS = {piece: kind for kind in ("alive", "misread", "dead", "subtle") for piece in CASES[kind]}
PIECES = [*KINDS]
HEAD = f'<!doctype html><html lang="zh"><head><link rel="canonical" href="{OWN}"></head>\n<body>\n'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that has a page for each case."""
    root = tmp_path_factory.mktemp("hypertext")
    site = root / "below"
    (site / "cases" / "empty").mkdir(parents=True)
    pages = {"index.html": "", "cases/there/index.html": CASES["offering"]}
    pages |= {f"cases/{number}/index.html": piece for number, piece in enumerate(PIECES)}
    for path, body in pages.items():
        (site / path).parent.mkdir(exist_ok=True)
        (site / path).write_text(f"{HEAD}{body}x</body></html>", encoding="utf-8")
    for name in ("file.txt", "甲 +%.txt"):
        (site / "cases" / name).write_text("甲", encoding="utf-8")
    return site


@pytest.fixture(scope="module")
def told(site: Path) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {piece: [] for piece in PIECES}
    for problem in links.check(site):
        found[piece_of(problem.place.path)].append(problem)
    return found


def piece_of(path: str) -> str:
    piece: str = PIECES[int(Path(path).parent.name)]
    return piece


@pytest.mark.parametrize("piece", PIECES)
def test_what_leads_nowhere_is_told_and_nothing_else(
    told: dict[str, list[Problem]], piece: str
) -> None:
    """Once, and at its place in the line in which it stands."""
    assert len(told[piece]) == (KINDS[piece] in ("dead", "subtle"))
    for problem in told[piece]:
        assert problem.rule == "dead-link"
        assert problem.place.line == HEAD.count("\n") + 1
        assert piece[problem.place.column - 2] in " \"'=("


def test_all_is_found_that_another_checker_finds(site: Path, tmp_path: Path) -> None:
    """And what that misreads or passes over is known: the cases say so."""
    root = site.parent
    arguments = ["--offline", "--include-fragments", "--root-dir", root, "--index-files"]
    arguments += ["index.html", "--remap", f"^https://notices.example.org/ {root.as_uri()}/"]
    answer = others.lychee([*arguments, f"{site}/**/*.html"], tmp_path)
    found = [piece for piece in PIECES if KINDS[piece] in ("dead", "misread")]
    assert pieces_of(answer["error_map"]) == found


def pieces_of(files: Iterable[str]) -> list[str]:
    return sorted((piece_of(urlsplit(file).path) for file in files), key=PIECES.index)


def test_only_the_first_base_of_a_page_is_one() -> None:
    """And none that a drawing or a template holds, nor one without an address."""
    none = '<svg><base xlink:href="a"></svg><template><base href="b"></template><base src="c">'
    assert hypertext.read(none).base == ""
    assert hypertext.read(f'{none}<base href="d"><base href="e">').base == "d"
