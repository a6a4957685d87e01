"""``notices diff``: what the public sees differently, from one commit or release to another."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..history.git import Repository
from ..outputs import changes
from ..problem import Faulty, Place, Problem
from ..proof import manifest
from .ending import add_root

FAILED = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)
    what = "提交（分支、标签、HEAD~1 等都可以），或者一次发布所在的目录"
    parser.add_argument("before", metavar="甲", help=f"{what}；写成“甲...乙”时从两者分开的地方比起")
    parser.add_argument("after", metavar="乙", nargs="?", default="HEAD", help="同上，默认 HEAD")
    parser.add_argument("--format", choices=changes.FORMATS, default="text", help="输出格式")
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Print the changes; return 2 when they cannot be told."""
    try:
        if not (repository := Repository.around(options.root)):
            message = "这里不是 git 的仓库，没有提交可以比较"
            raise Faulty(Problem(Place(str(options.root)), "history-missing", message))
        before, after = _commits(repository, options.before, options.after)
        found, titles = changes.between(repository, before, after)
    except Faulty as fault:
        print("\n".join(map(str, fault.problems)), file=sys.stderr)
        return FAILED
    sys.stdout.write(changes.FORMATS[options.format](found, titles))
    return 0


def _commits(repository: Repository, before: str, after: str) -> tuple[str, str]:
    if "..." not in before:
        return _commit(repository, before), _commit(repository, after)
    before, _, after = before.partition("...")
    one, other = _commit(repository, before), _commit(repository, after or "HEAD")
    if base := repository.merge_base(one, other):
        return base, other
    repository.demand_history()
    raise Faulty(Problem(Place(before), "commit-unknown", "这两个提交没有共同的来源"))


def _commit(repository: Repository, name: str) -> str:
    """Return the commit that ``name`` is, or that the release in this folder was built from."""
    if (Path(name) / manifest.NAME).is_file():
        name = manifest.read(Path(name)).commit or ""
    return repository.resolve(name)
