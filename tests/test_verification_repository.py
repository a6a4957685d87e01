"""Where a site claims to come from: the published branch, how old it is, and by what software."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from notices import software
from notices.command import main
from notices.problem import Faulty
from notices.proof import manifest
from notices.proof.manifest import Manifest
from notices.verification import ClaimedSource
from notices.verification.versions import commit_of
from publishing import git
from smallsite import FILES, rewrite, small_site

APPROVED = "data/notices/sample/approved.txt"
TEXT = FILES["notices/sample/approved.txt"]


def commit(root: Path, path: str, text: str, day: int = 1) -> str:
    """Commit ``text`` as the file ``path``, on a day of January; return the commit."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")
    git(root, "add", "--all")
    date = f"2026-01-{day:02}T12:00:00+08:00"
    git(root, "commit", "--quiet", "--message", path, GIT_COMMITTER_DATE=date)
    return git(root, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one commit, the first."""
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root, APPROVED, TEXT)
    return root


def told(commit: str) -> Manifest:
    return Manifest(commit=commit, address="", software="abc", approved={}, files={})


def age(root: Path, of: str, branch: str | None = None) -> list[str]:
    """Return the codes and messages of what is told of a site of the commit ``of``."""
    try:
        problems = [*ClaimedSource(root, branch).age(told(of))]
    except Faulty as fault:
        problems = [*fault.problems]
    return [f"{problem.rule} {problem.message}" for problem in problems]


def test_an_older_release_is_told_with_its_day_and_what_came_since(repository: Path) -> None:
    first = git(repository, "rev-parse", "HEAD")
    assert age(repository, first) == []
    commit(repository, "content/index.md", "甲", day=2)
    last = commit(repository, "content/index.md", "乙", day=3)
    assert age(repository, first) == [
        f"release-old 网站是提交 {first[:7]}（2026-01-01）生成的，"
        f"此后又有 2 次提交改动了公开的内容，最近的是 {last[:7]}"
    ]
    assert age(repository, last) == []


def test_what_changes_nothing_that_the_public_sees_makes_no_site_old(repository: Path) -> None:
    first = git(repository, "rev-parse", "HEAD")
    commit(repository, "README.md", "甲", day=2)
    assert age(repository, first) == []


def test_only_commits_of_the_published_branch_count(repository: Path) -> None:
    """Unless somebody says that it is another one."""
    git(repository, "checkout", "--quiet", "-b", "draft")
    draft = commit(repository, "content/index.md", "草稿", day=2)
    git(repository, "checkout", "--quiet", "main")
    (said,) = age(repository, draft)
    assert said.startswith(f"commit-unpublished 提交 {draft} 不在发布的分支里")
    assert age(repository, draft, "draft") == []
    (said,) = age(repository, draft, "nothing")
    assert said == "commit-unknown 仓库里没有分支“nothing”"


def test_in_a_clone_the_branch_is_that_of_where_it_came_from(
    repository: Path, tmp_path: Path
) -> None:
    """Whatever its own branch is: older, or further on by what nobody else has."""
    first = git(repository, "rev-parse", "HEAD")
    commit(repository, "content/index.md", "甲", day=2)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(repository), "clone")
    git(clone, "reset", "--quiet", "--hard", first)
    assert [said.split()[0] for said in age(clone, first)] == ["release-old"]
    own = commit(clone, "content/index.md", "自己的", day=3)
    assert [said.split()[0] for said in age(clone, own)] == ["commit-unpublished"]
    assert [said.split()[0] for said in age(clone, first, "main")] == ["release-old"]


def test_on_a_server_the_branch_is_the_one_that_is_published(
    repository: Path, tmp_path: Path
) -> None:
    first = git(repository, "rev-parse", "HEAD")
    git(repository, "checkout", "--quiet", "-b", "public")
    later = commit(repository, "content/index.md", "甲", day=2)
    git(repository, "checkout", "--quiet", "main")
    server = tmp_path / "repository.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(repository), server.name)
    assert age(server, first) == []
    assert [said.split()[0] for said in age(server, later)] == ["commit-unpublished"]
    git(server, "config", "notices.branch", "public")
    assert age(server, later) == []
    assert [said.split()[0] for said in age(server, first)] == ["release-old"]


def test_of_a_larger_repository_only_the_folder_of_the_project_counts(tmp_path: Path) -> None:
    larger = tmp_path / "larger"
    larger.mkdir()
    git(larger, "init", "--quiet", "--initial-branch=main")
    first = commit(larger, f"project/{APPROVED}", TEXT)
    commit(larger, "content/index.md", "别处的", day=2)
    assert age(larger / "project", first) == []
    commit(larger, "project/content/index.md", "甲", day=3)
    assert [said.split()[0] for said in age(larger / "project", first)] == ["release-old"]


def test_what_git_cannot_tell_is_said(repository: Path, tmp_path: Path) -> None:
    """A part of a history, and no repository at all."""
    first = git(repository, "rev-parse", "HEAD")
    commit(repository, "content/index.md", "甲", day=2)
    address = f"file://{repository}"
    git(tmp_path, "clone", "--quiet", "--depth=1", address, "part")
    assert age(tmp_path / "part", first)[0].startswith("history-missing ")
    (tmp_path / "none").mkdir()
    assert age(tmp_path / "none", first)[0].startswith("history-missing 这里不是 git 的仓库")


@pytest.fixture
def site(repository: Path, tmp_path: Path) -> Path:
    """A site of the commit of ``repository``, made by a software that nobody has."""
    site = small_site(tmp_path / "site")
    rewrite(site, commit=git(repository, "rev-parse", "HEAD"))
    return site


def another_text(site: Path) -> None:
    """Publish another approved text, with a manifest that agrees."""
    (site / "notices/sample/approved.txt").write_text("别的", encoding="utf-8")
    digests = manifest.digests(site)
    rewrite(site, files=digests, approved={"sample": digests["notices/sample/approved.txt"]})


def another_digest(site: Path) -> None:
    rewrite(site, approved={"sample": manifest.digest_all("别的".encode())})


def another_notice(site: Path) -> None:
    digests = manifest.digests(site)
    rewrite(site, approved={"other": digests["notices/sample/approved.txt"]})


def another_file(site: Path) -> None:
    (site / "notices/sample/approved.txt").write_text("别的", encoding="utf-8")


DIFFERENT: dict[str, tuple[Callable[[Path], None], list[str]]] = {
    "nothing": (lambda site: None, []),
    "the text": (another_text, ["manifest.json approved-differs"]),
    "the digest": (another_digest, ["manifest.json approved-differs"] * 2),
    "the notice": (another_notice, ["manifest.json approved-differs"] * 2),
    "the file": (another_file, ["notices/sample/approved.txt file-differs"]),
}


@pytest.mark.parametrize("case", DIFFERENT.values(), ids=DIFFERENT.keys())
def test_of_a_site_by_another_software_the_approved_texts_are_compared(
    site: Path,
    repository: Path,
    case: tuple[Callable[[Path], None], list[str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With the commit's, and the files with the manifest; nothing is built."""
    change, expected = case
    change(site)
    assert main(["verify", str(site), "--root", str(repository), "--format", "json"]) == 1
    entries = json.loads(capsys.readouterr().out)
    assert [f"{entry['path']} {entry['rule']}" for entry in entries] == [
        "manifest.json software-differs", *expected,
    ]  # fmt: skip


def test_a_site_by_a_software_that_told_no_version_is_by_another(
    site: Path, repository: Path
) -> None:
    rewrite(site, software=None)
    made = json.loads((site / manifest.NAME).read_bytes())
    del made["software"]
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    (site / manifest.NAME).write_text(text, encoding="utf-8")
    (problem,) = ClaimedSource(repository).without_rebuilding(manifest.read(site))
    assert "没有写明版本的软件" in problem.message


def test_the_commit_of_another_version_is_named_where_it_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the repository of the software that is installed, and not of what else changed in it."""
    root = tmp_path / "software"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    files = {"hooks/a.py": "1", "theme/main.html": "2", "mkdocs.yml": "3", "requirements.txt": "4"}
    for path, text in files.items():
        first = commit(root, path, text)
    commit(root, "data/site.yml", "x")
    commit(root, "hooks/a.py", "5")
    monkeypatch.setattr(software, "ROOT", root)
    version = software.name_of((PurePosixPath(path), text.encode()) for path, text in files.items())
    assert commit_of(version) == first
    assert commit_of("another") is None
    shutil.rmtree(root / ".git")
    assert commit_of(version) is None
    source = ClaimedSource(root)
    assert source.same_software(told(first).model_copy(update={"software": software.version()}))
