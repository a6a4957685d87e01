"""A site on the web: asked for what readers ask for, in each way that browsers ask.

A server may give the right words to whom it takes for a checker, and others to everybody else: so
each page is asked for under both of its addresses, and each file in each encoding.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from ..problem import Faulty, Place, Problem
from ..proof import manifest
from ..proof.manifest import Digests, Manifest
from .wire import BROTLI, GZIP, IDENTITY, Answer, NoAnswer, Wire

_AT_ONCE = 8  # questions
_MOST = 64 << 20  # bytes of a file, where nobody knows how long it is
_SPARE = 1 << 16  # bytes by which it may be longer than that, to be told that it differs
_ENOUGH = 20  # files without an answer, until no more is asked
_SECONDS = 60  # for all, and one second for each question besides
_HOME = "index.html"
_PACKED = (".gz", ".br")
_ENCODINGS = (IDENTITY, GZIP, BROTLI)
_GONE = (404, 410)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([^"';,\s]*)""")
_SCRIPT = {"text/javascript", "application/javascript"}
_XML = {"text/xml", "application/xml"}
_OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    ".css": {"text/css"},
    ".csv": {"text/csv"},
    ".docx": {f"{_OFFICE}.wordprocessingml.document"},
    ".html": {"text/html"},
    ".ico": {"image/x-icon", "image/vnd.microsoft.icon"},
    ".ics": {"text/calendar"},
    ".gif": {"image/gif"},
    ".jpeg": {"image/jpeg"},
    ".jpg": {"image/jpeg"},
    ".js": _SCRIPT,
    ".json": {"application/json", "application/feed+json"},
    ".pdf": {"application/pdf"},
    ".png": {"image/png"},
    ".svg": {"image/svg+xml"},
    ".txt": {"text/plain"},
    ".webp": {"image/webp"},
    ".xlsx": {f"{_OFFICE}.spreadsheetml.sheet"},
    ".xml": _XML | {"application/atom+xml"},
}
"""The types under which browsers take a file for what it is, by the suffix of its name."""
_RUNS = _SCRIPT | _XML | {"text/html", "application/xhtml+xml", "image/svg+xml"}


class Web:
    """The site at ``where``, an address that begins with http."""

    def __init__(self, where: str) -> None:
        self.where = f"{where.rstrip('/')}/"
        try:
            sound = bool(urlsplit(self.where).hostname) and urlsplit(self.where).port != 0
        except ValueError:
            sound = False
        if not sound:
            raise Faulty(Problem(Place(where), "site-unreachable", "这不是网址"))

    def read(self, path: str) -> bytes | None:
        """Return the content of ``path``, or None when it is not there."""
        wire = Wire(self.where)
        try:
            answer = wire.ask(self._address(path), IDENTITY, _MOST)
        except NoAnswer as error:
            raise Faulty(_unanswered(path, error)) from error
        finally:
            wire.close()
        if answer.status in _GONE:
            return None
        if problem := _misplaced(answer, path):
            raise Faulty(problem)
        return answer.content

    def audit(
        self, expected: Manifest, beside: Mapping[str, bytes], sizes: Mapping[str, int], by: str
    ) -> Iterator[Problem]:
        """Yield how what is answered is not what is ``expected``, and of the files ``beside``.

        ``sizes`` are those that are known.
        """
        files = expected.files | {name: manifest.digest_all(data) for name, data in beside.items()}
        known = {**sizes, **{name: len(data) for name, data in beside.items()}}
        asking = Asking(self, known, by, patience=_SECONDS + len(files) * len(_ENCODINGS))
        yield from asking.compare(files)
        # A name that no server can know beforehand.
        yield from self._missing(f"no-such-page-{secrets.token_hex(8)}/")

    def differs_in_address(self, told: Manifest) -> Iterator[Problem]:
        """Yield that the site was built for another address, when it says so."""
        if told.address and _plain(told.address) != _plain(self.where):
            message = f"清单说网站是为 {told.address} 生成的，核对的却是 {self.where}"
            yield Problem(Place(manifest.NAME), "address-differs", message)

    def _missing(self, name: str) -> Iterator[Problem]:
        """Yield that an address under which nothing is says something else than that."""
        wire = Wire(self.where)
        try:
            answer = wire.ask(self._address(name), IDENTITY, _MOST)
        except NoAnswer as error:
            said = str(error)
        else:
            said = "" if answer.status in _GONE else f"回答 {answer.status}"
        finally:
            wire.close()
        if said:
            message = f"这个地址没有页面，服务器应当回答 404：{said}"
            yield Problem(Place(name), "missing-answers", message)

    def _address(self, path: str) -> str:
        return f"{self.where}{quote(path)}"

    def ask(self, wire: Wire, path: str, encoding: str, most: int) -> Answer:
        """Return the answer for ``path``; raise NoAnswer when it is none."""
        return wire.ask(self._address(path), encoding, most)


class Asking:
    """Many questions to a site, asked until all are answered or it is in vain."""

    def __init__(self, web: Web, sizes: Mapping[str, int], by: str, patience: float) -> None:
        self._web, self._sizes, self._by = web, sizes, by
        self._until = time.monotonic() + patience
        self._unanswered: list[str] = []
        self._skipped: list[str] = []
        self._own = threading.local()
        self._wires: list[Wire] = []

    def compare(self, files: Mapping[str, Digests]) -> Iterator[Problem]:
        """Yield how the answers for ``files`` are not theirs, by path."""
        try:
            with ThreadPoolExecutor(_AT_ONCE) as threads:
                for problems in threads.map(self._compare, sorted(files.items())):
                    yield from problems
        finally:
            for wire in self._wires:
                wire.close()
        if self._skipped:
            message = f"取不到的太多或者太慢，还有 {len(self._skipped)} 个文件没有核对"
            yield Problem(Place(min(self._skipped)), "site-unreachable", message)

    def _compare(self, named: tuple[str, Digests]) -> list[Problem]:
        path, wanted = named
        if len(self._unanswered) >= _ENOUGH or time.monotonic() > self._until:
            self._skipped.append(path)
            return []
        asked = [(address, each) for address in addresses(path) for each in encodings(path)]
        found: dict[Problem, list[tuple[str, str]]] = {}
        for address, encoding in asked:
            for problem in self._judged(path, address, encoding, wanted):
                found.setdefault(problem, []).append((address, encoding))
            if any(problem.rule == "site-unreachable" for problem in found):
                self._unanswered.append(path)
                break
        return [
            replace(problem, message=f"{_when(ways, asked)}{problem.message}")
            for problem, ways in found.items()
        ]

    def _judged(self, path: str, address: str, encoding: str, wanted: Digests) -> list[Problem]:
        try:
            size = self._sizes.get(path)
            most = _MOST if size is None else 2 * size + _SPARE
            answer = self._web.ask(self._wire(), address, encoding, most)
        except NoAnswer as error:
            return [_unanswered(path, error)]
        return [*judge(answer, path, wanted, self._by)]

    def _wire(self) -> Wire:
        """Return the connection of this thread."""
        if not hasattr(self._own, "wire"):
            self._own.wire = Wire(self._web.where)
            self._wires.append(self._own.wire)
        wire: Wire = self._own.wire
        return wire


def addresses(path: str) -> list[str]:
    """Return what readers ask for to get ``path``."""
    folder, found, name = path.rpartition("/")
    return [f"{folder}{found}", path] if name == _HOME else [path]


def encodings(path: str) -> Iterable[str]:
    """Return the encodings in which ``path`` may be asked for; what is packed already is bytes."""
    return (IDENTITY,) if path.endswith(_PACKED) else _ENCODINGS


def judge(answer: Answer, path: str, wanted: Digests, by: str) -> Iterator[Problem]:
    """Yield what is wrong with ``answer`` for ``path``, whose digests are ``wanted``."""
    if answer.status in _GONE:
        yield Problem(Place(path), "file-missing", f"{by}里有这个文件，网站上没有")
        return
    if misplaced := _misplaced(answer, path):
        yield misplaced
        return
    there = manifest.digest_all(answer.content)
    if not manifest.agree(there, wanted):
        message = f"{by}的 SHA-256 是 {wanted['sha256']}，网站上的是 {there['sha256']}"
        yield Problem(Place(path), "file-differs", f"内容不同：{message}")
    if not path.endswith(_PACKED):
        yield from _mistaken(answer, path)


def _misplaced(answer: Answer, path: str) -> Problem | None:
    """Return that the answer is no file."""
    leads = answer.headers.get("Location") or answer.headers.get("Refresh")
    if 300 <= answer.status < 400 or leads:
        message = f"没有给出文件，而是转到 {leads or '没有说明的地方'}"
        return Problem(Place(path), "redirected", message)
    if answer.status != 200:
        message = f"取不到这个文件：服务器回答 {answer.status}"
        return Problem(Place(path), "site-unreachable", message)
    return None


def _mistaken(answer: Answer, path: str) -> Iterator[Problem]:
    """Yield that browsers would take the file for something else than it is."""
    said = ", ".join(answer.headers.get_all("Content-Type", [])).lower()
    kind = said.partition(";")[0].strip() or "没有类型"
    fitting = TYPES.get(PurePosixPath(path).suffix)
    if kind not in fitting if fitting is not None else kind in _RUNS:
        wanted = f"应为 {'或 '.join(sorted(fitting))}" if fitting else "浏览器会运行它"
        yield Problem(Place(path), "type-wrong", f"内容类型是 {kind}，{wanted}")
    for charset in _CHARSET.findall(said):
        if charset not in ("utf-8", "utf8"):
            message = f"编码写成了 {charset}，应为 utf-8：文字会显示成别的"
            yield Problem(Place(path), "type-wrong", message)


def _unanswered(path: str, error: NoAnswer) -> Problem:
    return Problem(Place(path), "site-unreachable", f"取不到这个文件：{error}")


def _when(ways: list[tuple[str, str]], asked: list[tuple[str, str]]) -> str:
    """Return in which of the ways it was ``asked`` for something is wrong, if not in all."""
    if ways == asked:
        return ""
    told: dict[str, list[str]] = {}
    for address, encoding in ways:
        told.setdefault(address, []).append(encoding)
    return "；".join(f"/{address}（{'、'.join(each)}）" for address, each in told.items()) + "："


def _plain(address: str) -> str:
    """Return ``address`` as it is compared: case of the host and the usual port do not count."""
    try:
        split = urlsplit(address)
        usual = {"http": 80, "https": 443}.get(split.scheme)
        port = "" if split.port in (None, usual) else f":{split.port}"
    except ValueError:
        return address
    return f"{split.scheme}://{split.hostname}{port}{quote(split.path, safe='/%').rstrip('/')}"
