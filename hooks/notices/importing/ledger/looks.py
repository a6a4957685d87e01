"""How the cells of a workbook look: their formats, what is struck, what nobody can see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS

from .parts import Parts, Tag

_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_DAY = 'yyyy"年"m"月"d"日"'
_CHINESE = {
    **dict.fromkeys((27, 36, 50, 52, 57), _YEAR_MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_DAY),
    30: "m-d-yy",
    31: _DAY,
    **dict.fromkeys((*range(32, 36), 55, 56), "h:mm"),
}
"""The codes of formats where Chinese is spoken, of which a workbook has but the numbers."""
_NOT = ("0", "false", "off")
_WHITE = ("FFFFFFFF", "00FFFFFF")


class CellLook(NamedTuple):
    """How a cell looks."""

    format: str = "General"
    is_struck: bool = False
    is_unseen: bool = False


class _Font(NamedTuple):
    is_struck: bool = False
    is_white: bool = False


def looks(parts: Parts, path: str) -> Iterator[CellLook]:
    """Yield the look of each style of cells."""
    known: dict[int, str] = {**dict(BUILTIN_FORMATS), **_CHINESE}
    fonts, filled, within = list[_Font](), list[bool](), ""
    for each in parts.tags(path):
        if each.name in ("fonts", "fills", "cellXfs", "cellStyleXfs", "dxfs"):
            within = each.name if each.is_start else ""
        elif not each.is_start:
            continue
        elif each.name == "numFmt":
            known[int(each.attributes["numFmtId"])] = each.attributes.get("formatCode", "General")
        elif within == "fonts":
            _font(each, fonts)
        elif within == "fills" and each.name == "patternFill":
            filled.append(each.attributes.get("patternType", "none") != "none")
        elif within == "fills" and each.name == "gradientFill":
            filled.append(True)
        elif within == "cellXfs" and each.name == "xf":
            yield _look(each, known, fonts, filled)


def _font(tag: Tag, fonts: list[_Font]) -> None:
    if tag.name == "font":
        fonts.append(_Font())
    elif tag.name == "strike" and fonts:
        fonts[-1] = fonts[-1]._replace(is_struck=is_on(tag))
    elif tag.name == "color" and fonts:
        given = tag.attributes
        is_white = given.get("rgb", "").upper() in _WHITE or given.get("theme") == "0"
        fonts[-1] = fonts[-1]._replace(is_white=is_white and "tint" not in given)


def is_on(tag: Tag) -> bool:
    """Tell whether a property that may be switched off is on."""
    return tag.attributes.get("val", "1") not in _NOT


def _look(xf: Tag, formats: dict[int, str], fonts: list[_Font], filled: list[bool]) -> CellLook:
    number, font, fill = (
        int(xf.attributes.get(name, "0")) for name in ("numFmtId", "fontId", "fillId")
    )
    own = fonts[font] if 0 <= font < len(fonts) else _Font()
    code = formats.get(number) or "General"
    has_fill = 0 <= fill < len(filled) and filled[fill]
    return CellLook(code, own.is_struck, (own.is_white and not has_fill) or code == ";;;")
