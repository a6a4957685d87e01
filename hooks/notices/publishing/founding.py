"""Founding: a clone of the software with its sample becomes the site of a body of its own.

The sample goes, the site is called as its publisher wants, and the public record begins anew. What
comes of it is made beside the project and checked there: all of it takes the place of what was, or
nothing does.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..checks import inspect
from ..facts import model
from ..facts.files import read_text
from ..facts.salvage import validate
from ..facts.source import parse_yaml, read_yaml
from ..history import checkout
from ..history.git import Repository
from ..history.project import PUBLIC
from ..problem import Faulty, Place, Problem, stops, unwritable
from ..text.characters import controls

SAMPLE = "shuangd-2023"
"""The notice that comes with the software."""
KEPT = "tests/sample"
"""Where the sample goes: the software's tests read it there, and nothing publishes it."""
WORKSHOP = ".notices-new-"
"""What the folder is called in which the new project is made, with some characters more."""
_SITE = "data/site.yml"
_NOTICES = tuple(f"{part}/notices" for part in PUBLIC)
_OF_SOFTWARE = ("README.md", "schema")
"""What stands in ``data/`` and is no part of a site."""
_PLAIN = re.compile(r"[\u4e00-\u9fff（）“”·]+|(?!false)[a-z]{5,}(?:-[a-z]+)*")
"""Words that YAML takes for nothing else."""
_HEAD = """\
# yaml-language-server: $schema=schema/site.json
# 本站的名称、主办单位和导航。只填真实信息；没有的不写。
"""
_RECORD = "# 从这次提交另起的新站；改动记录从写下这一行的那次提交开始。不要改，也不要删。\n"


class Wanted(NamedTuple):
    """What a new site is told of itself; "" for a name that comes from the publisher's."""

    publisher: str
    name: str = ""
    kind: str = model.USUAL_KIND


def refused(wanted: Wanted) -> list[Problem]:
    """Return what is wrong with the words themselves, as an editor of the file would be told."""
    problems = [
        Problem(Place(_SITE), "control-character", f"“{key}”里有看不见的{found.name}，请重新打一遍")
        for key, value in wanted._asdict().items()
        for found in controls(value)
    ]
    if not problems:
        try:
            validate(parse_yaml(_SITE, _written(wanted)), model.Site)
        except Faulty as fault:
            return [*fault.problems]
    return problems


def found(root: Path, wanted: Wanted) -> bool:
    """Make of the project in ``root`` the site that is ``wanted``; tell whether it was not yet.

    Raise Faulty, and leave all as it is, when it is not the sample's as it came, something of it is
    not committed, or the site would not be sound.
    """
    problems = [*refused(wanted), *_strangers(root)]
    if problems:
        raise Faulty(*problems)
    site = validate(read_yaml(root, _SITE), model.Site)
    if not _with_notices(root) and read_text(root, _SITE) == _written(wanted, site):
        return False
    after = site.model_copy(update={"started_from": _start(root)})
    try:
        folder = Path(tempfile.mkdtemp(prefix=WORKSHOP, dir=root))
        try:
            _make(root, folder, _written(wanted, after))
        finally:
            # What could not be put back is only there.
            if all((root / part).is_dir() for part in PUBLIC):
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise Faulty(unwritable(error, root)) from error
    return True


def _strangers(root: Path) -> Iterator[Problem]:
    """Yield why the project in ``root`` cannot become another's."""
    if not all((root / part).is_dir() for part in PUBLIC):
        yield Problem(
            Place(str(root)), "project-missing", "这里没有 content/ 和 data/，不是项目目录"
        )
    for path in _with_notices(root):
        if path.name not in (SAMPLE, f"{SAMPLE}.md"):
            message = f"这里已经有自己的通报，不是只有示例（{SAMPLE}）的新项目"
            yield Problem(Place(path.relative_to(root).as_posix()), "project-in-use", message)


def _with_notices(root: Path) -> list[Path]:
    """Return what stands where notices do."""
    folders = (root / name for name in _NOTICES)
    return sorted(path for folder in folders if folder.is_dir() for path in folder.iterdir())


def _start(root: Path) -> str | None:
    """Return the commit that the project is, of which nothing is told; None without a history.

    Raise Faulty when something is not committed: nobody could bring it back.
    """
    repository = Repository.around(root)
    head = repository.head() if repository else None
    if repository is None or head is None:
        return None
    changed = checkout.changed(repository, root)
    names = checkout.names_of(root, *PUBLIC, length=len(head))
    if not checkout.is_committed(repository, head, names, *PUBLIC):
        changed = changed or [*PUBLIC]
    if changed:
        others = f"（连同这里，共 {len(changed)} 处）" if len(changed) > 1 else ""
        message = f"这里的改动还没有提交{others}，请先提交或者撤回"
        raise Faulty(Problem(Place(changed[0]), "uncommitted", message))
    return head


def _make(root: Path, folder: Path, site: str) -> None:
    """Make the new project in ``folder``, and put it in place if it is sound."""
    new = [folder / part for part in PUBLIC]
    for part in PUBLIC:
        shutil.copytree(root / part, folder / part, symlinks=True)
    sample = folder / "sample"
    shutil.copytree(folder, sample, ignore=lambda *_: ["sample", *_OF_SOFTWARE])
    for name in _NOTICES:
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / _SITE).write_text(site, encoding="utf-8")
    problems = inspect(folder)[1]
    if stops(problems):
        raise Faulty(*problems)
    places = [root / part for part in PUBLIC]
    if (root / "tests").is_dir() and not (root / KEPT).exists():
        new, places = [*new, sample], [*places, root / KEPT]
    (folder / "old").mkdir()
    _put(new, places, folder / "old")


def _put(new: Sequence[Path], places: Sequence[Path], old: Path) -> None:
    """Put each of ``new`` in its place, and what was there into ``old``; all of them or none."""
    with contextlib.ExitStack() as undo:
        for made, place in zip(new, places, strict=True):
            if os.path.lexists(place):
                kept = place.rename(old / place.name)
                undo.callback(kept.rename, place)
            put = made.rename(place)
            undo.callback(put.rename, made)
        undo.pop_all()


def _written(wanted: Wanted, site: model.Site | None = None) -> str:
    """Return the facts of the site that is ``wanted``, with what ``site`` says beside."""
    lines = [f"{key}: {_quoted(value)}\n" for key, value in _said(wanted).items()]
    if site:
        lines += [f"time_zone: {site.time_zone}\n"]
        lines += [_RECORD, f"started_from: '{site.started_from}'\n"] * bool(site.started_from)
        for number, entry in enumerate(site.navigation or ()):
            lines += ["navigation:\n"] * (not number)
            lines += [f"  - page: {entry.page}\n", f"    title: {_quoted(entry.title)}\n"]
    return _HEAD + "".join(lines)


def _said(wanted: Wanted) -> dict[str, str]:
    name = {"name": wanted.name} if wanted.name else {}
    return {**name, "publisher": wanted.publisher, "kind": wanted.kind}


def _quoted(text: str) -> str:
    """Return ``text`` as YAML takes it for a text."""
    return text if _PLAIN.fullmatch(text) else "'{}'".format(text.replace("'", "''"))
