"""``notices rules``: the table of all rules that stands in the handbook."""

from __future__ import annotations

import argparse

from ..checks import table
from ..problem import ERROR, WARNING

LEVELS = {ERROR: "错误", WARNING: "提醒"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Print the table."""
    print("| 代码 | 级别 | 规则 | 怎么改 |\n|---|---|---|---|")
    for code, severity, rule, remedy in table():
        print(f"| `{code}` | {LEVELS[severity]} | {rule} | {remedy} |")
    return 0
