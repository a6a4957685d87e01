"""Ties: what a file of a site offers to lead to, and where it leads, known from the file alone."""

from __future__ import annotations

import functools
import html
import posixpath
import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from ...problem import Place, Problem
from . import hypertext
from .addresses import HOME, Addresses, Astray, Target, parted
from .told import told_in

_PAGES = frozenset({".html", ".htm"})
_TOP = "top"  # browsers go there, whatever the page has
_VALUE = re.compile(r"""[\s"'/][a-zA-Z:]+\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_REPLACED = "\ufffd"
"""Stands for bytes that are no text."""
_BETWEEN = re.compile(r"[\s,]+")


class Ties(NamedTuple):
    """What a file offers and wants of the whole; where it says so, is asked when there is cause."""

    offers: Sequence[str] = ()
    """The anchors of a page, sorted."""
    wants: Mapping[str, Sequence[str]] = {}
    """The anchors that must be in other files, by what leads there; "" wants the file alone."""
    astray: bool = False
    """Whether something is wrong in it, whatever else the site has."""


class Lead(NamedTuple):
    """An address in a file, what it is read beside, and where it begins, if that is known."""

    address: str
    base: str
    own: bool = False
    """Whether it must be one of this site, and not only be right if it is."""
    start: int | None = None


def ties_of(path: str, data: bytes, addresses: Addresses) -> Ties:
    """Return what the file ``path``, which holds ``data``, offers and wants."""
    _, anchors, leads = _read(path, data, addresses)
    places: dict[tuple[str, str, bool], list[str | None]] = {}
    for lead in leads:
        place, anchor = parted(lead.address)
        places.setdefault((place, lead.base, lead.own), []).append(anchor)
    wants: dict[str, set[str]] = {}
    astray = False
    for (place, base, own), those in places.items():
        try:
            target = addresses.place(place, base, own=own)
        except Astray:
            astray = True
            continue
        if not target:
            continue
        wanted = {target.anchor if anchor is None else anchor for anchor in those}
        if path in (target.path, page_at(target.path)):
            astray = astray or not all(has_anchor(path, anchors, anchor) for anchor in wanted)
        else:  # which many files want, and are held together
            wants.setdefault(sys.intern(target.path), set()).update(map(sys.intern, wanted))
    return Ties(sorted(anchors), {to: sorted(wanted) for to, wanted in wants.items()}, astray)


def told_of(
    path: str, data: bytes, addresses: Addresses, lacking: Callable[[Target], str]
) -> Iterator[Problem]:
    """Yield what is wrong with the addresses in the file ``path``, which holds ``data``;
    ``lacking`` says of a target what the site lacks for it, "" when it is there.
    """
    texts, _, leads = _read(path, data, addresses)
    text = "\n".join(texts)
    for lead in leads:
        wrong = None
        try:
            target = addresses.target(lead.address, lead.base, own=lead.own)
            if target and (message := lacking(target)):
                wrong = Astray(message)
        except Astray as astray:
            wrong = astray
        if wrong:
            yield from (wrong.at(_place(path, text, start)) for start in _starts(text, lead))


@functools.lru_cache(maxsize=1024)  # most links of a site lead to the same pages
def page_at(path: str) -> str:
    """Return the page that a server gives for the folder ``path``."""
    return posixpath.normpath(f"{path}/{HOME}")


def has_anchor(path: str, anchors: Collection[str], anchor: str) -> bool:
    """Tell whether ``anchor`` of the file ``path`` is one of its ``anchors``; of what is no page,
    nobody knows.
    """
    known = not anchor or anchor in anchors or anchor.lower() == _TOP
    return known or PurePosixPath(path).suffix not in _PAGES


def _read(
    path: str, data: bytes, addresses: Addresses
) -> tuple[list[str], Collection[str], list[Lead]]:
    """Return the texts of a file, its anchors and its leads."""
    here, suffix = addresses.of(path), PurePosixPath(path).suffix
    texts, told = told_in(path, data)
    leads = [
        Lead(each.address, "" if each.from_root else here, each.own, each.start) for each in told
    ]
    if suffix == ".css":
        texts = [data.decode(errors="replace")]
        leads += [Lead(each, here) for each in hypertext.in_style(texts[0])]
    if suffix not in _PAGES:
        return texts, frozenset(), leads
    texts = texts or [data.decode(errors="replace")]
    # A parser need not encode again what was decoded as it stands.
    page = hypertext.read(texts[0] if _REPLACED in texts[0] else data)
    base = hypertext.beside(here, page.base)
    leads += [Lead(page.base, here)] if page.base else []
    leads += [Lead(each, base) for each in page.addresses]
    return texts, page.anchors, leads


def _place(path: str, text: str, start: int) -> Place:
    return Place(path, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))


def _starts(text: str, lead: Lead) -> Iterator[int]:
    """Yield wherever the address of ``lead`` begins in ``text``: the start, when nobody knows."""
    if lead.start is not None:
        yield lead.start
        return
    found = False
    for match in _VALUE.finditer(text):
        value = html.unescape(match[match.lastindex or 0])
        if value == lead.address or lead.address in _BETWEEN.split(value):
            yield match.start(match.lastindex or 0)
            found = True
    if not found:
        yield max(text.find(lead.address), 0)
