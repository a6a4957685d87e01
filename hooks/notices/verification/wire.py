"""The wire: one question to a server, and whatever it answers, in bounded time and space.

The server may be anybody's. It gets no more bytes into memory and no more seconds than are due.
"""

from __future__ import annotations

import contextlib
import functools
import http.client
import socket
import ssl
import threading
import urllib.request
import zlib
from collections.abc import Iterator
from email.message import Message
from typing import NamedTuple
from urllib.parse import urlsplit

import brotli

IDENTITY, GZIP, BROTLI = "identity", "gzip", "br"
_PATIENCE = 30  # seconds, for one answer
_PIECE = 1 << 16
_OVERHEAD = 1 << 12  # bytes by which what cannot be compressed grows, at most and more
_AGENT = "Mozilla/5.0 (compatible; notices verify)"  # as browsers: some servers tell others less
_REASONS = {
    ConnectionRefusedError: "服务器不接受连接",
    ConnectionError: "连接断了",
    http.client.BadStatusLine: "回答的第一行不是 HTTP",
    http.client.IncompleteRead: "回答没有说完就断了",
    http.client.LineTooLong: "回答的一行太长",
    http.client.InvalidURL: "这不是网址",
    socket.gaierror: "找不到这台服务器",
    ssl.SSLError: "加密连接不成",
    TimeoutError: f"等了 {_PATIENCE} 秒没有回答",
    http.client.HTTPException: "回答不合 HTTP",
}


class NoAnswer(Exception):
    """The server did not answer, or not as servers do; says why."""


class Answer(NamedTuple):
    """What a server answered; ``content`` is the body as readers see it, no longer packed."""

    status: int
    headers: Message
    content: bytes


class Wire:
    """A connection to the host of ``address``, for one question at a time."""

    def __init__(self, address: str) -> None:
        self._split = urlsplit(address)
        self._connection: http.client.HTTPConnection | None = None

    def ask(self, address: str, encoding: str, most: int) -> Answer:
        """Return what is answered for ``address``; raise NoAnswer when it is no answer.

        Neither redirects are followed nor more than ``most`` bytes taken, packed or not.
        """
        fresh = self._connection is None
        try:
            try:
                return self._ask(address, encoding, most)
            except (ConnectionError, http.client.RemoteDisconnected):
                if fresh:
                    raise
                return self._ask(address, encoding, most)  # it was kept, but not for long
        except NoAnswer:
            raise
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NoAnswer(_reason(error)) from error

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _ask(self, address: str, encoding: str, most: int) -> Answer:
        kept = False
        try:
            connection = self._connection = self._connection or self._connect()
            if connection.sock is None:
                connection.connect()
            with _cut_off(connection.sock):
                headers = {"Accept-Encoding": encoding, "Accept": "*/*", "User-Agent": _AGENT}
                connection.request("GET", self._target(address), headers=headers)
                answer = connection.getresponse()
                packed = _read(answer, most + _OVERHEAD)
            named = ", ".join(answer.headers.get_all("Content-Encoding", []))
            content = unpack(packed, named, encoding, most)
            kept = not answer.will_close
            return Answer(answer.status, answer.headers, content)
        finally:
            if not kept:
                self.close()

    def _connect(self) -> http.client.HTTPConnection:
        """Return a connection, by way of a proxy where the system has set one."""
        host, port, secure = self._split.hostname or "", self._split.port, self._is_secure()
        kind = _secure_connection() if secure else http.client.HTTPConnection
        if not (proxy := self._proxy()):
            return kind(host, port, timeout=_PATIENCE)
        split = urlsplit(proxy if "//" in proxy else f"//{proxy}")
        connection = kind(split.hostname or "", split.port, timeout=_PATIENCE)
        if secure:
            connection.set_tunnel(host, port)
        return connection

    def _target(self, address: str) -> str:
        split = urlsplit(address)
        through = self._proxy() and not self._is_secure()
        return address if through else split._replace(scheme="", netloc="").geturl() or "/"

    def _is_secure(self) -> bool:
        return self._split.scheme == "https"

    def _proxy(self) -> str | None:
        if urllib.request.proxy_bypass(self._split.hostname or ""):
            return None
        return urllib.request.getproxies().get(self._split.scheme)


def unpack(packed: bytes, named: str, asked: str, most: int) -> bytes:
    """Return what is ``packed`` as the answer named it; raise NoAnswer when it is nothing
    that was ``asked`` for, is damaged, or would give more than ``most`` bytes.
    """
    encoding = (named or IDENTITY).strip().lower()
    if encoding not in (IDENTITY, asked):
        raise NoAnswer(f"要的是 {asked}，回答却用了 {encoding}")
    if encoding == IDENTITY:
        content = packed
    else:
        try:
            content = (_gunzip if encoding == GZIP else _unbrotli)(packed, most + 1)
        except (zlib.error, brotli.error) as error:
            raise NoAnswer(f"{encoding} 压缩的内容是坏的") from error
    if len(content) > most:
        raise NoAnswer(f"回答超过了 {most} 字节")
    return content


def _gunzip(packed: bytes, most: int) -> bytes:
    machine = zlib.decompressobj(zlib.MAX_WBITS | 16)
    content = machine.decompress(packed, most)
    if len(content) < most and (not machine.eof or machine.unused_data):
        raise zlib.error("cut off, or something follows")
    return content


def _unbrotli(packed: bytes, most: int) -> bytes:
    machine = brotli.Decompressor()
    content: bytes = machine.process(packed, output_buffer_limit=most)
    while len(content) < most and not machine.is_finished():
        more = machine.process(b"", output_buffer_limit=most - len(content))
        if not more and machine.can_accept_more_data():
            raise brotli.error("cut off")
        content += more
    return content


def _read(answer: http.client.HTTPResponse, most: int) -> bytes:
    pieces, left = [], most
    while piece := answer.read1(min(left + 1, _PIECE)):
        pieces.append(piece)
        if (left := left - len(piece)) < 0:
            raise NoAnswer(f"回答超过了 {most} 字节")
    if answer.length:  # of what was promised
        raise http.client.IncompleteRead(b"", answer.length)
    answer.close()  # or no other could come over this connection
    return b"".join(pieces)


@contextlib.contextmanager
def _cut_off(connected: socket.socket) -> Iterator[None]:
    """End the connection when its time is over, however lively the other side is."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        with contextlib.suppress(OSError):
            connected.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(_PATIENCE, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException, ValueError):
        if not late.is_set():
            raise
    finally:
        timer.cancel()
    if late.is_set():
        raise TimeoutError


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"服务器的证书不可信：{error.verify_message}"
    found = next((said for kind, said in _REASONS.items() if isinstance(error, kind)), None)
    return found or getattr(error, "strerror", None) or str(error)


@functools.cache
def _secure_connection() -> functools.partial[http.client.HTTPSConnection]:
    """Return how to connect securely; reading whom the system trusts takes a while."""
    return functools.partial(http.client.HTTPSConnection, context=ssl.create_default_context())
