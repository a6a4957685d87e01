"""The source: the repository that a site claims to come from, and what its commit really gives.

Only commits of the published branch count, and only what stands in them as text and data: they are
built by the software that is installed here.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import manifest, software
from ..build import Build
from ..checkout import check_out
from ..git import git
from ..manifest import Manifest
from ..problem import Faulty, Place, Problem
from ..revision import PUBLIC

_APPROVED = "data/notices/{}/approved.txt"


@dataclass(frozen=True)
class Source:
    """The project in ``root``, a clone or a bare repository; ``branch`` is what is published.

    Without ``branch``, in a repository of a server it is the one that is published there; in a
    clone, that of where it was cloned from.
    """

    root: Path
    branch: str | None = None

    def age(self, told: Manifest) -> Iterator[Problem]:
        """Yield that the branch has gone on since the commit that the site is ``told`` to be of;
        raise Faulty when that is none of the branch.

        What changes nothing that the public sees does not count.
        """
        commit, tip = self._commit(told), self._tip()
        self._contains(commit, tip)
        lines = git(
            self.root, "log", "--first-parent", "--format=%h", f"{commit}..{tip}", "--", *PUBLIC
        ).splitlines()
        if lines:
            day = git(self.root, "log", "-1", "--format=%cs", commit)
            message = (
                f"网站是提交 {commit[:7]}（{day}）生成的，"
                f"此后又有 {len(lines)} 次提交改动了公开的内容，最近的是 {lines[0]}"
            )
            yield Problem(Place(manifest.NAME), "release-old", message)

    def same_software(self, told: Manifest) -> bool:
        """Tell whether the site was built by the version of the software that is installed."""
        return told.software == software.version()

    def rebuild(self, told: Manifest) -> tuple[Manifest, dict[str, int]]:
        """Return the manifest that the commit really gives, and the sizes of all files."""
        with tempfile.TemporaryDirectory() as folder:
            project, site = Path(folder) / "project", Path(folder) / "site"
            check_out(self.root, self._commit(told), project)
            try:
                Build(
                    project / self._below(), site, told.address, cache=Path(folder) / "cache"
                ).run()
            except Faulty as fault:
                message = f"提交 {told.commit} 不能重新生成：{fault.problems[0]}"
                raise Faulty(Problem(Place(manifest.NAME), "commit-unsound", message)) from fault
            made = manifest.read(site)
            return made, {path: (site / path).stat().st_size for path in made.files}

    def without_rebuilding(self, told: Manifest) -> Iterator[Problem]:
        """Yield why building again would prove nothing, and what is wrong all the same."""
        yield Problem(Place(manifest.NAME), "software-differs", self._versions(told))
        for notice, digests in sorted(told.approved.items()):
            place, path = Place(manifest.NAME), _APPROVED.format(notice)
            committed = self._approved(told, path)
            if committed is None or not manifest.agree(digests, committed):
                message = f"清单里通报“{notice}”的批准文本不是这次提交的 {path}"
                yield Problem(place, "approved-differs", message)
            published = told.files.get(f"notices/{notice}/approved.txt", {})
            if not published or not manifest.agree(digests, published):
                message = f"清单里通报“{notice}”的批准文本与网站上的 approved.txt 不是同一份"
                yield Problem(place, "approved-differs", message)

    def _commit(self, told: Manifest) -> str:
        if told.commit is None:
            message = "网站是从没有提交的内容生成的，谁也不能重新生成它来核对"
            raise Faulty(Problem(Place(manifest.NAME), "commit-unknown", message))
        try:
            git(self.root, "cat-file", "-e", f"{told.commit}^{{commit}}")
        except Faulty as fault:
            message = f"这个仓库里没有提交 {told.commit}：请先 git fetch，或者只按清单核对"
            raise Faulty(Problem(Place(manifest.NAME), "commit-unknown", message)) from fault
        return told.commit

    def _tip(self) -> str:
        """Return the last commit of the branch that is published."""
        names = [f"refs/remotes/origin/{self.branch or 'HEAD'}"]
        if self.branch:
            names.append(f"refs/heads/{self.branch}")
        else:
            names = [*self._set_branch(), *names, "HEAD"]
        for name in names:
            with contextlib.suppress(Faulty):
                return git(self.root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        message = f"仓库里没有分支“{self.branch or 'HEAD'}”"
        raise Faulty(Problem(Place(str(self.root)), "commit-unknown", message))

    def _set_branch(self) -> list[str]:
        with contextlib.suppress(Faulty):
            return [f"refs/heads/{git(self.root, 'config', '--local', 'notices.branch')}"]
        return []

    def _contains(self, commit: str, tip: str) -> None:
        try:
            git(self.root, "merge-base", "--is-ancestor", commit, tip)
        except Faulty as fault:
            message = f"提交 {commit} 不在发布的分支里，没有人批准发布它"
            raise Faulty(Problem(Place(manifest.NAME), "commit-unpublished", message)) from fault

    def _below(self) -> str:
        """Return the folder of the repository that the project is in."""
        return git(self.root, "rev-parse", "--show-prefix")

    def _approved(self, told: Manifest, path: str) -> manifest.Digests | None:
        with tempfile.TemporaryDirectory() as folder:
            check_out(self.root, self._commit(told), Path(folder) / "project")
            file = Path(folder) / "project" / self._below() / path
            return manifest.digest_all(file.read_bytes()) if file.is_file() else None

    def _versions(self, told: Manifest) -> str:
        theirs = (told.software and f"软件的版本 {told.software[:12]}") or "没有写明版本的软件"
        return (
            f"网站是用{theirs}生成的，这里装的是 {software.version()[:12]}："
            "重新生成的文件不能相比，只核对了批准文本。请装好那个版本再核对"
        )
