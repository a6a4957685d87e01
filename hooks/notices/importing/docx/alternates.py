"""Alternate content: what newer programs show, and what older ones do, of which one is read."""

from __future__ import annotations

from lxml.etree import _Element as Element

from .names import COMPATIBILITY, DRAWING, w

TAG = f"{{{COMPATIBILITY}}}AlternateContent"
_CHOICE, _FALLBACK = f"{{{COMPATIBILITY}}}Choice", f"{{{COMPATIBILITY}}}Fallback"
_UNDERSTOOD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
_DEEPEST = 4
"""How deep alternatives are compared in others."""
TEXTS = (w("t"), w("delText"), f"{{{DRAWING}}}t")
"""Elements that hold characters."""


def chosen(element: Element) -> Element | None:
    """Return what Word of today shows: the first choice whose features it knows, or the rest."""
    for choice in element.iterfind(_CHOICE):
        wanted = [choice.nsmap.get(prefix, "") for prefix in choice.get("Requires", "").split()]
        if wanted and all(uri.startswith(_UNDERSTOOD) for uri in wanted):
            return choice
    return element.find(_FALLBACK)


def differs(element: Element) -> str:
    """Return what another alternative says than the one that is shown, else ""."""
    depth = sum(1 for _ in element.iterancestors(TAG))
    if depth > _DEEPEST:  # what is nested deeper is told as a whole, and once
        return plain_text(element) if depth == _DEEPEST + 1 else ""
    shown = chosen(element)
    read, signs = _read(shown), {*plain_text(shown)}
    said = [each for each in element if each is not shown]
    told = [plain_text(each) for each in said if _read(each) != read or {*plain_text(each)} - signs]
    return " / ".join(filter(str.strip, told))


def _read(element: Element | None) -> str:
    """Return the characters below an element, of nested alternatives those that are shown."""
    if element is None or element.tag in TEXTS:
        return plain_text(element)
    if next(element.iter(TAG), None) is None:
        return plain_text(element)
    return _read(chosen(element)) if element.tag == TAG else "".join(map(_read, element))


def astray(element: Element, *expected: str) -> str:
    """Return the characters in what stands directly below an element, but for what is expected."""
    return "".join(plain_text(each) for each in element if each.tag not in expected)


def plain_text(element: Element | None) -> str:
    """Return all characters below an element, whatever they are for."""
    if element is None:
        return ""
    return "".join(each.text or "" for each in element.iter(*TEXTS))
