"""``notices new``: a fresh clone becomes the site of a body of its own."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from ..facts import model
from ..facts.salvage import validate
from ..facts.source import read_yaml
from ..history.git import Repository
from ..problem import Faulty, Place, Problem
from ..publishing.founding import KEPT, Wanted, found, refused
from .ending import add_root

_NOBODY_TO_ASK = """\
这里不能询问，请写明主办单位，另外两样可以不写：
  make new PUBLISHER=主办单位的全称 NAME=网站的名称 KIND=种类
  notices new --publisher 主办单位的全称 --name 网站的名称 --kind 种类
种类写一个英文词：{kinds}。
什么也没有改动。"""
_DONE = """\
已经另起新站，还没有提交：
  主办单位：{site.publisher}
  网站名称：{site.title}
  通报的种类：{site.kind}（{noun}）；每份通报可以另写
  示例通报已经移走{kept}；没有问到的（备案号、邮箱、仓库网址）一样也没有写。
  改动记录从下一次提交开始，以前的提交不会列出。
接下来：
  1. 看一看空的网站：make serve
  2. 通读 content/ 里的几个页面，改成自己的话；真有备案号的，写进 data/site.yml
  3. 提交：{begin}git add --all && git commit -m 另起新站
  4. 推送到自己的仓库：git remote {verb} origin 仓库的网址 && git push -u origin HEAD
  5. 新增第一份通报：make import FILE=Word文件 ID=名字，见编辑手册 data/README.md 第 0 节"""
_KEPT = f"，收在 {KEPT}/ 里给软件的测试用，不公开"


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)
    parser.add_argument("--publisher", metavar="单位", help="主办单位的全称；不写就在终端里询问")
    parser.add_argument(
        "--name", metavar="名称", help="网站的名称；不写就是主办单位加“整改情况公开”"
    )
    parser.add_argument(
        "--kind", metavar="种类", help="常用的种类，data/kinds/ 里的一个文件名；不写就是 inspection"
    )
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Found the site; return 1, and change nothing, when that is not possible or not wanted."""
    root: Path = options.root
    try:
        kinds = _kinds(root)
        given = (options.publisher, options.name, options.kind)
        wanted = Wanted(*((each or "").strip() for each in given))
        if options.publisher is None:
            if not sys.stdin.isatty():
                print(_NOBODY_TO_ASK.format(kinds=_listed(kinds)), file=sys.stderr)
                return 1
            wanted = _ask(wanted, kinds)
        wanted = wanted._replace(kind=wanted.kind or model.USUAL_KIND)
        is_new = found(root, wanted)
    except Faulty as fault:
        print("\n".join(map(str, fault.problems)))
        print("什么也没有改动。", file=sys.stderr)
        return 1
    print(_told(root, kinds) if is_new else "已经是这样的新站，什么也没有改动。")
    return 0


def _kinds(root: Path) -> dict[str, str]:
    """Return what each kind that there is calls what was done, by its id."""
    found = sorted((root / "data" / "kinds").glob("*.yml"))
    paths = {path.stem: path.relative_to(root).as_posix() for path in found}
    return {name: validate(read_yaml(root, path), model.Kind).noun for name, path in paths.items()}


def _listed(kinds: dict[str, str]) -> str:
    return "、".join(f"{name}（{noun}）" for name, noun in kinds.items())


def _ask(given: Wanted, kinds: dict[str, str]) -> Wanted:
    """Ask for what was not ``given``, each until it can be taken."""
    print("把这份克隆变成自己的网站：示例通报会移走。不想继续，按 Ctrl+C。")
    wanted = Wanted(_answer("主办单位的全称：", lambda text: refused(Wanted(text))))
    usual = model.Site(publisher=wanted.publisher).title
    name = given.name or _answer(
        f"网站的名称（按回车就是“{usual}”）：", lambda text: refused(wanted._replace(name=text))
    )

    def unknown(kind: str) -> list[Problem]:
        known = not kind or kind in kinds
        return [] if known else [Problem(Place("data/kinds"), "unknown-kind", "请照写其中的英文词")]

    asked = f"常用的种类，{_listed(kinds)}（按回车就是 {model.USUAL_KIND}）："
    return Wanted(wanted.publisher, name, given.kind or _answer(asked, unknown))


def _answer(question: str, faults: Callable[[str], list[Problem]]) -> str:
    """Return what is answered, once there are no ``faults`` in it."""
    while True:
        try:
            text = input(question).strip()
        except EOFError:
            raise KeyboardInterrupt from None
        problems = faults(text)
        if not problems:
            return text
        print("\n".join(problem.message for problem in problems))


def _told(root: Path, kinds: dict[str, str]) -> str:
    """Return what was done, and what comes next."""
    site = validate(read_yaml(root, "data/site.yml"), model.Site)
    has_history = Repository.around(root) is not None
    return _DONE.format(
        site=site,
        noun=kinds[site.kind],
        kept=_KEPT if (root / KEPT).is_dir() else "",
        begin="" if has_history else "git init && ",
        verb="set-url" if has_history else "add",
    )
