"""The ``notices`` command: what an operator or a clerk asks of the project in the terminal."""

from __future__ import annotations

import argparse
import datetime
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from . import jsonschema, readback, report, revision
from .catalogue import Catalogue, load
from .checks import inspect, privacy, table
from .problem import ERROR, WARNING, Problem

MANY = 50  # notices take a noticeable time
LEVELS = {ERROR: "错误", WARNING: "提醒"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with ``arguments`` (by default the process's); return the exit status."""
    options = _parser().parse_args(arguments)
    status: int = options.run(options)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="notices", description="检查通报的数据与文字。")
    commands = parser.add_subparsers(required=True, metavar="命令")
    check = commands.add_parser("check", help="检查数据与文字，列出所有问题")
    check.set_defaults(run=_check)
    _add_common(check)
    check.add_argument(
        "--as-of",
        type=datetime.date.fromisoformat,
        metavar="日期",
        help="晚于这一天的事视为还没有发生；默认是提交的那一天",
    )
    verify = commands.add_parser("verify-text", help="从建好的网站读回正文，与批准文本逐字核对")
    verify.set_defaults(run=_verify_text)
    verify.add_argument("site", type=Path, help="建好的网站所在的目录")
    _add_common(verify)
    scan = commands.add_parser("scan", help="在建好的网站里查找个人信息")
    scan.set_defaults(run=_scan)
    scan.add_argument("site", type=Path, help="建好的网站所在的目录")
    _add_common(scan)
    schema = commands.add_parser("schema", help="写出 data/schema/，供编辑器提示和检查")
    schema.set_defaults(run=_schema)
    schema.add_argument("--root", type=Path, default=Path(), help="项目目录，默认当前目录")
    rules = commands.add_parser("rules", help="列出所有规则（Markdown 表格）")
    rules.set_defaults(run=_rules)
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--root", type=Path, default=Path(), help="项目目录，默认当前目录")
    parser.add_argument("--format", choices=report.FORMATS, default="text", help="输出格式")
    parser.add_argument("--strict", action="store_true", help="有提醒也算不合格")


def _check(options: argparse.Namespace) -> int:
    # All that is loaded lives to the end: to look through it for garbage takes a fifth of the time.
    gc.disable()
    as_of = options.as_of or revision.as_of(options.root)
    return _finish(options, *inspect(options.root, as_of, _show_progress))


def _show_progress(read: int, total: int) -> None:
    """Count on the terminal, where there is one and there is enough to wait for."""
    if total >= MANY and sys.stderr.isatty():
        end = "\n" if read == total else ""
        print(f"\r已检查 {read}/{total} 份通报", end=end, file=sys.stderr, flush=True)


def _verify_text(options: argparse.Namespace) -> int:
    catalogue, problems = inspect(options.root)
    found = problems or list(readback.verify(options.site, catalogue.public()))
    return _finish(options, catalogue, found)


def _scan(options: argparse.Namespace) -> int:
    catalogue, problems = inspect(options.root)
    found = problems or list(privacy.scan_built(options.site, privacy.published(catalogue)))
    return _finish(options, catalogue, found)


def _schema(options: argparse.Namespace) -> int:
    catalogue, _ = load(options.root)
    jsonschema.write_schemas(options.root / "data" / "schema", catalogue.vocabulary.ids())
    return 0


def _rules(_: argparse.Namespace) -> int:
    print("| 代码 | 级别 | 规则 | 怎么改 |\n|---|---|---|---|")
    for code, severity, rule, remedy in table():
        print(f"| `{code}` | {LEVELS[severity]} | {rule} | {remedy} |")
    return 0


def _finish(options: argparse.Namespace, catalogue: Catalogue, problems: list[Problem]) -> int:
    """Print the problems and how it stands; return 1 when something must be mended."""
    write = report.FORMATS[options.format]
    sys.stdout.write(write(problems, colour=sys.stdout.isatty()))
    items = sum(len(notice.items) for notice in catalogue.notices)
    last = report.summary(problems, len(catalogue.notices), items)
    print(last, file=sys.stderr if problems or options.format != "text" else sys.stdout)
    stops = any(problem.severity == ERROR or options.strict for problem in problems)
    return int(stops)
