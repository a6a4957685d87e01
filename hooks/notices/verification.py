"""Verification: whether a site, in a folder or on the web, is exactly what a commit gives.

What the site says of itself, its manifest, is believed only as far as it can be proven: by building
the commit again, and by a signature.
"""

from __future__ import annotations

import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import manifest, signature
from .cache import NAMES_FOLDER
from .checkout import check_out, environment, notices_command, packages_differ
from .git import git
from .manifest import Digests, Manifest
from .problem import Faulty, Place, Problem

_PATIENCE = 30  # seconds for one file
_AT_ONCE = 8  # files

Read = Callable[[str], bytes | None]
"""Returns the content of a file of the site, or None when it is not there."""


class Site:
    """A site to verify; ``where`` is a folder, or an address that begins with http."""

    def __init__(self, where: str) -> None:
        self._where = where
        self.remote = where.startswith(("http://", "https://"))
        """Of a site on the web one sees only what one asks for: no file that was added."""

    def manifest(self) -> bytes:
        """Return its manifest as it stands there; raise Faulty when there is none."""
        data = self.read(manifest.NAME)
        if data is None:
            message = f"{self._where} 没有发布清单：这不是本程序发布的网站，或者清单被删去了"
            raise Faulty(Problem(Place(manifest.NAME), "manifest-missing", message))
        return data

    def digests(self, named: Iterable[str]) -> dict[str, Digests | None]:
        """Return the digests of the files that are ``named``, and of all that can be seen."""
        paths = {*named} if self.remote else {*named, *manifest.published(Path(self._where))}
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            contents = threads.map(self.read, sorted(paths))
            return {
                path: None if data is None else manifest.digest_all(data)
                for path, data in zip(sorted(paths), contents, strict=True)
            }

    def read(self, path: str) -> bytes | None:
        """Return the content of ``path``, or None when it is not there."""
        return self._fetch(path) if self.remote else self._open(path)

    def _open(self, path: str) -> bytes | None:
        try:
            return (Path(self._where) / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _fetch(self, path: str) -> bytes | None:
        address = f"{self._where.rstrip('/')}/{urllib.parse.quote(path)}"
        request = urllib.request.Request(address, headers={"Accept-Encoding": "identity"})
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
                data: bytes = answer.read()
                return data
        except urllib.error.HTTPError as error:
            if error.code in (404, 410):
                return None
            reason = f"服务器回答 {error.code}"
        except (OSError, ValueError) as error:
            reason = str(getattr(error, "reason", error))
        raise Faulty(Problem(Place(address), "site-unreachable", f"取不到这个文件：{reason}"))


def verify(site: Site, repository: Path | None, signers: Path | None) -> Iterator[Problem]:
    """Yield how ``site`` differs from what its commit gives, and what is wrong with its signature.

    Without ``repository``, the commit is not built again, and the site's manifest is believed;
    without ``signers``, a signature is not looked at.
    """
    written = site.manifest()
    told = manifest.parse(written)
    expected, by = told, "清单"
    if repository:
        expected, by = rebuild(told, repository), "这次提交"
        if not told.agrees(expected):
            message = "清单与这次提交生成的不同"
            yield Problem(Place(manifest.NAME), "manifest-differs", message)
    yield from manifest.differences(expected, site.digests(expected.files), by)
    if signers:
        yield from _signature(site, written, signers)


def rebuild(told: Manifest, repository: Path) -> Manifest:
    """Return the manifest that the commit really gives which a site is ``told`` to come from."""
    if told.commit is None:
        message = "网站是从没有提交的内容生成的，谁也不能重新生成它来核对"
        raise Faulty(Problem(Place(manifest.NAME), "commit-unknown", message))
    try:
        git(repository, "cat-file", "-e", f"{told.commit}^{{commit}}")
    except Faulty as fault:
        message = f"这个仓库里没有提交 {told.commit}：请先 git fetch，或者只按清单核对"
        raise Faulty(Problem(Place(manifest.NAME), "commit-unknown", message)) from fault
    with tempfile.TemporaryDirectory() as folder:
        source, site = Path(folder) / "source", Path(folder) / "site"
        none_yet = {NAMES_FOLDER: str(Path(folder) / "cache")}
        check_out(repository, told.commit, source)
        if packages_differ(source):
            message = "这次提交要用的软件包与装着的不同，重新生成的不能相比；请先装好它的软件包"
            raise Faulty(Problem(Place("requirements.txt"), "packages-differ", message))
        done = subprocess.run(
            notices_command(source, "build", str(site)),
            env=environment(source, told.address) | none_yet,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode:
            said = (done.stdout + done.stderr).strip().splitlines() or [""]
            message = f"提交 {told.commit} 不能重新生成：{said[0]}"
            raise Faulty(Problem(Place(manifest.NAME), "commit-unsound", message))
        return manifest.read(site)


def _signature(site: Site, written: bytes, signers: Path) -> Iterator[Problem]:
    data = site.read(manifest.SIGNATURE)
    if data is None:
        yield Problem(Place(manifest.SIGNATURE), "signature-missing", "清单没有签名")
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / manifest.SIGNATURE
        file.write_bytes(data)
        try:
            signature.verify(written, file, signers)
        except Faulty as fault:
            yield from fault.problems
