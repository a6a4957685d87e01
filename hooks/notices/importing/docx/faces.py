"""Faces: how properties let a run look, as far as it matters for its words."""

from __future__ import annotations

from collections.abc import Mapping

from lxml.etree import _Element as Element

from .names import WORD_2010, is_on, local, number, value

TOGGLES = frozenset({"b", "caps", "vanish", "strike", "dstrike"})
"""Switches that a character style turns over where the paragraph's style has them on."""
_SWITCHES = TOGGLES | {"webHidden", "specVanish"}
_FILL, _NO_FILL, _COLOUR, _THEME, _ALPHA = (
    f"{{{WORD_2010}}}{name}" for name in ("textFill", "noFill", "srgbClr", "schemeClr", "alpha")
)
_SAID = f"{{{WORD_2010}}}val"
_WHITES = ("background1", "light1", "bg1", "lt1")

_TRANSPARENT = 90_000  # thousandths of a percent

Face = dict[str, str]
"""How a run looks: the names of its properties, and what they say; a switch says "1" or ""."""


def face_of(properties: Element | None) -> Face:
    """Return how these properties of a run let it look, as far as it matters for its words."""
    face: Face = {}
    for each in properties if properties is not None else ():
        name = local(each)
        if name in _SWITCHES:
            face[name] = "1" if is_on(each) else ""
        elif name in ("sz", "w", "vertAlign", "highlight"):
            face[name] = value(each)
        elif name == "color":
            is_darkened = value(each, "themeShade") not in ("", "FF")
            is_white = value(each, "themeColor") in _WHITES and not is_darkened
            face[name] = "FFFFFF" if is_white else value(each).upper()
        elif name == "shd":
            face[name] = fill_of(each)
        elif name == "rFonts":
            named = value(each, "ascii") or value(each, "hAnsi")
            face["font"] = "" if value(each, "asciiTheme") else named or face.get("font", "")
        elif each.tag == _FILL:
            face |= _filled(each)
    return face


def fill_of(shading: Element | None) -> str:
    """Return the colour behind what is shaded so; "" when none is said."""
    fill = value(shading, "color" if value(shading) == "solid" else "fill").upper()
    return "" if fill == "AUTO" else fill


def _filled(fill: Element) -> Face:
    """Return what newer programs fill characters with: a colour, which may be transparent."""
    alpha = max((number(each.get(_SAID, "")) for each in fill.iter(_ALPHA)), default=0)
    if fill.find(_NO_FILL) is not None or alpha > _TRANSPARENT:
        return {"unfilled": "1"}
    themes = [each.get(_SAID) in _WHITES for each in fill.iter(_THEME)]
    colours = ["FFFFFF" for is_white in themes if is_white]
    colours += [each.get(_SAID, "").upper() for each in fill.iter(_COLOUR)]
    return {"color": colours[0]} if len(colours) == 1 else {}


def joined(paragraph: Mapping[str, str], character: Mapping[str, str]) -> Face:
    """Return what the styles of paragraph and characters give together."""
    face = {**paragraph, **character}
    for name in TOGGLES & paragraph.keys() & character.keys():
        face[name] = "1" if bool(paragraph[name]) != bool(character[name]) else ""
    return face
