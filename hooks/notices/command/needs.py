"""``notices needs``: what a build still wants from the system, for the Makefile."""

from __future__ import annotations

import argparse

from ..outputs.exports import needs


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the Debian packages that are missing, in one line; nothing when all are there."""
    if packages := [*dict.fromkeys(package for _, package in needs.missing())]:
        print(*packages)
    return 0
