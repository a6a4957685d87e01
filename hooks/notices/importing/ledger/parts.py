"""The parts of a workbook: XML in a ZIP, from whoever sent it, within bounds of size and time."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, ParamSpec, TypeVar
from xml.parsers import expat

from ...problem import Faulty, Place, Problem

P = ParamSpec("P")
T = TypeVar("T")

LARGEST = 20_000_000  # bytes of a file
_UNPACKED = 60_000_000  # bytes of all parts together
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MOST_TAGS = 2_500_000
_PIECE = 64_000  # bytes that are read at once
_NONE: Mapping[str, str] = {}
_ESCAPED, _ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_"), re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, expat.ExpatError, EOFError, OSError,
    LookupError, ValueError, ArithmeticError, RuntimeError,
)  # fmt: skip
"""What libraries raise over a file that is broken."""


class Tag(NamedTuple):
    """Where an element of XML begins, with its attributes, or ends, with the text that it held;
    names are without their namespaces.
    """

    is_start: bool
    name: str
    attributes: Mapping[str, str]
    text: str = ""


def unreadable(name: str, message: str) -> Faulty:
    """Return that the file ``name`` cannot be read as a workbook."""
    return Faulty(Problem(Place(name), "ledger-file", message))


def guarded(name: str, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what ``function`` makes of a file; raise Faulty where that turns out to be broken."""
    try:
        return function(*args, **kwargs)
    except _BROKEN as error:
        message = "文件坏了，读不出来：用表格软件打开，另存为 .xlsx 再试"
        raise unreadable(name, message) from error


class Parts:
    """The parts of the workbook ``data``, a file of that ``name``; Faulty when it is none."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        if data.startswith(_OLD):
            message = "这是旧式的 .xls，或者加了打开密码：用表格软件去掉密码，另存为 .xlsx"
            raise unreadable(name, message)
        if len(data) > LARGEST:
            message = f"文件超过了 {LARGEST // 1_000_000} MB，不像是台账：只留要填的表，另存一份"
            raise unreadable(name, message)
        if not data.startswith(_ZIP):
            raise unreadable(name, "这不是 .xlsx 文件：用表格软件打开，另存为 .xlsx")
        self._archive = guarded(name, zipfile.ZipFile, io.BytesIO(data))
        entries = self._archive.infolist()
        if sum(entry.file_size for entry in entries) > _UNPACKED:
            message = f"解开以后超过 {_UNPACKED // 1_000_000} MB，不像是台账，没有打开"
            raise unreadable(name, message)
        self._tags = 0
        self.names = {entry.filename.lstrip("/"): entry for entry in entries}

    def tags(self, part: str) -> Iterator[Tag]:
        """Yield the tags of a part in the order of the file; none of one that is not there."""
        if part not in self.names:
            return
        found, texts = list[Tag](), list[str]()

        def start(name: str, attributes: dict[str, str]) -> None:
            texts.clear()
            found.append(Tag(True, _local(name), attributes))

        def end(name: str) -> None:
            found.append(Tag(False, _local(name), _NONE, "".join(texts)))
            texts.clear()

        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = texts.append
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        with self._archive.open(self.names[part]) as stream:
            while piece := stream.read(_PIECE):
                parser.Parse(piece)
                self._tags += len(found)
                if self._tags > MOST_TAGS:
                    raise unreadable(self.name, "里面的格式太复杂，不像是台账，没有打开")
                yield from found
                found.clear()
        parser.Parse(b"", True)
        yield from found

    def _refuse_doctype(self, *_: object) -> None:
        raise unreadable(self.name, "文件里有 DOCTYPE，表格软件不会这样写，没有打开")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def unescaped(text: str) -> str:
    """Return what programs take a text of a workbook for (ECMA-376, ST_Xstring)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def escaped(text: str) -> str:
    """Return ``text`` so that programs take it for itself."""
    return _ESCAPE.sub("_x005F_", text)
