"""The source: the repository that a site claims to come from, and what its commit really gives.

Only commits of the published branch count, and only what stands in them as text and data: they are
built by the software that is installed here.
"""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import software
from ..catalogue.days import day_at
from ..catalogue.loading import load
from ..history.commits import steps
from ..history.git import Repository
from ..history.project import PUBLIC, Project
from ..problem import Faulty, Place, Problem
from ..proof import manifest
from ..proof.approvals.approvers import Approvers, approvers_of
from ..proof.approvals.judge import Approval, judge
from ..proof.manifest import Manifest
from ..publishing.build import Build
from .versions import commit_of

_APPROVED = "data/notices/{}/approved.txt"


@dataclass(frozen=True)
class ClaimedSource:
    """The project in ``root``, a clone or a bare repository; ``branch`` is what is published.

    Without ``branch``, in a repository of a server it is the one that is published there; in a
    clone, that of where it was cloned from.
    """

    root: Path
    branch: str | None = None

    @functools.cached_property
    def _repository(self) -> Repository:
        if found := Repository.around(self.root):
            return found
        message = "这里不是 git 的仓库，没有提交可以核对"
        raise Faulty(Problem(Place(str(self.root)), "history-missing", message))

    def age(self, told: Manifest) -> Iterator[Problem]:
        """Yield that the branch has gone on since the commit that the site is ``told`` to be of;
        raise Faulty when that is none of the branch.

        What changes nothing that the public sees does not count.
        """
        self._repository.demand_history()
        commit, tip = self._commit(told), self._tip()
        if not self._repository.is_ancestor(commit, tip):
            message = f"提交 {commit} 不在发布的分支里；发布的是别的分支，就用 --branch 写明"
            raise Faulty(Problem(Place(manifest.NAME), "commit-unpublished", message))
        if later := steps(self._repository, tip, *PUBLIC, after=commit):
            (of,) = self._repository.commits([commit])
            message = (
                f"网站是提交 {commit[:7]}（{day_at(self._repository, of)}）生成的，"
                f"此后又有 {len(later)} 次提交改动了公开的内容，最近的是 {later[0].commit.name[:7]}"
            )
            yield Problem(Place(manifest.NAME), "release-old", message)

    def same_software(self, told: Manifest) -> bool:
        """Tell whether the site was built by the version of the software that is installed."""
        return told.software == software.version()

    def rebuild(self, told: Manifest) -> tuple[Manifest, dict[str, int]]:
        """Return the manifest that the commit really gives, and the sizes of all files."""
        with tempfile.TemporaryDirectory() as folder:
            root, site = Path(folder) / "project", Path(folder) / "site"
            who = _told_approvers(told)
            try:
                project = Project.taken_out(self._repository, self._commit(told), root)
                Build(project, site, told.address, anew=True, approvers=lambda _: who).run()
            except Faulty as fault:
                message = f"提交 {told.commit} 不能重新生成：{fault.problems[0]}"
                raise Faulty(Problem(Place(manifest.NAME), "commit-unsound", message)) from fault
            made = manifest.read(site)
            return made, {path: (site / path).stat().st_size for path in made.files}

    def approvers(self, told: Manifest) -> Iterator[Problem]:
        """Yield that others may approve than the settings here say, or not so many must."""
        here, there = approvers_of(Project(self.root, self._repository, None)), told.approvers
        if here and (here.signers, here.least) != (there and (there.signers, there.least)):
            message = "网站生成时的审核人名单或者要求的人数，与这里设定的不同"
            yield Problem(Place(manifest.NAME), "approvers-differ", message)

    def approvals(self, told: Manifest) -> dict[str, list[Approval]]:
        """Return who agreed to each notice, and when, by the list that the site tells."""
        if told.approvers is None:
            return {}
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "project"
            project = Project.taken_out(self._repository, self._commit(told), root)
            catalogue, _ = load(root, project.moment)
            return judge(root, catalogue, _told_approvers(told)).approvals

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
            return self._repository.resolve(told.commit)
        except Faulty as fault:
            if fault.problems[0].rule != "commit-unknown":
                raise
            message = f"这个仓库里没有提交 {told.commit}：请先 git fetch，或者只按清单核对"
            raise Faulty(Problem(Place(manifest.NAME), "commit-unknown", message)) from fault

    def _tip(self) -> str:
        """Return the last commit of the branch that is published."""
        repository, branch = self._repository, self.branch
        published = branch or repository.settings().get("notices.branch")
        names = [f"refs/heads/{published}"] if published else []
        if branch or not published:  # what others may see goes before what stands here
            names = [f"refs/remotes/origin/{branch or 'HEAD'}", *(names or ["HEAD"])]
        for name in names:
            try:
                return repository.resolve(name)
            except Faulty as fault:
                if fault.problems[0].rule != "commit-unknown":
                    raise
        message = f"仓库里没有分支“{published or 'HEAD'}”"
        raise Faulty(Problem(Place(str(self.root)), "commit-unknown", message))

    def _approved(self, told: Manifest, path: str) -> manifest.Digests | None:
        entries = self._repository.entries(self._commit(told), path)
        contents = self._repository.contents(each.name for each in entries if each.is_file())
        return next((manifest.digest_all(data) for _, data in contents), None)

    def _versions(self, told: Manifest) -> str:
        theirs = f"软件的版本 {told.software[:12]}" if told.software else "没有写明版本的软件"
        commit = commit_of(told.software) if told.software else None
        how = f"请装好那个版本（git -C {software.ROOT} checkout {commit}，再运行 make setup）"
        return (
            f"网站是用{theirs}生成的，这里装的是 {software.version()[:12]}："
            f"重新生成的文件不能相比，只核对了批准文本。{how if commit else '请装好那个版本'}再核对"
        )


def _told_approvers(told: Manifest) -> Approvers | None:
    return Approvers(told.approvers.signers, told.approvers.least) if told.approvers else None
