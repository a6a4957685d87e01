"""How runs look: what a reader does not see of them, or sees and plain text does not say."""

from __future__ import annotations

from typing import NamedTuple

from lxml.etree import _Element as Element

from .faces import Face, face_of, joined
from .kinds import AS_BEFORE, CHANGED, HIDDEN, NONE, STRUCK, Marks
from .names import child, number, value
from .styles import Styles
from .symbols import is_symbols

_SMALLEST = 4  # half points: nobody reads what is smaller than that
_NARROWEST = 10  # percent
_NEARLY_WHITE = 0xF0
_FILLS = {"white": "FFFFFF", "black": "000000", "none": "", "lightGray": "C0C0C0"}


class Surroundings(NamedTuple):
    """What a run has of where it stands: of its paragraph, its table, and their colour."""

    style: str = ""
    table_style: str = ""
    ground: str = ""


class Look(NamedTuple):
    """How a run looks."""

    marks: Marks
    is_bold: bool
    is_capital: bool
    font: str
    raised: str


class Looks:
    """Looks of the runs of a document."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def of(
        self, properties: Element | None, around: Surroundings, over: Face | None = None
    ) -> Look:
        """Return how a run with these properties looks; what is said ``over`` them counts more."""
        face = self._face(properties, around) | (over or {})
        marks = {STRUCK} if face.get("strike") or face.get("dstrike") else set()
        if _is_hidden(face, around.ground):
            marks.add(HIDDEN)
        return Look(
            frozenset(marks), bool(face.get("b")), bool(face.get("caps")), face.get("font", ""),
            face.get("vertAlign", ""),
        )  # fmt: skip

    def in_time(self, properties: Element | None, around: Surroundings) -> list[tuple[Look, Marks]]:
        """Return how a run looks, or looked before a tracked change, with what marks it as such."""
        now = self.of(properties, around)
        change = child(properties, "rPrChange")
        if change is None:
            return [(now, NONE)]
        before = self.of(child(change, "rPr"), around)
        if _reads_like(before) == _reads_like(now):
            return [(now, NONE)]
        return [(now, frozenset({CHANGED})), (before, frozenset({AS_BEFORE}))]

    def is_vanished(self, properties: Element | None, around: Surroundings) -> bool:
        """Tell whether what has these properties is hidden, and takes no room."""
        return bool(self._face(properties, around).get("vanish"))

    def _face(self, properties: Element | None, around: Surroundings) -> Face:
        styles = self._styles
        paragraph = {**styles.face(around.table_style, "table")} if around.table_style else {}
        paragraph |= styles.face(around.style, "paragraph")
        named = value(child(properties, "rStyle"))
        character = styles.face(named, "character") if styles.has_character_style(named) else {}
        return styles.defaults | joined(paragraph, character) | face_of(properties)


def _reads_like(look: Look) -> tuple[object, ...]:
    """Return what of a look changes how words are read."""
    return look.marks, look.is_capital, look.raised, is_symbols(look.font) and look.font


def _is_hidden(face: Face, around: str) -> bool:
    if face.get("vanish") or face.get("webHidden") or face.get("unfilled"):
        return True
    if number(face.get("sz", ""), 99) <= _SMALLEST or number(face.get("w", ""), 99) <= _NARROWEST:
        return True
    colour = face.get("color", "")
    if face.get("highlight") == "black" and colour in ("", "AUTO"):
        return True
    ground = _ground(face) or around
    if ground in ("", "AUTO"):
        return _is_white(colour)
    return colour == ground or (_is_white(colour) and _is_white(ground))


def _ground(face: Face) -> str:
    """Return the colour behind a run, "" when it says none; one may have a name."""
    highlight = face.get("highlight", "")
    return _FILLS.get(highlight, highlight) or face.get("shd", "")


def _is_white(colour: str) -> bool:
    if len(colour) != 6:
        return False
    try:
        parts = bytes.fromhex(colour)
    except ValueError:
        return False
    return min(parts) >= _NEARLY_WHITE
