"""The build as a whole: what `make site` does."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from notices.command import main
from notices.problem import Faulty
from notices.proof import manifest
from notices.publishing.build import Build
from notices.publishing.renderer import failures
from publishing import ADDRESS, clean, found_repository, git
from sitehouse import SAMPLE, build, software_of
from smallsite import small_site

# What may differ between two machines that build the same commit.
HERE = {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "USER": "zhang", "PYTHONHASHSEED": "1"}
THERE = {"TZ": "America/Los_Angeles", "LC_ALL": "C", "USER": "li", "PYTHONHASHSEED": "2"}


@pytest.fixture(scope="session")
def commit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that holds the project in one commit."""
    return found_repository(tmp_path_factory.mktemp("commit") / "甲")


def test_the_same_commit_gives_the_same_bytes(commit: Path, tmp_path: Path) -> None:
    """In another folder, time zone, locale and account, and on another day, years from now."""
    other = tmp_path / "an other folder"
    git(tmp_path, "clone", "--quiet", str(commit), other.name)
    first = built(commit, HERE, 0o022)
    second = built(other, THERE, 0o077, "faketime", "2031-02-03 04:05:06")
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []
    assert {Path(path).suffix for path in first} >= {".gz", ".br", ".html", ".js", ".json", ".xml"}


def built(project: Path, variables: dict[str, str], umask: int, *before: str) -> dict[str, bytes]:
    """Build ``project``; return all files of the site by their path."""
    home = project.parent / f"home {variables['USER']}"
    home.mkdir()
    done = subprocess.run(
        [*before, sys.executable, "-m", "notices", "build", "site"],
        cwd=project,
        env={**clean(), **variables, "HOME": str(home), "SITE_URL": ADDRESS},
        umask=umask,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    site = project / "site"
    paths = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}


def test_the_manifest_names_every_file_and_the_commit(commit: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    Build(commit, site, ADDRESS).run()
    made = manifest.read(site)
    assert made.commit == git(commit, "rev-parse", "HEAD")
    assert made.address == ADDRESS
    assert made.files == manifest.digests(site)
    approved = (commit / "data/notices/shuangd-2023/approved.txt").read_bytes()
    assert made.approved == {"shuangd-2023": manifest.digest_all(approved)}


def test_a_site_that_is_what_would_be_built_is_not_built_again(
    commit: Path, tmp_path: Path
) -> None:
    """Unless somebody wrote to it since, or it is for another address."""

    def build(address: str = ADDRESS) -> bool:
        one = Build(commit, tmp_path / "site", address, tmp_path / "cache")
        one.run()
        return one.is_current

    assert build() is False
    before = manifest.read(tmp_path / "site")
    time.sleep(0.05)  # by then, every change of a file is known
    assert build() is True
    page = tmp_path / "site" / "about" / "index.html"
    page.write_bytes(page.read_bytes().replace(b"<p>", b"<i>", 1))
    assert build() is False
    assert [*manifest.audit(tmp_path / "site", before)] == []
    assert build(f"{ADDRESS}below/") is False


def test_what_is_not_committed_has_no_commit(project: Path, tmp_path: Path) -> None:
    """And a build without a cache neither reads one nor leaves one."""
    (project / ".cache" / "exports").mkdir(parents=True)
    arguments = ["--root", str(project), "--no-cache"]
    assert main(["build", str(tmp_path / "site"), *arguments]) == 0
    assert manifest.read(tmp_path / "site").commit is None
    assert [*(project / ".cache").rglob("*")] == [project / ".cache" / "exports"]


BAD = {
    "data": ("data/site.yml", "publisher", "publisher_", "data/site.yml:4:1: [unknown-key]"),
    "a page": ("content/about.md", "](accessibility.md)", "](access.md)", "access.md"),
    "a template": ("theme/main.html", "{{ slot(", "{{ nothing.there }}{{ slot(", "'nothing'"),
}


@pytest.mark.parametrize("fault", BAD.values(), ids=BAD.keys())
def test_a_fault_leaves_the_site_as_it_was(clone: Path, fault: tuple[str, str, str, str]) -> None:
    """Whichever step finds it; nothing half made is left beside it."""
    file, old, new, expected = fault
    site = small_site(clone / "site")
    before = manifest.digests(site)
    text = (clone / file).read_text(encoding="utf-8")
    assert old in text
    (clone / file).write_text(text.replace(old, new), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "notices", "build", "site"],
        cwd=clone, env=software_of(clone), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert expected in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert manifest.digests(site) == before
    assert not [path.name for path in clone.iterdir() if path.name.startswith(".site")]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "site:1:1: [unwritable] 磁盘满了，写不下"),
        (
            "OSError: [Errno 28] No space left on device: '/srv/site/x.html'",
            "/srv/site/x.html:1:1: [unwritable] 磁盘满了，写不下",
        ),
        (
            "OSError: [Errno 30] Read-only file system: '/srv/site'\nAborted",
            "/srv/site:1:1: [unwritable] 磁盘是只读的，写不了",
        ),
        (
            "ERROR   -  content/a.md:3:7: [dead-link] 甲\nAborted",
            "content/a.md:3:7: [dead-link] 甲",
        ),
        ("WARNING -  乙", "mkdocs.yml:1:1: [mkdocs] WARNING -  乙"),
    ],
)
def test_what_mkdocs_says_is_told_where_it_is(said: str, told: str) -> None:
    assert [str(problem) for problem in failures(f"INFO    -  丙\n{said}\n", Path("site"), 1)] == [
        told
    ]


def test_a_place_that_may_not_be_written_is_a_problem(project: Path) -> None:
    (project / "file").touch()
    with pytest.raises(Faulty) as stopped:
        Build(project, project / "file" / "site").run()
    assert [problem.rule for problem in stopped.value.problems] == ["unwritable"]


def test_a_site_has_what_its_settings_offer_and_no_more(project: Path, tmp_path: Path) -> None:
    """And nothing on it leads to what there is not."""
    settings = project / "data" / "site.yml"
    words = settings.read_text(encoding="utf-8")
    settings.write_text(f"{words}downloads: [CSV]\nprecompressed: false\n", encoding="utf-8")
    site = build(project, tmp_path / "site")
    notices = (path.name for path in (site / "notices").rglob("*") if path.is_file())
    assert {*notices} == {"index.html", "items.csv", "approved.txt"}
    assert not [path for path in site.rglob("*") if path.suffix in (".gz", ".br")]
    settings.write_text(f"{words}downloads: []\n", encoding="utf-8")
    page = build(project, tmp_path / "site") / "notices" / SAMPLE / "index.html"
    assert "#downloads" not in page.read_text(encoding="utf-8")
