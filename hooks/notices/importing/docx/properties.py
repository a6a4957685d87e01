"""The properties of a paragraph: its number, its level, and how it ends."""

from __future__ import annotations

from lxml.etree import _Element as Element

from .faces import fill_of
from .kinds import BOX, CHANGES, HIDDEN, INSERTED, NONE, Marks
from .look import Looks, Surroundings
from .model import Doubt, Numbered
from .names import child, is_on, local, number, value
from .numbering import Numbering
from .styles import Styles, list_place, outline_level
from .tables import FLAT


class ParagraphProperties:
    """What the properties ``element`` of a paragraph, and its style, say."""

    def __init__(self, element: Element | None, styles: Styles) -> None:
        self._element = element
        self._own = {local(each): each for each in element} if element is not None else {}
        self._mark = self._own.get("rPr")
        self.style = value(self._own.get("pStyle"))
        self._styled = styles.of_paragraph(self.style)

    def _said(self, name: str) -> Element | None:
        return self._own.get(name, self._styled.properties.get(name))

    @property
    def level(self) -> int:
        """The outline level, from 1; 0 when it is no heading."""
        own = self._own.get("outlineLvl")
        return self._styled.level if own is None else outline_level(own)

    @property
    def is_centred(self) -> bool:
        """Whether it stands in the middle."""
        return value(self._said("jc")) == "center"

    @property
    def is_annotation(self) -> bool:
        """Whether an export wrote it beside the approved text."""
        return self._styled.is_annotation

    @property
    def ground(self) -> str:
        """The colour behind it; "" when none is said."""
        return fill_of(self._said("shd"))

    @property
    def marks(self) -> Marks:
        """How all of it is marked: in a frame of its own, which no initial has, or with no room."""
        frame, lines = self._said("framePr"), self._said("spacing")
        is_box = frame is not None and value(frame, "dropCap") in ("", "none")
        is_exact = value(lines, "lineRule") == "exact"
        is_flat = is_exact and number(value(lines, "line"), FLAT + 1) <= FLAT
        return frozenset(({BOX} if is_box else NONE) | ({HIDDEN} if is_flat else NONE))

    @property
    def goes_on(self) -> bool:
        """Whether the next paragraph stands in the same line: after an initial, or a heading that
        is run in.
        """
        initial = value(self._said("framePr"), "dropCap") in ("drop", "margin")
        return initial or self._is_run_in

    @property
    def _is_run_in(self) -> bool:
        return is_on(child(self._mark, "specVanish"))

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What an old program says, in its own way, of a tracked change of the number."""
        change = child(self._own.get("numPr"), "numberingChange")
        return () if change is None else (Doubt("renumbered", value(change, "original")),)

    def end(self, looks: Looks, around: Surroundings) -> Marks:
        """Return how its end is marked."""
        marks = {mark for name, mark in CHANGES.items() if child(self._mark, name) is not None}
        if not self._is_run_in and looks.is_vanished(self._mark, around):
            marks.add(HIDDEN)
        return frozenset(marks)

    def numbers(
        self, numbering: Numbering, looks: Looks, around: Surroundings
    ) -> tuple[Numbered | None, Numbered | None]:
        """Return its number, and the one it had before a tracked change."""
        now = self._numbered(self._element, self.style, numbering, looks, around)
        change = child(self._own.get("pPrChange"), "pPr")
        if change is None:
            return now, now
        style = value(child(change, "pStyle"))
        before = self._numbered(change, style, numbering, looks, around._replace(style=style))
        return now, before

    def _numbered(
        self, element: Element | None, style: str, numbering: Numbering, looks: Looks,
        around: Surroundings,
    ) -> Numbered | None:  # fmt: skip
        place = numbering.place(list_place(element), style)
        if place is None:
            return None
        definition = numbering.definition(place[0])
        level = definition.levels.get(place[1]) if definition else None
        look = looks.of(self._mark, around, level.face if level else None)
        is_hidden = HIDDEN in look.marks and not self._is_run_in
        marks = {HIDDEN} if is_hidden else set()
        if child(element, "numPr", "ins") is not None:
            marks.add(INSERTED)
        return Numbered(*place, frozenset(marks))
