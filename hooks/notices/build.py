"""The build: the one way from what people wrote to a site that may be public.

Check data and text while MkDocs makes the pages, read the pages back, compress them, write the
manifest, and follow every link. A site takes the place of the one before only when all went well.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from . import links, manifest, revision, signature, software
from .cache import NAMES_FOLDER, open_cache
from .compress import compress
from .problem import Faulty, Place, Problem, disk_full, read_problem, unwritable

if TYPE_CHECKING:
    from .catalogue import Catalogue

_LAST = 12  # lines of output, when MkDocs fails in a way of its own


class Build:
    """A build of the project in ``root``, into the folder ``site``, for the address ``address``.

    With ``key``, a private key for SSH, the manifest is signed. ``cache`` is where its cache is,
    if not where :func:`open_cache` finds it.
    """

    def __init__(
        self,
        root: Path,
        site: Path,
        address: str = "",
        key: Path | None = None,
        cache: Path | None = None,
    ) -> None:
        self.root, self.site, self.address, self.key, self.cache = root, site, address, key, cache
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
        commit = revision.commit(self.root)
        shutil.rmtree(self._new, ignore_errors=True)
        self._new.mkdir(parents=True)  # or fail before anything is done
        with self._timed("生成"), self._mkdocs() as pages:
            with self._timed("检查"):
                catalogue = self._check()
            output, _ = pages.communicate()
            if pages.returncode:
                raise Faulty(*_failures(output))
        with self._timed("核对"):
            self._prove(catalogue)
        with self._timed("封存"):
            self._seal(catalogue.public(), commit)
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
    def _mkdocs(self) -> Iterator[subprocess.Popen[str]]:
        """Let MkDocs make the pages meanwhile; stop it when they are not wanted any more."""
        command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
        with subprocess.Popen(
            [*command, "-f", software.CONFIGURATION, "--site-dir", self._new.resolve()],
            env=self._environment(),
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

    def _environment(self) -> dict[str, str]:
        """Return the variables for MkDocs, which imports the software that is running."""
        return {
            **os.environ,
            **({NAMES_FOLDER: str(self.cache.absolute())} if self.cache else {}),
            "SITE_URL": self.address,
            software.NAMES_ROOT: str(self.root.resolve()),
            "PYTHONPATH": str(software.ROOT / "hooks"),
            "PYTHONUTF8": "1",
            "NO_MKDOCS_2_WARNING": "1",
        }

    def _check(self) -> Catalogue:
        from .checks import inspect  # noqa: PLC0415 (takes as long as MkDocs takes to start)

        catalogue, problems = inspect(self.root, revision.as_of(self.root))
        if problems:
            raise Faulty(*problems)
        return catalogue

    def _prove(self, catalogue: Catalogue) -> None:
        from . import readback  # noqa: PLC0415
        from .checks import privacy  # noqa: PLC0415

        personal = privacy.scan_built(self._new, privacy.published(catalogue))
        if problems := [*readback.verify(self._new, catalogue.public()), *personal]:
            raise Faulty(*problems)

    def _seal(self, catalogue: Catalogue, commit: str | None) -> None:
        from .pages import approved_texts  # noqa: PLC0415

        compress(self._new, open_cache(self.root, self.cache).room("compressed"))
        approved = approved_texts(catalogue)
        file = self._new / manifest.NAME
        made = manifest.make(self._new, approved, commit, self.address, software.version())
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
