"""``notices verify``: whether a site is exactly what its commit gives."""

from __future__ import annotations

import argparse
from pathlib import Path

from .. import verification
from ..catalogue.words import chinese_date
from ..problem import Faulty, Problem
from ..proof import manifest
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
        "--branch", metavar="分支", help="发布的是哪个分支；默认由仓库的设定或者它的来源决定"
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
    default = options.root / SIGNERS
    signers = options.signers or (default if default.exists() else None)
    source = None
    if not options.manifest_only:
        source = verification.ClaimedSource(options.root, options.branch)
    problems: tuple[Problem, ...]
    verdict: list[str] = []
    try:
        site = verification.site_at(options.site)
        problems = tuple(verification.verify(site, source, signers))
        if not problems:
            verdict = _verdict(site, rebuilt=bool(source), signed=bool(signers))
            verdict += _approvals(site, source) if source else []
    except Faulty as fault:
        problems = fault.problems
    print_problems(options, problems)
    if options.format == "text":
        print("".join(f"{line}\n" for line in verdict), end="")
    return int(bool(problems))


def _verdict(site: verification.SiteToVerify, *, rebuilt: bool, signed: bool) -> list[str]:
    """Return what was proven, and what was not."""
    told = manifest.parse(site.read(manifest.NAME) or b"")
    count = f"{len(told.files)} 个文件"
    lines = [
        f"网站的{count}与提交 {told.commit} 重新生成的完全相同。"
        if rebuilt
        else f"网站的{count}与它自己的清单相同；没有重新生成来核对。"
    ]
    if signed:
        lines.append("清单的签名有效。")
    if isinstance(site, verification.Web):
        lines.append("从网址核对，看不到清单以外多出来的文件。")
    return lines


def _approvals(site: verification.SiteToVerify, source: verification.ClaimedSource) -> list[str]:
    """Return who agreed to what, a line for each notice; nothing where nobody had to."""
    told = manifest.parse(site.read(manifest.NAME) or b"")
    lines = []
    for notice, approvals in sorted(source.approvals(told).items()):
        names = "、".join(f"{each.name} 于{chinese_date(each.day)}" for each in approvals)
        lines.append(f"通报 {notice}：{names}审核签字，同意公开现在的全部内容。")
    return lines
