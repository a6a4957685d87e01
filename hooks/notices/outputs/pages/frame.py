"""The frame: a page with slots in it, for what differs from one page of its type to the next.

It is rendered once, with a token in the place of each slot, and filled for each page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ...digest import digest

HEAD, TOPIC, BAR, CONTENTS, CONTENT, PAPER, CORRECTIONS = SLOTS = (
    "head", "topic", "bar", "contents", "content", "paper", "corrections",
)  # fmt: skip
"""What differs: what the page tells machines, its title as it stands in the header, what is
always one tap away, where its contents lead to, what it says, what only paper says, and where to
write that something is wrong.
"""

FRAGMENTS = "site/"
"""What the names of other slots begin with: fragments that people put into the pages they write."""


class Frame(NamedTuple):
    """What stands around the slots: texts and names of slots in turn, from a text to a text."""

    parts: tuple[str, ...]

    @classmethod
    def cut(cls, page: str, secret: str) -> Frame:
        """Return the frame that ``page`` is, in which :func:`token` with the same ``secret`` stands
        for the slots, by itself or in a comment.
        """
        pattern = re.escape(token("|", secret)).replace(r"\|", "([a-z/-]+)")
        return cls(tuple(re.split(f"(?:<!--)?{pattern}(?:-->)?", page)))

    @classmethod
    def of_type(cls, page: str, secret: str) -> Frame:
        """Return the frame of all pages of a type, which has each of SLOTS once."""
        frame = cls.cut(page, secret)
        if sorted(frame.slots) != sorted(SLOTS):
            raise ValueError(f"a frame has each slot once, and not {frame.slots}")
        return frame

    @property
    def slots(self) -> tuple[str, ...]:
        """The names of its slots, in their order."""
        return self.parts[1::2]

    @property
    def name(self) -> str:
        """A name that no other frame has."""
        return digest(*(part.encode() for part in self.parts))

    def filled(self, slots: Mapping[str, str]) -> str:
        """Return the page with ``slots`` by their name."""
        texts = (slots[part] if place % 2 else part for place, part in enumerate(self.parts))
        return "".join(texts)


def token(slot: str, secret: str) -> str:
    """Return what stands for ``slot`` in a page; nobody can have written it who has no secret."""
    return f"slot-{secret}-{slot}."
