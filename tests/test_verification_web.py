"""A site on the web: what readers get is compared, and whatever a server answers is a line."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostile import PACK, Asked, Piece, Trick, answer, honest, serve
from notices.cache import open_cache
from notices.catalogue.public import ATTACHMENTS
from notices.command import main
from notices.proof.files import SiteFiles
from notices.verification import web, wire
from publishing import Server
from smallsite import FILES, PAGE, small_site
from webserver import caddy, nginx

READ = PAGE.removesuffix("index.html")
"""The address under which readers ask for PAGE."""
OTHER = b"<p>\xe5\x88\xab\xe7\x9a\x84</p>"


def test_each_attachment_has_a_type() -> None:
    assert {f".{ending}" for ending in ATTACHMENTS} <= {*web.TYPES}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_site(tmp_path_factory.mktemp("small") / "site")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait half a second instead of half a minute, and for few bytes."""
    monkeypatch.setattr(wire, "_PATIENCE", 0.5)
    monkeypatch.setattr(web, "_MOST", 1 << 20)


@pytest.fixture
def verify(capsys: pytest.CaptureFixture[str]) -> Callable[[str], list[dict[str, str]]]:
    """Return what `notices verify` tells of an address, believing its manifest."""

    def told(address: str) -> list[dict[str, str]]:
        main(["verify", address, "--manifest-only", "--format", "json"])
        entries: list[dict[str, str]] = json.loads(capsys.readouterr().out)
        assert not any("\n" in entry["message"] for entry in entries)
        return entries

    return told


Verify = Callable[[str], list[dict[str, str]]]


def only(path: str, *pieces: Piece, encoding: str = "") -> Trick:
    """Return the trick to answer what is asked for ``path`` with ``pieces``."""

    def trick(asked: Asked, _: Path) -> Iterable[Piece] | None:
        meant = asked.path == path and encoding in ("", asked.encoding)
        return list(pieces) if meant else None

    return trick


def headers(path: str, **told: str) -> Trick:
    """Return the trick to answer ``path`` rightly, but with other headers."""
    return lambda asked, site: [honest(site, asked, **told)] if asked.path == path else None


def endless(*before: bytes, piece: bytes = b"a" * 65536, pause: float = 0.0) -> Trick:
    """Return the trick to answer READ with what was ``before``, and then ``piece`` for ever."""
    again: Iterable[Piece] = itertools.cycle([piece, pause])
    return lambda asked, _: itertools.chain(before, again) if asked.path == READ else None


def for_nothing(reply: bytes) -> Trick:
    """Return the trick to answer with ``reply`` where nothing is."""
    return lambda asked, _: [reply] if "no-such-page" in asked.path else None


HTML = {"Content_Type": "text/html"}
START = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = START + b"Transfer-Encoding: chunked\r\n\r\n"
PACKED = {
    "gzip": lambda data: answer(data, Content_Encoding="gzip", **HTML),
    "br": lambda data: answer(data, Content_Encoding="br", **HTML),
}
JSON = {"Content_Encoding": "br", "Content_Type": "application/json"}
MANIFEST = answer(brotli.compress(b"{}"), **JSON)
Case = tuple[Trick, str, str]
TRICKS: dict[str, Case] = {
    # what the server does, the code, and words of the message
    "false words where readers ask": (
        only(READ, answer(OTHER, **HTML)),
        "file-differs", f"/{READ}（identity、gzip、br）：内容不同：清单的 SHA-256 是 ",
    ),
    "false words where nobody asks": (
        only(PAGE, answer(OTHER, **HTML)), "file-differs", f"/{PAGE}（identity、gzip、br）：",
    ),
    "false words only in br": (
        only(READ, PACKED["br"](brotli.compress(OTHER)), encoding="br"),
        "file-differs", f"/{READ}（br）：内容不同",
    ),
    "false words only in gzip": (
        only(READ, PACKED["gzip"](gzip.compress(OTHER)), encoding="gzip"),
        "file-differs", f"/{READ}（gzip）：内容不同",
    ),
    "gone": (only(READ, answer(b"", "404 Not Found")), "file-missing", f"/{READ}（"),
    "gone for good": (only(READ, answer(b"", "410 Gone")), "file-missing", f"/{READ}（"),
    "a failure": (only(READ, answer(b"", "500 No")), "site-unreachable", "服务器回答 500"),
    "forbidden": (only(READ, answer(b"", "403 No")), "site-unreachable", "服务器回答 403"),
    "a part": (
        only(READ, answer(b"a", "206 Partial Content")), "site-unreachable", "服务器回答 206",
    ),
    "a redirect elsewhere": (
        only(READ, answer(b"", "302 Found", Location="https://other.example/")),
        "redirected", "没有给出文件，而是转到 https://other.example/",
    ),
    "a redirect to the right file": (
        only(READ, answer(b"", "301 Moved", Location=f"/{PAGE}")), "redirected", f"转到 /{PAGE}",
    ),
    "a redirect to nowhere": (
        only(READ, answer(b"", "307 Moved")), "redirected", "转到 没有说明的地方",
    ),
    "a redirect that browsers follow later": (
        headers(READ, Refresh="0; url=https://other.example/"),
        "redirected", "转到 0; url=https://other.example/",
    ),
    "a type that is shown as source": (
        headers(READ, Content_Type="text/plain"),
        "type-wrong", "内容类型是 text/plain，应为 text/html",
    ),
    "a type that is run": (
        headers("notices/sample/approved.txt", Content_Type="text/html"),
        "type-wrong", "内容类型是 text/html，应为 text/plain",
    ),
    "two types": (
        headers(READ, Content_Type="text/html\r\nContent-Type: text/plain"),
        "type-wrong", "内容类型是 text/html, text/plain",
    ),
    "no type": (
        headers(READ, Content_Type=""), "type-wrong", "内容类型是 没有类型",
    ),
    "another charset": (
        headers(READ, Content_Type='text/html; charset="gbk"'), "type-wrong", "编码写成了 gbk",
    ),
    "an encoding that nobody asked for": (
        only(READ, PACKED["gzip"](gzip.compress(OTHER)), encoding="identity"),
        "site-unreachable", "要的是 identity，回答却用了 gzip",
    ),
    "an encoding that is none": (
        headers(READ, Content_Encoding="rot13"), "site-unreachable", "回答却用了 rot13",
    ),
    "two encodings": (
        headers(READ, Content_Encoding="identity\r\nContent-Encoding: gzip"),
        "site-unreachable", "回答却用了 identity, gzip",
    ),
    "no gzip": (
        only(READ, PACKED["gzip"](b"no"), encoding="gzip"),
        "site-unreachable", f"/{READ}（gzip）：取不到这个文件：gzip 压缩的内容是坏的",
    ),
    "half of gzip": (
        only(READ, PACKED["gzip"](gzip.compress(OTHER)[:-9]), encoding="gzip"),
        "site-unreachable", "gzip 压缩的内容是坏的",
    ),
    "something behind gzip": (
        only(READ, PACKED["gzip"](gzip.compress(OTHER) * 2), encoding="gzip"),
        "site-unreachable", "gzip 压缩的内容是坏的",
    ),
    "no brotli": (
        only(READ, PACKED["br"](b"no"), encoding="br"),
        "site-unreachable", "br 压缩的内容是坏的",
    ),
    "half of brotli": (
        only(READ, PACKED["br"](brotli.compress(OTHER)[:-3]), encoding="br"),
        "site-unreachable", "br 压缩的内容是坏的",
    ),
    "a bomb of gzip": (
        only(READ, PACKED["gzip"](gzip.compress(bytes(1 << 24))), encoding="gzip"),
        "site-unreachable", "回答超过了 1048576 字节",
    ),
    "a bomb of brotli": (
        only(READ, PACKED["br"](brotli.compress(bytes(1 << 24))), encoding="br"),
        "site-unreachable", "回答超过了 1048576 字节",
    ),
    "a short body": (
        only(READ, START + b"Content-Length: 100\r\n\r\nshort"),
        "site-unreachable", "回答没有说完就断了",
    ),
    "a body without end": (endless(START + b"\r\n"), "site-unreachable", "回答超过了"),
    "a length that is none": (
        only(READ, START + b"Content-Length: -1\r\n\r\na"), "file-differs", "内容不同",
    ),
    "a huge length": (
        only(READ, START + b"Content-Length: 99999999999999999999\r\n\r\na"),
        "site-unreachable", "回答没有说完就断了",
    ),
    "a bad chunk": (only(READ, CHUNKED + b"zz\r\na"), "site-unreachable", "回答没有说完就断了"),
    "a short chunk": (only(READ, CHUNKED + b"ff\r\na"), "site-unreachable", "回答没有说完就断了"),
    "a negative chunk": (
        only(READ, CHUNKED + b"-5\r\naaaaa\r\n0\r\n\r\n"), "site-unreachable", "",
    ),
    "chunks without end": (
        endless(CHUNKED, piece=b"ffff\r\n" + b"a" * 0xFFFF + b"\r\n"),
        "site-unreachable", "回答超过了",
    ),
    "trailers without end": (
        endless(CHUNKED + b"0\r\n", piece=b"A: b\r\n" * 9999),
        "site-unreachable", "",
    ),
    "a bad first line": (only(READ, b"no\r\n\r\n"), "site-unreachable", "第一行不是 HTTP"),
    "no number in the first line": (
        only(READ, b"HTTP/1.1 OK\r\n\r\n"), "site-unreachable", "第一行不是 HTTP",
    ),
    "a first line without end": (endless(), "site-unreachable", "回答的一行太长"),
    "a header without end": (endless(START + b"A: "), "site-unreachable", "一行太长"),
    "headers without end": (
        endless(START, piece=b"A: b\r\n"),
        "site-unreachable", "回答不合 HTTP",
    ),
    "answers before the answer without end": (
        endless(piece=b"HTTP/1.1 100 Continue\r\n\r\n"),
        "site-unreachable", "",
    ),
    "no header that is one": (
        only(READ, START + b"no header\r\n\r\na"), "file-differs", "",
    ),
    "nothing": (only(READ), "site-unreachable", "连接断了"),
    "a reset": (only(READ, START, None), "site-unreachable", "连接断了"),
    "silence": (only(READ, 2.0), "site-unreachable", "秒没有回答"),
    "a slow drip of the body": (
        endless(START + b"\r\n", piece=b"a", pause=0.05), "site-unreachable", "秒没有回答",
    ),
    "a slow drip of the headers": (
        endless(START, piece=b"a", pause=0.05), "site-unreachable", "秒没有回答",
    ),
    "a page for what is not there": (
        for_nothing(answer(OTHER, **HTML)),
        "missing-answers", "这个地址没有页面，服务器应当回答 404：回答 200",
    ),
    "a redirect for what is not there": (
        for_nothing(answer(b"", "302 Found", Location="/")),
        "missing-answers", "回答 302",
    ),
    "another manifest in br": (
        only("manifest.json", MANIFEST, encoding="br"),
        "file-differs", "/manifest.json（br）：内容不同",
    ),
}  # fmt: skip


PATHS = (PAGE, "manifest.json", "notices/sample/approved.txt", "no-such-page-")


@pytest.mark.parametrize("case", TRICKS.values(), ids=TRICKS.keys())
def test_each_answer_of_a_hostile_server_is_a_line(site: Path, case: Case, verify: Verify) -> None:
    """All else is right, so there is one line, and it comes before long."""
    trick, rule, words = case
    started = time.monotonic()
    with serve(site, trick) as address:
        (told,) = verify(address)
    assert time.monotonic() - started < 10
    assert told["rule"] == rule
    assert words in told["message"]
    assert told["path"].startswith(PATHS)


def test_who_gives_what_readers_want_is_told_nothing(site: Path, verify: Verify) -> None:
    """Each page under both of its addresses, and each file in each encoding."""
    asked: list[Asked] = []
    with serve(site, lambda each, _: asked.append(each)) as address:
        assert verify(address) == []
    folders = {path.removesuffix("index.html") for path in FILES if path.endswith("index.html")}
    files = {Asked(path, encoding) for path in (*FILES, *folders) for encoding in PACK}
    assert files <= {*asked}
    assert READ in folders


def test_a_server_that_knows_no_encoding_gives_plain_files(site: Path, verify: Verify) -> None:
    def plain(asked: Asked, site: Path) -> list[Piece]:
        return [honest(site, asked, "identity", Content_Encoding="identity", Connection="close")]

    with serve(site, plain) as address:
        assert verify(address) == []


def test_a_server_that_answers_nothing_is_not_asked_for_ever(
    site: Path, verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After some files without an answer, or much time, it is said how many were not asked for."""
    monkeypatch.setattr(web, "_ENOUGH", 2)
    monkeypatch.setattr(web, "_AT_ONCE", 1)
    with serve(site, lambda asked, _: None if "manifest" in asked.path else []) as address:
        *_, rest, missing = verify(address)
    assert rest["message"] == f"取不到的太多或者太慢，还有 {len(FILES) - 1} 个文件没有核对"
    assert missing["rule"] == "missing-answers"
    monkeypatch.setattr(web, "_SECONDS", -1000)
    with serve(site) as address:
        (rest,) = verify(address)
    assert rest["message"] == f"取不到的太多或者太慢，还有 {len(FILES) + 1} 个文件没有核对"


ADDRESSES = {
    # built for, and whether that is where it stands, {} being that
    "none": ("", True),
    "here": ("{}", True),
    "here without its slash": ("{}", True),
    "another host": ("https://www.example.org/", False),
    "another folder": ("{}below/", False),
    "another scheme": ("https:{}", False),
}


@pytest.mark.parametrize("case", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_a_site_built_for_another_address_is_told(
    case: tuple[str, bool], tmp_path: Path, verify: Verify
) -> None:
    built_for, is_here = case
    site = tmp_path / "site"
    with serve(site) as address:
        where = address.removeprefix("http:") if built_for.startswith("https:{") else address
        small_site(site, built_for.format(where))
        told = [entry["rule"] for entry in verify(address.rstrip("/"))]
    assert told == ([] if is_here else ["address-differs"])


def test_a_proxy_that_the_system_has_set_is_asked(
    tmp_path: Path, verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = "http://notices.example.org/"
    site, asked = small_site(tmp_path / "site", where), []

    def pass_on(each: Asked, site: Path) -> list[Piece]:
        asked.append(each.path)
        return [honest(site, each._replace(path=each.path.removeprefix(where)))]

    with serve(site, pass_on) as proxy:
        monkeypatch.setenv("http_proxy", proxy)
        assert verify(where) == []
    assert all(path.startswith(where) for path in asked)


def test_a_server_without_encryption_is_not_taken_for_one_with(site: Path, verify: Verify) -> None:
    with serve(site) as address:
        (told,) = verify(address.replace("http:", "https:"))
    assert told["message"] == "取不到这个文件：加密连接不成"


STARTS = [
    b"", b"HTTP/1.1 200 OK\r\n", START, CHUNKED, START + b"\r\n",
    START + b"Content-Length: ", START + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b",
    START + b"Content-Encoding: br\r\n\r\n", CHUNKED + b"1\r\na\r\n",
]  # fmt: skip


@pytest.fixture(scope="module")
def anything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[bytes]]]:
    """A server that answers with the bytes in a list."""
    reply = [b""]
    with serve(tmp_path_factory.mktemp("none"), lambda *_: [*reply]) as address:
        yield address, reply


@settings(max_examples=300, deadline=None)
@given(start=st.sampled_from(STARTS), rest=st.binary(), encoding=st.sampled_from([*PACK]))
def test_any_bytes_are_an_answer_or_none(
    anything: tuple[str, list[bytes]], start: bytes, rest: bytes, encoding: str
) -> None:
    """And if it is one, no more of it is taken than is due."""
    address, reply = anything
    reply[:] = [start + rest]
    asking = wire.Wire(address)
    with contextlib.closing(asking), contextlib.suppress(wire.NoAnswer):
        assert len(asking.ask(address, encoding, 50).content) <= 50


NO_ADDRESSES = ["http://", "http://[::1", "http://x:y/", "http://x:99999/", "http:///x"]


@pytest.mark.parametrize("where", NO_ADDRESSES)
def test_what_is_no_address_is_a_line(where: str, verify: Verify) -> None:
    (told,) = verify(where)
    assert told["rule"] == "site-unreachable"


@pytest.mark.parametrize(
    ("trick", "rule"),
    [
        (only("manifest.json", answer(b"", "404 No")), "manifest-missing"),
        (only("manifest.json", answer(b"", "302 No", Location="/x")), "redirected"),
        (only("manifest.json", answer(b"", "500 No")), "site-unreachable"),
        (
            only("manifest.json", answer(b"{}", Content_Type="application/json")),
            "manifest-unreadable",
        ),
        (only("manifest.json", None), "site-unreachable"),
        (only("manifest.json.sig", None), "site-unreachable"),
    ],
    ids=["missing", "elsewhere", "failing", "none of ours", "reset", "signature reset"],
)
def test_a_manifest_that_cannot_be_had_is_one_line(
    site: Path, trick: Trick, rule: str, verify: Verify
) -> None:
    with serve(site, trick) as address:
        (told,) = verify(address)
    assert told["rule"] == rule


def test_the_real_web_server_gives_every_file_of_every_type(
    tmp_path: Path, verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the configuration that the project ships, and what the build has packed."""
    monkeypatch.setattr(wire, "_PATIENCE", 10)
    release = small_site(tmp_path / "srv" / "releases" / "1")
    for suffix in web.TYPES:
        (release / f"notices/sample/file{suffix}").write_bytes(b"0" * 400)
    (release / "manifest.json").unlink()
    files = SiteFiles(release, "", open_cache(tmp_path))
    files.look()
    files.complete()
    small_site(release)
    (tmp_path / "srv" / "kept").symlink_to(release)
    (tmp_path / "srv" / "current").symlink_to(release)
    with nginx(tmp_path / "srv", tmp_path / "nginx") as address:
        assert verify(address) == []
        (release / f"{PAGE}.br").write_bytes(brotli.compress(OTHER))
        assert [(told["path"], told["rule"]) for told in verify(address)] == [
            (PAGE, "file-differs"), (f"{PAGE}.br", "file-differs"),
        ]  # fmt: skip


@pytest.mark.parametrize("server", [nginx, caddy], ids=["nginx", "Caddy"])
def test_what_was_pushed_is_what_readers_get(
    first: Server,
    server: Callable[[Path, Path], AbstractContextManager[str]],
    tmp_path: Path,
    verify: Verify,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of the real site, every file under each address and in each encoding; but it was built for
    another address than that of a test.
    """
    monkeypatch.setattr(wire, "_PATIENCE", 30)
    with server(first.target, tmp_path / "server") as address:
        assert [entry["rule"] for entry in verify(address)] == ["address-differs"]
