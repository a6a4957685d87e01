"""``notices approve``: a reviewer signs that a notice may become public as it is."""

from __future__ import annotations

import argparse
import datetime
import shutil
import sys
import tempfile
from pathlib import Path

from ..catalogue.days import day_of
from ..catalogue.notices import Catalogue, Notice
from ..catalogue.settings import Settings
from ..catalogue.words import chinese_date, totals
from ..checks import inspect
from ..history.project import Project
from ..problem import ERROR, Faulty, Place, Problem
from ..proof import signature
from ..proof.approvals.approvers import NAME
from ..proof.approvals.statement import NAMESPACE, Statement, statement_of
from .ending import add_root

_AS = "审核人的名字要用 --as 写明：小写字母、数字和 . _ @ -，与审核人名单里的一样"


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)
    parser.add_argument("notice", metavar="通报", help="通报的文件夹名，如 shuangd-2023")
    parser.add_argument(
        "--key", type=Path, required=True, metavar="文件", help="您的 SSH 私钥，可以有口令"
    )
    parser.add_argument(
        "--as", dest="name", metavar="名字", help="审核人名单里您的名字；默认是公钥末尾的说明"
    )
    parser.add_argument(
        "--day",
        type=datetime.date.fromisoformat,
        metavar="日期",
        help="签字的日期，如 2026-01-02；默认是今天",
    )
    parser.add_argument("--yes", action="store_true", help="不再询问，直接签字")
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Show what is signed, and sign it; return 1 when that is not possible or not wanted."""
    try:
        catalogue, notice = _load(options.root, options.notice)
        name = _name(options.name, options.key)
        day = options.day or day_of(datetime.datetime.now(datetime.UTC), catalogue.site)
        stated = statement_of(notice, catalogue.vocabulary, name, day)
        print(_summary(stated, notice, catalogue))
        if not (options.yes or _agreed()):
            print("没有签字。", file=sys.stderr)
            return 1
        file = _sign(options.root, stated, options.key)
    except Faulty as fault:
        print("\n".join(map(str, fault.problems)))
        return 1
    print(f"已签字。请把 {file} 和 {file}.sig 两个文件一起提交。")
    return 0


def _load(root: Path, wanted: str) -> tuple[Catalogue, Notice]:
    """Return what is published and the notice that is ``wanted``; raise Faulty when it is not
    sound: nobody should sign what cannot become public.
    """
    catalogue, problems = inspect(root, Project.at(root).moment)
    if faults := [each for each in problems if each.severity == ERROR]:
        raise Faulty(*faults)
    if found := next((each for each in catalogue.notices if each.id == wanted), None):
        return catalogue, found
    known = "、".join(each.id for each in catalogue.notices) or "没有"
    message = f"没有这份通报；有的是：{known}"
    raise Faulty(Problem(Place(f"data/notices/{wanted}"), "notice-unknown", message))


def _name(given: str | None, key: Path) -> str:
    """Return the name of who signs: the ``given`` one, or the comment of his public key."""
    name = given
    if name is None:
        try:
            public = key.with_name(f"{key.name.removesuffix('.pub')}.pub")
            name = public.read_text(encoding="utf-8").split()[2]
        except (OSError, UnicodeError, IndexError):
            name = ""
    if not NAME.fullmatch(name):
        raise Faulty(Problem(Place(str(key)), "approver-unnamed", _AS))
    return name


def _summary(stated: Statement, notice: Notice, settings: Settings) -> str:
    """Return what is signed, for who signs."""
    public = notice.public()
    counts = "、".join(
        f"{status.label}{public.item_counts[status.id]}个"
        for status in settings.vocabulary.statuses
        if public.item_counts[status.id]
    )
    updates = sum(len(item.facts.updates) for item in public.items)
    return "\n".join((
        f"您将以 {stated.name} 的名义，同意公开这份通报现在的全部内容：",
        f"  通报：{notice.id}《{notice.facts.title}》",
        f"  批准文本：{len(notice.approved)}字，SHA-256 是 {stated.approved}",
        f"  公开的内容：{totals(public)}；{counts}；进展{updates}次",
        f"  公开内容的 SHA-256：{stated.public}",
        f"  签字日期：{chinese_date(stated.day)}",
        "签字以后，批准文本或者公开的内容改动一个字，签字就失效。",
    ))  # fmt: skip


def _agreed() -> bool:
    """Ask at the terminal; without one, nobody has agreed."""
    if not sys.stdin.isatty():
        print("这里不能询问；看过以上内容、确认签字的，请加 --yes。", file=sys.stderr)
        return False
    return input("确认签字请输入 y：").strip().lower() == "y"


def _sign(root: Path, stated: Statement, key: Path) -> str:
    """Write the statement and its signature beside the notice, both or none; return where."""
    folder = root / "data" / "notices" / stated.notice / "approvals"
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / f"{stated.name}.txt"
        made.write_bytes(stated.written())
        signature.sign(made, key, NAMESPACE, ask=sys.stdin.isatty())
        folder.mkdir(exist_ok=True)
        for file in (made, made.with_name(f"{made.name}.sig")):
            shutil.copyfile(file, folder / file.name)
    return f"data/notices/{stated.notice}/approvals/{stated.name}.txt"
