"""``notices verify``: whether a site is exactly what its commit gives."""

from __future__ import annotations

import argparse
from pathlib import Path

from .. import manifest, verification
from ..problem import Faulty, Problem
from .ending import add_common, print_problems

SIGNERS = Path("deploy/signers")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)
    parser.add_argument("site", metavar="网站", help="网站所在的目录，或者它的网址")
    parser.add_argument(
        "--manifest-only", action="store_true", help="不重新生成这次提交，只按网站自己的清单核对"
    )
    parser.add_argument(
        "--signers",
        type=Path,
        metavar="文件",
        help=f"可信的签名人（ssh-keygen 的 allowed signers），默认 {SIGNERS}，有才用",
    )
    add_common(parser)


def run(options: argparse.Namespace) -> int:
    """List each difference; return 1 when there is any."""
    site = verification.Site(options.site)
    default = options.root / SIGNERS
    signers = options.signers or (default if default.exists() else None)
    repository = None if options.manifest_only else options.root
    problems: tuple[Problem, ...]
    try:
        problems = tuple(verification.verify(site, repository, signers))
    except Faulty as fault:
        problems = fault.problems
    print_problems(options, problems)
    if not problems and options.format == "text":
        print("\n".join(_verdict(site, rebuilt=bool(repository), signed=bool(signers))))
    return int(bool(problems))


def _verdict(site: verification.Site, *, rebuilt: bool, signed: bool) -> list[str]:
    """Return what was proven, and what was not."""
    told = manifest.parse(site.manifest())
    count = f"{len(told.files)} 个文件"
    lines = [
        f"网站的{count}与提交 {told.commit} 重新生成的完全相同。"
        if rebuilt
        else f"网站的{count}与它自己的清单相同；没有重新生成来核对。"
    ]
    if signed:
        lines.append("清单的签名有效。")
    if site.remote:
        lines.append("从网址核对，看不到清单以外多出来的文件。")
    return lines
