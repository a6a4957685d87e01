"""Who must agree before a notice becomes public, and what an agreement holds for."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from notices.catalogue.loading import load
from notices.command import main
from notices.history.git import Repository
from notices.history.project import Project
from notices.problem import Faulty
from notices.proof.approvals.approvers import Approvers, approvers_in, approvers_of, variables
from notices.proof.approvals.judge import judge
from notices.proof.approvals.statement import Statement, public_digest
from publishing import Editor, Server, git
from sitehouse import ROOT, SAMPLE, SAMPLE_ROOT

NOTICE = "fictional-2020"
OTHER = "fictional-2021"
FOLDER = f"data/notices/{NOTICE}/approvals"
ITEM = f"data/notices/{NOTICE}/items/1-1-1.yml"
DAY = datetime.date(2026, 11, 28)
PEOPLE = ("zhang", "li", "wang")
Change = Callable[[Path, Path], None]
"""What may happen to a project after it was signed, with the keys in a folder."""


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a key for each of the people, and one more for the first."""
    folder = tmp_path_factory.mktemp("approvers")
    for name in (*PEOPLE, "zhang2", "stranger"):
        command = [
            "ssh-keygen",
            "-q",
            "-t",
            "ed25519",
            "-N",
            "",
            "-C",
            name,
            "-f",
            str(folder / name),
        ]
        subprocess.run(command, check=True)
    return folder


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of two notices, which say the same."""
    project = tmp_path_factory.mktemp("tiny") / "project"
    shutil.copytree(ROOT / "tests" / "fictional", project)
    for folder, ending in (("data", ""), ("content", ".md")):
        notices = project / folder / "notices"
        copy = shutil.copytree if not ending else shutil.copy
        copy(notices / f"{NOTICE}{ending}", notices / f"{OTHER}{ending}")
    (project / "data/site.yml").write_text("publisher: 虚构单位\n", encoding="utf-8")
    shutil.copy(SAMPLE_ROOT / "data/vocabulary.yml", project / "data")
    shutil.copytree(SAMPLE_ROOT / "data/kinds", project / "data/kinds")
    for page in (SAMPLE_ROOT / "content").glob("*.md"):
        shutil.copy(page, project / "content")
    return project


@pytest.fixture
def project(tiny: Path, tmp_path: Path) -> Path:
    return shutil.copytree(tiny, tmp_path / "project")


@pytest.fixture
def signed(project: Path, keys: Path) -> Path:
    """The project, with both notices signed by two of the people."""
    for notice in (NOTICE, OTHER):
        for name in ("zhang", "li"):
            sign(project, keys, name, notice=notice)
    return project


def sign(
    project: Path, keys: Path, name: str, key: str = "", *, notice: str = NOTICE, day: object = DAY
) -> None:
    """Let ``name`` sign ``notice`` with ``key``, his own if not said otherwise."""
    arguments = ["--key", keys / (key or name), "--as", name, "--day", day, "--root", project]
    assert main(["approve", notice, "--yes", *map(str, arguments)]) == 0


def line(keys: Path, name: str, key: str = "", options: str = "") -> str:
    """Return a line of a list of approvers."""
    public = (keys / f"{key or name}.pub").read_text(encoding="utf-8")
    return f"{name} {options}{' ' * bool(options)}{public}"


@pytest.fixture
def approvers(keys: Path) -> Approvers:
    """The people; two of them must sign."""
    return Approvers("".join(line(keys, name) for name in PEOPLE), 2)


def found(project: Path, approvers: Approvers | None, day: object = None) -> list[str]:
    """Return the codes of what is wrong with the approvals of the first notice, with messages."""
    assert day is None or isinstance(day, datetime.date)
    judged = judge(project, load(project, day)[0], approvers)
    mine = (each for each in judged.problems if f"/{NOTICE}/" in each.place.path)
    return [f"{each.place.path.rpartition('/')[2]} {each.rule} {each.message}" for each in mine]


def codes(project: Path, approvers: Approvers | None) -> list[str]:
    return [" ".join(each.split()[:2]) for each in found(project, approvers)]


# --- What holds ---------------------------------------------------------------------------------


def test_without_settings_nobody_need_sign(project: Path) -> None:
    assert approvers_of(Project(project, None, None)) is None
    assert judge(project, load(project)[0], None) == ([], {})


def test_two_reviewers_agree(signed: Path, approvers: Approvers) -> None:
    judged = judge(signed, load(signed)[0], approvers)
    assert judged.problems == []
    assert judged.approvals == {notice: [("li", DAY), ("zhang", DAY)] for notice in (NOTICE, OTHER)}


def test_a_notice_with_too_few_is_refused_and_says_what_to_do(
    project: Path, keys: Path, approvers: Approvers
) -> None:
    assert codes(project, approvers) == ["approvals approval-missing"]
    sign(project, keys, "zhang")
    (told,) = found(project, approvers)
    assert "要 2 个人审核签字，现在有效的有 1 个（zhang）" in told
    assert f"notices approve {NOTICE} --key" in told


def test_one_more_than_must_does_no_harm_though_it_holds_no_more(
    signed: Path, keys: Path, approvers: Approvers
) -> None:
    (signed / FOLDER / "wang.txt").write_text("看过了", encoding="utf-8")
    assert codes(signed, approvers) == []


def test_the_file_of_a_statement_is_plain_words(signed: Path) -> None:
    text = (signed / FOLDER / "zhang.txt").read_text(encoding="utf-8")
    notice = next(each for each in load(signed)[0].notices if each.id == NOTICE)
    digest = public_digest(notice, load(signed)[0].vocabulary)
    assert text == (
        "我同意公开这份通报现在的全部内容。\n"
        f"通报：{NOTICE}\n"
        f"批准文本的 SHA-256：{notice.approved_sha256}\n"
        f"公开内容的 SHA-256：{digest}\n"
        "审核人：zhang\n"
        "日期：2026-11-28\n"
    )
    stated = Statement.read(text.encode())
    assert stated
    assert stated.written().decode() == text


def test_anybody_can_check_a_signature_without_this_software(signed: Path, keys: Path) -> None:
    (keys / "list").write_text(line(keys, "zhang"), encoding="utf-8")
    file = signed / FOLDER / "zhang.txt"
    command = ["ssh-keygen", "-Y", "verify", "-f", str(keys / "list"), "-I", "zhang"]
    more = ["-n", "notices-approval", "-s", f"{file}.sig"]
    subprocess.run([*command, *more], input=file.read_bytes(), check=True, capture_output=True)


# --- What does not ------------------------------------------------------------------------------


def edit(file: str, old: str, new: str) -> Change:
    def change(project: Path, _: Path) -> None:
        text = (project / file).read_text(encoding="utf-8")
        assert old in text
        (project / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def both(*changes: Change) -> Change:
    def change(project: Path, keys: Path) -> None:
        for each in changes:
            each(project, keys)

    return change


def signed_again_by(key: str, day: object = DAY) -> Change:
    return lambda project, keys: sign(project, keys, "li", key, day=day)


def no_file(name: str) -> Change:
    return lambda project, _: (project / FOLDER / name).unlink()


def carried(project: Path, _: Path) -> None:
    """From a notice that says the same."""
    for file in (project / f"data/notices/{OTHER}/approvals").glob("li.*"):
        shutil.copy(file, project / FOLDER)


def under_another_name(project: Path, _: Path) -> None:
    """One person's signature, twice."""
    for ending in (".txt", ".txt.sig"):
        shutil.copy(project / FOLDER / f"zhang{ending}", project / FOLDER / f"li{ending}")


def for_something_else(project: Path, keys: Path) -> None:
    """As a manifest is signed."""
    file = project / FOLDER / "li.txt"
    file.with_name("li.txt.sig").unlink()
    command = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(keys / "li"), "-n", "notices"]
    subprocess.run([*command, str(file)], check=True, capture_output=True)


def a_damaged_signature(project: Path, _: Path) -> None:
    (project / FOLDER / "li.txt.sig").write_bytes(b"no signature")


TEXT = f"content/notices/{NOTICE}.md"
APPROVED = f"data/notices/{NOTICE}/approved.txt"
NOTICE_FILE = f"data/notices/{NOTICE}/notice.yml"
WRONG: dict[str, tuple[Change, str, str]] = {
    "a comma of both texts": (
        both(edit(APPROVED, ",", "，"), edit(TEXT, ",", "，")), "approval-outdated", "approved.txt"
    ),
    "a comma of the approved text alone": (
        edit(APPROVED, ",", "，"), "approval-outdated", "approved.txt"
    ),
    "an update of an item": (
        edit(ITEM, "updates:", "updates:\n  - {date: 2020-05-07, text: 甲, source: 乙}"),
        "approval-outdated",
        "批准文本没有变",
    ),
    "the contact": (
        edit(NOTICE_FILE, "0000-1234567", "0000-7654321"), "approval-outdated", "批准文本没有变"
    ),
    "the words of a status": (
        edit("data/vocabulary.yml", "已完成", "做完了"), "approval-outdated", "批准文本没有变"
    ),
    "an item that is withdrawn": (
        edit(ITEM, "title:", "audience: party\ntitle:"), "approval-outdated", "批准文本没有变"
    ),
    "the statement": (edit(f"{FOLDER}/li.txt", "11-28", "11-27"), "approval-altered", "签名"),
    "the name in the statement": (
        edit(f"{FOLDER}/li.txt", "：li", "：wang"), "approval-altered", "重新签字"
    ),
    "the form of the statement": (
        edit(f"{FOLDER}/li.txt", "\n", "\r\n"), "approval-altered", "重新签字"
    ),
    "another's statement": (under_another_name, "approval-altered", "重新签字"),
    "no statement": (no_file("li.txt"), "approval-unsigned", "缺少 li.txt："),
    "no signature": (no_file("li.txt.sig"), "approval-unsigned", "缺少 li.txt.sig"),
    "a damaged signature": (a_damaged_signature, "approval-altered", "签名"),
    "a signature for something else": (for_something_else, "approval-altered", "签名"),
    "a signature for another notice": (carried, "approval-elsewhere", OTHER),
    "a stranger": (signed_again_by("stranger"), "approval-unlisted", "不在审核人名单里"),
    "somebody else's key": (signed_again_by("zhang"), "approval-unlisted", "是 zhang 的"),
    "before what is told": (signed_again_by("li", "2020-01-02"), "approval-day", "早于"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_was_signed_must_be_what_is_there(
    signed: Path,
    keys: Path,
    approvers: Approvers,
    wrong: tuple[Change, str, str],
) -> None:
    """Else it is said which approval does not hold and why; the other one still does, unless
    what both have signed has changed.
    """
    change, code, words = wrong
    change(signed, keys)
    missing, *others = found(signed, approvers)
    assert missing.startswith("approvals approval-missing")
    both_changed = code == "approval-outdated"
    expected = ["li.txt", "zhang.txt"] if both_changed else ["li.txt"]
    assert [" ".join(each.split()[:2]) for each in others] == [
        f"{each} {code}" for each in expected
    ]
    assert all(words in each for each in others)


def test_what_the_public_does_not_see_may_change(
    signed: Path, keys: Path, approvers: Approvers
) -> None:
    edit(ITEM, "title:", "audience: party\ntitle:")(signed, keys)
    for name in ("zhang", "li"):
        sign(signed, keys, name)
    edit(ITEM, "goal: 虚构目标", "goal: 不公开的虚构目标")(signed, keys)
    edit("data/site.yml", "publisher:", "icp: 虚构备案号\npublisher:")(signed, keys)
    assert codes(signed, approvers) == []


def test_a_day_after_the_commit_does_not_hold(signed: Path, approvers: Approvers) -> None:
    """Both are days of the publisher, wherever somebody signs."""
    assert found(signed, approvers, DAY) == []
    told = found(signed, approvers, DAY - datetime.timedelta(days=1))
    assert [each.split()[1] for each in told] == [
        "approval-missing", "approval-day", "approval-day",
    ]  # fmt: skip


def test_a_key_that_was_withdrawn_no_longer_counts(signed: Path, keys: Path) -> None:
    left = Approvers("".join(line(keys, name) for name in ("zhang", "wang")), 2)
    assert codes(signed, left) == ["approvals approval-missing", "li.txt approval-unlisted"]


@pytest.mark.parametrize(
    ("options", "holds"),
    [
        ('valid-before="20261129"', True),
        ('valid-before="20261128"', False),
        ('valid-after="20261128"', True),
        ('valid-after="20261129"', False),
        ('namespaces="notices-approval"', True),
        ('namespaces="notices"', False),
    ],
)
def test_a_key_counts_on_its_days_and_for_its_use(
    signed: Path, keys: Path, options: str, holds: bool
) -> None:
    """The day is that of the signature: what somebody signed before he left still counts."""
    who = Approvers(line(keys, "zhang") + line(keys, "li", options=options), 2)
    expected = [] if holds else ["approvals approval-missing", "li.txt approval-expired"]
    assert codes(signed, who) == expected


PERSONS: dict[str, list[tuple[str, str]]] = {
    "two keys": [("zhang", "zhang"), ("zhang", "zhang2"), ("li", "li")],
    "two names for one key": [("zhang", "zhang"), ("chang", "zhang"), ("li", "li")],
    "two names in a line": [("zhang,chang", "zhang"), ("li", "li")],
    "names and keys that meet": [
        ("zhang", "zhang"), ("zhang,chang", "zhang2"), ("chang", "wang"), ("li", "li"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("lines", PERSONS.values(), ids=PERSONS)
def test_a_person_counts_once_under_whatever_names_and_keys(
    project: Path, keys: Path, lines: list[tuple[str, str]]
) -> None:
    who = Approvers("".join(line(keys, *each) for each in lines), 2)
    for names, key in lines:
        for name in names.split(","):
            if name != "li":
                sign(project, keys, name, key)
    assert codes(project, who) == ["approvals approval-missing"]
    sign(project, keys, "li")
    judged = judge(project, load(project)[0], who)
    assert len(judged.approvals[NOTICE]) == 2


# --- Settings -----------------------------------------------------------------------------------


@pytest.fixture
def bare(tmp_path: Path) -> Repository:
    """A repository of a server."""
    git(tmp_path, "init", "--quiet", "--bare", "server.git")
    found = Repository.around(tmp_path / "server.git")
    assert found
    return found


def configure(repository: Repository, **settings: str) -> None:
    for name, value in settings.items():
        git(repository.git_dir, "config", f"notices.{name}", value)


def test_the_settings_of_a_server_say_who_and_how_many(
    bare: Repository, keys: Path, tmp_path: Path
) -> None:
    listed = "".join(line(keys, name) for name in PEOPLE)
    (tmp_path / "list").write_text(f"# 审核人\n\n{listed}", encoding="utf-8")
    assert approvers_in(bare) is None
    configure(bare, approvers=str(tmp_path / "list"))
    assert approvers_in(bare) == Approvers(listed, 1)
    configure(bare, approvals="2")
    assert approvers_in(bare) == Approvers(listed, 2)
    assert approvers_of(Project(tmp_path / "elsewhere", bare, None)) == Approvers(listed, 2)


def test_the_variables_of_a_pipeline_hold_the_list_or_name_it(
    keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tmp_path / "project", None, None)
    (tmp_path / "list").write_text(line(keys, "zhang"), encoding="utf-8")
    for value in (line(keys, "zhang"), str(tmp_path / "list")):
        monkeypatch.setenv("NOTICES_APPROVERS", value)
        assert approvers_of(project) == Approvers(line(keys, "zhang"), 1)


def test_one_program_tells_another_by_variables(
    bare: Repository, keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also that nobody need sign, whatever the repository says."""
    (tmp_path / "list").write_text(line(keys, "zhang"), encoding="utf-8")
    configure(bare, approvers=str(tmp_path / "list"))
    for told in (None, Approvers(line(keys, "zhang") + line(keys, "li"), 2)):
        for name, value in variables(told).items():
            monkeypatch.setenv(name, value)
        assert approvers_of(Project(tmp_path, bare, None)) == told


SETTINGS: dict[str, tuple[dict[str, str], str, str]] = {
    "how many without who": ({"NOTICES_APPROVALS": "2"}, "setting-missing", "谁可以签字"),
    "no number": (
        {"NOTICES_APPROVALS": "两", "NOTICES_APPROVERS": "{list}"}, "setting-wrong", "两",
    ),
    "less than one": (
        {"NOTICES_APPROVALS": "-1", "NOTICES_APPROVERS": "{list}"}, "setting-wrong", "-1",
    ),
    "more than there are": (
        {"NOTICES_APPROVALS": "2", "NOTICES_APPROVERS": "{list}"}, "setting-wrong", "只有 1 个人",
    ),
    "no such file": ({"NOTICES_APPROVERS": "{root}/../nowhere"}, "setting-wrong", "读不了"),
    "a relative path": ({"NOTICES_APPROVERS": "list"}, "setting-wrong", "完整路径"),
    "a file that can be pushed": ({"NOTICES_APPROVERS": "{root}/list"}, "setting-wrong", "以外"),
    "a link that leads to one": ({"NOTICES_APPROVERS": "{root}/../link"}, "setting-wrong", "以外"),
    "a line that is none": ({"NOTICES_APPROVERS": "{list}zhang\n"}, "setting-wrong", "：zhang（"),
    "a pattern": ({"NOTICES_APPROVERS": "*@example.org {key}"}, "setting-wrong", "通配符"),
    "a key for certificates": (
        {"NOTICES_APPROVERS": "zhang cert-authority {key}"}, "setting-wrong", "证书",
    ),
    "nobody": ({"NOTICES_APPROVERS": "{empty}"}, "setting-wrong", "只有 0 个人"),
}  # fmt: skip


@pytest.mark.parametrize("case", SETTINGS.values(), ids=SETTINGS)
def test_settings_that_cannot_be_meant_are_refused(
    keys: Path,
    tmp_path: Path,
    case: tuple[dict[str, str], str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rather than let what nobody signed become public."""
    root = tmp_path / "project"
    root.mkdir()
    for file in (root / "list", tmp_path / "empty"):
        file.touch()
    (tmp_path / "link").symlink_to(root / "list")
    names = {
        "list": line(keys, "zhang"),
        "key": line(keys, "zhang").partition(" ")[2],
        "root": str(root),
        "empty": str(tmp_path / "empty"),
    }
    values, rule, words = case
    for name, value in values.items():
        monkeypatch.setenv(name, value.format(**names))
    with pytest.raises(Faulty) as stopped:
        approvers_of(Project(root, None, None))
    (problem,) = stopped.value.problems
    assert problem.rule == rule
    assert words in problem.message


def test_the_check_holds_a_project_to_the_settings(
    signed: Path, keys: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """So a push is refused for what a build would be refused for."""
    monkeypatch.setenv("NOTICES_APPROVALS", "2")
    monkeypatch.setenv("NOTICES_APPROVERS", "".join(line(keys, name) for name in PEOPLE))
    capsys.readouterr()
    assert main(["check", "--root", str(signed)]) == 0
    (signed / FOLDER / "li.txt.sig").unlink()
    capsys.readouterr()
    assert main(["check", "--root", str(signed)]) == 1
    said = capsys.readouterr().out
    assert f"{FOLDER}:1:1: [approval-missing] " in said
    assert f"{FOLDER}/li.txt:1:1: [approval-unsigned] " in said
    monkeypatch.setenv("NOTICES_APPROVERS", "")
    assert main(["check", "--root", str(signed)]) == 1
    assert "[setting-missing]" in capsys.readouterr().out


# --- The command --------------------------------------------------------------------------------


def test_the_reviewer_sees_what_he_signs_and_is_asked(
    project: Path, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nobody can be asked, nothing is signed unless he says so."""
    arguments = ["approve", NOTICE, "--key", str(keys / "zhang"), "--root", str(project)]
    assert main(arguments) == 1
    said = capsys.readouterr()
    assert f"  通报：{NOTICE}《虚构单位党组织专项巡察整改情况(虚构示例)》" in said.out
    assert "您将以 zhang 的名义" in said.out
    assert "2个方面、2个子项、3个问题；已完成2个、申请延期1个；进展2次" in said.out
    assert said.err.endswith("没有签字。\n")
    assert not (project / FOLDER).exists()
    assert main([*arguments, "--yes"]) == 0
    assert f"请把 {FOLDER}/zhang.txt 和 {FOLDER}/zhang.txt.sig 两个文件一起提交" in (
        capsys.readouterr().out
    )
    assert sorted(path.name for path in (project / FOLDER).iterdir()) == [
        "zhang.txt",
        "zhang.txt.sig",
    ]


UNABLE: dict[str, tuple[list[str], str]] = {
    "no such notice": (["nothing", "--key", "{keys}/zhang"], "notice-unknown"),
    "no such key": ([NOTICE, "--key", "{keys}/nobody", "--as", "zhang"], "signing-failed"),
    "no name": ([NOTICE, "--key", "{keys}/nobody"], "approver-unnamed"),
    "a name that leads elsewhere": (
        [NOTICE, "--key", "{keys}/zhang", "--as", "../zhang"], "approver-unnamed",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", UNABLE.values(), ids=UNABLE)
def test_what_cannot_be_signed_is_said(
    project: Path, keys: Path, case: tuple[list[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, rule = case
    given = [each.format(keys=keys) for each in arguments]
    assert main(["approve", *given, "--yes", "--root", str(project)]) == 1
    assert f"[{rule}]" in capsys.readouterr().out
    assert not (project / FOLDER).exists()


def test_what_cannot_become_public_is_not_signed(
    project: Path, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(ITEM, "title:", "titel:")(project, keys)
    assert main(["approve", NOTICE, "--key", str(keys / "zhang"), "--root", str(project)]) == 1
    assert f"{ITEM}:1:1: [" in capsys.readouterr().out


# --- On a server --------------------------------------------------------------------------------


def test_a_push_is_published_once_it_is_signed_and_says_who_did(
    server: Server, editor: Editor, keys: Path, tmp_path: Path
) -> None:
    """What anybody pushes has no say in who may; the page and `notices verify` tell who did."""
    (tmp_path / "approvers").write_text(line(keys, "zhang") + line(keys, "li"), encoding="utf-8")
    server.configure("approvers", str(tmp_path / "approvers"))
    server.configure("approvals", "2")
    before = server.public_commit()
    editor.write("虚构的新句子")
    pushed = editor.push()
    assert pushed.returncode != 0
    assert "[approval-missing] 公开这份通报要 2 个人审核签字" in pushed.stderr
    assert server.public_commit() == before

    for name in ("zhang", "li"):
        sign(editor.folder, keys, name, notice=SAMPLE)
    git(editor.folder, "add", "--all")
    editor.commit("审核签字")
    pushed = editor.push()
    assert pushed.returncode == 0, pushed.stderr
    page = server.page(f"notices/{SAMPLE}/index.html")
    told = "li 于2026年11月28日、zhang 于2026年11月28日审核签字，同意公开本页现在的全部内容。"
    assert told in page
    assert not [*(server.target / "current").rglob("zhang*")]
    verified = server.notices("verify", str(server.target / "current"))
    assert verified.returncode == 0, verified.stdout
    assert (
        "通报 shuangd-2023：li 于2026年11月28日、zhang 于2026年11月28日审核签字" in verified.stdout
    )

    (tmp_path / "approvers").write_text(line(keys, "zhang") + line(keys, "wang"), encoding="utf-8")
    refused = server.notices("publish")
    assert refused.returncode == 1
    assert "[approval-unlisted]" in refused.stdout
    assert told in server.page(f"notices/{SAMPLE}/index.html")
