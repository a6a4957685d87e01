"""``notices build``: the site, checked, proven and sealed."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from pathlib import Path

from ..build import Build
from ..problem import Faulty
from .ending import add_common, print_problems


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)
    parser.add_argument("site", type=Path, help="网站要写到的目录")
    parser.add_argument("--key", type=Path, metavar="文件", help="签名用的 SSH 私钥；不写就不签名")
    add_common(parser)


def run(options: argparse.Namespace) -> int:
    """Build; return 1 when something must be mended, and leave the site as it was."""
    gc.disable()  # all that is loaded lives to the end
    build = Build(options.root, options.site, os.environ.get("SITE_URL", ""), options.key)
    try:
        build.run()
    except Faulty as fault:
        print_problems(options, fault.problems)
        print(f"有 {len(fault.problems)} 处要改正，网站没有改动。", file=sys.stderr)
        return 1
    steps = "，".join(f"{name} {seconds:.2f}" for name, seconds in build.seconds.items())
    print(f"网站已写到 {options.site}（{steps} 秒）。")
    return 0
