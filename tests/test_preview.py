"""The preview: problems stand where its reader looks, and exports are made when asked for."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.util import setup_testing_defaults

import pytest
from playwright.sync_api import BrowserContext

from notices import software
from notices.problem import Faulty, Place, Problem
from notices.publishing.preview import MadeWhenAsked, ProblemsOnTop
from sitehouse import SAMPLE

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

PROBLEM = Problem(Place("data/site.yml", 3, 1), "unknown-key", "不认识“甲”")
PAGE = f"notices/{SAMPLE}/"


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


def nothing(_: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("404 Not Found", [])
    return [b"nothing"]


def test_a_file_is_made_when_it_is_asked_for_and_no_other() -> None:
    made: list[str] = []

    def make(name: str) -> bytes:
        made.append(name)
        return name.encode()

    names = ("notice.pdf", "items.csv")
    makers = {f"notices/x/{name}": partial(make, name) for name in names}
    application = MadeWhenAsked(nothing, lambda: makers)
    status, headers, body = answer(application, "/below/notices/x/notice.pdf")
    assert (status, headers["Content-Type"], body) == ("200 OK", "application/pdf", b"notice.pdf")
    assert made == ["notice.pdf"]
    assert answer(application, "/notices/x/")[0] == "404 Not Found"
    assert answer(application, "/othernotices/x/notice.pdf")[0] == "404 Not Found"
    assert made == ["notice.pdf"]


def test_what_this_machine_cannot_make_is_said_in_words() -> None:
    def fail() -> bytes:
        raise Faulty(Problem(Place("notices/x/"), "font-missing", "缺少字体"))

    status, _, body = answer(MadeWhenAsked(nothing, lambda: {"a.pdf": fail}), "/a.pdf")
    assert status.startswith("503")
    assert "[font-missing] 缺少字体" in body.decode()


class Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def previewed(site: Path) -> Iterator[str]:
    """The address of the real site as a preview serves it while data has a problem."""

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        file = site / environ["PATH_INFO"].strip("/")
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            return nothing(environ, start_response)
        kind = mimetypes.guess_type(file.name)[0] or "text/plain"
        start_response("200 OK", [("Content-Type", kind)])
        return [file.read_bytes()]

    application = ProblemsOnTop(serve, [PROBLEM], software.FRAGMENTS)
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
