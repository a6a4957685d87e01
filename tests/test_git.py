"""What git is asked has one answer on every machine, and what it cannot answer is a problem."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from notices.command import main
from notices.history.checkout import extract
from notices.history.git import Repository
from notices.history.project import PUBLIC, Project
from notices.problem import Faulty
from notices.proof import manifest
from notices.proof.approvals.approvers import approvers_of
from publishing import clean, git
from sitehouse import SAMPLE, copy_project

APPROVED = "data/notices/a/approved.txt"
FILES = {"content/index.md": "甲\n", APPROVED: "第一行\r\n第二行\n$Id$ $Format:%H$\n", "x.txt": "x"}


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode())


def commit(root: Path, message: str = "改动", day: str = "2026-01-02") -> str:
    """Commit everything as it stands, on ``day``; return the commit."""
    git(root, "-c", "core.safecrlf=false", "add", "--all", "--force", ".")
    moment = f"{day}T23:30:00+0800"
    variables = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    git(root, "commit", "--quiet", "--allow-empty", "--message", message, **variables)
    return git(root, "rev-parse", "HEAD")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small repository: text and data, in two commits."""
    root = tmp_path / "项目"
    write(root, FILES)
    git(tmp_path, "init", "--quiet", "--initial-branch=main", root.name)
    commit(root, "开始", "2026-01-01")
    write(root, {"content/第二页 \"'.md": "乙\n"})
    commit(root)
    return root


def head(root: Path) -> str:
    return git(root, "rev-parse", "HEAD")


def answers(root: Path) -> tuple[object, ...]:
    """Return all that the project asks of git."""
    project = Project.at(root)
    repository, tip = project.repository, project.commit
    assert repository
    assert tip
    history = project.steps()
    return (
        tip,
        project.moment,
        history,
        [*repository.entries(tip, *PUBLIC)],
        repository.differing(history[-1].commit.name, tip),
        repository.merge_base(history[-1].commit.name, tip),
        project.problems(),
    )


def rules(of: Callable[[], object]) -> list[str]:
    """Return the codes of the problems that ``of`` raises."""
    with pytest.raises(Faulty) as fault:
        of()
    return [problem.rule for problem in fault.value.problems]


def test_the_repository_is_found_from_wherever_the_project_stands(
    root: Path, tmp_path: Path
) -> None:
    """In a folder of it, in a further work tree, in a submodule, and without a work tree."""
    part = root / "部门/网站"
    write(part, FILES)
    whole = commit(root)
    git(root, "worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"))
    git(tmp_path, "clone", "--quiet", "--bare", str(root), "bare.git")
    outer = tmp_path / "outer"
    git(tmp_path, "init", "--quiet", outer.name)
    add = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add")
    git(outer, *add, str(root), "inner")
    for place in (root, part, tmp_path / "tree", tmp_path / "tree/部门/网站", outer / "inner"):
        project = Project.at(place)
        assert project.commit == whole
        assert project.steps()[0].commit.name
    assert Project.at(part).repository == Repository(root / ".git", "部门/网站/")
    assert [each.commit.name for each in Project.at(part).steps()] == [whole]
    assert Repository.around(tmp_path / "bare.git") == Repository(tmp_path / "bare.git")
    assert Project.at(tmp_path).repository is None


@pytest.mark.parametrize("damage", ["a folder", "a file", "a link"])
def test_what_is_no_repository_is_not_taken_for_none(root: Path, damage: str) -> None:
    shutil.rmtree(root / ".git")
    if damage == "a folder":
        (root / ".git").mkdir()
    elif damage == "a file":
        (root / ".git").write_text("gitdir: ../nowhere")
    else:
        (root / ".git").symlink_to("nowhere")
    assert rules(lambda: Project.at(root)) == ["git"]


def test_nothing_is_committed_before_the_first_commit(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    git(tmp_path, "init", "--quiet")
    assert Project.at(tmp_path).commit is None
    (tmp_path / ".git/refs/heads/main").write_text("damaged\n")
    git(tmp_path, "symbolic-ref", "HEAD", "refs/heads/main")
    assert rules(lambda: Project.at(tmp_path)) == ["git"]


def test_a_checkout_that_another_user_owns_is_asked_like_any_other(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = answers(root)
    real = shutil.which("git")
    foreign = tmp_path / "bin/git"
    write(foreign.parent, {"git": ""})
    foreign.write_text(
        f'#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec {real} "$@"\n', encoding="utf-8"
    )
    foreign.chmod(0o755)
    monkeypatch.setenv("PATH", f"{foreign.parent}:{os.environ['PATH']}")
    refused = subprocess.run(
        ["git", "status"], cwd=root, env=clean(), capture_output=True, check=False
    )
    assert b"dubious ownership" in refused.stderr
    assert answers(root) == before


SETTINGS = {
    "color.ui": "always",
    "core.abbrev": "4",
    "core.attributesFile": "{folder}/attributes",
    "core.excludesFile": "{folder}/ignored",
    "core.fsmonitor": "{folder}/program",
    "core.hooksPath": "{folder}",
    "core.ignoreCase": "true",
    "core.quotePath": "true",
    "core.sshCommand": "{folder}/program",
    "core.worktree": "{folder}",
    "diff.external": "{folder}/program",
    "diff.noprefix": "true",
    "diff.renames": "copies",
    "gpg.program": "{folder}/program",
    "i18n.logOutputEncoding": "GBK",
    "log.date": "relative",
    "log.showSignature": "true",
    "safe.bareRepository": "explicit",
    "status.showUntrackedFiles": "no",
}


def test_no_setting_changes_an_answer_or_runs_a_program(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither one of the user's, nor one of the repository's own, nor a variable."""
    before = answers(root)
    folder = tmp_path / "settings"
    write(folder, {"attributes": "* eol=crlf", "ignored": "*", "program": ""})
    ran = tmp_path / "ran"
    (folder / "program").write_text(f"#!/bin/sh\ntouch '{ran}'\n", encoding="utf-8")
    (folder / "program").chmod(0o755)
    for where in (("--file", str(folder / ".gitconfig")), ("--local",)):
        for name, value in SETTINGS.items():
            git(root, "config", *where, name, value.format(folder=folder))
        monkeypatch.setenv("HOME", str(folder))
        assert answers(root) == before
    for name, value in {
        "GIT_DIR": "nowhere",
        "GIT_WORK_TREE": "nowhere",
        "GIT_OBJECT_DIRECTORY": "nowhere",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.quotePath",
        "GIT_CONFIG_VALUE_0": "true",
        "GIT_EXTERNAL_DIFF": str(folder / "program"),
    }.items():
        monkeypatch.setenv(name, value)
    assert answers(root) == before
    assert not ran.exists()


def ignore(root: Path) -> None:
    """Hide a file from git in each way that there is."""
    write(root, {"data/.gitignore": "*\n"})
    commit(root)
    write(root, {"data/notices/a/new.yml": "new"})


def hide_by_the_repository(root: Path) -> None:
    write(root, {".git/info/exclude": "*", "content/new.md": "new"})


def hide_by_setting(root: Path) -> None:
    git(root, "config", "status.showUntrackedFiles", "no")
    write(root, {"content/new.md": "new"})


def assume_unchanged(root: Path) -> None:
    git(root, "update-index", "--assume-unchanged", APPROVED)
    write(root, {APPROVED: "other"})


def skip_worktree(root: Path) -> None:
    git(root, "update-index", "--skip-worktree", APPROVED)
    (root / APPROVED).unlink()


def filter_it(root: Path) -> None:
    """Let git see the committed bytes, whatever stands there."""
    write(root, {".git/info/attributes": "* filter=same"})
    git(root, "config", "filter.same.clean", f"git cat-file blob HEAD:{APPROVED}")
    write(root, {APPROVED: "other"})


def change_the_line_ends(root: Path) -> None:
    write(root, {".git/info/attributes": "* text eol=crlf", "content/index.md": "甲\r\n"})


def link_to_a_folder(root: Path) -> None:
    shutil.move(root / "content", root / "elsewhere")
    (root / "content").symlink_to("elsewhere")


def link_to_a_file(root: Path) -> None:
    (root / "content/link.md").symlink_to("index.md")
    commit(root)


HIDDEN = [
    ignore, hide_by_the_repository, hide_by_setting, assume_unchanged, skip_worktree, filter_it,
    change_the_line_ends, link_to_a_folder, link_to_a_file,
]  # fmt: skip


@pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
def test_what_stands_in_no_commit_is_published_under_no_commits_name(
    root: Path, hide: Callable[[Path], None]
) -> None:
    """Whatever git was told to ignore, to take for unchanged, or to see otherwise than it is."""
    assert Project.at(root).commit == head(root)
    hide(root)
    project = Project.at(root)
    assert (project.commit, project.moment) == (None, None)
    assert project.steps()


def test_what_is_outside_of_text_and_data_does_not_count(root: Path) -> None:
    write(root, {"x.txt": "other", "site/index.html": "made", "hooks/x.py": "new"})
    assert Project.at(root).commit == head(root)


ATTRIBUTES = """\
* text eol=crlf ident export-subst filter=upper
content/** export-ignore
"""


def test_a_commit_gives_its_bytes_and_our_modes(root: Path, tmp_path: Path) -> None:
    """Whatever attributes, filters and settings say, and under whatever umask."""
    (root / "content/index.md").chmod(0o755)
    git(root, "config", "filter.upper.smudge", "tr a-z A-Z")
    write(root, {".git/info/attributes": "data/** -text"})
    commit(root)
    write(root, {"data/.gitattributes": ATTRIBUTES, "content/.gitattributes": ATTRIBUTES})
    tip = commit(root)
    (root / ".git/info/attributes").unlink()
    target = tmp_path / "target"
    target.mkdir()
    old = os.umask(0o077)
    try:
        repository = Repository(root / ".git")
        assert extract(repository, tip, target, *PUBLIC) == []
    finally:
        os.umask(old)
    for name in ("content/index.md", APPROVED):
        assert (target / name).read_bytes() == FILES[name].encode()
        assert stat.S_IMODE((target / name).stat().st_mode) == 0o644
    assert stat.S_IMODE((target / "data/notices").stat().st_mode) == 0o755
    assert not (target / "x.txt").exists()


def tree(root: Path, entry: bytes) -> str:
    """Return a commit with the raw tree entry ``entry`` in content/, as no sound git makes it."""

    def write_object(kind: str, data: bytes) -> str:
        made = subprocess.run(
            ["git", "hash-object", "-t", kind, "-w", "--literally", "--stdin"],
            cwd=root, env=clean(), input=data, capture_output=True, check=True,
        )  # fmt: skip
        return made.stdout.decode().strip()

    name = bytes.fromhex(write_object("blob", b"evil"))
    content = bytes.fromhex(write_object("tree", entry + b"\0" + name))
    top = write_object("tree", b"40000 content\0" + content)
    return git(root, "commit-tree", "-m", "不好的名字", top)


@pytest.mark.parametrize(
    "entry",
    [
        b"120000 link", b"160000 module", b"100644 ..", b"100644 .", b"100644 .git", b"100644 .GIT",
        b"100644 \xff.md", b"100644 a/../../evil", b"100644 " + b"x" * 256, b"100644 a//b",
    ],
)  # fmt: skip
def test_nothing_but_files_with_plain_names_is_taken_out_of_a_commit(
    root: Path, tmp_path: Path, entry: bytes
) -> None:
    """Each other thing is a problem with its name, and nothing is written elsewhere."""
    target = tmp_path / "in/target"
    target.mkdir(parents=True)
    repository = Repository(root / ".git")
    (problem,) = extract(repository, tree(root, entry), target, *PUBLIC)
    assert problem.rule in ("stray-file", "file-name")
    assert problem.place.path.startswith("content/")
    assert [*tmp_path.glob("in/**/*")] == [target]


def test_replaced_and_grafted_objects_are_what_they_were(root: Path) -> None:
    before = answers(root)
    blob = git(root, "rev-parse", f"HEAD:{APPROVED}")
    other = git(root, "hash-object", "-w", "x.txt")
    git(root, "replace", blob, other)
    git(root, "replace", "--graft", "HEAD")
    write(root, {".git/info/grafts": f"{head(root)}\n"})
    assert answers(root) == before
    assert dict(Repository(root / ".git").contents([blob]))[blob] == FILES[APPROVED].encode()


def test_a_part_of_a_history_is_a_problem_of_check_and_build(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", root.as_uri(), "shallow")
    shallow = tmp_path / "shallow"
    assert rules(lambda: Project.at(shallow)) == ["history-missing"]
    for command in (["check"], ["build", str(tmp_path / "site")]):
        assert main([*command, "--root", str(shallow)]) == 1
        assert "[history-missing] 仓库只取了一部分历史" in capsys.readouterr().out
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("left_out", ["blob:none", "tree:0"])
def test_a_partial_clone_is_a_problem_once_something_is_missing(
    root: Path, tmp_path: Path, left_out: str
) -> None:
    """Nothing is fetched for it, from wherever it says."""
    write(root, {"content/index.md": "丙\n"})
    commit(root)
    git(root, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", f"--filter={left_out}", root.as_uri(), "part")
    part = tmp_path / "part"
    ran = tmp_path / "ran"
    git(part, "config", "remote.origin.url", f"ext::touch {ran}")
    git(part, "config", "protocol.ext.allow", "always")
    project = Project.at(part)
    assert project.commit == head(root)
    repository = project.repository
    assert repository

    def take_out() -> None:
        first = project.steps()[-1].commit.name
        extract(repository, first, tmp_path / "target", *PUBLIC)

    (tmp_path / "target").mkdir()
    assert rules(take_out) == ["history-missing"]
    assert not ran.exists()


def test_a_repository_with_longer_names_is_the_same(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    git(tmp_path, "init", "--quiet", "--object-format=sha256")
    assert len(commit(tmp_path)) == 64
    assert Project.at(tmp_path).commit == head(tmp_path)
    write(tmp_path, {APPROVED: "other"})
    assert Project.at(tmp_path).commit is None


def test_without_git_that_is_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(root))
    assert rules(lambda: Project.at(root)) == ["program-missing"]


def test_the_moment_is_that_of_the_commit_and_never_the_clocks(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    assert str(Project.at(root).moment)[:10] == "2026-01-02"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert str(Project.at(root).moment) == "1970-01-01 00:00:00+00:00"


def test_what_a_build_makes_may_not_be_committed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A forced file in the cache, or in the site, is refused by its name."""
    write(root, {".cache/exports/a/b/notice.pdf": "evil", "site/index.html": "old"})
    commit(root)
    assert main(["check", "--root", str(root)]) == 1
    said = capsys.readouterr().out
    for name in (".cache/exports/a/b/notice.pdf", "site/index.html"):
        assert f"{name}:1:1: [made-file-committed]" in said


def test_a_project_in_a_folder_of_another_repository_is_built_and_verified(tmp_path: Path) -> None:
    """As what it is, with attributes that would change its bytes."""
    outer = tmp_path / "outer"
    project = copy_project(outer / "sub")
    write(outer, {".gitattributes": "* text eol=crlf ident", "README": "外面"})
    git(outer, "init", "--quiet")
    tip = commit(outer)
    site = tmp_path / "site"
    for command in (["build", str(site)], ["verify", str(site)]):
        done = subprocess.run(
            [sys.executable, "-m", "notices", *command],
            cwd=project, env=clean(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
    assert manifest.read(site).commit == tip
    approved = f"notices/{SAMPLE}/approved.txt"
    assert (site / approved).read_bytes() == (project / "data" / approved).read_bytes()


@pytest.mark.parametrize("key", ["approvers", "approvals", "target", "keep", "branch", "folder"])
def test_a_setting_without_a_value_is_told_and_never_taken_for_off(root: Path, key: str) -> None:
    """Also one that nobody reads; those of other programs are theirs."""
    write(root, FILES)
    commit(root)
    with (root / ".git" / "config").open("a", encoding="utf-8") as config:
        config.write(f"[other]\n\tkey\n[notices]\n\t{key}\n")
    with pytest.raises(Faulty) as fault:
        approvers_of(Project.at(root))
    (problem,) = fault.value.problems
    assert str(problem).startswith(f"notices.{key}:1:1: [setting-wrong] ")
    assert "git config --unset" in problem.message
    git(root, "config", "--unset", f"notices.{key}")
    assert approvers_of(Project.at(root)) is None
