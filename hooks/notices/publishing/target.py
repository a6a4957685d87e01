"""The target: where a site is to stand, and what may give way to it.

Only what is absent, an empty folder, or a site of ours in which nothing else stands is replaced.
Whatever else stands there is refused before any work, and stays as it is.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from .. import software
from ..problem import Faulty, Place, Problem
from ..proof.inventory import MANIFEST, SIGNATURE

_SOURCES = (
    "content", "data", "theme", "hooks", "tests", "deploy", ".venv", ".cache",
)  # fmt: skip
"""What nothing may be written into, neither in the project nor in the software."""
_KINDS = (
    (stat.S_ISLNK, "链接"),
    (stat.S_ISREG, "文件"),
    (stat.S_ISFIFO, "管道"),
    (stat.S_ISSOCK, "套接字"),
    (lambda _: True, "设备"),
)
_MOUNTS = Path("/proc/self/mountinfo")  # where there is one, it also knows what is bound


def resolve(site: Path) -> Path:
    """Return where ``site`` really is: what leads there may be links, itself it is not."""
    if site.name in ("", ".", ".."):
        raise Faulty(Problem(Place(str(site)), "target-protected", "请写出网站目录的名字，如 site"))
    try:
        return site.parent.resolve() / site.name
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError before 3.13
        raise Faulty(Problem(Place(str(site)), "unwritable", "路径里的链接指向它自己")) from error


def check(
    site: Path, root: Path, *others: Path, is_ours: Callable[[Path], bool] = lambda _: False
) -> None:
    """Raise Faulty when a site of the project in ``root`` may not take the place of ``site``.

    ``others`` are folders that it may neither hold nor stand in. ``is_ours`` tells of a folder
    whether it is known already that nothing stands there but a site of ours.
    """
    place = resolve(site)
    _keep_sources(site, place, root, others)
    if not os.path.lexists(place):
        _keep_writable(site, _first_there(place))
        return
    mode = place.lstat().st_mode
    if not stat.S_ISDIR(mode):
        kind = next(name for tells, name in _KINDS if tells(mode))
        message = f"这里已经有一个{kind}，不是本程序写的网站；请移走它，或者换一个目录"
        raise Faulty(Problem(Place(str(site)), "target-taken", message))
    if os.path.ismount(place) or place in _mounted():
        message = f"这里是挂载点，不能整个替换；请写成它里面的一个目录，如 {site}/site"
        raise Faulty(Problem(Place(str(site)), "target-taken", message))
    if not is_ours(place):
        _keep_what_is_not_ours(site, place)
    for folder in (place.parent, place):
        _keep_writable(site, folder)


def _keep_sources(site: Path, place: Path, root: Path, others: tuple[Path, ...]) -> None:
    """Raise Faulty when ``place`` is, holds or stands in what people wrote or what runs."""
    tops = [root.resolve(), software.ROOT, Path("~").expanduser().resolve(), Path("/")]
    closed = [(top / name).resolve() for top in tops[:2] for name in _SOURCES]
    closed += [other.resolve() for other in others]
    if any(_stands_in(each, place) for each in (*tops, *closed)):
        message = "这个目录里有项目、程序或者您的主目录，网站不能替换它；请换一个目录，如 site"
        raise Faulty(Problem(Place(str(site)), "target-protected", message))
    if ".git" in place.parts or any(_stands_in(place, each) for each in closed):
        message = "这是项目或程序自己的目录，网站不能写到里面；请换一个目录，如 site"
        raise Faulty(Problem(Place(str(site)), "target-protected", message))


def _stands_in(path: Path, folder: Path) -> bool:
    """Tell whether ``path`` is ``folder`` or below it, under whatever name."""
    return any(each == folder or _same(each, folder) for each in (path, *path.parents))


def _same(one: Path, other: Path) -> bool:
    """Tell whether both are there and are the same: case need not count, folders may be bound."""
    try:
        return os.path.samestat(one.lstat(), other.lstat())
    except OSError:
        return False


def _keep_what_is_not_ours(site: Path, place: Path) -> None:
    """Raise Faulty when something in the folder ``place`` is not of a site of ours."""
    there = sorted(_files(place))
    if not there:
        return
    ours = _named(place)
    if ours is None:
        message = (
            f"这个文件夹里有 {there[0]}，没有本程序的发布清单，不知道是谁的；"
            "不要了的（如 mkdocs build 写的），请先移走或删去，或者换一个目录"
        )
        raise Faulty(Problem(Place(str(site)), "target-taken", message))
    if foreign := next((name for name in there if name not in ours), None):
        message = f"这个网站目录里的 {foreign} 不是本程序写的，请先移走，再生成网站"
        raise Faulty(Problem(Place(str(site)), "target-taken", message))


def _files(folder: Path, before: str = "") -> Iterator[str]:
    """Yield the path of all that is no folder below ``folder``, links among them."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path), f"{before}{entry.name}/")
            else:
                yield f"{before}{entry.name}"


def _named(place: Path) -> set[str] | None:
    """Return the files that a site of ours has, whichever version wrote it; None if it is none."""
    file = place / MANIFEST
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            return None
        told = json.loads(file.read_bytes())
        if not {"address", "approved", "commit", "files"} <= told.keys():
            return None
        return {*told["files"], MANIFEST, SIGNATURE}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None


def _first_there(place: Path) -> Path:
    """Return the first folder above ``place`` that exists."""
    return next(each for each in place.parents if os.path.lexists(each))


def _keep_writable(site: Path, folder: Path) -> None:
    """Raise Faulty when nothing can be put into ``folder``, or taken out of it."""
    if not folder.is_dir():
        raise Faulty(
            Problem(Place(str(site)), "unwritable", f"{folder} 不是目录，网站不能写在它下面")
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Faulty(Problem(Place(str(site)), "unwritable", f"没有写 {folder} 的权限"))


def _mounted() -> set[Path]:
    """Return all places where something is mounted, as far as the system tells."""
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return set()
    return {Path(_plain(line.split()[4])) for line in lines}


def _plain(written: str) -> str:
    """Return a path as it is; the system writes white space in it as octal numbers."""
    for code in ("040", "011", "012", "134"):
        written = written.replace(f"\\{code}", chr(int(code, 8)))
    return written
