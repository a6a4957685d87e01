"""Bound controls: Word puts what a part of the file holds in the place of what the text says."""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from .alternates import plain_text
from .names import child, value
from .package import Package

_CORE = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"
_EXTENDED = "{6668398D-A668-4E3E-A5EB-62B293D839F1}"
_CORE_KIND = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_ITEM = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}itemID"
_MOST = 1000  # elements beside each other: what is bound to is a form, and no book
_DECLARED = re.compile(r"""xmlns:([\w.-]+)=["']([^"']+)["']""")
_STEP = re.compile(r"/(?:([\w.-]+):)?([\w.-]+)(?:\[([1-9]\d*)\])?")


class Bindings:
    """What the parts of a package hold to which controls of its text are bound."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._stores: dict[str, Element] | None = None

    def other(self, control: Element) -> str:
        """Return what Word would show in a control, when that is not what stands in it."""
        binding = child(control, "sdtPr", "dataBinding")
        content = child(control, "sdtContent")
        if binding is None or content is None:
            return ""
        held = self._held(binding)
        return held if _squeezed(held) != _squeezed(plain_text(content)) else ""

    def _held(self, binding: Element) -> str:
        if self._stores is None:
            self._stores = self._read()
        spaces = dict(_DECLARED.findall(value(binding, "prefixMappings")))
        path = value(binding, "xpath")
        steps = [*_STEP.finditer(path)]
        store = self._stores.get(value(binding, "storeItemID").upper())
        if store is None or "".join(step[0] for step in steps) != path or not steps:
            return ""
        found: Element | None = store if _is(store, steps[0], spaces) else None
        for step in steps[1:]:
            inside = [] if found is None or len(found) > _MOST else found
            below = [each for each in inside if _is(each, step, spaces)]
            at = int(step[3] or 1)
            found = below[at - 1] if at <= len(below) else None
        return "".join(map(str, found.itertext())) if found is not None else ""

    def _read(self) -> dict[str, Element]:
        package, stores = self._package, {}
        for relation in package.relations(""):
            if relation.kind in (_CORE_KIND, "extended-properties") and not relation.is_outside:
                name = _CORE if relation.kind == _CORE_KIND else _EXTENDED
                stores[name] = package.root(relation.target)
        for relation in package.relations(package.document):
            if relation.kind == "customXml" and not relation.is_outside:
                for told in package.relations(relation.target):
                    item = package.root(told.target).get(_ITEM, "")
                    stores[item.upper()] = package.root(relation.target)
        return stores


def _is(element: Element, step: re.Match[str], spaces: dict[str, str]) -> bool:
    space = spaces.get(step[1] or "", "")
    return element.tag == (f"{{{space}}}{step[2]}" if space else step[2])


def _squeezed(text: str) -> str:
    return "".join(text.split())
