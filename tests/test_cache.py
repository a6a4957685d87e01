"""What earlier builds made is believed only when this user made it on this machine."""

from __future__ import annotations

import errno
import marshal
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest

from exporting import editions, kept_exports
from notices.cache import ROOMS, Drawer, open_cache
from notices.catalogue.loading import load
from notices.catalogue.summary import Archive
from notices.history.project import Project
from notices.outputs.changes import keep_record
from notices.outputs.fragments import KeptTemplates
from notices.proof.files import SiteFiles
from publishing import found_repository, git


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where this user's programs keep things."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("NOTICES_CACHE", raising=False)
    return tmp_path / "state"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir()
    return tmp_path / "project"


def test_what_was_put_is_got_by_another_process(state: Path, root: Path) -> None:
    open_cache(root).room("exports").set("a", b"made")
    script = (
        "import sys; from pathlib import Path; from notices.cache import open_cache;"
        "print(open_cache(Path(sys.argv[1])).room('exports').get('a'))"
    )
    command = [sys.executable, "-c", script, str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "b'made'\n"
    assert open_cache(root).room("exports").get("b") is None


def test_a_room_can_be_handed_to_a_worker(state: Path, root: Path) -> None:
    room = open_cache(root).room("exports")
    room.set("a", b"made")
    assert pickle.loads(pickle.dumps(room)).get("a") == b"made"


def test_the_key_is_for_nobody_else(state: Path, root: Path) -> None:
    open_cache(root)
    key = state / "notices" / "cache.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.parent.stat().st_mode & 0o777 == 0o700
    assert len(key.read_bytes()) == 32
    assert [path.name for path in key.parent.iterdir()] == ["cache.key"]


def test_the_key_is_at_home_when_nothing_else_is_said(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    open_cache(root)
    assert (tmp_path / ".local/state/notices/cache.key").is_file()


def test_git_sees_nothing_of_a_cache(state: Path, root: Path) -> None:
    """Else a project that does not name it in .gitignore would never be wholly committed."""
    git(root, "init", "--quiet")
    open_cache(root).room("exports").set("a", b"made")
    assert git(root, "status", "--porcelain") == ""


# --- Entries that are not ours ------------------------------------------------------------------


def unsigned(room: Drawer, name: str) -> None:
    """What a commit would bring that knows how entries look, but not the key."""
    (room.folder / name).write_bytes(bytes(32) + b"poison")


def by_another_key(room: Drawer, name: str) -> None:
    Drawer(room.folder, b"another key").set(name, b"poison")


def of_another_name(room: Drawer, name: str) -> None:
    room.set("other", b"poison")
    shutil.copy(room.folder / "other", room.folder / name)


def of_another_room(room: Drawer, name: str) -> None:
    other = Drawer(room.folder.parent / "other", room.key)
    other.folder.mkdir()
    other.set(name, b"poison")
    shutil.copy(other.folder / name, room.folder / name)


def behind_a_link(room: Drawer, name: str) -> None:
    """Even to an entry that is ours."""
    room.set(name, b"made")
    (room.folder / name).rename(room.folder / "elsewhere")
    (room.folder / name).symlink_to(room.folder / "elsewhere")


def cut_off(room: Drawer, name: str) -> None:
    room.set(name, b"made")
    path = room.folder / name
    path.write_bytes(path.read_bytes()[:-1])


def empty(room: Drawer, name: str) -> None:
    (room.folder / name).touch()


def a_bit_changed(room: Drawer, name: str) -> None:
    room.set(name, b"made")
    path = room.folder / name
    path.write_bytes(path.read_bytes()[:-1] + b"f")


def a_pipe(room: Drawer, name: str) -> None:
    """Which one would wait for."""
    os.mkfifo(room.folder / name)


def a_folder(room: Drawer, name: str) -> None:
    (room.folder / name).mkdir()
    (room.folder / name / "somebody's").touch()


PLANTS = [
    unsigned, by_another_key, of_another_name, of_another_room,
    behind_a_link, cut_off, empty, a_bit_changed, a_pipe, a_folder,
]  # fmt: skip
Plant = Callable[[Drawer, str], None]


@pytest.fixture(params=PLANTS, ids=lambda plant: plant.__name__)
def plant(request: pytest.FixtureRequest) -> Plant:
    planted: Plant = request.param
    return planted


def test_what_is_not_ours_is_not_used(state: Path, root: Path, plant: Plant) -> None:
    """And is made anew, but for a folder, which is left alone."""
    room = open_cache(root).room("exports")
    plant(room, "name")
    assert room.get("name") is None
    room.set("name", b"made")
    assert room.get("name") == (None if plant is a_folder else b"made")
    room.forget(())
    assert not (room.folder / "name").exists() or (room.folder / "name/somebody's").exists()


def test_no_export_comes_from_what_is_not_ours(
    state: Path, root: Path, two_notices: Path, plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stands there when exports are looked for, or when they are written."""
    monkeypatch.setattr("notices.outputs.exports.outputs.Output.make", lambda *_: b"made")
    both = editions(two_notices, "").values()
    room = open_cache(root).room("exports")
    first = kept_exports(both, room).values()
    names = [export.name for export in first]
    replant(room, names, plant)
    assert {export.content() for export in first} == {b"made"}
    replant(room, names, plant)
    exports = kept_exports(both, room).values()
    assert {export.content() for export in exports} == {b"made"}
    assert {export.size for export in exports} == {4}


def replant(room: Drawer, names: list[str], plant: Plant) -> None:
    """Put under each of ``names`` in ``room`` what ``plant`` does."""
    shutil.rmtree(room.folder)
    for name in names:
        room.folder.mkdir(exist_ok=True)
        shutil.rmtree(room.folder.parent / "other", ignore_errors=True)
        plant(room, name)


def test_no_compressed_form_comes_from_what_is_not_ours(
    state: Path, root: Path, tmp_path: Path, plant: Plant
) -> None:
    room = open_cache(root).room("compressed")
    found = []
    for _ in range(3):
        site = tmp_path / "site"
        shutil.rmtree(site, ignore_errors=True)
        site.mkdir()
        (site / "x.txt").write_text("一是加强学习。" * 100, encoding="utf-8")
        files = SiteFiles(site, "", open_cache(root))
        files.look()
        files.complete()
        found.append({path.name: path.read_bytes() for path in site.iterdir()})
        replant(room, [path.name for path in room.folder.iterdir()], plant)
    assert found[0] == found[1] == found[2]
    assert set(found[0]) == {"x.txt", "x.txt.br", "x.txt.gz"}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return found_repository(tmp_path_factory.mktemp("repository") / "project")


def test_no_change_is_told_from_what_is_not_ours(
    state: Path, root: Path, repository: Path, plant: Plant
) -> None:
    project = Project.at(repository)
    told = project, Archive.of(load(repository)[0].public()), frozenset[str]()
    room = open_cache(root).room("changes")
    first = keep_record(*told, room)
    assert [len(entry.changes) for entry in first.entries] == [1]
    replant(room, [path.name for path in room.folder.iterdir()], plant)
    assert keep_record(*told, room) == first


def test_no_compiled_template_runs_that_is_not_ours(state: Path, root: Path, plant: Plant) -> None:
    """It is code: whatever stands there, the template is compiled again."""
    (root / "x.html").write_text("made", encoding="utf-8")
    room = open_cache(root).room("templates")

    def rendered() -> str:
        loader = jinja2.FileSystemLoader(root)
        environment = jinja2.Environment(
            loader=loader, autoescape=True, bytecode_cache=KeptTemplates(room)
        )
        return environment.get_template("x.html").render()

    assert rendered() == "made"
    names = [path.name for path in room.folder.iterdir()]
    assert len(names) == 1
    replant(room, names, plant)
    assert rendered() == "made"


def test_compiled_code_that_a_commit_brings_does_not_run(state: Path, root: Path) -> None:
    """As Jinja would take it from its own kind of file, and in ours without the key."""
    (root / "x.html").write_text("made", encoding="utf-8")
    room = open_cache(root).room("templates")
    loader = jinja2.FileSystemLoader(root)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, bytecode_cache=KeptTemplates(room)
    )
    environment.get_template("x.html")
    (kept,) = room.folder.iterdir()
    code = compile(f"open({str(root / 'ran')!r}, 'w')", "x.html", "exec")
    magic = jinja2.bccache.bc_magic
    checksum = pickle.dumps(environment.bytecode_cache.get_source_checksum("made"), 2)  # type: ignore[union-attr]
    kept.write_bytes(bytes(32) + magic + checksum + marshal.dumps(code))
    again = jinja2.Environment(loader=loader, autoescape=True, bytecode_cache=KeptTemplates(room))
    assert again.get_template("x.html").render() == "made"
    assert not (root / "ran").exists()


# --- Keys and folders that are not ours ---------------------------------------------------------


def readable_by_others(key: Path) -> None:
    key.write_bytes(bytes(32))
    key.chmod(0o644)


def a_link(key: Path) -> None:
    (key.parent / "elsewhere").write_bytes(bytes(32))
    (key.parent / "elsewhere").chmod(0o600)
    key.symlink_to("elsewhere")


def too_short(key: Path) -> None:
    key.touch(mode=0o600)


def no_file(key: Path) -> None:
    key.mkdir()


def a_pipe_for_a_key(key: Path) -> None:
    os.mkfifo(key, 0o600)


def a_loop(key: Path) -> None:
    key.symlink_to(key)


KEYS = [readable_by_others, a_link, too_short, no_file, a_pipe_for_a_key, a_loop]


@pytest.mark.parametrize("spoil", KEYS, ids=lambda spoil: spoil.__name__)
def test_a_key_that_others_may_know_is_not_used(
    state: Path, root: Path, spoil: Callable[[Path], None]
) -> None:
    (state / "notices").mkdir(parents=True)
    spoil(state / "notices" / "cache.key")
    assert_passing(root)


def test_a_key_of_somebody_else_is_not_used(
    state: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_cache(root)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert_passing(root)


def test_a_key_that_a_commit_could_bring_is_not_used(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(root / "state"))
    assert_passing(root)
    assert not (root / "state").exists()


HOMES = {
    "none": {"HOME": ""},
    "one that does not exist": {"HOME": "/nonexistent"},
    "no folder": {"HOME": "/dev/null"},
    "a relative one": {"HOME": "here"},
    "where nothing can be written": {"XDG_STATE_HOME": "/proc"},
}


@pytest.mark.parametrize("variables", HOMES.values(), ids=HOMES)
def test_where_no_key_can_be_kept_there_is_a_cache_for_the_process(
    root: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert_passing(root)


def assert_passing(root: Path) -> None:
    """Hold that nothing is kept below ``root``, and that there is a cache all the same."""
    cache = open_cache(root)
    assert not cache.folder.is_relative_to(root)
    room = cache.room("exports")
    room.set("a", b"made")
    assert room.get("a") == b"made"
    assert open_cache(root).room("exports").get("a") == b"made"
    assert not any((root / ".cache").rglob("a"))


def link_to_a_folder(place: Path) -> None:
    (place.parent / "real").mkdir()
    place.symlink_to("real")


def link_to_nothing(place: Path) -> None:
    place.symlink_to("nothing")


def file(place: Path) -> None:
    place.touch()


def pipe(place: Path) -> None:
    os.mkfifo(place)


FOLDERS = [link_to_a_folder, link_to_nothing, file, pipe]


@pytest.mark.parametrize("within", ["", *ROOMS])
@pytest.mark.parametrize("make", FOLDERS, ids=lambda make: make.__name__)
def test_a_folder_that_is_something_else_is_not_followed(
    state: Path, root: Path, make: Callable[[Path], None], within: str
) -> None:
    """Be it the cache or one of its rooms: nothing is written or removed where it leads."""
    place = root / ".cache" / within
    place.parent.mkdir(exist_ok=True)
    make(place)
    assert_passing(root)
    assert not any((root / "real").glob("*"))


def test_a_project_that_is_not_there_is_not_made(state: Path, root: Path) -> None:
    open_cache(root / "nowhere")
    assert not (root / "nowhere").exists()


def test_the_cache_may_stand_elsewhere(
    state: Path, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert open_cache(root, tmp_path / "a").folder == tmp_path / "a"
    monkeypatch.setenv("NOTICES_CACHE", str(tmp_path / "b"))
    assert open_cache(root).folder == tmp_path / "b"
    assert open_cache(root, tmp_path / "a").folder == tmp_path / "a"
    assert not (root / ".cache").exists()


# --- Forgetting ---------------------------------------------------------------------------------


def test_what_was_of_use_last_is_forgotten_last(state: Path, root: Path) -> None:
    room = open_cache(root).room("exports")
    for day, name in enumerate("abcd", 1):
        room.set(name, name.encode())
        os.utime(room.folder / name, (day, day))
    assert room.get("a") == b"a"
    room.forget({"b"}, spare=2)
    assert sorted(path.name for path in room.folder.iterdir()) == ["a", "b", "d"]


def test_what_another_process_writes_just_now_is_left_alone(state: Path, root: Path) -> None:
    """But not what was abandoned."""
    room = open_cache(root).room("exports")
    for name in (".new", ".old"):
        (room.folder / name).touch()
    os.utime(room.folder / ".old", (1, 1))
    room.forget(())
    assert [path.name for path in room.folder.iterdir()] == [".new"]


def test_a_full_disk_is_no_error(state: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = open_cache(root).room("exports")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("notices.cache.os.replace", full)
    room.set("a", b"made")
    assert room.get("a") is None
    assert [*room.folder.iterdir()] == []
