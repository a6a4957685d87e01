"""Names of OOXML: namespaces, and how elements and attributes are asked for."""

from __future__ import annotations

from lxml.etree import _Element as Element

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"

# The strict edition of the standard says the same under other names.
STRICT = "http://purl.oclc.org/ooxml/"
_STRICT = {
    f"{STRICT}wordprocessingml/main": MAIN,
    f"{STRICT}drawingml/main": DRAWING,
    f"{STRICT}drawingml/picture": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    f"{STRICT}drawingml/chart": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    f"{STRICT}drawingml/diagram": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    f"{STRICT}officeDocument/math": MATH,
    f"{STRICT}officeDocument/relationships": RELATIONSHIPS,
}


ON = ("1", "true", "on")
"""How an attribute says yes."""


def w(name: str) -> str:
    """Return the name of an element or an attribute of WordprocessingML."""
    return f"{{{MAIN}}}{name}"


def local(element: Element) -> str:
    """Return the name of an element of WordprocessingML, "" of any other."""
    tag = str(element.tag)
    return tag[len(MAIN) + 2 :] if tag.startswith(f"{{{MAIN}}}") else ""


def value(element: Element | None, name: str = "val") -> str:
    """Return an attribute of WordprocessingML, "" when there is none."""
    return "" if element is None else element.get(w(name), "")


def child(element: Element | None, *names: str) -> Element | None:
    """Return what stands below ``element`` by this way of names, if it does."""
    for name in names:
        if element is None:
            return None
        element = element.find(w(name))
    return element


def is_on(element: Element | None) -> bool:
    """Tell whether a switch is there and on."""
    return element is not None and value(element) not in ("0", "false", "off")


def number(text: str, default: int = 0) -> int:
    """Return a whole number as an attribute has it; ``default`` when it is none, or absurd."""
    try:
        found = int(text)
    except ValueError:
        return default
    return found if abs(found) < 1_000_000 else default


def loosen(root: Element) -> None:
    """Give what is written by the strict edition of the standard the names of the usual one."""
    if not any(uri in _STRICT for uri in root.nsmap.values()):
        return
    for element in root.iter("*"):
        element.tag = _usual(str(element.tag))
        for name, said in [*element.attrib.items()]:
            if (usual := _usual(str(name))) != name:
                del element.attrib[name]
                element.set(usual, said)


def _usual(name: str) -> str:
    uri, found, rest = name[1:].partition("}")
    return f"{{{_STRICT.get(uri, uri)}}}{rest}" if found else name
