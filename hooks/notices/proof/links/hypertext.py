"""Hypertext: what a page offers to lead to, and where it leads itself, as browsers read it.

What only shows without scripts, and what a script may show, counts as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:\s+[^,]*)?")
_IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]*[^"')\s])|@import\s*["']([^"']+)["']""")
_REFRESH = re.compile(r"""^\s*[\d.]+\s*[;,]\s*url\s*=\s*["']?([^"']*[^"'\s])""", re.IGNORECASE)


def _one(value: str) -> tuple[str]:
    return (value,)


def _each(value: str) -> list[str]:
    return value.split()


def _candidates(value: str) -> list[str]:
    return _CANDIDATE.findall(value)


def in_style(value: str) -> Iterator[str]:
    """Yield the addresses in a style sheet, or a piece of one."""
    yield from (found[1] or found[2] for found in _IN_STYLE.finditer(value))


def _refreshed(value: str) -> list[str]:
    return _REFRESH.findall(value)


_Reader = Callable[[str], Iterable[str]]
# By the attribute that leads somewhere; more than a checker need know is no harm.
_ATTRIBUTES: dict[str, _Reader] = {
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
_OF_ONE: dict[str, dict[str, _Reader]] = {
    "object": {**_ATTRIBUTES, "data": _one},
    "meta": {**_ATTRIBUTES, "content": _refreshed},
    "base": {},
}
_LEADING = ",".join(f"[{name.replace(':', chr(92) + ':')}]" for name in _ATTRIBUTES)
_LEADING += ",object[data],meta[http-equiv],style,template"
_NAMED = ("a", "map")


class Hypertext(NamedTuple):
    """What a page offers and wants."""

    anchors: frozenset[str]
    base: str
    """What its addresses are read beside, by what it says itself; "" when it says nothing."""
    addresses: tuple[str, ...]
    """Each once, in the order in which they first stand there."""


def read(markup: str | bytes) -> Hypertext:
    """Return what the page ``markup`` offers and wants."""
    root = LexborHTMLParser(markup).root
    parts = [_part(root)] if root else []
    if parts and parts[0].has_templates:
        parts += map(_part, _fragments(root))
    anchors = frozenset(chain.from_iterable(part.anchors for part in parts))
    addresses = dict.fromkeys(chain.from_iterable(part.addresses for part in parts))
    return Hypertext(anchors, parts[0].base if parts else "", tuple(addresses))


def beside(address: str, said: str) -> str:
    """Return what the addresses of the page at ``address`` are read beside, which ``said`` so."""
    try:
        return urljoin(address, said) if said else address
    except ValueError:
        return address


class _Part(NamedTuple):
    """What a page holds outside of its templates, or one of these."""

    anchors: list[str]
    addresses: list[str]
    base: str
    has_templates: bool


def _part(root: LexborNode) -> _Part:
    addresses: list[str] = []
    bases, styles, has_templates = [], [], False
    for node in root.css(_LEADING):
        tag, said = node.tag or "", node.attributes
        readers = _OF_ONE.get(tag, _ATTRIBUTES)
        for name, value in said.items():
            if value is not None and (reader := readers.get(name)):
                addresses += reader(value)
        if tag == "base" and "href" in said:
            bases.append(said["href"] or "")
        elif tag == "style":
            styles.append(node.text())
        elif tag == "template":
            has_templates = True
    addresses += chain.from_iterable(map(in_style, styles))
    return _Part([*_anchors(root)], addresses, "".join(bases[:1]), has_templates)


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
