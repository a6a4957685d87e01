"""Fields: their results are text, and what makes the results is none."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from .names import ON, value

LOCKED, STALE = "locked", "stale"

_SILENT = {
    "XE", "TC", "TA", "RD", "SET", "ASK", "PRIVATE", "NEXT", "NEXTIF", "SKIPIF", "HYPERLINK",
    "BOOKMARK", "DATABASE", "",
}  # fmt: skip
"""Fields that show nothing where they stand when they have no result."""
_OF_TODAY = {"DATE", "TIME"}
"""Fields whose results are made anew whenever somebody opens the file."""


@dataclass
class Field:
    """A field that is open: what makes it, whether its result has begun, and what becomes of that:
    LOCKED, it stays; STALE, it is made anew.
    """

    code: list[str] = field(default_factory=list)
    has_result: bool = False
    state: str = ""

    @property
    def instruction(self) -> str:
        """What makes the field."""
        return "".join(self.code).strip()


class Fields:
    """The fields that are open, from paragraph to paragraph."""

    def __init__(self) -> None:
        self._open: list[Field] = []

    @property
    def in_code(self) -> bool:
        """Tell whether what comes makes a field, and is not seen."""
        return any(not each.has_result for each in self._open)

    def say(self, text: str) -> None:
        """Take in what makes the innermost field."""
        if self._open and not self._open[-1].has_result:
            self._open[-1].code.append(text)

    def turn(self, kind: str, state: str = "") -> Field | None:
        """Begin, go on to the result of, or end a field; return the one that ends."""
        if kind == "begin":
            self._open.append(Field(state=state))
        elif kind == "separate" and self._open:
            self._open[-1].has_result = True
        elif kind == "end" and self._open:
            ended = self._open.pop()
            return None if self.in_code else ended
        return None

    def left_open(self) -> list[str]:
        """Return what makes the fields that never end, and so hides all that comes behind them."""
        return [each.instruction for each in self._open if not each.has_result]


def name_of(instruction: str) -> str:
    """Return the name of a field by what makes it."""
    words = instruction.split(None, 1)
    return words[0].upper() if words else ""


def is_settled(instruction: str, state: str, *, has_result: bool) -> bool:
    """Tell whether what a field shows is what it has as its result; else nobody knows it."""
    name = name_of(instruction)
    if has_result:
        return state == LOCKED or (state != STALE and name not in _OF_TODAY)
    return name in _SILENT


def state_of(element: Element) -> str:
    """Return what becomes of the result of a field that begins with ``element``."""
    if value(element, "fldLock") in ON:
        return LOCKED
    return STALE if value(element, "dirty") in ON else ""
