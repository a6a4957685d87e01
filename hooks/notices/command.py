"""The ``notices`` command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from .checks import inspect, table
from .problem import ERROR, WARNING

LEVELS = {ERROR: "错误", WARNING: "提醒"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with ``arguments`` (by default the process's); return the exit status."""
    parser = argparse.ArgumentParser(prog="notices", description="检查通报的数据与文字。")
    commands = parser.add_subparsers(dest="command", required=True)
    checker = commands.add_parser("check", help="列出所有问题；没有问题时退出码为 0，否则为 1")
    checker.add_argument(
        "root", nargs="?", type=Path, default=Path(), help="项目目录，默认当前目录"
    )
    commands.add_parser("rules", help="列出所有规则（Markdown 表格）")
    options = parser.parse_args(arguments)
    if options.command == "rules":
        return _rules()
    return _check(options.root)


def _rules() -> int:
    print("| 代码 | 级别 | 规则 | 怎么改 |\n|---|---|---|---|")
    for code, severity, rule, remedy in table():
        print(f"| `{code}` | {LEVELS[severity]} | {rule} | {remedy} |")
    return 0


def _check(root: Path) -> int:
    catalogue, problems = inspect(root)
    for problem in problems:
        print(problem)
    if problems:
        print(f"共 {len(problems)} 个问题，请改正后再发布。", file=sys.stderr)
        return 1
    items = sum(len(notice.items) for notice in catalogue.notices)
    print(f"{len(catalogue.notices)} 份通报、{items} 个问题，全部合格。")
    return 0
