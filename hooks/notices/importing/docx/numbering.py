"""Automatic numbers, counted as Word counts them.

Lists that share a definition count on together; one that says where to start again does so where
it is first used. A number is divided from its text by a tab or a space that is layout, as the
indent is: it is no part of the text, but where both would run together without it, and so is a
blank: ``第一章 总则``, ``1.1 概述``, ``1. 5万元``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml.etree import _Element as Element

from .faces import Face, face_of
from .formats import custom, printed
from .names import COMPATIBILITY, WORD_2010, child, is_on, number, value, w
from .styles import ListPlace, Styles
from .symbols import in_font

_PLACEHOLDER = re.compile(r"%([1-9])")
_WITHIN_NUMBERS = ".．,，:：-－–—+"
_STYLE_LINKS = 8  # how often a list may stand for another one


class Level(NamedTuple):
    """A level of a list: from which number, in which format and words it counts."""

    start: int
    form: str
    text: str
    suffix: str
    restart: int | None
    is_legal: bool
    style: str
    face: Face
    has_picture: bool


class Definition(NamedTuple):
    """What a list is: its levels, the key by which it counts, and where it starts again."""

    key: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Label(NamedTuple):
    """The number of a paragraph as it is printed; what of it is not known is None."""

    text: str | None
    suffix: str
    form: str


class Numbering:
    """The lists of a document, whose part of them is ``root``."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract = _by_id(root, "abstractNum", "abstractNumId")
        self._lists = _by_id(root, "num", "numId")
        self._known: dict[str, Definition | None] = {}

    def definition(self, list_id: str) -> Definition | None:
        """Return what the list ``list_id`` is; None when the document does not say it."""
        if list_id not in self._known:
            self._known[list_id] = self._read(list_id, _STYLE_LINKS)
        return self._known[list_id]

    def place(self, direct: ListPlace | None, style_id: str) -> tuple[str, int] | None:
        """Return list and level of a paragraph by its own properties and its style."""
        styled = self._styles.of_paragraph(style_id).place
        list_id = direct.list_id if direct else ""
        level = direct.level if direct else None
        if not list_id and styled:
            list_id = styled.list_id
        if level is None and list_id:
            level = self._linked(list_id, style_id)
        if level is None:
            level = styled.level if styled else None
        return (list_id, level or 0) if list_id and list_id != "0" else None

    def _linked(self, list_id: str, style_id: str) -> int | None:
        """Return the level of a list that says which style it belongs to."""
        definition = self.definition(list_id)
        by_style = {each.style: at for at, each in definition.levels.items()} if definition else {}
        chain = self._styles.of_paragraph(style_id).chain
        return next((by_style[each] for each in chain if each in by_style), None)

    def _read(self, list_id: str, links: int) -> Definition | None:
        instance = self._lists.get(list_id)
        abstract_id = value(child(instance, "abstractNumId"))
        abstract = self._abstract.get(abstract_id)
        if instance is None or abstract is None:
            return None
        link = value(child(abstract, "numStyleLink"))
        if link and links:
            linked = self._read(self._styles.numbering_style(link), links - 1)
            key, levels = (linked.key, {**linked.levels}) if linked else (abstract_id, {})
        else:
            key, levels = abstract_id, _levels(abstract)
        starts = {}
        for override in instance.iterfind(w("lvlOverride")):
            at = number(value(override, "ilvl"), -1)
            levels |= _levels(override)
            if (start := child(override, "startOverride")) is not None:
                starts[at] = number(value(start))
        return Definition(key, levels, starts)


class Counter:
    """Counts the paragraphs of one reading of a document."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        self._rooms: dict[str, str] = {}

    def next(self, list_id: str, at: int, room: str = "") -> Label:
        """Return the number of the next paragraph of a list, on level ``at`` from 0.

        A list that goes on in another ``room`` than it began in, in a text box or outside, is not
        counted alike by all programs.
        """
        definition = self._numbering.definition(list_id)
        level = definition.levels.get(at) if definition else None
        if definition is None or level is None:
            return Label(None, "", "")
        if self._rooms.setdefault(definition.key, room) != room:
            return Label(None, "", "box")
        counts = self._counts.setdefault(definition.key, {})
        if at in definition.starts and (list_id, at) not in self._started:
            self._started.add((list_id, at))
            counts.pop(at, None)
        start = definition.starts.get(at, level.start)
        counts[at] = counts[at] + 1 if at in counts else start
        for deeper in [each for each in counts if each > at]:
            if _restarts(definition.levels.get(deeper), at):
                del counts[deeper]
        if level.has_picture:
            return Label(None, level.suffix, "picture")
        return _label(definition, level, counts, at)


def _restarts(level: Level | None, at: int) -> bool:
    """Tell whether a level counts anew after a paragraph on level ``at`` above it."""
    return level is None or level.restart is None or at < level.restart


def _label(definition: Definition, level: Level, counts: dict[int, int], at: int) -> Label:
    if level.form == "bullet":
        return Label(in_font(level.text, level.face.get("font", "")), level.suffix, "bullet")
    unknown: list[str] = []

    def fill(match: re.Match[str]) -> str:
        wanted = int(match[1]) - 1
        named = definition.levels.get(wanted)
        if named is None or named.form in ("bullet", "none"):
            return ""
        form = level.form if wanted == at else named.form
        form = "decimal" if level.is_legal else form
        # Of a level that nothing was counted on yet, versions of Word do not print the same.
        count = counts.get(wanted)
        text = printed(count, form) if count is not None else None
        if text is None:
            unknown.append(form)
        return text or ""

    text = in_font(_PLACEHOLDER.sub(fill, level.text), level.face.get("font", ""))
    form = unknown[0] if unknown else level.form
    return Label(None if unknown else text, level.suffix, form)


def divided(label: Label, text: str) -> str:
    """Return what stands between a number and its text, as an approved text has it."""
    if label.suffix == "nothing" or not label.text or not text:
        return ""
    runs_together = _is_word(label.text[-1]) and _is_word(text[0])
    is_one_number = label.text[-1] in _WITHIN_NUMBERS and text[0].isdecimal()
    return " " if runs_together or is_one_number else ""


def _is_word(sign: str) -> bool:
    """Tell whether a sign runs together with one beside it; ① does not."""
    return sign.isalpha() or sign.isdecimal()


def _by_id(root: Element | None, name: str, key: str) -> dict[str, Element]:
    found = root.iterfind(w(name)) if root is not None else ()
    return {value(each, key): each for each in found}


def _levels(parent: Element) -> dict[int, Level]:
    found = {}
    for each in parent.iterfind(w("lvl")):
        at = number(value(each, "ilvl"), -1)
        if 0 <= at <= 8:
            found[at] = _level(each)
    return found


def _level(element: Element) -> Level:
    restart = child(element, "lvlRestart")
    said = child(element, "lvlText")
    return Level(
        start=number(value(child(element, "start")), 0),
        form=_form(element),
        text="" if said is None or value(said, "null") in ("1", "true", "on") else value(said),
        suffix=value(child(element, "suff")) or "tab",
        restart=number(value(restart)) if restart is not None else None,
        is_legal=is_on(child(element, "isLgl")),
        style=value(child(element, "pStyle")),
        face=face_of(child(element, "rPr")),
        has_picture=child(element, "lvlPicBulletId") is not None,
    )


def _form(element: Element) -> str:
    """Return the format of a level; one of its own stands beside what older programs print."""
    ways = element.iterfind(f"{{{COMPATIBILITY}}}AlternateContent/{{{COMPATIBILITY}}}Choice")
    for choice in ways:
        own = child(choice, "numFmt")
        if choice.nsmap.get(choice.get("Requires")) == WORD_2010 and own is not None:
            return custom(value(own, "format"))
    said = child(element, "numFmt")
    if value(said) == "custom":
        return custom(value(said, "format"))
    return value(said) or "decimal"
