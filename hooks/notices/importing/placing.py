"""Placing: a draft is put into the project as a whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..catalogue.loading import opened
from ..catalogue.public import NOTICE_NAME
from ..problem import Faulty, Place, Problem, unwritable

WORKSHOP = ".import-"
"""What the folder is called in which a draft is written, with some characters more."""


def refused(root: Path, notice_id: str, *, again: bool) -> Iterator[Problem]:
    """Yield why no draft of that name can be put into the project in ``root``."""
    folder, narrative = f"data/notices/{notice_id}", f"content/notices/{notice_id}.md"
    if not all((root / part).is_dir() for part in ("content", "data")):
        yield Problem(
            Place(str(root)), "project-missing", "这里没有 content/ 和 data/，不是项目目录"
        )
    elif not re.fullmatch(NOTICE_NAME, notice_id) or len(notice_id) > 100:
        message = "通报的文件夹名只能用小写字母、数字和连字符，如 moumou-2020，不能叫 index"
        yield Problem(Place(folder), "import-name", message)
    elif found := next((each for each in (folder, narrative) if os.path.lexists(root / each)), ""):
        with opened(root) as loader:
            is_draft = notice_id in loader.drafts
        if not is_draft:
            message = "已经有这份通报，而且不是草稿，不能覆盖；请换一个名字"
            yield Problem(Place(found), "import-exists", message)
        elif not again:
            message = "已经有这份草稿；要从头再来（原来改过的都不要了），请加 --again"
            yield Problem(Place(found), "import-exists", message)


def place(root: Path, notice_id: str, files: Mapping[str, str]) -> None:
    """Put the files of the draft into the project in ``root``; Faulty when the disk takes none.

    A draft of that name that was there goes. Data come first: what a machine that stops leaves
    without its narrative is a draft all the same, and concerns nobody.
    """
    places = (f"data/notices/{notice_id}", f"content/notices/{notice_id}.md")
    try:
        workshop = Path(tempfile.mkdtemp(prefix=WORKSHOP, dir=root))
        try:
            for path, text in files.items():
                target = workshop / "new" / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(text.encode())
            _swap(root, workshop, places)
        finally:
            shutil.rmtree(workshop, ignore_errors=True)
    except OSError as error:
        raise Faulty(unwritable(error, root)) from error


def _swap(root: Path, workshop: Path, places: tuple[str, ...]) -> None:
    """Put each in its place, and what was there aside; all of them or none."""
    with contextlib.ExitStack() as undo:
        for number, path in enumerate(places):
            place_ = root / path
            place_.parent.mkdir(parents=True, exist_ok=True)
            if os.path.lexists(place_):
                old = place_.rename(workshop / f"old-{number}")
                undo.callback(old.rename, place_)
            new = workshop / "new" / path
            new.rename(place_)
            undo.callback(place_.rename, new)
        undo.pop_all()
