"""What a page may be: the elements and attributes that Markdown makes of plain text, and no other.

Judged is the HTML as a browser reads it, not the source: whatever way leads to an attribute or an
address, it ends here.
"""

from __future__ import annotations

import functools
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .. import software
from ..problem import shown, suggest

RAW_HTML, UNSAFE_LINK, PAGE_MARKUP, UNKNOWN_FRAGMENT, DEAD_LINK, PAGE_MISSING = (
    "raw-html", "unsafe-link", "page-markup", "unknown-fragment", "dead-link", "page-missing",
)  # fmt: skip


class Fault(NamedTuple):
    """What is wrong with a page; ``trace`` is how the source may have it."""

    rule: str
    message: str
    trace: str = ""


_NONE: frozenset[str] = frozenset()
_CELL = frozenset({"style"})
_ELEMENTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "p", "blockquote", "pre", "hr"), _NONE),
    **dict.fromkeys(
        ("ul", "ol", "li", "em", "strong", "br", "table", "thead", "tbody", "tr"), _NONE
    ),
    "code": frozenset({"class"}),
    "th": _CELL,
    "td": _CELL,
    "a": frozenset({"href", "title"}),
    "img": frozenset({"src", "alt", "title"}),
}
"""The elements, and the attributes that each may have beside an id."""
_VALUES = {
    "style": re.compile(r"text-align: (?:left|right|center);"),
    "class": re.compile(r"language-[\w+#.-]+"),
}
"""How attributes are written that nobody but Markdown itself writes."""
_ID = re.compile(r"[a-z0-9][a-z0-9-]*|_[0-9]+")  # the second is Markdown's for Chinese headings
_OURS = re.compile(r'\sid="([\w-]+)"')
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SAFE = re.compile(r"https?://[^/?#]|mailto:|tel:", re.IGNORECASE)
_NOT_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
_LIKE_A_MARKER = re.compile(r"\s*\[\[([^\]]*)\]\]\s*")


class Judge:
    """Holds pages to the list; ``files`` are what images may show, ``names`` the fragments.

    ``leads`` returns what is wrong with a link of a page, or "".
    """

    def __init__(
        self,
        files: Collection[str],
        names: Collection[str],
        leads: Callable[[str, str], str],
    ) -> None:
        self.files, self.names, self.leads = files, names, leads

    def faults(self, path: str, html: str) -> Iterator[Fault]:
        """Yield what is wrong with the page ``path``, in the order of its HTML."""
        tree = LexborHTMLParser(f"<!doctype html><body><article>{html}</article>")
        (article,) = tree.css("body > article")
        ids: Counter[str] = Counter()
        for node in article.traverse(include_text=True):
            if node.tag == "-text":
                yield from self._text(node)
            elif node.mem_id != article.mem_id:
                yield from self._element(node, path, ids)

    def _element(self, node: LexborNode, path: str, ids: Counter[str]) -> Iterator[Fault]:
        tag = str(node.tag)
        if tag not in _ELEMENTS:
            yield Fault(PAGE_MARKUP, f"页面里不能有“{shown(tag)}”，请用 Markdown 的写法")
            return
        if tag == "h1" and re.search("[<>]", node.text()):
            yield Fault(PAGE_MARKUP, "大标题里不能有“<”和“>”", node.text())
        for name, given in node.attributes.items():
            value = given or ""
            if name == "id":
                ids[value] += 1
                yield from _id(value, ids)
            elif name not in _ELEMENTS[tag]:
                written = name.removesuffix("-")  # see rendering.py
                message = f"“{shown(written)}”不能用，大括号里只能写编号（#…）"
                yield Fault(PAGE_MARKUP, message, written)
            elif name in _VALUES and not _VALUES[name].fullmatch(value):
                message = f"{name}“{shown(value)}”不能用，大括号里只能写编号（#…）"
                yield Fault(PAGE_MARKUP, message, value)
            elif name in _ADDRESSES:
                yield from _ADDRESSES[name](self, value, path)

    def _text(self, node: LexborNode) -> Iterator[Fault]:
        """Yield each ``[[name]]`` that stayed as it was: unknown, or not in a paragraph alone."""
        text = node.text_content or ""
        if "[[" not in text or (node.parent and node.parent.tag in ("code", "pre")):
            return
        for line in text.splitlines():
            if found := _LIKE_A_MARKER.fullmatch(line):
                message = f"{line.strip()} 的上下要各空一行"
                if found[1] not in self.names:
                    hint = suggest(found[1], sorted(self.names))
                    message = f"没有“{shown(found[1])}”这个片段{hint}"
                yield Fault(UNKNOWN_FRAGMENT, message, line.strip())

    def _link(self, address: str, path: str) -> Iterator[Fault]:
        if not _is_harmless(address) or (_SCHEME.match(address) and not _SAFE.match(address)):
            message = f"链接“{shown(address)}”不能用，请改成 https:// 开头的地址或者站内的文件"
            yield Fault(UNSAFE_LINK, message, address)
        elif message := self.leads(path, address):
            yield Fault(DEAD_LINK, message, address)

    def _image(self, address: str, path: str) -> Iterator[Fault]:
        if not _is_harmless(address) or _SCHEME.match(address):
            message = f"图片“{shown(address)}”在别的网站上，请把图片放进 content/，写站内的文件名"
            yield Fault(UNSAFE_LINK, message, address)
        else:
            folder = posixpath.dirname(path)
            file = posixpath.normpath(posixpath.join(folder, unquote(urlsplit(address).path)))
            if file not in self.files:
                message = f"没有图片“{shown(address)}”，请把图片放进 content/，写它相对于本页的位置"
                yield Fault(UNSAFE_LINK, message, address)


_ADDRESSES: dict[str, Callable[[Judge, str, str], Iterator[Fault]]] = {
    "href": Judge._link,
    "src": Judge._image,
}


def _is_harmless(address: str) -> bool:
    """Tell whether a browser reads ``address`` as it is written, and not as another host's."""
    return not (_NOT_IN_ADDRESSES.search(address) or address.startswith("/"))


def _id(value: str, ids: Counter[str]) -> Iterator[Fault]:
    if not _ID.fullmatch(value):
        message = f"编号“{shown(value)}”只能用小写字母、数字和连字符，以字母或数字开头"
        yield Fault(PAGE_MARKUP, message, value)
    elif value in _taken():
        yield Fault(PAGE_MARKUP, f"编号“{value}”由程序自己使用，请换一个", f"#{value}")
    elif ids[value] > 1:
        yield Fault(PAGE_MARKUP, f"编号“{value}”在这一页用了不止一次", f"#{value}")


@functools.cache
def _taken() -> frozenset[str]:
    """Return the ids that the theme gives to parts of its own."""
    templates = (file.read_text(encoding="utf-8") for file in software.THEME.rglob("*.html"))
    return frozenset(found for text in templates for found in _OURS.findall(text))
