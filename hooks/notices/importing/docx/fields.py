"""Fields: their results are text, and what makes the results is none."""

from __future__ import annotations

from dataclasses import dataclass, field

_SILENT = {
    "XE", "TC", "TA", "RD", "SET", "ASK", "PRIVATE", "NEXT", "NEXTIF", "SKIPIF", "HYPERLINK",
    "BOOKMARK", "DATABASE", "",
}  # fmt: skip
"""Fields that show nothing where they stand when they have no result."""
PAGE_NUMBERS = {"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"}


@dataclass
class Field:
    """A field that is open: what makes it, and whether its result has begun."""

    code: list[str] = field(default_factory=list)
    has_result: bool = False

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

    def turn(self, kind: str) -> Field | None:
        """Begin, go on to the result of, or end a field; return the one that ends without any."""
        if kind == "begin":
            self._open.append(Field())
        elif kind == "separate" and self._open:
            self._open[-1].has_result = True
        elif kind == "end" and self._open:
            ended = self._open.pop()
            if not ended.has_result and not self.in_code:
                return ended
        return None

    def left_open(self) -> list[str]:
        """Return what makes the fields that never end, and so hides all that comes behind them."""
        return [each.instruction for each in self._open if not each.has_result]


def name_of(instruction: str) -> str:
    """Return the name of a field by what makes it."""
    words = instruction.split(None, 1)
    return words[0].upper() if words else ""


def is_silent(instruction: str) -> bool:
    """Tell whether a field that has no result shows nothing."""
    return name_of(instruction) in _SILENT
