"""Posing: files that are called something else than they are; each is told what it is.

Systems export pages as .xls, and people rename what a program would not open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

Sort = Literal["word", "workbook", "slides", "odt", "ofd", "zip", "page", "one-file", "pdf", "rtf",
               "ole", "text"]  # fmt: skip
"""What a file may be; ``ole`` is any of the time before .docx, and any with a password."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WITHIN: tuple[tuple[bytes, Sort], ...] = (
    (b"word/", "word"), (b"xl/", "workbook"), (b"ppt/", "slides"),
    (b"mimetype", "odt"), (b"OFD.xml", "ofd"),
)  # fmt: skip
_TYPES = b"[Content_Types].xml"
"""What every file of Office has, whatever its folders are called."""
_STARTS: tuple[tuple[bytes, Sort], ...] = (
    (b"%pdf", "pdf"), (b"{\\rtf", "rtf"), (b"mime-version", "one-file"), (b"<html", "page"),
    (b"<!doctype html", "page"),
)  # fmt: skip
_TAG = re.compile(rb"<[a-zA-Z!/?]")
_FIRST = 200_000  # bytes among which a page has a tag
_PAGE = frozenset[Sort]({"page", "text"})
_TEXT = frozenset[Sort]({"text"})
_EXPECTED: Mapping[str, frozenset[Sort]] = {
    **dict.fromkeys((".txt", ".csv", ".tsv"), _TEXT),
    **dict.fromkeys((".html", ".htm", ".xhtml"), _PAGE),
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".et"), frozenset[Sort]({"workbook", "ole"})),
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), frozenset[Sort]({"word", "ole"})),
}
"""Others are told by those who read them."""
_SAVED = "打开，另存为 .docx 再导入"
_TOLD: Mapping[Sort, str] = {
    "word": "这是 Word 文档，请把文件名的结尾改成 .docx",
    "workbook": "这是 Excel 工作簿，请把文件名的结尾改成 .xlsx",
    "slides": f"这是演示文稿，不能导入；请把文字复制到 Word，{_SAVED[3:]}",
    "odt": f"这是 ODF 格式，请用 WPS 或者 LibreOffice {_SAVED}",
    "ofd": f"这是 OFD 版式文件，请用 Word 的原件；没有的，把文字复制到 Word，{_SAVED[3:]}",
    "zip": "这是压缩包，请先解开，导入里面的文件",
    "page": "这是网页，请把文件名的结尾改成 .html",
    "one-file": "这是存成单个文件的网页，请把文件名的结尾改成 .mhtml",
    "pdf": "这是 PDF，请把文件名的结尾改成 .pdf",
    "rtf": f"这是 RTF 格式，请用 Word 或 WPS {_SAVED}",
    "ole": "这是旧的 Office 格式，或者有密码：请用原来的软件取消密码，另存为 .docx 或者 .xlsx",
    "text": "这是纯文字，请把文件名的结尾改成 .txt；是表格的改成 .csv",
}


def posing(data: bytes, suffix: str) -> str:
    """Return what a file of that ``suffix`` is, in words for people, if it is something else."""
    expected = _EXPECTED.get(suffix)
    if expected is None or not data.strip():
        return ""
    found = sort_of(data)
    if suffix in (".html", ".htm", ".xhtml") and found == "text":
        return "" if _TAG.search(data.replace(b"\0", b"")[:_FIRST]) else _TOLD["text"]
    return "" if found is None or found in expected else _TOLD[found]


def sort_of(data: bytes) -> Sort | None:
    """Return what ``data`` is by how it begins; None for what nobody can tell."""
    if data.startswith(_ZIP):
        found = next((sort for mark, sort in _WITHIN if mark in data), None)
        return found or (None if _TYPES in data else "zip")
    if data.startswith(_OLE):
        return "ole"
    start = data[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    for mark, sort in _STARTS:
        if start.startswith(mark):
            return sort
    return "text" if _is_text(data[:4096]) else None


def _is_text(start: bytes) -> bool:
    """Tell whether bytes have no sign that no text has; those of two bytes a sign have others."""
    plain = start.replace(b"\0", b"") if start[:2] in (b"\xff\xfe", b"\xfe\xff") else start
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", plain)
