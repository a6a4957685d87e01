"""Values: what a value of the facts may be, and the base of all models."""

from __future__ import annotations

import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

# One line of plain text, in which nothing opens a tag: the theme prints some of these where
# markup would be live.
OneLine = Annotated[str, Field(min_length=1, pattern=r"^([^<\r\n\t]|<[^<A-Za-z/!?\r\n\t])*$")]


class Copied:
    """Says of a text that it must stand in the approved text, character by character."""


Verbatim = Annotated[OneLine, Copied()]
# Patterns are read by Rust here and by JavaScript in editors: no \w, whose letters differ, and with
# \s what only one of them takes for a blank.
SPACE = r"\s\x85\uFEFF"
Email = Annotated[str, Field(pattern=rf"^[^@<>{SPACE}]+@[^@<>{SPACE}]+$")]
WebAddress = Annotated[str, Field(pattern=rf'^https?://[^"<>{SPACE}]+$')]
Date = datetime.date
LARGEST = 9999  # number that counts anything here
Count = Annotated[int, Field(ge=0, le=LARGEST)]
KindName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
PublisherName = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
# Those of China's, and the world's: a day must be the same on every machine.
TimeZone = Literal["Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Macau", "UTC"]
# A word that heads tables and names sheets of a workbook; no program takes it for anything else.
_LETTERS = r"A-Za-z\u3400-\u9FFF"
Word = Annotated[str, Field(pattern=rf"^[{_LETTERS}][{_LETTERS}（）“”·]{{0,19}}$")]
UNSTATED = "unstated"
USUAL_KIND = "inspection"
"""The kind of a notice that does not name its own, where its site does not either."""


def form(key: str, name: str = "") -> str:
    """Return what one of the forms is called in which the value of ``key`` may be written."""
    return f"|{key} {name}"


def key_as_text(value: object) -> object:
    """Return the number that a key may be to YAML as the text that is meant."""
    return str(value) if type(value) is int else value


def number_as_text(value: object) -> object:
    return str(value) if type(value) is int and 0 < value <= LARGEST else value


class Facts(BaseModel):
    """Base of all facts: strict types, no unknown keys, immutable."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)
    quotes_approved: ClassVar[bool] = False
    """Whether some of it is words of an approved text, which may have what facts may not."""
