"""Measures an archive beside Hugo and Pagefind, which make pages and a search of the same texts.

Each figure is that of a whole process; promised are ratios of two that ran in turn. Without
exports and compression, except for the last, which tells what these cost. A full build finds
nothing that was made before, of ours and of the peers: Pagefind takes half the time where its index
stands already.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from measure import Command, compare
from same_texts import make_hugo, make_project

BUILD = "import sys; from notices.command import main; sys.exit(main(['build', 'site']))"
PEERS = """
import pathlib, subprocess, sys
subprocess.run([pathlib.Path(sys.executable).with_name("hugo"), "--quiet"], check=True)
subprocess.run([sys.executable, "-m", "pagefind", "--site", "public", "--quiet"], check=True)
"""
EDIT = """
import json, pathlib, secrets, subprocess
item = pathlib.Path("data/notices/invented-7/items/1-1-1.yml")
facts = json.loads(item.read_text(encoding="utf-8")) | {"goal": secrets.token_hex(4)}
item.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
subprocess.run(["git", "add", item], check=True)
subprocess.run(["git", *who, "commit", "--quiet", "--message", "edit"], check=True)
"""
ROUNDS = 3


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _full(folder)
        few, many = (
            make_project(folder / f"p{count}", count, pages_only=True) for count in (100, 1000)
        )
        peers = _peers(folder, 1000)
        first = [_anew(project).run() for project in (few, many)]
        print(f"cost a notice, 1000 : 100: {first[1].seconds / first[0].seconds / 10:.2f} (1.1)")
        print(f"memory at 1000: {first[1].megabytes:.0f} MB (at most 300)")
        _edit(few, many, peers)
        seconds = statistics.median(_build(many).run().seconds for _ in range(ROUNDS))
        print(f"nothing changed, 1000: {seconds:.2f} s (at most 2)", flush=True)
        _exports(folder)


def _build(project: Path) -> Command:
    return Command(["-c", BUILD], project)


def _anew(project: Path) -> Command:
    return Command(["-c", BUILD], project, anew=(".cache", "site"))


def _peers(folder: Path, notices: int) -> Command:
    return Command(["-c", PEERS], make_hugo(folder / f"h{notices}", notices), anew=["public"])


def _full(folder: Path) -> None:
    ours = _anew(make_project(folder / "p500", 500, pages_only=True))
    compare("500 notices : Hugo and Pagefind", ours, _peers(folder, 500), 1, 0.65)


def _edit(few: Path, many: Path, peers: Command) -> None:
    """Print what one edited fact costs, from the edit over the commit to the site in place."""
    edits = [Command(["-c", EDIT + BUILD], project) for project in (few, many)]
    for edit in edits:  # the second site after the first has no files of an earlier one to keep
        edit.run()
    compare("one fact of 1000 : Hugo and Pagefind", edits[1], peers, 1, 0.25)
    compare("one fact of 1000 : of 100", edits[1], edits[0], 1, 1.3)


def _exports(folder: Path) -> None:
    project = make_project(folder / "whole", 60, pages_only=False)
    bare = make_project(folder / "bare", 60, pages_only=True)
    whole, pages = _anew(project).run(), _anew(bare).run()
    each = (whole.processor - pages.processor) / 60
    print(f"exports and compression: {each:.2f} s of processor a notice (exports at most 0.45)")


if __name__ == "__main__":
    main()
