"""The preview: problems stand where its reader looks, and exports are made when asked for."""

from __future__ import annotations

import mimetypes
import shutil
import threading
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.util import setup_testing_defaults

import pytest
from playwright.sync_api import BrowserContext
from watchdog.events import FileSystemEvent, FileSystemEventHandler

from notices import software
from notices.outputs.pages.frame import CONTENT, SLOTS, Frame, token
from notices.outputs.pages.page import TYPES
from notices.problem import Faulty, Place, Problem
from notices.publishing.component import Component
from notices.publishing.preview import MadeWhenAsked, ProblemsOnTop, Shown, tells_changes
from notices.publishing.previewed import Previewed
from notices.publishing.rendered import Rendered
from notices.publishing.watch import ChangeObserver
from sitehouse import SAMPLE

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_ARTICLE = ('<article class="page__text">', "</article>")
AROUND = dict.fromkeys(SLOTS, ("", "")) | {CONTENT: _ARTICLE}
FRAME = Frame.of_type("".join(token(each, "0").join(AROUND[each]) for each in SLOTS), "0")
RENDERED = Rendered(dict.fromkeys(TYPES, FRAME), [], {})
PROBLEM = Problem(Place("data/site.yml", 3, 1), "unknown-key", "不认识“甲”")
PAGE = f"notices/{SAMPLE}/"


def unwanted() -> None:
    raise AssertionError("nothing need be rendered")


def answer(application: WSGIApplication, path: str) -> tuple[str, dict[str, str], bytes]:
    """Return status, headers and body of what ``application`` answers."""
    environ: WSGIEnvironment = {"PATH_INFO": path}
    setup_testing_defaults(environ)
    told: list[tuple[str, dict[str, str]]] = []

    def start(status: str, headers: list[tuple[str, str]], _: object = None, /) -> object:
        told.append((status, dict(headers)))
        return lambda _: None

    body = b"".join(application(environ, start))  # type: ignore[arg-type]
    return *told[-1], body


def from_folder(folder: Path) -> WSGIApplication:
    """Return what serves the files of ``folder``, as MkDocs' own server does."""

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        file = folder / environ["PATH_INFO"].removeprefix("/below/").strip("/")
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            start_response("404 Not Found", [])
            return [b"nothing"]
        kind = mimetypes.guess_type(file.name)[0] or "text/plain"
        start_response("200 OK", [("Content-Type", kind)])
        return [file.read_bytes()]

    return serve


class Making:
    """What makes files, each of which says its address and ``words``, and remembers which."""

    def __init__(self, *addresses: str, words: str = "") -> None:
        self.made: list[str] = []
        self._addresses, self._words = addresses, words

    def __call__(self) -> Iterator[Component]:
        for each in self._addresses:
            yield Component(each, "", partial(self._make, each))

    def _make(self, address: str) -> bytes:
        self.made.append(address)
        return f"{address} {self._words}".encode()


NAMES = ("404.html", "index.html", "notices/x/index.html", "notices/x/notice.pdf")


def test_a_file_is_made_when_it_is_asked_for_and_no_other(tmp_path: Path) -> None:
    making = Making(*NAMES)
    shown = Shown([making])
    application = MadeWhenAsked(from_folder(tmp_path), lambda: shown, tmp_path, "/below/")
    for _ in range(2):
        status, headers, body = answer(application, "/below/notices/x/notice.pdf")
        assert (status, headers["Content-Type"]) == ("200 OK", "application/pdf")
        assert body == b"notices/x/notice.pdf "
    assert making.made == ["notices/x/notice.pdf"], "once"
    assert answer(application, "/below/notices/x/")[2] == b"notices/x/index.html "
    assert answer(application, "/below/")[2] == b"index.html "
    assert answer(application, "/below/notices/y/")[0] == "404 Not Found"
    assert (tmp_path / "404.html").read_bytes() == b"404.html "
    assert sorted(making.made) == sorted([*NAMES])


def test_what_was_shown_before_a_change_stands_there_no_more(tmp_path: Path) -> None:
    showing = [Shown([Making("a.txt", "b.txt", words="old")])]
    application = MadeWhenAsked(from_folder(tmp_path), lambda: showing[-1], tmp_path, "/below/")
    assert answer(application, "/below/a.txt")[2] == b"a.txt old"
    assert answer(application, "/below/b.txt")[2] == b"b.txt old"
    showing.append(Shown([Making(), Making("a.txt", words="new")]))
    assert answer(application, "/below/a.txt")[2] == b"a.txt new"
    assert answer(application, "/below/b.txt")[0] == "404 Not Found"


def test_nobody_looks_further_than_to_what_is_asked_for() -> None:
    """Of an archive, the files of the search are a hundred times those of its pages."""

    def unasked() -> Iterator[Component]:
        raise AssertionError

    shown = Shown([Making("a.txt"), unasked])
    make = shown.find("a.txt")
    assert make
    assert make() == b"a.txt "


def test_what_this_machine_cannot_make_is_said_in_words(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise Faulty(Problem(Place("notices/x/"), "font-missing", "缺少字体"))

    shown = Shown([lambda: [Component("a.pdf", "", fail)]])
    application = MadeWhenAsked(from_folder(tmp_path), lambda: shown, tmp_path, "/")
    status, _, body = answer(application, "/a.pdf")
    assert status.startswith("503")
    assert "[font-missing] 缺少字体" in body.decode()


MOUNTS = """\
21 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 21 0:40 / /mnt/c rw,relatime - 9p drvfs rw
31 21 0:41 / /home/a\\040b rw - nfs4 server:/ rw
32 30 0:42 / /mnt/c/own rw shared:1 - tmpfs tmpfs rw
"""
FOLDERS = {"/srv/site": True, "/mnt/c/site": False, "/mnt/c/own/site": True}


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_system_tells_of_changes_on_disks_of_its_own(tmp_path: Path, folder: str) -> None:
    (tmp_path / "mounts").write_text(MOUNTS, encoding="utf-8")
    assert tells_changes(Path(folder), tmp_path / "mounts") == FOLDERS[folder]
    assert not tells_changes(Path(folder), tmp_path / "nothing")


def test_who_only_reads_a_file_changes_nothing(tmp_path: Path) -> None:
    """Else each time that a preview reads what changed would be one more change."""
    file, seen = tmp_path / "a.yml", list[str]()
    file.write_text("a", encoding="utf-8")
    told, handler = threading.Event(), FileSystemEventHandler()

    def note(event: FileSystemEvent) -> None:
        seen.append(event.event_type)
        told.set()

    handler.on_any_event = note  # type: ignore[method-assign]
    observer = ChangeObserver()
    observer.schedule(handler, str(tmp_path), recursive=True)
    observer.start()
    try:
        file.read_bytes()
        file.write_text("b", encoding="utf-8")
        assert told.wait(20)
    finally:
        observer.stop()
        observer.join()
    assert {*seen} <= {"modified", "closed"}


@pytest.fixture
def project(two_notices: Path, tmp_path: Path) -> Path:
    return shutil.copytree(two_notices, tmp_path / "project")


@pytest.fixture
def showing(project: Path) -> Previewed:
    """What a preview of two notices shows, with nothing around what is in slots."""
    previewed = Previewed(project, "http://127.0.0.1/")
    previewed.made()
    previewed.show(RENDERED)
    return previewed


def test_an_edit_is_shown_without_rendering_anything(showing: Previewed, project: Path) -> None:
    file = project / f"data/notices/{SAMPLE}/items/1-3-2.yml"
    file.write_text(file.read_text(encoding="utf-8") + "goal: 虚构\n", encoding="utf-8")
    showing.follow(unwanted)
    assert not showing.problems
    make = showing.shown.find(f"notices/{SAMPLE}/index.html")
    assert make
    assert "虚构" in make().decode()


def test_what_is_shown_stays_while_data_is_unsound(showing: Previewed, project: Path) -> None:
    shown, file = showing.shown, project / f"data/notices/{SAMPLE}/items/1-3-2.yml"
    sound = file.read_text(encoding="utf-8")
    file.write_text(f"{sound}gaol: 虚构\n", encoding="utf-8")
    showing.follow(unwanted)
    assert [each.rule for each in showing.problems] == ["unknown-key"]
    assert showing.shown is shown
    file.write_text(sound, encoding="utf-8")
    showing.follow(unwanted)
    assert not showing.problems


def test_a_page_that_people_wrote_is_rendered_again(showing: Previewed, project: Path) -> None:
    page = project / "content/about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n虚构\n", encoding="utf-8")
    shown, rendered = showing.shown, list[bool]()

    def render() -> None:
        rendered.append("虚构" in showing.made().asked.pages["about.md"])
        showing.show(RENDERED)

    showing.follow(render)
    assert rendered == [True]
    assert showing.shown is not shown


def test_a_fault_of_our_own_is_told_and_does_not_end_the_preview(
    showing: Previewed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise ValueError

    monkeypatch.setattr(showing, "_make", fail)
    showing.follow(unwanted)
    assert [each.rule for each in showing.problems] == ["software-fault"]


class Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def previewed(site: Path) -> Iterator[str]:
    """The address of the real site as a preview serves it while data has a problem."""

    application = ProblemsOnTop(from_folder(site), [PROBLEM], software.FRAGMENTS)
    with make_server("127.0.0.1", 0, application, handler_class=Silent) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("anchor", ["", "#3-3-3", "#part-2"])
def test_the_problems_are_seen_wherever_the_editor_looks(
    phone: BrowserContext, desktop: BrowserContext, previewed: str, anchor: str
) -> None:
    for window in (phone, desktop):
        page = window.new_page()
        page.goto(f"{previewed}{PAGE}{anchor}")
        if anchor:
            page.wait_for_function("scrollY > 500")
        problems = page.get_by_role("alert").filter(has_text=PROBLEM.message)
        box, height = problems.bounding_box(), page.evaluate("innerHeight")
        assert box
        assert 0 <= box["y"] < height / 2
        seen = "([x, y]) => document.elementFromPoint(x, y).closest('.problems') !== null"
        assert page.evaluate(seen, [box["x"] + 20, box["y"] + 10])
        page.close()
