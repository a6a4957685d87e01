"""``notices links``: links of a built site that lead nowhere."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from ..problem import Faulty, Problem
from ..proof import links
from .ending import add_common, print_problems

REPORT = """\
# 失效的外部链接

下面的网址打不开。请在编辑器里找到它所在的页面，改成新的网址，或者去掉链接。批准的文本里的网址不能改，\
可以不管。

{entries}
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)
    parser.add_argument("site", type=Path, help="建好的网站所在的目录")
    parser.add_argument("--external", action="store_true", help="检查到其他网站的链接（要联网）")
    parser.add_argument(
        "--report", type=Path, metavar="文件", help="把失效的外部链接写成 Markdown；没有就不写"
    )
    add_common(parser)


def run(options: argparse.Namespace) -> int:
    """List the links; return 1 when there is any."""
    problems: Sequence[Problem]
    try:
        if options.external:
            problems = links.check_others(options.site)
        else:
            problems = links.check(options.site)
    except Faulty as fault:
        problems = fault.problems
    if options.report and problems:
        entries = (f"- `{each.place.path}` {each.message}" for each in problems)
        options.report.write_text(REPORT.format(entries="\n".join(entries)), encoding="utf-8")
    print_problems(options, problems)
    if not problems and options.format == "text":
        print("链接全部有效。")
    return int(bool(problems))
