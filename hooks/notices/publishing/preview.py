"""The preview: while data is unsound, the last good site with the problems on top of each page.

Of an archive few files are looked at: each is made when it is asked for.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from wsgiref.headers import Headers

import jinja2

from ..problem import Faulty, Problem
from .component import Component, write

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_NOTHING = "404.html"
_LOCAL = frozenset({"btrfs", "ext2", "ext3", "ext4", "f2fs", "overlay", "tmpfs", "xfs", "zfs"})


class Shown:
    """What a preview shows: files by their address, each made when it is asked for.

    ``groups`` give them; what is not looked into is not made either.
    """

    def __init__(self, groups: Iterable[Callable[[], Iterable[Component]]] = ()) -> None:
        self._groups = [functools.cache(functools.partial(_by_address, each)) for each in groups]

    def find(self, address: str) -> Callable[[], bytes] | None:
        """Return what makes the file, if there is one."""
        found = (group().get(address) for group in self._groups)
        return next(filter(None, found), None)


class MadeWhenAsked:
    """A WSGI application around a preview's: lets files of what is ``shown`` stand in ``folder``,
    which it serves below the path ``top``, when they are asked for.

    Something else may be shown between requests; what was before stands there no more.
    """

    def __init__(
        self, application: WSGIApplication, shown: Callable[[], Shown], folder: Path, top: str
    ) -> None:
        self._application, self._shown, self._folder = application, shown, folder
        self._top = top.rstrip("/") + "/"
        self._stands: tuple[Shown, set[str]] = (Shown(), set())
        self._one = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "").encode("latin-1").decode(errors="replace")
        try:
            with self._one:
                self._let_stand(path.removeprefix(self._top).strip("/"))
        except Faulty as fault:
            body = f"{fault}\n".encode()
            headers = [("Content-Type", "text/plain; charset=utf-8")]
            headers.append(("Content-Length", str(len(body))))
            start_response("503 Service Unavailable", headers)
            return [body]
        return self._application(environ, start_response)

    def _let_stand(self, address: str) -> None:
        """Let what is asked for stand in the folder, or what says that there is nothing."""
        shown, standing = self._stands
        if shown is not self._shown():
            for each in standing:
                (self._folder / each).unlink(missing_ok=True)
            shown, standing = self._stands = (self._shown(), set())
        for each in (address, f"{address}/index.html".lstrip("/"), _NOTHING):
            if make := each not in standing and shown.find(each):
                write(self._folder, [Component(each, "", make)])
                standing.add(each)
            if each in standing:
                return


def _by_address(group: Callable[[], Iterable[Component]]) -> dict[str, Callable[[], bytes]]:
    return {each.address: each.content for each in group()}


def tells_changes(folder: Path, mounts: Path = Path("/proc/self/mountinfo")) -> bool:
    """Tell whether the system tells of changes below ``folder``, which is as quick for thousands of
    files as for one; what others change on their disks, it does not.
    """
    try:
        lines = mounts.read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    there = folder.resolve()
    found = [_mount(line) for line in lines]
    own = max((each for each in found if there.is_relative_to(each[0])), default=None)
    return own is not None and own[1] in _LOCAL


def _mount(line: str) -> tuple[str, str]:
    """Return where a file system stands that a line of mountinfo tells of, and its type."""
    before, _, after = line.partition(" - ")
    return before.split()[4], after.split()[0]


class ProblemsOnTop:
    """A WSGI application around a preview's: puts ``problems`` into every page while there are any.

    ``folder`` holds ``problems.html``. The list may change between requests.
    """

    def __init__(self, application: WSGIApplication, problems: list[Problem], folder: Path) -> None:
        self._application = application
        self._problems = problems
        environment = jinja2.Environment(loader=jinja2.FileSystemLoader(folder), autoescape=True)
        self._template = environment.get_template("problems.html")

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not self._problems:
            return self._application(environ, start_response)
        answer: list[tuple[str, list[tuple[str, str]]]] = []

        def remember(status: str, headers: list[tuple[str, str]], _: object = None, /) -> object:
            answer.append((status, headers))
            return lambda _: None

        body = b"".join(self._application(environ, remember))  # type: ignore[arg-type]
        status, pairs = answer[-1]
        headers = Headers(pairs)
        if (headers["Content-Type"] or "").startswith("text/html"):
            body = self._with_problems(body)
            headers["Content-Length"] = str(len(body))
        start_response(status, headers.items())
        return [body]

    def _with_problems(self, page: bytes) -> bytes:
        """Put the problems before what the page shows: right after its ``<body …>``."""
        begin = page.find(b">", max(page.find(b"<body"), 0)) + 1
        listing = self._template.render(problems=self._problems).encode()
        return page[:begin] + listing + page[begin:]
