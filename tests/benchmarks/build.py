"""Measures the build: beside a plain Material site of the same text, and as the archive grows.

Each figure is that of a whole process, ``mkdocs build`` or, with all exports, what ``make site``
runs. The two of a pair run in turn, so that a machine that slows down slows both; what is promised
is the median of their ratios, not seconds.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from copies import make_archive, make_plain
from measure import ROUNDS, Command, compare


def build(project: Path) -> Command:
    return Command(["-m", "mkdocs", "build", "--quiet", "--strict"], project)


def first_build(folder: Path) -> None:
    """Print the ratio of first builds, when no template of ours has been compiled yet."""
    ratios = []
    for number in range(ROUNDS):
        fresh = make_archive(folder / f"fresh-{number}", 1)
        plain = make_plain(folder / f"plain-{number}")
        ratios.append(build(fresh).run().seconds / build(plain).run().seconds)
    print(f"first build of a clone : plain Material: {statistics.median(ratios):.2f}")


SITE = "import sys; from notices.command import main; sys.exit(main(['build', 'site']))"


def make_site(project: Path, *, cold: bool) -> Command:
    return Command(["-c", SITE], project, anew=(".cache", "site") if cold else ("site",))


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        first_build(folder)
        sample, plain = make_archive(folder / "1", 1), make_plain(folder / "plain")
        compare("sample : plain Material", build(sample), build(plain), 1, 1.3)
        for name, cold, limit in (("cold", True, 2.5), ("warm", False, 1.5)):
            ours = make_site(sample, cold=cold)
            compare(f"make site, {name} : plain Material", ours, build(plain), 1, limit)
        large, small = make_archive(folder / "200", 200), make_archive(folder / "20", 20)
        compare("per notice, 200 : 20", build(large), build(small), 20 / 200, 1.2)


if __name__ == "__main__":
    main()
