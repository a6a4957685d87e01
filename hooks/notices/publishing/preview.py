"""The preview: while data is unsound, the last good site with the problems on top of each page.

Exports take longer than everything else, and few are looked at: each is made when it is asked for.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from wsgiref.headers import Headers

import jinja2

from ..problem import Faulty, Problem

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


Makers = Mapping[str, Callable[[], bytes]]
"""By its address in the site, what makes a file."""


class MadeWhenAsked:
    """A WSGI application around a preview's: answers with what ``makers`` make, else with its own.

    They may change between requests.
    """

    def __init__(self, application: WSGIApplication, makers: Callable[[], Makers]) -> None:
        self._application, self._makers = application, makers

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        # A site may stand below a path.
        path = "/" + environ.get("PATH_INFO", "").encode("latin-1").decode(errors="replace")
        found = (make for address, make in self._makers().items() if path.endswith(f"/{address}"))
        make = next(found, None)
        if make is None:
            return self._application(environ, start_response)
        try:
            status, kind, body = "200 OK", mimetypes.guess_type(path)[0], make()
        except Faulty as fault:
            kind, body = "text/plain; charset=utf-8", f"{fault}\n".encode()
            status = "503 Service Unavailable"
        headers = [("Content-Type", kind or "application/octet-stream")]
        start_response(status, [*headers, ("Content-Length", str(len(body)))])
        return [body]


class ProblemsOnTop:
    """A WSGI application around a preview's: puts ``problems`` into every page while there are any.

    ``folder`` holds ``problems.html``. The list may change between requests.
    """

    def __init__(self, application: WSGIApplication, problems: list[Problem], folder: Path) -> None:
        self._application = application
        self._problems = problems
        environment = jinja2.Environment(loader=jinja2.FileSystemLoader(folder), autoescape=True)
        self._template = environment.get_template("problems.html")

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not self._problems:
            return self._application(environ, start_response)
        answer: list[tuple[str, list[tuple[str, str]]]] = []

        def remember(status: str, headers: list[tuple[str, str]], _: object = None, /) -> object:
            answer.append((status, headers))
            return lambda _: None

        body = b"".join(self._application(environ, remember))  # type: ignore[arg-type]
        status, pairs = answer[-1]
        headers = Headers(pairs)
        if (headers["Content-Type"] or "").startswith("text/html"):
            body = self._with_problems(body)
            headers["Content-Length"] = str(len(body))
        start_response(status, headers.items())
        return [body]

    def _with_problems(self, page: bytes) -> bytes:
        """Put the problems before what the page shows: right after its ``<body …>``."""
        begin = page.find(b">", max(page.find(b"<body"), 0)) + 1
        listing = self._template.render(problems=self._problems).encode()
        return page[:begin] + listing + page[begin:]
