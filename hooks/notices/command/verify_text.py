"""``notices verify-text``: whether the built pages say what was approved."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..checks import inspect
from ..proof import readback
from .ending import add_common, finish


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)
    parser.add_argument("site", type=Path, help="建好的网站所在的目录")
    add_common(parser)


def run(options: argparse.Namespace) -> int:
    """List where the pages differ; return 1 when they do."""
    catalogue, problems = inspect(options.root)
    found = problems or list(readback.verify(options.site, catalogue.public()))
    return finish(options, catalogue, found)
