"""The package: a ZIP file of parts that refer to each other, opened as if somebody meant ill."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple, NoReturn
from urllib.parse import unquote

from lxml import etree
from lxml.etree import _Element as Element

from ...problem import Faulty, Place, Problem
from .names import STRICT, loosen, w

MOST = 100_000_000
"""Bytes of a file that is opened at all."""
_MOST_OF_PART = 24_000_000  # bytes, unpacked
_MOST_OF_ALL = 48_000_000
_MOST_TAGS = 800_000  # in a part: each takes some hundred bytes of memory
_MOST_BLOCKS = 80_000  # paragraphs, rows and cells in a part: each takes a tenth of a millisecond
_MOST_PARTS = 10_000
_ENTRY, _ENTRY_ENDS = b"PK\x01\x02", b"PK\x05\x06"
_DOCUMENT = "officeDocument"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    OverflowError, OSError, KeyError, IndexError, TypeError, zipfile.LargeZipFile,
)  # fmt: skip
AGAIN = "请用 Word 或 WPS 打开，另存为 .docx 再导入"

_BLOCKS = (w("p"), w("tr"), w("tc"))

Refuse = Callable[[str], NoReturn]


class Relation(NamedTuple):
    """What a part refers to: the kind of it, and its name, or address when it is outside."""

    kind: str
    target: str
    is_outside: bool


class Package:
    """The parts of a document; ``refuse`` says what is wrong with it, and raises Faulty."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._read = 0
        self._relations: dict[str, dict[str, Relation]] = {}
        if len(data) > MOST:
            self.refuse_size(f"文件超过了 {MOST // 1_000_000} MB")
        # Opening a ZIP makes an object of each entry before anyone could count them.
        if data.count(_ENTRY) > _MOST_PARTS:
            self.refuse_size("文件里的部件太多")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            self.refuse(f"文件不完整或者已经损坏，{AGAIN}")
        self._entries = self._listed()

    def refuse(self, message: str) -> NoReturn:
        """Raise Faulty: the file cannot be read."""
        raise Faulty(Problem(Place(self._name), "import-unreadable", message))

    def refuse_size(self, message: str) -> NoReturn:
        """Raise Faulty: there is more in the file than a notice can have."""
        remedy = "通报的正文不会这么大，请删去图片等附带的内容再导入"
        raise Faulty(Problem(Place(self._name), "import-too-large", f"{message}；{remedy}"))

    def _listed(self) -> dict[str, zipfile.ZipInfo]:
        entries: dict[str, zipfile.ZipInfo] = {}
        for entry in self._archive.infolist():
            name = _key(entry.filename)
            if name in entries and name.endswith((".xml", ".rels")):
                self.refuse(f"文件里有两个同名的部件，不知道哪一个算数；{AGAIN}")
            entries[name] = entry
        return entries

    @cached_property
    def document(self) -> str:
        """The name of the part that is the document."""
        for relation in self.relations(""):
            if relation.kind == _DOCUMENT and not relation.is_outside:
                return relation.target
        return self.refuse(f"文件里没有正文，不是 Word 文档；{AGAIN}")

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Return what ``part`` refers to; of "", the package."""
        return tuple(self.relations_by_id(part).values())

    def relations_by_id(self, part: str) -> dict[str, Relation]:
        """Return what ``part`` refers to by the ids that it uses."""
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def _read_relations(self, part: str) -> dict[str, Relation]:
        folder, _, name = part.rpartition("/")
        named = posixpath.join(folder, "_rels", f"{name}.rels")
        if part and _key(named) not in self._entries:
            return {}
        found = {}
        for each in self.root(named).iter(_RELATION):
            outside = each.get("TargetMode", "").lower() == "external"
            target = each.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip(
                    "/"
                )
            found[each.get("Id", "")] = Relation(_kind(each.get("Type", "")), target, outside)
        return found

    def related(self, kind: str) -> Element | None:
        """Return the part of that kind that the document refers to; None when to none."""
        for relation in self.relations(self.document):
            if relation.kind == kind and not relation.is_outside:
                return self.root(relation.target)
        return None

    def root(self, name: str) -> Element:
        """Return a part as XML; raise Faulty when it is missing, broken, or too large."""
        data = self._bytes(name)
        if max(data.count(b"<"), data.count(b"<\0"), data.count(b"\0<")) > _MOST_TAGS:
            self.refuse_size(f"部件 {name} 里的内容太多")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError, LookupError):
            self.refuse(f"部件 {name} 不是完好的 XML；{AGAIN}")
        if root.getroottree().docinfo.internalDTD is not None:
            self.refuse(f"部件 {name} 里有 DTD，Word 文档里不应当有；{AGAIN}")
        loosen(root)
        if sum(1 for _ in root.iter(*_BLOCKS)) > _MOST_BLOCKS:
            self.refuse_size(f"部件 {name} 里的段落和格子太多")
        return root

    def _bytes(self, name: str) -> bytes:
        entry = self._entries.get(_key(name))
        if entry is None:
            self.refuse(f"文件不完整，缺少部件 {name or '_rels/.rels'}；{AGAIN}")
        if entry.flag_bits & 1:
            self.refuse(f"文件有密码，请在 Word 里取消密码；{AGAIN}")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            self.refuse(f"文件的压缩方式不常见；{AGAIN}")
        try:
            with self._archive.open(entry) as part:
                data = part.read(_MOST_OF_PART + 1)
        except _BROKEN:
            self.refuse(f"部件 {name} 已经损坏；{AGAIN}")
        self._read += len(data)
        if len(data) > _MOST_OF_PART or self._read > _MOST_OF_ALL:
            self.refuse_size(f"部件 {name} 解压以后太大")
        return data


def _key(name: str) -> str:
    """Return the name of a part as it is compared: case says nothing."""
    return name.replace("\\", "/").lstrip("/").lower()


def _kind(address: str) -> str:
    """Return the kind of a relation by its address, which is long in either edition."""
    for prefix in (_TRANSITIONAL, f"{STRICT}officeDocument/relationships/"):
        if address.startswith(prefix):
            return address[len(prefix) :]
    return address
