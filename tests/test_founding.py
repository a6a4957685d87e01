"""Starting one's own: a fresh clone becomes the empty site of another body, and has its first
notice.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from notices.catalogue.loading import load
from notices.command import main
from notices.publishing import founding
from once import once
from publishing import Editor, Server, git
from searching import index_of
from sitehouse import ROOT, SAMPLE, build

PUBLISHER, NAME = "某某市某某局（虚构）", "某某局审计整改公开"
FIRST = "unquoted-run-in"
SHAPES = ROOT / "tests" / "shapes"
OF_THE_SAMPLE = (SAMPLE, "双D", "巡察", "开发区")
OF_MANY = ("0个", "0条", "0份", "None")


@pytest.fixture(scope="session")
def own(first: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone that was made somebody's own, and its empty site, as a server has published it."""

    def make(folder: Path) -> None:
        server = first.copy(folder / "srv")
        editor = Editor(server, folder / "project")
        assert new(editor.folder, PUBLISHER, "--name", NAME, "--kind", "audit") == 0
        git(editor.folder, "add", "--all")
        editor.commit("另起新站")
        pushed = editor.push()
        assert pushed.returncode == 0, pushed.stderr
        (folder / "site").symlink_to((server.target / "current").resolve())

    return once(tmp_path_factory, "own", make)


@pytest.fixture(scope="session")
def with_first(own: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a first notice."""

    def make(folder: Path) -> None:
        project = shutil.copytree(own / "project", folder / "project")
        for path in (f"content/notices/{FIRST}.md", f"data/notices/{FIRST}"):
            copy = shutil.copytree if (SHAPES / path).is_dir() else shutil.copy
            (project / path).parent.mkdir(exist_ok=True)
            copy(SHAPES / path, project / path)
        git(project, "add", "--all")
        git(project, "commit", "--quiet", "--message", "第一份通报")
        build(project, folder / "site")

    return once(tmp_path_factory, "own-first", make)


@pytest.fixture
def clone(repository: Path, tmp_path: Path) -> Path:
    """A fresh clone that a test may break."""
    git(tmp_path, "clone", "--quiet", str(repository), "clone")
    return tmp_path / "clone"


def new(root: Path, *arguments: str) -> int:
    return main(["new", *(["--publisher"] if arguments else []), *arguments, "--root", str(root)])


def pages(site: Path) -> Iterator[tuple[str, LexborHTMLParser]]:
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        yield name, LexborHTMLParser(path.read_text(encoding="utf-8"))


def standing(root: Path) -> dict[str, bytes]:
    """Return what stands in a project, but for what git keeps."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {
        name: path.read_bytes()
        for path in files
        for name in [path.relative_to(root).as_posix()]
        if not name.startswith(".git/")
    }


def test_what_was_given_is_said_and_nothing_else(own: Path, repository: Path) -> None:
    project, sample = own / "project", git(repository, "rev-parse", "HEAD")
    said = yaml.safe_load((project / "data/site.yml").read_text(encoding="utf-8"))
    before = yaml.safe_load((repository / "data/site.yml").read_text(encoding="utf-8"))
    kept = {key: before[key] for key in ("time_zone", "navigation")}
    given = {"publisher": PUBLISHER, "name": NAME, "kind": "audit", "started_from": sample}
    assert said == given | kept


def test_the_sample_goes_to_the_tests_and_all_else_stays(own: Path, repository: Path) -> None:
    """What git takes for a renaming can be merged with what the software changes in it later."""
    changed = git(own / "project", "diff", "--name-status", "--find-renames", "HEAD~1", "HEAD")
    status = {line.split("\t")[-1]: line[0] for line in changed.splitlines()}
    assert status.pop("data/site.yml") == "M"
    assert {path.partition("/sample/")[0] for path in status} == {"tests"}
    moved = {path for path, how in status.items() if how == "R"}
    assert f"{founding.KEPT}/data/notices/{SAMPLE}/approved.txt" in moved
    for path in status:
        was = repository / path.removeprefix(f"{founding.KEPT}/")
        assert (own / "project" / path).read_bytes() == was.read_bytes()


def test_the_empty_site_speaks_of_nothing_that_there_is_not(own: Path) -> None:
    for name, page in pages(own / "site"):
        said = page.html or ""
        assert not [each for each in (*OF_THE_SAMPLE, *OF_MANY) if each in said], name
        assert page.css(".bar, .card, .tally, .ledger, [data-search], .search") == [], name
        assert page.css("a[href*='notices/'], a[href*='ledger']") == [], name
        assert page.css("ul:empty, ol:empty, h2 + h2, h3:last-child") == [], name


def test_the_empty_site_says_what_will_come_and_from_whom(own: Path) -> None:
    told = dict(pages(own / "site"))
    for name in ("index", "updates/index", "changes/index", "search/index", "contact/index"):
        assert told[f"{name}.html"].css("main .empty, main .change"), name
    for name in ("index", "contact/index"):
        (main_part,) = told[f"{name}.html"].css("main")
        assert PUBLISHER in main_part.text()
    (title,) = told["index.html"].css("title")
    assert NAME in title.text()


def test_programs_are_told_of_an_empty_site(own: Path) -> None:
    site = own / "site"
    catalogue = json.loads((site / "catalogue.json").read_text(encoding="utf-8"))
    assert (catalogue["publisher"], catalogue["notices"]) == (PUBLISHER, [])
    assert json.loads((site / "feed.json").read_text(encoding="utf-8"))["items"] == []
    assert "<entry>" not in (site / "feed.xml").read_text(encoding="utf-8")
    made = json.loads((site / "manifest.json").read_text(encoding="utf-8"))
    assert made["commit"] == git(own / "project", "rev-parse", "HEAD")
    assert made["approved"] == {}
    index = dict(index_of(load(own / "project")[0].public()))
    assert {path: (site / path).read_bytes() for path in index} == index


def test_anybody_with_the_repository_can_verify_an_empty_site(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(own / "site"), "--root", str(own / "project")]) == 0
    assert "重新生成的完全相同" in capsys.readouterr().out


def test_the_record_tells_of_the_first_notice_alone(with_first: Path) -> None:
    """On the day of the start, too, and with all of the history in the repository."""
    page = dict(pages(with_first / "site"))["changes/index.html"]
    (entry,) = page.css(".change")
    (anchor,) = entry.css("span[id]")
    assert f"c-{git(with_first / 'project', 'rev-parse', 'HEAD')[:12]}" == anchor.attributes["id"]
    (link,) = entry.css("h3 a")
    assert link.attributes["href"] == f"../notices/{FIRST}/"
    (said, _) = [item.text(strip=True) for item in entry.css("li")]
    assert said.startswith("收录通报")
    (item,) = json.loads((with_first / "site/feed.json").read_text(encoding="utf-8"))["items"]
    assert item["url"].endswith(f"changes/#{anchor.attributes['id']}")
    assert item["_notices"]["commit"].startswith(str(anchor.attributes["id"])[2:])
    for _, each in pages(with_first / "site"):
        assert not [words for words in OF_THE_SAMPLE if words in (each.html or "")]


def test_the_first_notice_is_of_the_usual_kind_of_the_site(with_first: Path) -> None:
    made = with_first / "site/notices" / FIRST / "notice.json"
    assert json.loads(made.read_text(encoding="utf-8"))["kind"]["id"] == "audit"
    home = dict(pages(with_first / "site"))["index.html"]
    assert home.css(f"[data-notice='{FIRST}']")
    assert home.css(".search")


def test_what_was_done_is_not_done_again(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = standing(own / "project")
    assert new(own / "project", PUBLISHER, "--name", NAME, "--kind", "audit") == 0
    assert capsys.readouterr().out == "已经是这样的新站，什么也没有改动。\n"
    assert standing(own / "project") == before


FAULTY = {
    "no words": ([""], "wrong-value"),
    "a tag": (["甲<b>乙"], "wrong-value"),
    "two lines": (["甲\n乙"], "folded-value"),
    "a control character": (["甲\x07乙"], "control-character"),
    "half a character": (["甲\ud800"], "control-character"),
    "what nobody sees": (["甲\u200b乙"], "invisible-character"),
    "too much": (["长" * 301], "too-long"),
    "a name that is a tag": (["甲", "--name", "<!--"], "wrong-value"),
    "a kind that there is not": (["甲", "--kind", "foo"], "unknown-kind"),
    "a kind that is no word": (["甲", "--kind", "a: b"], "wrong-value"),
}


@pytest.mark.parametrize(("given", "rule"), FAULTY.values(), ids=[*FAULTY])
def test_what_no_site_may_say_changes_nothing(
    repository: Path, given: list[str], rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = standing(repository)
    assert new(repository, *given) == 1
    told = capsys.readouterr()
    assert f"[{rule}]" in told.out
    assert told.err == "什么也没有改动。\n"
    assert standing(repository) == before


@pytest.mark.parametrize(
    "words", ["true", "007", "1e5", "- 甲", "甲: 乙", "甲 #乙", "'甲'", '"', "a&b", "{甲}", "false"]
)
def test_any_words_that_a_site_may_say_are_said(words: str) -> None:
    assert founding.refused(founding.Wanted(words, words)) == []


def change_text(clone: Path) -> None:
    (clone / "README.md").write_text("甲", encoding="utf-8")


def add_page(clone: Path) -> None:
    (clone / "content/more.md").write_text("# 甲\n", encoding="utf-8")


def add_notice(clone: Path) -> None:
    shutil.copytree(SHAPES, clone, dirs_exist_ok=True)
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "甲")


def link_to_the_sample(clone: Path) -> None:
    with (clone / "content/about.md").open("a", encoding="utf-8") as file:
        file.write(f"\n[甲](notices/{SAMPLE}.md)\n")
    git(clone, "commit", "--quiet", "--all", "--message", "甲")


def remove_data(clone: Path) -> None:
    git(clone, "rm", "-r", "--quiet", "data")


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (change_text, "uncommitted"),
        (add_page, "uncommitted"),
        (add_notice, "project-in-use"),
        (link_to_the_sample, "dead-link"),
        (remove_data, "project-missing"),
    ],
)
def test_what_is_not_the_sample_as_it_came_stays(
    clone: Path, spoil: object, rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(spoil)
    spoil(clone)
    before = standing(clone)
    assert new(clone, PUBLISHER) == 1
    assert f"[{rule}]" in capsys.readouterr().out
    assert standing(clone) == before


@pytest.mark.parametrize("for_good", [False, True])
def test_a_disk_that_fails_in_the_middle_loses_nothing(
    clone: Path, monkeypatch: pytest.MonkeyPatch, *, for_good: bool
) -> None:
    """All is as it was; what could not be put back for good is not thrown away."""
    before, rename = standing(clone), Path.rename

    def fail(path: Path, target: Path) -> Path:
        if target == clone / "data" and (for_good or path.parent.name != "old"):
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    assert new(clone, PUBLISHER) == 1
    if for_good:
        (old,) = clone.glob(f"{founding.WORKSHOP}*/old")
        lost = {path: text for path, text in before.items() if path.startswith("data/")}
        assert standing(old).items() >= lost.items()
    else:
        assert standing(clone) == before


def test_without_a_repository_it_begins_with_the_first_commit(clone: Path) -> None:
    shutil.rmtree(clone / ".git")
    assert new(clone, PUBLISHER) == 0
    said = yaml.safe_load((clone / "data/site.yml").read_text(encoding="utf-8"))
    assert "started_from" not in said
    assert load(clone)[0].notices == []


class Terminal(io.StringIO):
    """Somebody who types the lines."""

    def isatty(self) -> bool:
        return True


def test_it_asks_until_it_has_an_answer(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(f"\n<b>\n{PUBLISHER}\n\nfoo\naudit\n"))
    assert new(clone) == 0
    asked = capsys.readouterr().out
    assert asked.count("主办单位的全称：") == 3
    assert "audit（审计）" in asked
    site = load(clone)[0].site
    assert (site.publisher, site.name, site.kind) == (PUBLISHER, None, "audit")


def test_who_goes_away_has_changed_nothing(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = standing(repository)
    monkeypatch.setattr("sys.stdin", Terminal(f"{PUBLISHER}\n"))
    assert new(repository) == 130
    assert standing(repository) == before


def test_where_nobody_can_be_asked_it_says_what_to_write(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert new(repository) == 1
    told = capsys.readouterr().err
    assert "make new PUBLISHER=" in told
    assert "--publisher" in told
