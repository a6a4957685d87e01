"""Hypertext: what a page offers to lead to, and where it leads itself, as browsers read it.

What only shows without scripts, and what a script may show, counts as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:\s+[^,]*)?")
_IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]*[^"')\s])|@import\s*["']([^"']+)["']""")
_REFRESH = re.compile(r"""^\s*[\d.]+\s*[;,]\s*url\s*=\s*["']?([^"']*[^"'\s])""", re.IGNORECASE)


def _one(value: str) -> Iterator[str]:
    yield value


def _each(value: str) -> Iterator[str]:
    yield from value.split()


def _candidates(value: str) -> Iterator[str]:
    yield from _CANDIDATE.findall(value)


def in_style(value: str) -> Iterator[str]:
    """Yield the addresses in a style sheet, or a piece of one."""
    yield from (found[1] or found[2] for found in _IN_STYLE.finditer(value))


def _refreshed(value: str) -> Iterator[str]:
    yield from _REFRESH.findall(value)


# By the attribute that leads somewhere; more than a checker need know is no harm.
_ATTRIBUTES: dict[str, Callable[[str], Iterator[str]]] = {
    **dict.fromkeys(
        ("href", "src", "xlink:href", "action", "formaction", "poster", "cite", "background",
         "longdesc", "manifest", "codebase", "classid", "icon", "usemap"),
        _one,
    ),
    "ping": _each,
    "srcset": _candidates,
    "imagesrcset": _candidates,
    "style": in_style,
}  # fmt: skip
_OF_ONE: dict[str, dict[str, Callable[[str], Iterator[str]]]] = {
    "object": {"data": _one},
    "meta": {"content": _refreshed},
}
_LEADING = ",".join(f"[{name.replace(':', chr(92) + ':')}]" for name in _ATTRIBUTES)
_LEADING += ",object[data],meta[http-equiv]"
_NAMED = ("a", "map")


class Hypertext(NamedTuple):
    """What a page offers and wants."""

    anchors: frozenset[str]
    base: str
    """What its addresses are read beside, by what it says itself; "" when it says nothing."""
    addresses: tuple[str, ...]
    """Each once, in the order in which they first stand there."""


def read(markup: str) -> Hypertext:
    """Return what the page ``markup`` offers and wants."""
    tree = LexborHTMLParser(markup)
    roots = [tree.root, *_fragments(tree.root)] if "<template" in markup.lower() else [tree.root]
    anchors: set[str] = set()
    addresses: dict[str, None] = {}
    for root in filter(None, roots):
        anchors.update(_anchors(root))
        addresses.update(dict.fromkeys(_addresses(root)))
    base = tree.css_first("base[href]")
    said = (base.attributes["href"] or "") if base else ""
    return Hypertext(frozenset(anchors), said, tuple(addresses))


def beside(address: str, said: str) -> str:
    """Return what the addresses of the page at ``address`` are read beside, which ``said`` so."""
    try:
        return urljoin(address, said) if said else address
    except ValueError:
        return address


def _fragments(root: LexborNode | None) -> Iterator[LexborNode]:
    for fragment in root.template_fragments() if root else ():
        yield fragment
        yield from _fragments(fragment)


def _anchors(root: LexborNode) -> Iterator[str]:
    for node in root.css("[id],[name]"):
        said = node.attributes
        if identity := said.get("id"):
            yield identity
        if node.tag in _NAMED and (name := said.get("name")):
            yield name


def _addresses(root: LexborNode) -> Iterator[str]:
    for node in root.css(_LEADING):
        if node.tag == "base":
            continue
        of_it = _OF_ONE.get(node.tag or "", {})
        for name, value in node.attributes.items():
            read_value = of_it.get(name) or _ATTRIBUTES.get(name)
            if read_value and value is not None:
                yield from read_value(value)
    for style in root.css("style"):
        yield from in_style(style.text())
