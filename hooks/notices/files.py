"""Files as text: what an editor's program may have written, told in words when it is unusable.

Nothing else in the package opens a file of ``content/`` or ``data/``.
"""

from __future__ import annotations

import codecs
import re
import stat
from pathlib import Path

from .problem import Faulty, Place, Problem

MAX_BYTES = 1_000_000  # no notice comes near; what does is a picture or an archive by mistake
# Nothing shows them, and programs disagree on which of them end a line.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_BOMS = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}


def read_bytes(root: Path, path: str) -> bytes:
    """Return the content of ``path`` under ``root``; raise Faulty when it may not be read.

    Refused: what is missing or no file, a link that leads out of the project, more than MAX_BYTES.
    """
    source = root / path
    try:
        details = source.lstat()
        if stat.S_ISLNK(details.st_mode):
            details = keep_inside(root, path).stat()
        if not stat.S_ISREG(details.st_mode):  # a pipe would make us wait for ever
            raise Faulty(_unreadable(path, "这不是一个文件"))
        if details.st_size > MAX_BYTES:
            raise Faulty(_unreadable(path, "文件超过了 1 MB，多半放错了"))
        return source.read_bytes()
    except FileNotFoundError as error:
        raise Faulty(_unreadable(path, "没有这个文件")) from error
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError before 3.13
        raise Faulty(_unreadable(path, "读不了这个文件")) from error


def keep_inside(root: Path, path: str) -> Path:
    """Return ``path`` with all links followed; raise Faulty when that lies outside of ``root``."""
    try:
        resolved = (root / path).resolve()
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError before 3.13
        raise Faulty(_unreadable(path, "这个链接指向它自己，请换成文件或文件夹本身")) from error
    if not resolved.is_relative_to(root.resolve()):
        raise Faulty(_unreadable(path, "这个链接指到项目外面去了，请换成文件或文件夹本身"))
    return resolved


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
    if found := _CONTROL.search(text):
        start = text.rfind("\n", 0, found.start())
        place = Place(path, text.count("\n", 0, found.start()) + 1, found.start() - start)
        message = f"这里有看不见的控制字符 U+{ord(found[0]):04X}，请删去"
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
