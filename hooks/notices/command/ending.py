"""What commands that list problems have in common: their options, and how they end."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .. import report
from ..problem import Problem, stops

if TYPE_CHECKING:
    from ..catalogue.notices import Catalogue


def add_root(parser: argparse.ArgumentParser) -> None:
    """Add ``--root``, the project's folder."""
    parser.add_argument("--root", type=Path, default=Path(), help="项目目录，默认当前目录")


def add_common(parser: argparse.ArgumentParser) -> None:
    """Add ``--root`` and ``--format``, which :func:`finish` obeys."""
    add_root(parser)
    parser.add_argument("--format", choices=report.FORMATS, default="text", help="输出格式")


def print_problems(options: argparse.Namespace, problems: Sequence[Problem]) -> None:
    """Print the problems in the format that was asked for."""
    write = report.FORMATS[options.format]
    sys.stdout.write(write(problems, colour=report.wants_colour(sys.stdout, os.environ)))


def finish(options: argparse.Namespace, catalogue: Catalogue, problems: list[Problem]) -> int:
    """Print the problems and how it stands; return 1 when something must be mended."""
    print_problems(options, problems)
    items = sum(len(notice.items) for notice in catalogue.notices)
    last = report.summary(problems, len(catalogue.notices), items)
    print(last, file=sys.stderr if problems or options.format != "text" else sys.stdout)
    return int(stops(problems))
