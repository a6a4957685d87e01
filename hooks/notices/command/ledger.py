"""``notices ledger``: the facts of all items in a workbook, and back from it."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from pathlib import Path

from ..outputs import changes
from ..problem import Faulty, Place, Problem, stops, unwritable, writing
from ..publishing.ledgers import Outcome, ledger_of, outcome, write
from .ending import add_root

_MADE = """\
写出了 {path}：{made.notices} 份通报、{made.items} 个问题、{made.measures} 条措施。
里面有不公开的内容，只在单位内部用。
填好以后，先看公众会看到什么变化：notices ledger {path}"""
_NOTHING = "台账里没有改动，什么也不用写。"


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)
    what = "台账，.xlsx 文件：没有这个文件的，导出一本；有的，读出里面填了什么"
    parser.add_argument("file", metavar="台账", type=Path, help=what)
    parser.add_argument(
        "--id",
        default="",
        metavar="通报",
        help="只导出这一份通报，默认是全部；或者：是这一份通报的台账，本单位自己的",
    )
    parser.add_argument("--write", action="store_true", help="把填的内容写进 data/；默认只看")
    parser.add_argument("--part", action="store_true", help="只收到一部分行：缺少的行不算错")
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Write a ledger, or tell and take what was filled in; return 1 when that is not possible."""
    file: Path = options.file
    try:
        if not file.exists() and not options.write:
            return _export(options.root, file, options.id)
        data = _read(file)
        now = datetime.datetime.now(datetime.UTC)
        made = outcome(options.root, file.name, data, now, only=options.id, is_part=options.part)
        return _tell(made, options)
    except Faulty as fault:
        print("\n".join(map(str, fault.problems)))
        print("什么也没有写。", file=sys.stderr)
        return 1


def _export(root: Path, file: Path, only: str) -> int:
    """Write the ledger to ``file``, which is not there yet."""
    if file.suffix.lower() != ".xlsx":
        message = "台账的文件名以 .xlsx 结尾"
        raise Faulty(Problem(Place(str(file)), "ledger-file", message))
    folder = file.parent.resolve()
    if any(folder.is_relative_to((root / each).resolve()) for each in ("content", "data")):
        message = "台账里有不公开的内容，不能放进 content/、data/：换一个地方"
        raise Faulty(Problem(Place(str(file)), "ledger-place", message))
    made = ledger_of(root, only)
    new = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with writing(file):
            new.write_bytes(made.data)
            new.replace(file)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise Faulty(unwritable(error, file)) from error
    print(_MADE.format(path=file, made=made))
    return 0


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        message = "没有这个文件" if isinstance(error, FileNotFoundError) else "读不了这个文件"
        raise Faulty(Problem(Place(str(file)), "ledger-file", message)) from error


def _tell(made: Outcome, options: argparse.Namespace) -> int:
    """Print what would change, and write it if that is wanted and sound."""
    if made.unread:
        print(f"没有读的列：{'、'.join(made.unread)}")
    if made.problems:
        print("\n".join(map(str, made.problems)))
    if stops(made.problems):
        print(f"共 {len(made.problems)} 处，什么也没有写。", file=sys.stderr)
        return 1
    if not made.files:
        print(_NOTHING)
        return 0
    print(changes.FORMATS["text"](made.changes, made.titles), end="")
    cells = {each.place for each in made.edits}
    told = f"{len(made.files)} 个文件，{len(cells)} 格"
    if options.write:
        write(options.root, made)
        print(f"写进了 {told}：")
    else:
        print(f"会写进 {told}（现在还没有写；加 --write 就写进去）：")
    for path in made.files:
        print(f"  {path}")
    return 0
