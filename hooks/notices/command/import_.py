"""``notices import``: of the file that an office has, a draft of a notice."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from .. import report
from ..catalogue.loading import opened
from ..checks import inspect_drafts
from ..facts import model
from ..importing.doubts import doubts
from ..importing.draft import DraftTerms, drafted
from ..importing.explaining import explained
from ..importing.facts.kinds import likelier
from ..importing.following import followed
from ..importing.noting import SHEET, sheet_of
from ..importing.outline import Proposal, propose
from ..importing.placing import place, refused
from ..importing.readers import read_source
from ..importing.source import Answers, Source
from ..problem import WARNING, Faulty, Place, Problem, shown, suggest, unwritable, writing
from .ending import add_root

_STANDARD_INPUT = "-"
_PASTED = "pasted.txt"
_LARGEST = 200_000_000  # bytes of a file; readers refuse less
_LEFT = "没有导入的，不是正文（{count} 处；有该要的，请把正文复制到记事本再导入）："
_ASKED = "有 {count} 处要您决定，什么也没有写："
_DOUBTS = "要核对的（{count} 处）："
_WRITTEN = """\
已经写出草稿 {id}：{counts}。
  叙述 content/notices/{id}.md，数据 data/notices/{id}/
  现在是草稿，只有预览（make serve）里看得到。
  要核对的也在 {sheet} 里，可以打印出来对照原件；它不进仓库，也不公开
接下来：
  1. 打开 data/notices/{id}/notice.yml，把程序找到的事实逐行核对，对的删去行首的“# ”
  2. make check，照列出的改；提纲不对的，改叙述里的标题记号，再运行 notices import --id {id}
  3. 都好了，删去 notice.yml 里的 draft: true"""


_NO_KIND = model.Kind(noun="检查", levels=[], item="问题", measure="措施")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)
    parser.add_argument(
        "file", metavar="文件", nargs="?", default="",
        help="要导入的文件；写 - 就读粘贴进来的文字；不写，就照草稿里改过的标题记号补齐问题文件",
    )  # fmt: skip
    parser.add_argument("--id", default="", metavar="名字", help="通报的文件夹名，如 moumou-2020")
    parser.add_argument("--kind", default="", metavar="种类", help="data/kinds/ 里的一个文件名")
    parser.add_argument("--outline", action="store_true", help="只列出提纲，什么也不写")
    parser.add_argument(
        "--items-at", type=int, default=0, choices=range(1, 6), metavar="N",
        help="问题在第几层（1至5）；程序看错了才用",
    )  # fmt: skip
    parser.add_argument("--again", action="store_true", help="已有这份草稿的，重新写一遍")
    parser.add_argument(
        "--doubts",
        type=Path,
        metavar="文件",
        help="要核对的写进哪个文件；不写就是项目里的 核对-名字.md",
    )
    asked = parser.add_argument_group("回答程序的问题", "问到了才用；写法程序会给出")
    for name in Answers._fields:
        asked.add_argument(f"--{name}", default="", metavar="答案")
    for value in ("accept", "reject"):
        asked.add_argument(f"--{value}-changes", dest="changes", action="store_const", const=value)
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Write the draft, or list its outline; return 1, and write nothing, where that cannot be."""
    try:
        if not options.file:
            return _follow(options)
        if not options.outline:
            _raise([*refused(options.root, options.id, again=options.again)])
        name = _PASTED if options.file == _STANDARD_INPUT else options.file
        answers = Answers(**{field: getattr(options, field) or "" for field in Answers._fields})
        source = read_source(_read(options.file), name, answers)
        if source.questions:
            print("\n".join(_asked(source)))
            print("什么也没有写。", file=sys.stderr)
            return 1
        proposal = propose(source.lines, options.items_at)
        print("\n".join(_left(source)), end="\n" * bool(source.left))
        if options.outline:
            print("\n".join(explained(proposal)))
        else:
            _write(options, name, proposal, source)
    except Faulty as fault:
        print(report.text(fault.problems), end="")
        print("什么也没有写。", file=sys.stderr)
        return 1
    return 0


def _follow(options: argparse.Namespace) -> int:
    """Let the files of a draft follow the headings that a person has marked in its narrative."""
    files = followed(options.root, options.id)
    place(options.root, options.id, files)
    items = sum("/items/" in path for path in files)
    print(f"已经照叙述里的标题记号补齐：{items} 个问题文件。")
    print(
        report.text(each for each in inspect_drafts(options.root) if _concerns(each, options.id)),
        end="",
    )
    return 0


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise Faulty(*problems)


def _read(file: str) -> bytes:
    """Return the bytes of ``file``, or what is pasted; Faulty when there is nothing to be read."""
    message = "没有这个文件"
    try:
        if file == _STANDARD_INPUT:
            data = sys.stdin.buffer.read(_LARGEST + 1)
        else:
            with Path(file).open("rb") as stream:
                data = stream.read(_LARGEST + 1)
    except FileNotFoundError:
        raise Faulty(Problem(Place(file), "import-unreadable", message)) from None
    except OSError as error:
        message = f"读不了这个文件：{error.strerror}"
        raise Faulty(Problem(Place(file), "import-unreadable", message)) from error
    if len(data) > _LARGEST:
        message = f"文件超过了 {_LARGEST // 1_000_000} MB，多半放错了"
        raise Faulty(Problem(Place(file), "import-too-large", message))
    return data


def _asked(source: Source) -> Iterator[str]:
    """Yield what a person must decide: all readings, and the options that choose one."""
    yield _ASKED.format(count=len(source.questions))
    for each in source.questions:
        yield f"{each.place}：[{each.rule}] {each.message}"
        yield from (
            f"    {number}. {shown(text, 80)}" for number, text in enumerate(each.readings, 1)
        )
        if each.answer:
            yield f"    请加：{each.answer}"


def _left(source: Source) -> Iterator[str]:
    if source.left:
        yield _LEFT.format(count=len(source.left))
        yield from (f"    {line.place}：{shown(line.text, 60)}" for line in source.left)


def _write(options: argparse.Namespace, name: str, proposal: Proposal, source: Source) -> None:
    """Write the draft and tell what is doubtful of it."""
    root: Path = options.root
    if not proposal.lines:
        raise Faulty(Problem(Place(name), "import-empty", "文件里没有文字"))
    terms, other = _terms(root, options.kind, proposal)
    kind, draft = terms.kind, drafted(proposal, options.id, name, terms, source.about)
    sheet = options.doubts or root / SHEET.format(id=options.id)
    with _kept(sheet):  # where it cannot be written, nothing is
        place(root, options.id, draft.files)
    path = f"data/notices/{options.id}/approved.txt"
    found = [*other, *doubts(draft, path, kind)]
    found += [each for each in inspect_drafts(root) if _concerns(each, options.id)]
    counted = Counter(each.role for each in proposal.sections)
    counts = f"{counted['item']}个{kind.item}，{counted['group']}个上层标题"
    counts = counts if proposal.items else "没有分条"
    print(_WRITTEN.format(id=options.id, counts=counts, sheet=sheet.name))
    if found:
        print(_DOUBTS.format(count=len(found)))
        print(report.text(found), end="")
    told = sheet_of(options.id, name, found, proposal.lines, source.left)
    sheet.write_text(told, encoding="utf-8")


@contextlib.contextmanager
def _kept(path: Path) -> Iterator[None]:
    """Have a file that can be written; as it was, or not there, where what is done within fails."""
    was_there = path.exists()
    try:
        with writing(path):
            path.open("a", encoding="utf-8").close()
        yield
    except OSError as error:
        raise Faulty(unwritable(error, path)) from error
    except Faulty:
        if not was_there:
            path.unlink(missing_ok=True)
        raise


def _concerns(problem: Problem, notice_id: str) -> bool:
    """Tell whether it is about the text of this draft, and not only what is to be filled in."""
    own = (f"content/notices/{notice_id}.md", f"data/notices/{notice_id}/")
    return problem.place.path.startswith(own) and problem.rule != "missing-key"


def _terms(root: Path, wanted: str, proposal: Proposal) -> tuple[DraftTerms, list[Problem]]:
    """Return the kind of the notice and the words of the site, and a hint where it seems to be of
    another kind; Faulty when there is none that is ``wanted``.
    """
    with opened(root) as loader:
        kinds = {name: record.facts for name, record in loader.settings.kinds.items()}
        usual, words = loader.settings.site.kind, loader.settings.vocabulary
    place_ = Place("data/kinds")
    if wanted and wanted not in kinds:
        message = f"没有 data/kinds/{shown(wanted)}.yml 这个种类{suggest(wanted, sorted(kinds))}"
        raise Faulty(Problem(place_, "unknown-kind", message))
    other = "" if wanted else likelier(proposal, kinds, usual)
    hints = []
    if other:
        message = f"像是{kinds[other].noun}的通报；是的话，加 --kind {other} --again 再导入"
        hints.append(Problem(place_, "import-doubtful", message, WARNING))
    return DraftTerms(kinds.get(wanted or usual, _NO_KIND), wanted, words), hints
