"""Files as text: what an editor's program may have written, told in words when it is unusable.

Nothing else in the package opens a file of ``content/`` or ``data/``.
"""

from __future__ import annotations

import codecs
import stat
from pathlib import Path

from .characters import controls
from .problem import Faulty, Place, Problem

MAX_BYTES = 1_000_000  # no notice comes near; what does is a picture or an archive by mistake
_START = 16  # bytes, in which every type of file says what it is
_BOMS = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}


def read_bytes(root: Path, path: str, most: int = MAX_BYTES) -> bytes:
    """Return the content of ``path`` under ``root``; raise Faulty when it may not be read.

    Refused: what is missing or no file, what a link leads to, more than ``most`` bytes.
    """
    return _read(root, path, most, -1)


def read_start(root: Path, path: str, most: int) -> bytes:
    """Return how ``path`` under ``root`` begins; raise Faulty like :func:`read_bytes`, but for
    more than ``most`` bytes.
    """
    return _read(root, path, most, _START)


def symbolic_link(path: str) -> Problem:
    """Return the problem that a link stands at ``path``."""
    message = "这是一个链接（快捷方式），请换成文件或者文件夹本身"
    return Problem(Place(path), "symbolic-link", message)


def _read(root: Path, path: str, most: int, count: int) -> bytes:
    source = root / path
    try:
        _refuse_links(root, path)
        details = source.lstat()
        if not stat.S_ISREG(details.st_mode):  # a pipe would make us wait for ever
            raise Faulty(_unreadable(path, "这不是一个文件"))
        if details.st_size > most:
            raise Faulty(_unreadable(path, f"文件超过了 {most // 1_000_000} MB，多半放错了"))
        with source.open("rb") as file:
            return file.read(count)
    except FileNotFoundError as error:
        raise Faulty(_unreadable(path, "没有这个文件")) from error
    except OSError as error:
        raise Faulty(_unreadable(path, "读不了这个文件")) from error


def _refuse_links(root: Path, path: str) -> None:
    """Raise Faulty when ``path``, or a folder on the way to it from ``root``, is a link."""
    parts = path.split("/")
    for end in range(1, len(parts) + 1):
        part = "/".join(parts[:end])
        if (root / part).is_symlink():
            raise Faulty(symbolic_link(part))


def read_text(root: Path, path: str) -> str:
    """Return the text of ``path`` under ``root``; raise Faulty when it is not plain UTF-8."""
    data = read_bytes(root, path)
    if data.startswith(codecs.BOM_UTF8):
        message = "文件开头有看不见的 BOM，请在编辑器里另存为 UTF-8（不带 BOM）"
        raise Faulty(Problem(Place(path), "byte-order-mark", message))
    return decode(path, data)


def decode(path: str, data: bytes) -> str:
    """Return ``data`` as text, a byte order mark taken off; raise Faulty when it is not
    UTF-8, or holds control characters.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"文件不是 UTF-8 编码{_guess(data)}，请在编辑器里另存为 UTF-8"
        raise Faulty(Problem(Place(path, line), "encoding", message)) from error
    if found := next(controls(text), None):
        start = text.rfind("\n", 0, found.offset)
        place = Place(path, text.count("\n", 0, found.offset) + 1, found.offset - start)
        approved = path.endswith("/approved.txt")  # nobody may change it to please us
        remedy = "批准的文本不要自己改，请重新报批" if approved else "请删去"
        message = f"这里有看不见的{found.name}，{remedy}"
        raise Faulty(Problem(place, "control-character", message))
    return text


def _guess(data: bytes) -> str:
    """Say which other encoding the bytes look like, as far as that can be told."""
    for mark, name in _BOMS.items():
        if data.startswith(mark):
            return f"，看起来是 {name}"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "，看起来是 GBK"


def _unreadable(path: str, message: str) -> Problem:
    return Problem(Place(path), "unreadable", message)
