"""The characters of a run, as it shows them, in pieces of which each is read in one way."""

from __future__ import annotations

import re

from ...text.characters import UNUSUAL, controls, hidden
from ..raising import raised
from .kinds import FLAT, HIDDEN, RAISED, Marks
from .look import Look
from .model import RunPiece
from .symbols import in_font

_LINE_ENDS = re.compile("[\u2028\u2029]")


def characters(text: str, look: Look, marks: Marks) -> tuple[list[RunPiece], str]:
    """Return the pieces of ``text``, and the signs of it that no character stands for."""
    text = _LINE_ENDS.sub("\n", text)
    signs = [in_font(sign, look.font) for sign in text] if in_font(text, look.font) is None else []
    unknown = [sign for sign, known in zip(text, signs, strict=False) if known is None]
    unknown += ["\ufffd"] * text.count("\ufffd")
    shown = "".join(filter(None, signs)) if signs else in_font(text, look.font) or ""
    shown = shown.upper() if look.is_capital else shown
    lost = " ".join(f"{look.font} U+{ord(sign):04X}".strip() for sign in unknown)
    above = raised(shown, look.raised)
    if above != shown:
        both = ((shown, FLAT), (above, RAISED))
        return [RunPiece(each, marks | {mark}, look.is_bold) for each, mark in both], lost
    return [*_seen(shown, marks, is_bold=look.is_bold)] if shown else [], lost


def _seen(text: str, marks: Marks, *, is_bold: bool) -> list[RunPiece]:
    """Return ``text``, and by themselves the characters of it that nobody sees."""
    if not UNUSUAL.search(text):
        return [RunPiece(text, marks, is_bold)]
    unseen = {each.offset for each in (*hidden(text), *controls(text))}
    unseen = {at for at in unseen if text[at] != "\ufffd"}
    pieces: list[RunPiece] = []
    start = 0
    for at in sorted(unseen):
        pieces += [RunPiece(text[start:at], marks, is_bold)] if text[start:at] else []
        pieces.append(RunPiece(text[at], marks | {HIDDEN}, is_bold))
        start = at + 1
    return [*pieces, RunPiece(text[start:], marks, is_bold)] if text[start:] else pieces
