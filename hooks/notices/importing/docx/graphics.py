"""Drawings and objects: the text boxes in them, and whether there is a picture."""

from __future__ import annotations

from lxml.etree import _Element as Element

from . import alternates
from .names import DRAWING, local, w

_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"
_TEXTS = (f"{{{DRAWING}}}t", w("t"))
_PICTURES = {
    f"{{{DRAWING}}}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
    "{urn:schemas-microsoft-com:office:office}OLEObject",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
}
_CONTENT = f"{{{DRAWING}}}graphicData"
_SHAPES = (
    "http://schemas.microsoft.com/office/word/2010/wordprocessing",
    "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "http://purl.oclc.org/ooxml/drawingml/picture",
)
"""What is drawn of shapes and pictures; charts, ink, videos and all else may hold words."""


class Graphic:
    """What a drawing holds: ``boxes`` of text, ``words`` that stand in none, pictures."""

    def __init__(self, element: Element) -> None:
        self.boxes: list[Element] = []
        self.words: list[str] = []
        self.has_picture = local(element) in ("object", "contentPart")
        self.title = ""
        self._look(element)

    def _look(self, element: Element) -> None:
        for each in element:
            tag = str(each.tag)
            if local(each) == "txbxContent":
                self.boxes.append(each)
                continue
            if tag == alternates.TAG:
                self.words += filter(None, [alternates.differs(each)])
                taken = alternates.chosen(each)
                if taken is not None:
                    self._look(taken)
                continue
            self._note(each, tag)
            self._look(each)

    def _note(self, element: Element, tag: str) -> None:
        if tag.endswith("}docPr"):
            self.title = element.get("descr") or element.get("title") or ""
        elif tag == _WORD_ART:
            self.words += filter(None, [element.get("string", "").strip()])
        elif tag in _TEXTS:
            self.words += filter(None, [(element.text or "").strip()])
        elif tag in _PICTURES or local(element) == "control" or _is_foreign(element):
            self.has_picture = True


def _is_foreign(element: Element) -> bool:
    """Tell whether it is drawn of something else than shapes."""
    return element.tag == _CONTENT and not element.get("uri", "").startswith(_SHAPES)
