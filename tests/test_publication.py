"""From a push to what the public sees, on a server of one's own, with real git and real nginx."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from notices.publishing.releases import Releases
from notices.software import state_folder
from once import once
from publishing import ADDRESS, WORDS, Editor, Server, clean, git
from sitehouse import ROOT, SAMPLE, SAMPLE_ROOT
from trials import assert_seen_whole, assert_whole, kill_at_random, read_while_publishing
from webserver import nginx

ITEM = f"data/notices/{SAMPLE}/items/1-3-2.yml"


def test_a_push_is_seen_through_the_web_server(
    server: Server, editor: Editor, tmp_path: Path
) -> None:
    """And a bad one before it is refused with its problems, while the old text is still served."""
    with nginx(server.target, tmp_path / "nginx") as address:
        before = server.public_commit()
        assert WORDS in read(address)
        editor.write("statsu: u", ITEM, "status: u")
        pushed = editor.push()
        assert pushed.returncode != 0
        assert f"remote: {ITEM}:3:1: [unknown-key] 不认识“statsu”" in pushed.stderr
        assert "remote: 这次推送没有收下，公开网站没有变化。" in pushed.stderr
        assert "Traceback" not in pushed.stderr
        assert WORDS in read(address)
        assert git(server.repository, "rev-parse", "main") == before

        editor.write("status: u", ITEM, "statsu: u")
        commit = editor.write("虚构的新句子")
        pushed = editor.push()
        assert pushed.returncode == 0
        assert f"remote: 已经公开：{commit[:7]}" in pushed.stderr
        assert "虚构的新句子" in read(address)


def test_a_dead_link_is_refused_before_anything_is_taken(server: Server, editor: Editor) -> None:
    before = server.public_commit()
    editor.write("[联系](kontakt.md)")
    pushed = editor.push()
    assert pushed.returncode != 0
    assert "remote: content/index.md:8:6: [dead-link] 链接“kontakt.md”" in pushed.stderr
    assert git(server.repository, "rev-parse", "main") == before


def test_what_only_the_build_sees_is_told_too(server: Server, editor: Editor) -> None:
    """The commit is in the repository then, but not public; the next one that is sound is."""
    template = break_software(server)
    before = server.public_commit()
    commit = editor.write("虚构的新句子")
    pushed = editor.push()
    assert "'nothing' is undefined" in pushed.stderr
    assert "remote: 公开网站没有变化。" in pushed.stderr
    assert "Traceback" not in pushed.stderr
    assert server.public_commit() == before
    assert git(server.repository, "rev-parse", "main") == commit
    shutil.copy(ROOT / "theme/main.html", template)
    commit = editor.commit()
    editor.push()
    assert server.public_commit() == commit


def break_software(server: Server) -> Path:
    """Let the server run software of its own that checks, but cannot build; return the template
    that is wrong.
    """
    server.own_software()
    template = server.target / "software/theme/main.html"
    template.write_text("{{ nothing.there }}", encoding="utf-8")
    return template


def test_another_branch_changes_nothing(server: Server, editor: Editor) -> None:
    before = server.public_commit()
    editor.write("虚构的草稿")
    pushed = editor.push("origin", "main:draft")
    assert "remote: 推送的不是发布的分支 main，公开网站没有变化。" in pushed.stderr
    assert server.public_commit() == before
    assert editor.push("origin", ":draft").returncode == 0
    assert server.public_commit() == before


def test_what_was_public_is_neither_rewritten_nor_deleted_by_a_push(
    server: Server, editor: Editor
) -> None:
    """A forced push and a deletion of the published branch are refused; the operator may do it, on
    the server, and what was published before is public again without a build.
    """
    first = server.public_commit()
    second = editor.write("虚构的一句")
    assert f"已经公开：{second[:7]}" in editor.push().stderr
    git(editor.folder, "reset", "--quiet", "--hard", "HEAD~1")
    editor.write("虚构的另一句")
    forced = editor.push("--force", "origin", "main")
    assert forced.returncode != 0
    assert "[history-rewritten] 强制推送会改写公开过的历史，不收。" in forced.stderr
    deleted = editor.push("origin", ":main")
    assert deleted.returncode != 0
    assert "[branch-deleted] 这是公开的分支，不能删除" in deleted.stderr
    assert git(server.repository, "rev-parse", "main") == second == server.public_commit()

    git(server.repository, "update-ref", "refs/heads/main", first)
    done = server.notices("publish")
    assert f"已经公开：{first[:7]}" in done.stdout
    assert "网站已写到" not in done.stdout
    assert server.release() == f"000003-{first}"


def test_who_waits_finds_the_newest_commit(server: Server, editor: Editor) -> None:
    """Of two that wait for a third, one publishes the newest commit and the other has no work."""
    server.configure("command", "true")  # nothing is published by the pushes themselves
    with Releases(server.target).locked(lambda: None):
        editor.write("虚构的一句")
        editor.push()
        waiting = [server.start("publish")]
        commit = editor.write("虚构的另一句", instead_of="虚构的一句")
        editor.push()
        waiting.append(server.start("publish"))
        for process in waiting:
            assert process.stdout
            assert process.stdout.readline() == "另一次发布正在进行，等它结束……\n"
    said = [process.communicate()[0] for process in waiting]
    assert [process.returncode for process in waiting] == [0, 0]
    assert sorted("网站已写到" in each for each in said) == [False, True]
    assert sum(f"公开网站已经是 {commit[:7]}" in each for each in said) == 1
    assert server.public_commit() == commit


@pytest.fixture(scope="module")
def followed(first: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A server that keeps two releases, on which three with other words and other assets followed
    the first, and what a client told of it who read meanwhile.
    """

    def make(folder: Path) -> None:
        server = first.copy(folder / "srv")
        server.configure("keep", "2")
        told = read_while_publishing(
            server, Editor(server, folder / "editor"), folder, 3, rest=0.02
        )
        (folder / "told").write_text(json.dumps(told), encoding="utf-8")

    return once(tmp_path_factory, "followed", make)


def test_readers_see_whole_pages_while_publications_follow_each_other(followed: Path) -> None:
    """No page or asset is missing or empty, and none is of another release than its page."""
    assert_seen_whole(json.loads((followed / "told").read_text(encoding="utf-8")), 3)


def test_earlier_releases_are_kept_and_can_be_public_again(followed: Path, tmp_path: Path) -> None:
    server = Server(followed / "srv").copy(tmp_path / "srv")
    commits = git(server.repository, "rev-list", "--reverse", "main").split()
    listed = server.notices("releases").stdout.splitlines()
    assert [(line[0], line.split()[-3][:7]) for line in listed] == [
        ("→", commits[3][:7]),
        ("\u3000", commits[2][:7]),
    ]
    assert server.notices("publish", "--rollback").returncode == 0
    assert server.public_commit() == commits[2]
    assert "第1次" in server.page()
    gone = server.notices("publish", "--rollback", commits[1])
    assert gone.returncode == 1
    assert "[release-missing] 没有可以退回的发布" in gone.stdout
    assert server.notices("publish", "--rollback", commits[3][:9]).returncode == 0
    assert server.public_commit() == commits[3]


def test_assets_of_kept_releases_stay_and_others_go(first: Server, followed: Path) -> None:
    """A page that is open while another release becomes public still finds its scripts."""
    target = followed / "srv"
    public = {path.name for path in target.glob("releases/*/assets/*")}
    assert {path.name for path in (target / "kept/assets").iterdir()} == public
    assert len(public) == 2
    assert assets_of(first) not in public


def test_a_release_that_was_damaged_is_made_anew(server: Server) -> None:
    home = server.target / "current/index.html"
    home.write_bytes(home.read_bytes() + b" ")
    commit = server.public_commit()
    done = server.notices("publish")
    assert f"已经公开：{commit[:7]}" in done.stdout
    assert server.release() == f"000002-{commit}"
    assert_whole(server)


@pytest.mark.parametrize("seed", range(2))
def test_a_publication_may_be_killed_at_any_moment(
    server: Server, editor: Editor, seed: int
) -> None:
    """The site is whole, and the next publication succeeds; `make soak` tries a hundred times."""
    kill_at_random(server, editor, random.Random(seed), times=3)


def test_a_full_disk_and_one_that_may_not_be_written_leave_the_site_as_it_is(
    server: Server, editor: Editor, tmp_path: Path
) -> None:
    """However much of a publication still finds its place."""
    before = server.release()
    server.configure("command", "true")
    after = f"000002-{editor.write('虚构的一句')}"
    editor.push()
    target = tmp_path / "small"
    target.mkdir()
    server.configure("target", str(target))
    script = ROOT / "tests" / "small_disk.py"
    arguments = [str(each) for each in (script, server.repository, target, server.target)]
    done = subprocess.run(
        [*may_mount(), sys.executable, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    *full, enough, read_only = told["endings"]
    assert len(full) >= 3
    for ending in full:
        assert ending["status"] == 1
        assert "[unwritable] 磁盘满了，写不下\n" in ending["said"]
        assert ending["said"].endswith("公开网站没有变化。\n")
        assert "Traceback" not in ending["said"]
        assert (ending["public"], ending["whole"]) == (before, True)
    assert (enough["status"], enough["public"], enough["whole"]) == (0, after, True)
    assert read_only["status"] == 1
    assert "[unwritable] 磁盘是只读的，写不了\n公开网站没有变化。" in read_only["said"]
    assert (read_only["public"], read_only["whole"]) == (after, True)
    # What stands where releases belong is named itself, and before anything is made.
    another_disk, closed = told["refused"]
    releases = f"{target}/releases:1:1: [unwritable]"
    assert another_disk["said"].startswith(f"{releases} 与旁边的目录不在同一个磁盘上")
    assert closed["said"] == f"{releases} 磁盘是只读的，写不了\n公开网站没有变化。\n"


def may_mount() -> list[str]:
    """Return what to put before a command that mounts something only it shall see."""
    if os.geteuid() == 0:
        return ["unshare", "--mount"]
    sudo = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n", "unshare", "--mount"] if sudo.returncode == 0 else ["unshare", "-rm"]


EVIL = {
    "hooks/notices/__init__.py": "{run}",
    "hooks/notices/command/__init__.py": "{run}",
    "hooks/publish.py": "{run}",
    "sitecustomize.py": "{run}",
    "hooks/sitecustomize.py": "{run}",
    "content/sitecustomize.py": "{run}",
    "notices.py": "{run}",
    "yaml.py": "{run}",
    "mkdocs.yml": "plugins: [!!python/object/apply:os.system [touch {ran}]]",
    "theme/main.html": "{{{{ cycler.__init__.__globals__.os.system('touch {ran}') }}}}",
    "Makefile": "$(shell touch {ran})",
    "pyproject.toml": "x",
    ".git-hooks/pre-receive": "#!/bin/sh\ntouch {ran}",
}
RUN = "open({ran!r}, 'w').close()"


def test_nothing_that_is_pushed_runs(server: Server, editor: Editor, tmp_path: Path) -> None:
    """Neither in a push that is refused nor in one that is taken; who pushes software is told that
    the server keeps its own.
    """
    ran = tmp_path / "ran"
    for name, text in EVIL.items():
        path = editor.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(ran=ran, run=RUN.format(ran=str(ran))), encoding="utf-8")
    git(editor.folder, "add", "--all", "--force")
    editor.commit()
    refused = editor.push()
    assert refused.returncode != 0
    assert "content/sitecustomize.py" in refused.stderr
    git(editor.folder, "rm", "--quiet", "content/sitecustomize.py")
    commit = editor.write("虚构的新句子")
    taken = editor.push()
    assert f"remote: 已经公开：{commit[:7]}" in taken.stderr
    assert "remote: 这次推送改了软件" in taken.stderr
    assert "服务器仍用自己装的版本" in taken.stderr
    assert "虚构的新句子" in server.page()
    assert not ran.exists()


@pytest.fixture
def hostile_home(tmp_path: Path) -> Path:
    """A home with settings of git that would take a server's hooks away, and its repository."""
    home = tmp_path / "home"
    (home / "hooks").mkdir(parents=True)
    for name in ("pre-receive", "post-receive"):
        (home / "hooks" / name).write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
        (home / "hooks" / name).chmod(0o755)
    (home / ".gitconfig").write_text(
        f"[core]\nhooksPath = {home}/hooks\n[safe]\nbareRepository = explicit\n"
        "[receive]\nfsckObjects = false\n[notices]\ntarget = /nowhere\nbranch = other\n",
        encoding="utf-8",
    )
    return home


def not_root() -> list[str]:
    """Return what to put before a command that somebody runs who may not do all that root may."""
    user = ["--map-user=65534", "--map-group=65534"]
    return ["unshare", "--user", *user] if os.geteuid() == 0 else []


def test_a_server_of_a_user_who_is_not_root_publishes_what_a_web_server_may_read(
    hostile_home: Path, first: Server, tmp_path: Path
) -> None:
    """Whatever his umask and his settings of git are: no hook of his own takes the place of ours.
    Setting it up again keeps the address.
    """
    # He has what the first server has made, and the key by which he knows it for his.
    (tmp_path / "srv").mkdir(mode=0o700)
    shutil.copytree(first.target / "cache", tmp_path / "srv/cache")
    shutil.copytree(state_folder() / "notices", hostile_home / ".local/state/notices")
    who = not_root()
    mine = {name: value for name, value in clean().items() if name != "GIT_CONFIG_GLOBAL"}
    how: dict[str, Any] = {"env": mine | {"HOME": str(hostile_home)}, "umask": 0o077}
    server = Server.set_up(tmp_path / "srv", f"SITE_URL={ADDRESS}", before=who, **how)
    Server.set_up(tmp_path / "srv", before=who, **how)

    def run(*command: str) -> str:
        done = subprocess.run(
            [*who, *command], cwd=tmp_path, capture_output=True, text=True, check=False, **how
        )
        assert done.returncode == 0, done.stderr
        return str(done.stderr)

    run("git", "init", "--quiet", "--initial-branch=main", "project")
    run("cp", "-r", str(SAMPLE_ROOT / "content"), str(SAMPLE_ROOT / "data"), "project")
    run("git", "-C", "project", "add", "--all")
    run("git", "-C", "project", "commit", "--quiet", "--message", "开始")
    assert "已经公开" in run("git", "-C", "project", "push", str(server.repository), "main")
    assert f'"address": "{ADDRESS}"' in server.page("manifest.json")
    served = [server.target, server.target / "current", *server.target.glob("releases/*/**/*")]
    closed = [path for path in served if path.stat().st_mode & 0o005 < 4]
    assert closed == []
    assert not server.repository.stat().st_mode & 0o077


def test_a_link_that_leads_nowhere_is_mended_even_when_nothing_new_may_be_public(
    server: Server, editor: Editor
) -> None:
    release = server.release()
    break_software(server)
    (server.target / "current").unlink()
    (server.target / "current").symlink_to("releases/nothing")
    editor.write("虚构的新句子")
    pushed = editor.push()
    assert "公开网站没有变化。" in pushed.stderr
    assert f"已指回：{server.public_commit()[:7]}" in pushed.stderr
    assert server.release() == release


def assets_of(server: Server) -> str:
    (folder,) = (server.target / "current/assets").iterdir()
    return folder.name


def read(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        text: str = answer.read().decode()
        return text
