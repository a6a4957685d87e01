"""The renderer: MkDocs in a process of its own, and what it rendered before for the same."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from .. import fault, software
from ..cache import Drawer
from ..digest import digest
from ..problem import Faulty, Place, Problem, read_problem, told_unwritable

if TYPE_CHECKING:  # MkDocs is to start before all that it takes to tell it anything is loaded
    from .rendered import AskedPages, Rendered

NAMES_FILE = "NOTICES_RENDERED"
"""The variable that tells our hooks in MkDocs where to write what they render.

Whoever sets it tells them by their standard input what is asked, and fills all slots.
"""
_PAGES, _FILE = ".pages", ".rendered.json"
_SITES = 8
"""Of so many addresses what was rendered is kept."""


class KeptPages:
    """What was rendered last for the site at ``base``, in ``room``."""

    def __init__(self, base: str, room: Drawer) -> None:
        self._name, self._room = digest(base.encode()), room

    def find(self, asked: AskedPages) -> Rendered | None:
        """Return what was rendered when this was asked."""
        from .rendered import Rendered  # noqa: PLC0415

        name, _, kept = (self._room.get(self._name) or b"").partition(b"\n")
        return Rendered.read(kept) if name == asked.name.encode() else None

    def keep(self, asked: AskedPages, told: bytes) -> None:
        """Keep what was rendered when this was asked."""
        self._room.set(self._name, asked.name.encode() + b"\n" + told)
        self._room.forget((self._name,), spare=_SITES)

    def __bool__(self) -> bool:
        return self._room.get(self._name) is not None


class PageRenderer:
    """Renders in ``folder``, for a site at ``base``, and keeps that in ``room``.

    ``variables`` are those that MkDocs is told.
    """

    def __init__(self, folder: Path, base: str, room: Drawer, variables: Mapping[str, str]) -> None:
        self._pages, self._file = folder / _PAGES, folder / _FILE
        self._kept, self._variables = KeptPages(base, room), variables
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> PageRenderer:
        """Let MkDocs get ready meanwhile, unless it seems that it need not render anything."""
        if not self._kept:
            self._start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it, when what it renders is not wanted any more."""
        if self._process:
            self._process.kill()
            with self._process:  # which closes its pipes, too
                self._process.wait()

    def ask(self, asked: AskedPages) -> Callable[[], Rendered]:
        """Let it be rendered; return what waits for that, and raises Faulty when it failed."""
        if kept := self._kept.find(asked):
            return lambda: kept
        answer: Future[Rendered] = Future()
        threading.Thread(target=self._answer, args=(asked, answer), daemon=True).start()
        return answer.result

    def _answer(self, asked: AskedPages, answer: Future[Rendered]) -> None:
        try:
            answer.set_result(self._render(asked))
        except BaseException as error:
            answer.set_exception(error)

    def _render(self, asked: AskedPages) -> Rendered:
        from .rendered import Rendered  # noqa: PLC0415

        process = self._start()
        output, _ = process.communicate(asked.told())
        if process.returncode:
            said = output.decode(errors="replace")
            raise Faulty(*failures(said, self._pages, process.returncode))
        told = self._file.read_bytes()
        self._kept.keep(asked, told)
        return Rendered.read(told)

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            whose = ("-f", str(software.CONFIGURATION), "--site-dir", str(self._pages))
            self._process = subprocess.Popen(
                software.command("mkdocs", "build", "--strict", *whose),
                env=software.variables(**{NAMES_FILE: str(self._file), **self._variables}),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                close_fds=False,  # a lock that we were given is its, too
            )
        return self._process


def failures(output: str, site: Path, status: int) -> list[Problem]:
    """Return what MkDocs told in its ``output`` before it ended with ``status``: the problems of
    our own hooks, else its warnings and errors, else a fault; ``site`` is where it was writing.
    """
    if full := told_unwritable(output, site):
        return [full]
    if told := [*filter(None, map(read_problem, output.splitlines()))]:
        return told
    lines = (line.strip() for line in output.splitlines())
    said = [line for line in lines if line.startswith(("WARNING", "ERROR", "Error:"))]
    problems = [Problem(Place("mkdocs.yml"), "mkdocs", line) for line in said]
    return problems or [fault.tell_output("mkdocs", output, status)]
