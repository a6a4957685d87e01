"""Styles: what a paragraph or a run has of its styles, and of those that they are based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml.etree import _Element as Element

from ..exported import ANNOTATION
from .faces import Face, face_of
from .names import ON, child, is_on, local, number, value, w

_DEEPEST = 50
"""How many styles may be based on each other; Word itself allows eleven."""
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])")


class ListPlace(NamedTuple):
    """Which list numbers a paragraph, and on which level; of list "0", none does."""

    list_id: str
    level: int | None


class Style(NamedTuple):
    """A style as it stands in the document."""

    id: str
    kind: str
    name: str
    based_on: str
    element: Element


class OfParagraphs(NamedTuple):
    """What the style of a paragraph says of it: each property by its name, its outline level from
    1, its place in a list, the ids of the styles, whether an export wrote it beside the text.
    """

    properties: dict[str, Element]
    level: int
    place: ListPlace | None
    chain: tuple[str, ...]
    is_annotation: bool


class Styles:
    """The styles of a document, whose part of them is ``root``."""

    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else [_style(each) for each in root.iterfind(w("style"))]
        self._styles = {style.id: style for style in reversed(found)}
        self._default = {
            style.kind: style.id for style in found if style.element.get(w("default")) in ON
        }
        self._faces: dict[str, Face] = {}
        self._of_paragraphs: dict[str, OfParagraphs] = {}
        defaults = child(root, "docDefaults", "rPrDefault", "rPr")
        self.defaults = face_of(defaults)

    def chain(self, style_id: str, kind: str = "paragraph") -> Iterator[Style]:
        """Yield a style, and those that it is based on; of one that is not there, the usual one."""
        wanted = self._styles.get(style_id)
        if wanted is None or wanted.kind != kind:
            wanted = self._styles.get(self._default.get(kind, ""))
        seen: set[str] = set()
        while wanted and wanted.id not in seen and len(seen) < _DEEPEST:
            seen.add(wanted.id)
            yield wanted
            wanted = self._styles.get(wanted.based_on)

    def face(self, style_id: str, kind: str) -> Face:
        """Return how a style of that kind lets runs look; one that is not named, the usual one."""
        key = f"{kind} {style_id}"
        if key not in self._faces:
            face: Face = {}
            for style in self.chain(style_id, kind):
                face = face_of(child(style.element, "rPr")) | face
                if kind == "table" and any(_hides(each) for each in style.element.iter(w("rPr"))):
                    face["vanish"] = "1"
            self._faces[key] = face
        return self._faces[key]

    def has_character_style(self, style_id: str) -> bool:
        """Tell whether that style is there, so that the usual one is not meant."""
        found = self._styles.get(style_id)
        return found is not None and found.kind == "character"

    def of_paragraph(self, style_id: str) -> OfParagraphs:
        """Return what a style, and those that it is based on, say of a paragraph."""
        if style_id not in self._of_paragraphs:
            self._of_paragraphs[style_id] = _of_paragraphs([*self.chain(style_id)])
        return self._of_paragraphs[style_id]

    def numbering_style(self, style_id: str) -> str:
        """Return the list that a style of lists stands for."""
        for style in self.chain(style_id, "numbering"):
            if found := list_place(child(style.element, "pPr")):
                return found.list_id
        return ""


def _of_paragraphs(chain: list[Style]) -> OfParagraphs:
    own = [child(style.element, "pPr") for style in chain]
    said: dict[str, Element] = {}
    for properties in reversed(own):
        said |= (
            {local(each): each for each in properties if local(each)}
            if properties is not None
            else {}
        )
    places = [place for place in map(list_place, own) if place]
    list_id = next((place.list_id for place in places if place.list_id), "")
    level = next((place.level for place in places if place.level is not None), None)
    return OfParagraphs(
        said,
        _heading_level(chain),
        ListPlace(list_id, level) if places else None,
        tuple(style.id for style in chain),
        any(style.name.startswith(ANNOTATION) for style in chain),
    )


def _heading_level(chain: list[Style]) -> int:
    for style in chain:
        said = child(style.element, "pPr", "outlineLvl")
        if said is not None:
            return outline_level(said)
        if match := _HEADING.fullmatch(style.name.lower()):
            return int(match[1])
    return 0


def outline_level(said: Element) -> int:
    """Return an outline level, from 1; of body text, and of nonsense, 0."""
    level = number(value(said), 9)
    return level + 1 if 0 <= level <= 8 else 0


def list_place(properties: Element | None) -> ListPlace | None:
    """Return the list that the properties of a paragraph name; None when they name none."""
    said = child(properties, "numPr")
    if said is None:
        return None
    list_id, level = child(said, "numId"), child(said, "ilvl")
    if list_id is None and level is None:
        return None
    found = None if level is None else min(max(number(value(level)), 0), 8)
    return ListPlace(value(list_id), found)


def _style(element: Element) -> Style:
    return Style(
        value(element, "styleId"), value(element, "type"), value(child(element, "name")),
        value(child(element, "basedOn")), element,
    )  # fmt: skip


def _hides(properties: Element) -> bool:
    return is_on(child(properties, "vanish"))
