"""``notices scan``: personal data in what was built."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..checks import inspect, privacy
from .ending import add_common, finish


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)
    parser.add_argument("site", type=Path, help="建好的网站所在的目录")
    add_common(parser)


def run(options: argparse.Namespace) -> int:
    """List what should not be there; return 1 when there is any."""
    catalogue, problems = inspect(options.root)
    found = problems or list(privacy.scan_built(options.site, privacy.published(catalogue)))
    return finish(options, catalogue, found)
