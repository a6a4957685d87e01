"""A server of a site that answers as it should, but for one trick."""

from __future__ import annotations

import contextlib
import gzip
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import brotli

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
}
PACK = {"identity": bytes, "gzip": gzip.compress, "br": brotli.compress}


class Asked(NamedTuple):
    """What somebody asks for: a path of the site, and the encoding."""

    path: str
    encoding: str


Piece = bytes | float | None
"""Something to send, seconds to wait, or the end of the connection by a reset."""
Trick = Callable[[Asked, Path], Iterable[Piece] | None]
"""Gives the whole answer for what is asked of a site, or None for the honest one."""


def answer(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """Return an answer; ``_`` in the name of a header stands for a hyphen."""
    told = {"Content-Length": str(len(body)), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def honest(site: Path, asked: Asked, encoding: str | None = None, **headers: str) -> bytes:
    """Return the answer for what was ``asked``, in another ``encoding`` or with other headers."""
    file = site / asked.path
    file = file / "index.html" if file.is_dir() else file
    if not file.is_file():
        return answer(b"404", "404 Not Found")
    encoding = encoding or asked.encoding
    told = {"Content_Type": TYPES.get(file.suffix, "application/octet-stream")}
    told |= {} if encoding == "identity" else {"Content_Encoding": encoding}
    return answer(PACK[encoding](file.read_bytes()), **{**told, **headers})


@contextlib.contextmanager
def serve(site: Path, trick: Trick = lambda *_: None) -> Iterator[str]:
    """Serve ``site`` on a free port of this machine; yield its address, ending in a slash."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        threading.Thread(target=_listen, args=(listener, site, trick), daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        listener.shutdown(socket.SHUT_RDWR)


def _listen(listener: socket.socket, site: Path, trick: Trick) -> None:
    with contextlib.suppress(OSError):  # it is over
        while True:
            connected, _ = listener.accept()
            threading.Thread(target=_talk, args=(connected, site, trick), daemon=True).start()


def _talk(connected: socket.socket, site: Path, trick: Trick) -> None:
    # Who asked may have gone away, or have asked for an encrypted connection.
    nothing = contextlib.suppress(OSError, ValueError, LookupError)
    with connected, connected.makefile("rb") as reader, nothing:
        while asked := _read(reader):
            pieces = trick(asked, site)
            if pieces is None:
                connected.sendall(honest(site, asked))
                continue
            for piece in pieces:
                _send(connected, piece)
            return


def _read(reader: Iterable[bytes]) -> Asked | None:
    lines = []
    for line in reader:
        if not line.strip():
            break
        lines.append(line.decode().strip())
    if not lines:
        return None
    headers: Mapping[str, str] = dict(line.lower().split(": ", 1) for line in lines[1:])
    return Asked(lines[0].split()[1].lstrip("/"), headers["accept-encoding"])


def _send(connected: socket.socket, piece: Piece) -> None:
    if piece is None:
        linger = struct.pack("ii", 1, 0)
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    elif isinstance(piece, float):
        time.sleep(piece)
    else:
        connected.sendall(piece)
