"""What a file that calls itself a Word document is when it is none."""

from __future__ import annotations

from typing import NoReturn

from ...problem import Faulty, Place, Problem
from .package import AGAIN

_ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file of the time before .docx begins, or one with a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    (b"%PDF", "这是 PDF，请把文件名的结尾改成 .pdf"),
    (b"{\\rtf", f"这是 RTF 格式，{AGAIN}"),
    (b"MIME-Version", f"这是存成单个文件的网页，{AGAIN}"),
    (b"<html", "这是网页，请把文件名的结尾改成 .html"),
    (b"<!doctype", "这是网页，请把文件名的结尾改成 .html"),
    (b"<?xml", f"这是 XML，不是 .docx，{AGAIN}"),
)
_MARKS = b"\xef\xbb\xbf"


def is_zip(data: bytes) -> bool:
    """Tell whether ``data`` begins as a ZIP file does."""
    return data.startswith(_ZIP)


def is_encrypted(data: bytes) -> bool:
    """Tell whether ``data`` is a newer file with a password, which no program opens without it."""
    return data.startswith(OLE) and _ENCRYPTED in data


def refuse_other(data: bytes, name: str) -> NoReturn:
    """Raise Faulty, and say what the file is, as far as that can be told."""
    raise Faulty(Problem(Place(name), "import-unreadable", _what(data)))


def _what(data: bytes) -> str:
    if not data:
        return "文件是空的"
    if is_encrypted(data):
        return f"文件有密码，请在 Word 里取消密码（文件、信息、保护文档）；{AGAIN}"
    if data.startswith(OLE):
        return "这是旧的 .doc 格式，请把文件名的结尾改成 .doc，或者在 Word 里另存为 .docx"
    start = data[:200].removeprefix(_MARKS).lstrip().lower()
    said = (message for mark, message in _OTHERS if start.startswith(mark.lower()))
    return next(said, f"这不是 Word 文档，或者文件已经损坏；{AGAIN}")
