"""What has changed for the public, in words that a reviewer understands."""

from __future__ import annotations

import hashlib
import itertools
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from notices.catalogue.loading import load
from notices.catalogue.notices import Catalogue
from notices.catalogue.summary import Archive
from notices.checks import privacy
from notices.command import main
from notices.facts import model
from notices.history.git import Repository
from notices.history.project import Project
from notices.outputs import changes
from notices.outputs.changes import Change, between, compare, keep_record
from notices.outputs.changes.commits import titles
from notices.problem import Faulty
from publishing import git
from sitehouse import ROOT, SAMPLE, SAMPLE_ROOT, room

CASES = yaml.safe_load((ROOT / "tests/cases/changes.yml").read_text(encoding="utf-8"))
REQUEST = "Merge pull request #1 from somebody/side"
ITEM = f"data/notices/{SAMPLE}/items/1-3-2.yml"


@pytest.fixture(scope="module")
def before(two_notices: Path) -> Catalogue:
    return load(two_notices)[0].public()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_changes_are_told_item_by_item(
    two_notices: Path, before: Catalogue, tmp_path: Path, case: dict[str, Any]
) -> None:
    project = shutil.copytree(two_notices, tmp_path / "project")
    for edit in case["edits"]:
        make(project, edit)
    after = load(project)[0].public()
    told = changes.FORMATS["text"](compare(before, after), titles(before) | titles(after))
    approved = project / "data/notices/fictional-2020/approved.txt"
    digest = hashlib.sha256(approved.read_bytes()).hexdigest() if approved.exists() else ""
    lines = [line for line in told.splitlines() if not line.startswith("共 ")]
    assert "\n".join(lines) + "\n" == case["told"].replace("{sha256}", digest)


def make(project: Path, edit: dict[str, Any]) -> None:
    path = project / edit["file"]
    if edit["new"] is None:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        return
    text, new = path.read_text(encoding="utf-8") if "old" in edit else "", edit["new"]
    if "old" in edit:
        assert edit["old"] in text, edit
        new = text.replace(edit["old"], edit["new"], 1)
    path.write_text(new, encoding="utf-8")


TABLE = "content/notices/table.md"
ROWS = {
    "a cell of an item": (
        {"已经补登完毕": "正在补登"},
        [("1-1", "“完成情况”一格", "一是已经补登完毕。二是每季度抽查一次。",
          "一是正在补登。二是每季度抽查一次。")],
    ),
    "a cell that was blank, and another of the row": (
        {" |  | 办公室、车队": " | 已经统一。 | 车队"},
        [("1-2", "“完成情况”一格", "", "已经统一。"),
         ("1-2", "“责任单位”一格", "办公室、车队", "车队")],
    ),
    "the row that sums up": (
        {"3个问题": "三个问题"}, [("part-1", "“完成情况”一格", "3个问题", "三个问题")],
    ),
    "a cell of a table without heads": (
        {"2024年7月1日至5日": "2024年7月1日至7日"},
        [("closing", "第1行第2格", "2024年7月1日至5日", "2024年7月1日至7日")],
    ),
    "what the columns are called": (
        {"| 责任单位 |": "| 责任部门 |"}, [("1", "表头第1行第5格", "责任单位", "责任部门")],
    ),
    "a row more, and the text beside it": (
        {"| 电话 |": "| 邮编 | 000000 |\n| 电话 |", "\n虚构单位\n": "\n虚构部门\n"},
        [("closing", "正文", "公示期 | 2024年7月1日至5日\n电话 | 0000-0000000\n虚构单位",
          "公示期 | 2024年7月1日至5日\n邮编 | 000000\n电话 | 0000-0000000\n虚构部门")],
    ),
    "a line beside a row": (
        {"\n虚构单位\n": "\n虚构单位\n\n2024年7月\n", "0000-0000000": "1111-1111111"},
        [("closing", "第2行第2格", "0000-0000000", "1111-1111111"),
         ("closing", "正文", "虚构单位", "虚构单位\n2024年7月")],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of one notice that is a table."""
    project = tmp_path_factory.mktemp("table")
    shapes = ROOT / "tests" / "shapes"
    for path in ("content/notices/table.md", "data/notices/table"):
        copy = shutil.copytree if (shapes / path).is_dir() else shutil.copy
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        copy(shapes / path, project / path)
    for path in ("data/site.yml", "data/vocabulary.yml"):
        shutil.copy(SAMPLE_ROOT / path, project / path)
    shutil.copytree(SAMPLE_ROOT / "data/kinds", project / "data/kinds")
    return project


@pytest.mark.parametrize(("edits", "told"), ROWS.values(), ids=ROWS)
def test_a_row_is_told_cell_by_cell(
    table: Path, edits: dict[str, str], told: list[tuple[str, str, str, str]]
) -> None:
    text = (table / TABLE).read_text(encoding="utf-8")
    before = load(table)[0]
    try:
        for old, new in edits.items():
            make(table, {"file": TABLE, "old": old, "new": new})
        found = compare(before, load(table)[0])
    finally:
        (table / TABLE).write_text(text, encoding="utf-8")
    changed = [each for each in found if each.kind == "text"]
    assert [(each.at, each.what, each.before, each.after) for each in changed] == told
    assert len({each.what for each in changed}) == len(changed), "what merges are told by"


def with_oddities(catalogue: Catalogue, *oddities: tuple[str, str, str]) -> Catalogue:
    """Return ``catalogue`` with these oddities in its first notice: rule, place and note."""
    notice, *others = catalogue.notices
    said = [model.Discrepancy(rule=rule, at=at, note=note) for rule, at, note in oddities]
    facts = notice.facts.model_copy(update={"known_discrepancies": said})
    changed = replace(notice, record=replace(notice.record, facts=facts))
    return replace(catalogue, notices=[changed, *others])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ([("stated-total", "items", "甲")], [("stated-total", "问题", "甲")], []),
        ([("stated-total", "items", "甲")], [("stated-total", "问题", "乙")], ["甲", "乙"]),
        ([("prose-total", n, "甲") for n in "12"], [("prose-total", "1", "甲")], ["甲"]),
        ([("prose-total", "1", "甲")], [("prose-total", "1", "乙")], ["甲乙"]),
    ],
    ids=["called otherwise", "said otherwise as well", "one of two alike gone", "said otherwise"],
)  # fmt: skip
def test_an_oddity_is_told_when_it_says_something_else(
    before: Catalogue, old: list[Any], new: list[Any], told: list[str]
) -> None:
    found = compare(with_oddities(before, *old), with_oddities(before, *new))
    assert [f"{change.before}{change.after}" for change in found] == told


def test_the_way_back_is_told_the_other_way_round(before: Catalogue) -> None:
    less = replace(before, notices=before.notices[1:])
    (gone,), (come,) = compare(before, less), compare(less, before)
    assert (gone.kind, come.kind) == ("notice-removed", "notice-added")
    assert (gone.before, come.before) == (come.after, gone.after)


def test_markdown_shows_every_character_of_the_words() -> None:
    """Whatever they are; a pull request must not show them as markup, or not at all."""
    change = Change("fact", "x", "1-1-1", "题目", "甲*乙*", "<b>`丙`|[丁](x)_戊_")
    told = changes.FORMATS["markdown"]([change], {("x", ""): "<i>"})
    assert "- 题目：甲\\*乙\\* → \\<b\\>\\`丙\\`\\|\\[丁\\](x)\\_戊\\_" in told
    assert "### \\<i\\>" in told


def test_json_has_the_fields_of_a_change(before: Catalogue) -> None:
    less = replace(before, notices=before.notices[1:])
    (entry,) = json.loads(changes.FORMATS["json"](compare(before, less), {}))
    assert entry == {
        "kind": "notice-removed",
        "notice": "fictional-2020",
        "at": "",
        "what": "不再公开",
        "before": before.notices[0].facts.title,
        "after": "",
        "note": "",
        "measure": "",
    }
    assert entry["kind"] in changes.KINDS


@pytest.fixture
def repository(project: Path) -> Path:
    """A repository whose first commit is the project."""
    git(project, "init", "--quiet", "--initial-branch=main")
    commit(project, "2026-01-02")
    return project


def commit(project: Path, day: str) -> str:
    """Commit all of ``project`` on ``day``; return the commit."""
    when = {"GIT_COMMITTER_DATE": f"{day}T09:00:00+0800"}
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--allow-empty", "--message", "改动", **when)
    return git(project, "rev-parse", "HEAD")


def edit(project: Path, old: str, new: str, file: str = ITEM) -> None:
    make(project, {"file": file, "old": old, "new": new})


def diff(root: Path, *arguments: str) -> int:
    return main(["diff", *arguments, "--root", str(root)])


def test_commits_branches_and_releases_can_be_compared(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = git(repository, "rev-parse", "HEAD")
    git(repository, "checkout", "--quiet", "-b", "side")
    edit(repository, "status: completed", "status: continuing")
    commit(repository, "2026-01-03")
    git(repository, "checkout", "--quiet", "main")
    edit(repository, "status: completed", "status: planned")
    commit(repository, "2026-01-04")
    release = tmp_path / "release"
    release.mkdir()
    made = {"commit": first, "address": "", "approved": {}, "files": {}}
    (release / "manifest.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    expected = {
        ("HEAD~1",): "已完成 → 计划中",
        (first[:9], "side"): "已完成 → 持续推进",
        ("main", "side"): "计划中 → 持续推进",
        ("main...side",): "已完成 → 持续推进",
        (str(release), "HEAD"): "已完成 → 计划中",
    }
    for arguments, words in expected.items():
        assert diff(repository, *arguments) == 0
        told = capsys.readouterr().out
        assert f"1-3-2（清退园区企业非法占房工作迟缓）\n    措施“一是”的状态：{words}（依据" in told
        assert told.endswith("共 1 处改动，涉及 1 处正文。\n")


def test_what_cannot_be_compared_is_said(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    cases = {
        (repository, "nothing"): "nothing:1:1: [commit-unknown] 仓库里没有“nothing”这个提交",
        (repository, "HEAD...nothing"): "nothing:1:1: [commit-unknown]",
        (tmp_path / "empty", "HEAD"): "[history-missing] 这里不是 git 的仓库",
        (tmp_path / "nowhere", "HEAD"): "[history-missing] 这里不是 git 的仓库",
    }
    for (root, arguments), said in cases.items():
        assert diff(root, arguments) == 2
        assert said in capsys.readouterr().err


def test_data_that_cannot_be_read_is_not_taken_for_a_removal(repository: Path) -> None:
    """A notice of another time, or one that is broken, is said to be so."""
    edit(repository, "status: unstated", "stand: unstated")
    broken = commit(repository, "2026-01-03")
    edit(repository, "stand: unstated", "status: unstated")
    mended = commit(repository, "2026-01-04")
    for pair in ((f"{broken}~1", broken), (broken, mended)):
        (change,), _ = between(Repository(repository / ".git"), *pair)
        assert (change.kind, change.notice) == ("unreadable", SAMPLE)


def record(project: Path, folder: Path) -> changes.PublicRecord:
    catalogue = load(project)[0].public()
    permitted = privacy.published(catalogue)
    return keep_record(Project.at(project), Archive.of(catalogue), permitted, room(folder))


def test_the_record_tells_each_commit_that_changed_something(
    repository: Path, tmp_path: Path
) -> None:
    """Newest first; a commit that changed nothing public has no entry, a merged request is one."""
    commit(repository, "2026-01-03")
    edit(repository, "编辑手册", "手册", "data/README.md")
    commit(repository, "2026-01-04")
    git(repository, "checkout", "--quiet", "-b", "side")
    for old, new in itertools.pairwise(("completed", "planned", "continuing")):
        edit(repository, f"status: {old}", f"status: {new}")
        commit(repository, "2026-01-05")
    git(repository, "checkout", "--quiet", "main")
    git(repository, "merge", "--quiet", "--no-ff", "--message", REQUEST, "side")
    entries = record(repository, tmp_path).entries
    assert [
        [(each.kind, each.before, each.after) for each in entry.changes] for entry in entries
    ] == [
        [("status", "已完成", "持续推进")],
        [("notice-added", "", "大连双D高科产业发展有限公司党支部巡察整改情况")],
    ]
    assert str(entries[1].day) == "2026-01-02"


def test_the_record_is_the_same_with_a_cache(repository: Path, tmp_path: Path) -> None:
    edit(repository, "status: completed", "status: planned")
    commit(repository, "2026-01-03")
    first = record(repository, tmp_path)
    assert len([*room(tmp_path).folder.iterdir()]) == 3, "an entry each, and what they touched"
    assert record(repository, tmp_path) == first


def test_the_record_begins_on_the_day_that_is_set(repository: Path, tmp_path: Path) -> None:
    edit(repository, "status: completed", "status: planned")
    edit(repository, "publisher:", "changes_since: 2026-01-03\npublisher:", "data/site.yml")
    commit(repository, "2026-01-03")
    (entry,) = record(repository, tmp_path).entries
    assert str(entry.day) == "2026-01-03"


def test_what_may_not_be_public_now_is_not_told_again(repository: Path, tmp_path: Path) -> None:
    """Neither an item that was withdrawn, nor personal data that was mended."""
    other = f"data/notices/{SAMPLE}/items/1-1-1.yml"
    edit(repository, "status: u", "goal: 虚构的旧目标\nstatus: u")
    edit(repository, "status: u", "goal: 请打虚构号码13900001234询问\nstatus: u", other)
    commit(repository, "2026-01-03")
    edit(repository, "goal: ", "audience: party\ngoal: ")
    edit(repository, "13900001234", "139****1234", other)
    commit(repository, "2026-01-04")
    told = record(repository, tmp_path)
    words = json.dumps(told.entries, default=str, ensure_ascii=False)
    assert "13900001234" not in words
    assert "虚构的旧目标" not in words
    assert "1-3-2" not in words
    assert [entry.hidden for entry in told.entries] == [1, 1, 0]
    assert [[each.kind for each in entry.changes] for entry in told.entries] == [
        ["withheld"], ["withheld"], ["notice-added"],
    ]  # fmt: skip


def test_a_group_that_is_withdrawn_and_what_was_said_of_it_is_not_told_again(
    two_notices: Path, before: Catalogue, tmp_path: Path
) -> None:
    """Its heading, and the note of an oddity in it; what is said of the rest is told."""
    project = shutil.copytree(two_notices, tmp_path / "project")
    for number in (1, 2, 3):
        item = f"data/notices/{SAMPLE}/items/1-3-{number}.yml"
        edit(project, "status: unstated", "audience: party\nstatus: unstated", item)
    notes = "known_discrepancies:\n  - {rule: prose-total, at: 1-3-2, note: 甲甲}\n"
    notes += "  - {rule: prose-total, at: 1-2-1, note: 乙乙}\n"
    shown = shutil.copytree(two_notices, tmp_path / "shown")
    edit(shown, "known_discrepancies:\n", notes, f"data/notices/{SAMPLE}/notice.yml")
    after = load(project)[0].public()
    found = [*compare(before, load(shown)[0].public()), *compare(before, after)]
    words = {word for change in found for word in (change.before, change.after)}
    assert {"甲甲", "乙乙"} <= words
    told, hidden = changes.record._tellable(
        [(each, ()) for each in found], changes.record._Now.of(Archive.of(after), frozenset())
    )
    assert [change.after for change in told if change.after] == ["乙乙"]
    assert not [change for change in told if change.at.startswith("1-3")]
    assert hidden == 5


def test_a_history_that_is_not_all_there_is_said(repository: Path, tmp_path: Path) -> None:
    """Without any repository there is no record; with a part of one, no site."""
    commit(repository, "2026-01-03")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", repository.as_uri(), shallow.name)
    with pytest.raises(Faulty) as fault:
        record(shallow, tmp_path)
    assert [problem.rule for problem in fault.value.problems] == ["history-missing"]
    shutil.rmtree(repository / ".git")
    told = record(repository, tmp_path)
    assert (told.entries, bool(told.missing)) == ((), True)


def test_what_others_published_stays_told_when_somebody_pulls(
    repository: Path, tmp_path: Path
) -> None:
    """He was behind, so that what he merged stands beside the main line; the merge tells nothing,
    for each side has told its own. What a calendar counts has risen for what he brought along.
    """
    git(repository, "checkout", "--quiet", "-b", "other")
    edit(repository, "status: completed", "status: planned")
    theirs = commit(repository, "2026-01-03")
    published = record(repository, tmp_path)
    git(repository, "checkout", "--quiet", "main")
    edit(repository, "请直接", "直接", "content/contact.md")
    other = f"data/notices/{SAMPLE}/items/1-1-1.yml"
    edit(repository, "status: u", "goal: 虚构目标\nstatus: u", other)
    mine = commit(repository, "2026-01-02")
    git(repository, "merge", "--quiet", "--no-edit", "other")
    now = record(repository, tmp_path)
    assert git(repository, "rev-parse", "HEAD^1") == mine
    assert [entry.commit for entry in now.entries[:2]] == [theirs, mine]
    assert {entry.commit for entry in published.entries} < {entry.commit for entry in now.entries}
    assert now.entries[0] == published.entries[0]
    for path, commits in published.revisions.items():
        assert commits <= now.revisions[path]
    assert len(now.revisions[other]) > len(published.revisions[other])


def test_what_a_merge_does_otherwise_is_told(repository: Path, tmp_path: Path) -> None:
    """Here it keeps its own side of all, and so takes back what others had published."""
    git(repository, "checkout", "--quiet", "-b", "other")
    edit(repository, "status: completed", "status: planned")
    commit(repository, "2026-01-03")
    git(repository, "checkout", "--quiet", "main")
    commit(repository, "2026-01-02")
    git(repository, "merge", "--quiet", "--strategy=ours", "--no-edit", "other")
    merge, theirs, _ = record(repository, tmp_path).entries
    assert [(each.before, each.after) for each in theirs.changes] == [("已完成", "计划中")]
    assert [(each.before, each.after) for each in merge.changes] == [("计划中", "已完成")]


def test_changed_words_of_the_software_are_told(
    clone: Path, repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reviewer reads which, and that how things are shown has changed; the public, that some."""
    assert clone == repository
    template = "theme/fragments/notice/item.html"
    edit(repository, "后续进展", "进展情况", template)
    commit(repository, "2026-01-03")
    assert diff(repository, "HEAD~1") == 0
    assert "  网站程序里的固定文字：后续进展 → 进展情况\n" in capsys.readouterr().out
    edit(repository, "facts__updates", "facts__news", template)
    commit(repository, "2026-01-04")
    assert diff(repository, "HEAD~1") == 0
    assert "网站的程序有改动，固定文字没有增减" in capsys.readouterr().out
    newest, _ = record(repository, tmp_path).entries
    assert [(each.kind, each.what, each.after) for each in newest.changes] == [
        ("software", "网站程序里的固定文字有改动", ""),
    ]


def test_pages_and_attachments_are_in_the_record_while_they_are_public(
    repository: Path, tmp_path: Path
) -> None:
    attachment = repository / "content/虚构附件.pdf"
    for number in (1, 2):
        attachment.write_text(f"%PDF-1.4 虚构{number}", encoding="utf-8")
        edit(repository, "联系我们", f"联系我们{number}", "content/contact.md")
        commit(repository, f"2026-01-0{number + 2}")
    newest, *_ = record(repository, tmp_path).entries
    assert [(each.kind, each.at) for each in newest.changes] == [
        ("page", "content/contact.md"), ("attachment", "content/虚构附件.pdf"),
    ]  # fmt: skip
    attachment.unlink()
    commit(repository, "2026-01-05")
    entries = record(repository, tmp_path).entries
    assert [entry.hidden for entry in entries] == [1, 1, 1, 0]
    assert "虚构附件" not in str(entries)


def test_what_mkdocs_said_of_a_site_before_is_what_it_was_called(
    repository: Path, tmp_path: Path
) -> None:
    """Facts that say the same for the first time change nothing; facts that do not, do."""
    shutil.copy(ROOT / "mkdocs.yml", repository)
    site, settings = repository / "data/site.yml", repository / "mkdocs.yml"
    facts, new = site.read_text(encoding="utf-8"), settings.read_text(encoding="utf-8")
    site.write_text("publisher: 大连双D高科产业发展有限公司党支部\n", encoding="utf-8")
    old = new.replace("site_name: notices", "site_name: 巡察整改情况公开")
    assert old != new
    settings.write_text(old, encoding="utf-8")
    before = commit(repository, "2026-01-03")
    site.write_text(facts, encoding="utf-8")
    settings.write_text(new, encoding="utf-8")
    after = commit(repository, "2026-01-04")
    assert between(Repository(repository / ".git"), before, after)[0] == []
    edit(repository, "name: 巡察整改情况公开", "name: 虚构公开网", "data/site.yml")
    changes, _ = between(Repository(repository / ".git"), before, commit(repository, "2026-01-05"))
    assert [(each.what, each.before, each.after) for each in changes] == [
        ("网站名称", "巡察整改情况公开", "虚构公开网"),
    ]


def test_facts_of_the_site_that_cannot_be_read_are_no_other_facts(repository: Path) -> None:
    before = git(repository, "rev-parse", "HEAD")
    edit(repository, "publisher:", "publishers:", "data/site.yml")
    changes, _ = between(Repository(repository / ".git"), before, commit(repository, "2026-01-03"))
    assert [(each.kind, each.notice) for each in changes] == [("unreadable", "")]


def test_the_record_counts_days_as_the_publisher_does(repository: Path, tmp_path: Path) -> None:
    """Half past seven in China is the day before in the world's time, and the day that counts."""
    edit(repository, "status: completed", "status: planned")
    git(repository, "commit", "--quiet", "--all", "--message", "x",
        GIT_COMMITTER_DATE="2026-01-02T23:30:00+0000")  # fmt: skip
    assert str(record(repository, tmp_path).entries[0].day) == "2026-01-03"
    edit(repository, "time_zone: Asia/Shanghai", "time_zone: UTC", "data/site.yml")
    commit(repository, "2026-01-04")
    assert str(record(repository, tmp_path).entries[1].day) == "2026-01-02"


SEEN_BY_NOBODY = {
    model.Site: {"government", "edit_uri", "kind", "precompressed", "started_from"},
    model.Status: {"tone", "forms"},
}
"""What no page says in words."""


def test_every_fact_of_the_site_is_told_or_seen_by_nobody() -> None:
    """Of a fact that is new to the model, somebody must say how it is told."""
    room = ROOT / "hooks/notices/outputs/changes"
    source = "".join(path.read_text(encoding="utf-8") for path in room.glob("*.py"))
    for kind in (model.Site, model.Status, model.Security, model.NavigationEntry):
        for name in kind.model_fields.keys() - SEEN_BY_NOBODY.get(kind, set()):
            used = "title" if (kind, name) == (model.Site, "name") else name
            assert f".{used}" in source or (kind, name) == (model.NavigationEntry, "page"), name
