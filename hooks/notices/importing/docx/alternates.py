"""Alternate content: what newer programs show, and what older ones do, of which one is read."""

from __future__ import annotations

from lxml.etree import _Element as Element

from .names import COMPATIBILITY, DRAWING, w

TAG = f"{{{COMPATIBILITY}}}AlternateContent"
_CHOICE, _FALLBACK = f"{{{COMPATIBILITY}}}Choice", f"{{{COMPATIBILITY}}}Fallback"
_UNDERSTOOD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
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
    """Return what another alternative says than the one that is shown, else ""; those inside
    another are told with it.
    """
    if next(element.iterancestors(TAG), None) is not None:
        return ""
    shown = chosen(element)
    read = "" if shown is None else plain_text(shown)
    said = [plain_text(each) for each in element if each is not shown]
    return " / ".join(each for each in said if each.strip() and each != read)


def astray(element: Element, *expected: str) -> str:
    """Return the characters in what stands directly below an element, but for what is expected."""
    return "".join(plain_text(each) for each in element if each.tag not in expected)


def plain_text(element: Element) -> str:
    """Return all characters below an element, whatever they are for."""
    return "".join(each.text or "" for each in element.iter(*TEXTS))
