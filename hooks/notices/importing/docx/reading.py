"""Reading a ``.docx``: what its text is, what must be asked, and what is left out."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from lxml.etree import _Element as Element

from ...problem import Faulty, Place, Problem
from ..source import Answers, Line, Question, Source
from .asking import answered, ask, ask_doubt, ask_numbers, complete, question, units
from .blocks import Setting, Story
from .kinds import KINDS, NOTE, Reading
from .look import Looks
from .model import Block, area, options_of, paragraphs
from .names import RELATIONSHIPS, child, local, w
from .notes import NAMES, Notes
from .numbering import Numbering
from .package import AGAIN, Package
from .printing import Printed, Printer, tidy
from .sniffing import is_zip, refuse_other
from .styles import Styles

_MARGINS = {"headerReference": "页眉", "footerReference": "页脚"}
_MOST_CELLS = 2_000_000  # also where no cell stands: another row may have one in that column
_NUMBER = re.compile(r"[\s\d０-９\-—–―－─·•.．/／第共页]*")
"""A page number, and what stands around it."""


def read_docx(data: bytes, name: str, answers: Answers) -> Source:
    """Return what the Word document says; raise Faulty when it is none, or unsound."""
    if not is_zip(data):
        refuse_other(data, name)
    try:
        return _read(Package(data, name), answers)
    except RecursionError:
        message = f"文件里一层套一层，套得太深；{AGAIN}"
        raise Faulty(Problem(Place(name), "import-unreadable", message)) from None


class Margin(NamedTuple):
    """A header or a footer: which, what it says, and what in it is no text."""

    place: str
    lines: tuple[Line, ...]
    others: tuple[str, ...]


def _read(package: Package, answers: Answers) -> Source:
    root = package.root(package.document)
    body = child(root, "body")
    if local(root) != "document" or body is None:
        package.refuse(f"文件里没有正文，不是 Word 文档；{AGAIN}")
    styles = Styles(package.related("styles"))
    numbering = Numbering(package.related("numbering"), styles)
    setting = Setting(styles, Looks(styles), numbering, Notes(package, body))
    blocks = Story(setting).read(body)
    blocks += _notes(setting)
    if area(blocks) > _MOST_CELLS:
        package.refuse_size("表格的行和列太多")
    margins = [*_margins(package, body, setting)]
    known = answered(answers)
    printers, printed = _print(blocks, numbering, known)
    questions = [*_questions(blocks, margins, known, printers)]
    lines = [each for each in printed if each.line.text]
    left = [line for margin in margins for line in margin.lines]
    left += [each.line for each in lines if each.is_annotation]
    text = tuple(each.line for each in lines if not each.is_annotation)
    return Source(text, tuple(dict.fromkeys(questions)), tuple(left))


def _print(
    blocks: tuple[Block, ...], numbering: Numbering, known: Reading
) -> tuple[dict[tuple[str, str], Printer], list[Printed]]:
    """Return who printed each reading that is still open, and the lines of the likeliest."""
    usual = complete(known)
    last = Printer(numbering, usual)
    printed = [*last.lines(blocks)]
    printers = {("", ""): last}
    for option in options_of(blocks) & {"changes", "hidden"} - known.keys():
        for value in KINDS[_OPENERS[option]].values:
            printers[option, value] = last
            if usual[option] != value:
                printers[option, value] = Printer(numbering, {**usual, option: value})
                deque(printers[option, value].lines(blocks), maxlen=0)
    return printers, printed


_OPENERS = {"changes": "inserted", "hidden": "hidden"}


def _questions(
    blocks: tuple[Block, ...], margins: list[Margin], known: Reading,
    printers: dict[tuple[str, str], Printer],
) -> Iterator[Question]:  # fmt: skip
    for unit in units(blocks):
        yield from ask(unit, known)
    yield from ask_numbers(blocks, printers)
    for printer in printers.values():
        for told in printer.told:
            yield from ask_doubt(told, known)
    for margin in margins:
        words = " ".join([*(line.text for line in margin.lines), *margin.others])
        if not _NUMBER.fullmatch(words) and "headers" not in known:
            yield question(KINDS["header"], margin.place, words, (words,))


def _notes(setting: Setting) -> tuple[Block, ...]:
    """Return what notes say that the text refers to, and those that they refer to."""
    blocks: list[Block] = []
    told: set[Element] = set()  # a note may refer to itself
    for kind, label, note, marks in setting.notes.referred:
        if note in told:
            continue
        told.add(note)
        story = Story(setting, f"{NAMES[kind]}{label}")
        read = story.read(note, marks | {NOTE})
        blocks += story.begun_with(read, label)
    return tuple(blocks)


def _margins(package: Package, body: Element, setting: Setting) -> Iterator[Margin]:
    relations = package.relations_by_id(package.document)
    named = {
        (each.get(f"{{{RELATIONSHIPS}}}id", ""), local(each))
        for each in body.iter(*map(w, _MARGINS))
    }
    for relation_id, name in sorted(named):
        relation = relations.get(relation_id)
        if relation and not relation.is_outside:
            yield _margin(_MARGINS[name], package.root(relation.target), setting)


def _margin(place: str, root: Element, setting: Setting) -> Margin:
    blocks = Story(setting, place).read(root)
    lines = [each.line for each in Printer(setting.numbering, {}).lines(blocks)]
    others = [doubt.text or "图片" for each in paragraphs(blocks) for doubt in each.doubts]
    return Margin(place, tuple(lines), tuple(map(tidy, others)))
