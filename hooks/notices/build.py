"""The build: the one way from what people wrote to a site that may be public.

Check data and text while MkDocs makes the pages, read the pages back, compress them, write the
manifest, and follow every link. A site takes the place of the one before only when all went well.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from . import links, manifest, signature, software
from .cache import NAMES_FOLDER, open_cache
from .compress import compress
from .problem import Faulty, Place, Problem, disk_full, read_problem, unwritable
from .project import Project

if TYPE_CHECKING:
    from .catalogue import Catalogue

_LAST = 12  # lines of output, when MkDocs fails in a way of its own


class Build:
    """A build of ``project``, or the one in that folder, into the folder ``site`` for ``address``.

    With ``key``, a private key for SSH, the manifest is signed. ``cache`` is where its cache is,
    if not where :func:`open_cache` finds it.
    """

    def __init__(
        self,
        project: Project | Path,
        site: Path,
        address: str = "",
        key: Path | None = None,
        cache: Path | None = None,
    ) -> None:
        self.site, self.address, self.key, self.cache = site, address, key, cache
        self._given = project
        self.seconds: dict[str, float] = {}
        """How long each step took, by its name; the check runs while the pages are made."""
        self._new = site.with_name(f".{site.name}.new")

    def run(self) -> None:
        """Build; raise Faulty with the problems of the step that stopped it."""
        try:
            self._run()
        except OSError as error:  # a full disk, a target that may not be written
            raise Faulty(unwritable(error, self.site)) from error
        finally:
            shutil.rmtree(self._new, ignore_errors=True)

    def _run(self) -> None:
        given = self._given
        project = given if isinstance(given, Project) else Project.at(given)
        shutil.rmtree(self._new, ignore_errors=True)
        self._new.mkdir(parents=True)  # or fail before anything is done
        with self._timed("生成"), self._mkdocs(project) as pages:
            with self._timed("检查"):
                catalogue = self._check(project)
            output, _ = pages.communicate()
            if pages.returncode:
                raise Faulty(*_failures(output))
        with self._timed("核对"):
            self._prove(catalogue)
        with self._timed("封存"):
            self._seal(project, catalogue.public())
        with self._timed("链接"):
            if problems := links.check(self._new):
                raise Faulty(*problems)
        _put(self._new, self.site)

    @contextlib.contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - started

    @contextlib.contextmanager
    def _mkdocs(self, project: Project) -> Iterator[subprocess.Popen[str]]:
        """Let MkDocs make the pages meanwhile; stop it when they are not wanted any more."""
        whose = ("-f", str(software.CONFIGURATION), "--site-dir", str(self._new.resolve()))
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
        kept = {NAMES_FOLDER: str(self.cache.absolute())} if self.cache else {}
        return software.variables(SITE_URL=self.address, **project.variables(), **kept)

    def _check(self, project: Project) -> Catalogue:
        from .checks import inspect  # noqa: PLC0415 (takes as long as MkDocs takes to start)

        catalogue, problems = inspect(project.root, project.day)
        if problems := [*project.problems(), *problems]:
            raise Faulty(*problems)
        return catalogue

    def _prove(self, catalogue: Catalogue) -> None:
        from . import readback  # noqa: PLC0415
        from .checks import privacy  # noqa: PLC0415

        personal = privacy.scan_built(self._new, privacy.published(catalogue))
        if problems := [*readback.verify(self._new, catalogue.public()), *personal]:
            raise Faulty(*problems)

    def _seal(self, project: Project, catalogue: Catalogue) -> None:
        from .pages import approved_texts  # noqa: PLC0415

        compress(self._new, open_cache(project.root, self.cache).room("compressed"))
        approved = approved_texts(catalogue)
        file = self._new / manifest.NAME
        version = software.version()
        made = manifest.make(self._new, approved, project.commit, self.address, version)
        file.write_bytes(made.written())
        if self.key:
            signature.sign(file, self.key)


def _failures(output: str) -> list[Problem]:
    """Return the problems that our own hooks told, else warnings and errors, or the last words."""
    if full := disk_full(output, "mkdocs.yml"):
        return [full]
    if told := [*filter(None, map(read_problem, output.splitlines()))]:
        return told
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    said = [line for line in lines if line.startswith(("WARNING", "ERROR", "Error:"))]
    return [Problem(Place("mkdocs.yml"), "mkdocs", line) for line in said or lines[-_LAST:]]


def _put(new: Path, site: Path) -> None:
    """Let the folder ``new`` take the place of ``site``."""
    old = site.with_name(f".{site.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)
