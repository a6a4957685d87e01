"""``notices build``: the site, checked, proven and sealed."""

from __future__ import annotations

import argparse
import datetime
import gc
import os
import re
import sys
from pathlib import Path

from ..problem import ERROR, Faulty
from ..publishing.build import Build
from .ending import add_common, print_problems


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)
    parser.add_argument("site", type=Path, help="网站要写到的目录")
    cache = parser.add_mutually_exclusive_group()
    cache.add_argument(
        "--cache",
        type=Path,
        metavar="目录",
        help="缓存放在哪里，默认是环境变量 NOTICES_CACHE，或者项目里的 .cache",
    )
    cache.add_argument("--no-cache", action="store_true", help="全部重新生成，不读也不留缓存")
    parser.add_argument(
        "--workers",
        type=_address,
        metavar="网址",
        help="由自己的 Dask 集群生成通报，如 tcp://主机:8786（dask:// 也一样）",
    )
    add_common(parser)


def _address(given: str) -> str:
    """Return the address of a scheduler as Dask writes it."""
    scheme, _, rest = given.partition("://")
    if scheme not in ("tcp", "dask") or not re.fullmatch(r"[^/\s]+:[0-9]{1,5}", rest):
        raise argparse.ArgumentTypeError(f"应像 tcp://主机:8786 那样，现在是“{given}”")
    return f"tcp://{rest}"


def run(options: argparse.Namespace) -> int:
    """Build; return 1 when something must be mended, and leave the site as it was."""
    gc.disable()  # all that is loaded lives to the end
    address = os.environ.get("SITE_URL", "")
    now = datetime.datetime.now(datetime.UTC)
    build = Build(
        options.root, options.site, address, options.cache,
        anew=options.no_cache, workers=options.workers or "", now=now,
    )  # fmt: skip
    try:
        build.run()
    except Faulty as fault:
        print_problems(options, fault.problems)
        errors = sum(problem.severity == ERROR for problem in fault.problems)
        print(f"有 {errors} 处要改正，网站没有改动。", file=sys.stderr)
        return 1
    if build.is_current:
        print(f"{options.site} 已经是这次提交的网站，没有要生成的。")
        return 0
    if build.hints:
        print_problems(options, build.hints)
    steps = "，".join(f"{name} {seconds:.2f}" for name, seconds in build.seconds.items())
    print(f"网站已写到 {options.site}（{steps} 秒）。")
    return 0
