"""Questions: what in a document is not plainly its text, with what it would say either way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ...problem import shown
from ..source import Answers, Question
from .kinds import KINDS, RAISED, Inquiry, Marking, Marks, Reading, is_shown
from .model import Block, Doubt, RunPiece, WordParagraph, paragraphs
from .printing import Noticed, Printer, tidy

_AROUND = 12
"""Characters that a reading shows before and after what differs."""
_END, _LINE_END = "¶", "↵"
_DEFAULTS = {"changes": "accept"}
_COUNTED = {"changes": "renumbered", "hidden": "uncounted"}
"""Which numbers change when something before them is read in another way."""


class Unit(NamedTuple):
    """What is asked about at once: a paragraph, or a row of a table."""

    place: str
    pieces: tuple[RunPiece, ...]
    doubts: tuple[Doubt, ...]
    end: Marks


def answered(answers: Answers) -> Reading:
    """Return what the answers say, by option."""
    options = {kind.option: kind.values for kind in KINDS.values() if kind.option}
    said = {option: getattr(answers, option) for option in options}
    return {option: value for option, value in said.items() if value in options[option]}


def complete(known: Reading) -> Reading:
    """Return one reading of all options: what is not answered is left out, changes accepted."""
    options = {kind.option: kind.values for kind in KINDS.values() if kind.option}
    defaults = {option: _DEFAULTS.get(option, values[-1]) for option, values in options.items()}
    return {**defaults, **known}


def units(blocks: Iterable[Block]) -> Iterator[Unit]:
    """Yield what is asked about; annotations that an export wrote are not."""
    for block in blocks:
        if isinstance(block, WordParagraph):
            if not block.is_annotation:
                yield Unit(block.place, block.pieces, block.doubts, block.end)
            yield from units(block.boxes)
            continue
        for row in block.rows:
            inside = [each for cell in row.cells for each in paragraphs(cell.blocks)]
            inside = [each for each in inside if not each.is_annotation]
            pieces = [piece for each in inside for piece in (*each.pieces, RunPiece(" "))]
            doubts = tuple(doubt for each in inside for doubt in each.doubts)
            ends = frozenset(mark for each in inside[:-1] for mark in each.end)
            yield Unit(row.place, tuple(pieces), doubts, ends)


def ask(unit: Unit, known: Reading) -> Iterator[Question]:
    """Yield the questions about a unit that ``known`` does not answer."""
    asked: set[str] = set()
    for kind, words in _marked(unit, known).items():
        says = KINDS[kind]
        others = {"raised": "flat", **known}
        readings = [_text(unit, {**others, says.option: value}) for value in says.values]
        if words.strip() or readings[0] != readings[1]:
            asked.add(says.option)
            yield question(says, unit.place, words, excerpts(readings))
    for mark in sorted(unit.end):
        says = KINDS[mark.kind]
        text = _text(unit, known)
        if text and says.option not in asked and _is_open(mark, unit.end, known):
            ends = (f"…{text[-_AROUND:]}{_END}", f"…{text[-_AROUND:]}")
            is_first = mark.shown_by == says.values[0]
            yield question(says, unit.place, "段落标记", ends if is_first else ends[::-1])
            asked.add(says.option)
    for doubt in unit.doubts:
        yield from ask_doubt(Noticed(unit.place, doubt), known)


def ask_doubt(told: Noticed, known: Reading) -> Iterator[Question]:
    """Yield the question about something that is no text, unless it is answered or not there."""
    says, doubt = KINDS[told.doubt.kind], told.doubt
    if is_shown(doubt.marks, known) and not (says.option and says.option in known):
        readings = (doubt.text, "") if doubt.text.strip() else ()
        yield question(says, told.place, doubt.text, readings)


def ask_numbers(
    blocks: tuple[Block, ...], printers: Mapping[tuple[str, str], Printer]
) -> Iterator[Question]:
    """Yield a question for each number that is another one when an option is answered otherwise.

    ``printers`` have read the document with either value of the options that are not answered.
    """
    for option, kind in _COUNTED.items():
        both = [printers.get((option, value)) for value in KINDS[kind].values]
        first, second = both
        if first is None or second is None:
            continue
        for each in paragraphs(blocks):
            labels = first.labels.get(id(each)), second.labels.get(id(each))
            if None not in labels and labels[0] != labels[1]:
                readings = [
                    f"{label}{printer.text(each)[:_AROUND]}"
                    for label, printer in zip(labels, (first, second), strict=True)
                ]
                yield question(KINDS[kind], each.place, "", tuple(readings))


def question(kind: Inquiry, place: str, words: str, readings: tuple[str, ...]) -> Question:
    """Return a question of a kind."""
    said = f"{kind.message}：“{shown(words)}”" if words.strip() else kind.message
    return Question(kind.rule, place, said, readings, kind.answer)


def _marked(unit: Unit, known: Reading) -> dict[str, str]:
    """Return the text under each kind of mark that is still to be asked about."""
    found: dict[str, list[str]] = {}
    for piece in unit.pieces:
        for mark in piece.marks:
            if piece.text and mark != RAISED and _is_open(mark, piece.marks, known):
                found.setdefault(mark.kind, []).append(piece.text)
    return {kind: "".join(words) for kind, words in sorted(found.items())}


def _is_open(mark: Marking, marks: Marks, known: Reading) -> bool:
    """Tell whether a mark is to be asked about: no answer, and none that takes it away anyway."""
    return KINDS[mark.kind].option not in known and is_shown(marks - {mark}, known)


def _text(unit: Unit, reading: Reading) -> str:
    text = "".join(each.text for each in unit.pieces if is_shown(each.marks, reading))
    return tidy(text).replace("\n", _LINE_END)


def excerpts(readings: list[str]) -> tuple[str, ...]:
    """Return where two readings differ, with some characters around it."""
    first, second = readings
    if first == second:
        return tuple(shown(each, 4 * _AROUND) for each in readings)
    least = min(len(first), len(second))
    start = next((at for at in range(least) if first[at] != second[at]), least)
    rest = least - start
    end = next((at for at in range(rest) if first[-1 - at] != second[-1 - at]), rest)
    return tuple(_excerpt(each, start, len(each) - end) for each in readings)


def _excerpt(text: str, start: int, end: int) -> str:
    begin, stop = max(start - _AROUND, 0), end + _AROUND
    before, after = "…" if begin else "", "…" if stop < len(text) else ""
    return f"{before}{text[begin:stop]}{after}"
