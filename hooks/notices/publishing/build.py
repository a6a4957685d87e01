"""The build: the one way from what people wrote to a site that may be public.

Check data and text while MkDocs makes the pages of the same, read the pages back, compress them,
hold what lies there against what was meant, write the manifest, and follow every link. A site takes
the place of the one before only when all went well.
"""

from __future__ import annotations

import contextlib
import datetime
import importlib
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from .. import fault, software
from ..cache import NAMES_FOLDER, folder_of, open_cache
from ..history.project import Project
from ..problem import Faulty, Place, Problem, read_problem, stops, told_unwritable, unwritable
from ..proof.approvals.approvers import Approvers, approvers_of, variables
from ..proof.meant import NAMES_FILE, Meant
from . import target, workshop

if TYPE_CHECKING:
    from ..catalogue.notices import Catalogue

_CHANGED = "生成期间 content/ 或 data/ 里的文件有改动，网站没有改动；请再运行一次"


class Build:
    """A build of ``project``, or the one in that folder, into the folder ``site`` for ``address``.

    ``cache`` is where its cache is, if not where :func:`open_cache` finds it; with ``anew``,
    nothing that was made before is used. ``approvers`` tells who must have agreed to what is built.
    What a commit says of its time may not lie after ``now``.
    """

    def __init__(
        self,
        project: Project | Path,
        site: Path,
        address: str = "",
        cache: Path | None = None,
        *,
        anew: bool = False,
        approvers: Callable[[Project], Approvers | None] = approvers_of,
        now: datetime.datetime | None = None,
    ) -> None:
        self.project, self.site, self.address = project, site, address
        # The build itself asks no clock: it must give the same at any time.
        self._now = now
        self.seconds: dict[str, float] = {}
        """How long each step took, by its name; the check runs while the pages are made."""
        self.hints: list[Problem] = []
        """What is worth a look in a site that may be published all the same."""
        self._cache, self._anew = cache, anew
        self._ask = approvers
        self._approvers: Approvers | None = None
        self._new = Path()

    def run(self) -> None:
        """Build; raise Faulty with the problems of the step that stopped it."""
        try:
            self._check_target()
            place = target.resolve(self.site)
            with workshop.workshop(place) as folder:
                self._new = folder / place.name
                self._new.mkdir()
                self._cache = folder / "cache" if self._anew else self._cache
                self._make()
                self._check_target()  # it took a while
                workshop.put(self._new, place)
        except OSError as error:  # a full disk
            raise Faulty(unwritable(error, self.site)) from error

    @property
    def _meant(self) -> Path:
        """Where MkDocs writes down what it means to publish: beside the new site."""
        return self._new.with_name(f".{self._new.name}.meant")

    def _check_target(self) -> None:
        given = self.project
        root = given.root if isinstance(given, Project) else given
        others = () if self._anew else (folder_of(root, self._cache),)
        target.check(self.site, root, *others)

    def _make(self) -> None:
        given = self.project
        project = given if isinstance(given, Project) else Project.at(given)
        if self._now and (problems := project.ahead(self._now)):
            raise Faulty(*problems)
        self._approvers = self._ask(project)
        with self._timed("生成"), self._mkdocs(project) as pages:
            with self._timed("检查"):
                catalogue = self._check(project)
            output, _ = pages.communicate()
            if pages.returncode:
                raise Faulty(*failures(output, self.site, pages.returncode))
        with self._timed("核对"):
            self._prove(project, catalogue)
        with self._timed("封存"):
            self._seal(project, catalogue.public())
        with self._timed("链接"):
            self._follow()

    @contextlib.contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - started

    @contextlib.contextmanager
    def _mkdocs(self, project: Project) -> Iterator[subprocess.Popen[str]]:
        """Let MkDocs make the pages meanwhile; stop it when they are not wanted any more."""
        whose = ("-f", str(software.CONFIGURATION), "--site-dir", str(self._new))
        with subprocess.Popen(
            software.command("mkdocs", "build", "--strict", *whose),
            env=self._environment(project),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            close_fds=False,  # a lock that we were given is its, too
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def _environment(self, project: Project) -> dict[str, str]:
        """Return the variables for MkDocs, which imports the software that is running."""
        kept = {NAMES_FOLDER: str(self._cache.absolute())} if self._cache else {}
        meant = {NAMES_FILE: str(self._meant)}
        told = kept | meant | variables(self._approvers) | project.variables()
        return software.variables(SITE_URL=self.address, **told)

    def _check(self, project: Project) -> Catalogue:
        from ..checks import inspect  # noqa: PLC0415 (takes as long as MkDocs takes to start)
        from ..proof.approvals.judge import judge  # noqa: PLC0415

        catalogue, problems = inspect(project.root, project.moment, address=self.address)
        judged = judge(project.root, catalogue, self._approvers)
        problems = [*project.problems(), *problems, *judged.problems]
        if stops(problems):
            raise Faulty(*problems)
        self.hints = problems
        software.version()
        for later in ("compress", "links", "manifest", "readback"):  # while MkDocs is still at work
            importlib.import_module(f"..proof.{later}", __package__)
        return catalogue

    def _prove(self, project: Project, catalogue: Catalogue) -> None:
        from ..checks import privacy  # noqa: PLC0415
        from ..proof import readback  # noqa: PLC0415

        if Meant.read(self._meant).origin != catalogue.origin:
            raise Faulty(Problem(Place("content"), "changed-meanwhile", _CHANGED))
        cache = open_cache(project.root, self._cache)
        permitted = privacy.published(catalogue)
        personal = privacy.scan_built(self._new, permitted, cache.room("scans"))
        proven = cache.room("proofs")
        if problems := [*readback.verify(self._new, catalogue.public(), proven), *personal]:
            raise Faulty(*problems)

    def _seal(self, project: Project, catalogue: Catalogue) -> None:
        from ..catalogue.addresses import approved_texts  # noqa: PLC0415
        from ..proof import manifest  # noqa: PLC0415
        from ..proof.compress import compress  # noqa: PLC0415

        compress(self._new, open_cache(project.root, self._cache).room("compressed"))
        approved = approved_texts(catalogue.notices)
        file = self._new / manifest.NAME
        version = software.version()
        made = manifest.make(self._new, approved, project.commit, self.address, version)
        if who := self._approvers:
            approvers = manifest.StatedApprovers(signers=who.signers, least=who.least)
            made = made.model_copy(update={"approvers": approvers})
        if problems := [*Meant.read(self._meant).differences(self._new, made.files)]:
            raise Faulty(*problems)
        file.write_bytes(made.written())

    def _follow(self) -> None:
        from ..proof import links  # noqa: PLC0415

        if problems := links.check(self._new):
            raise Faulty(*problems)


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
