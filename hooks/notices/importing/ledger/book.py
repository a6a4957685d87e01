"""Workbooks as people see them: sheets of cells, whatever program wrote them.

Only what is there is read, so that a cell in the last row of a sheet is one, and not a million.
"""

from __future__ import annotations

import datetime
import itertools
import posixpath
import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from openpyxl.styles.numbers import is_date_format

from .looks import CellLook, is_on, looks
from .parts import Parts, Tag, guarded, unescaped, unreadable

Sort = Literal["text", "number", "day", "truth", "error", "formula"]
CellValue = str | float | bool | datetime.datetime

MOST_CELLS = 300_000
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_THINNEST = 1.0  # points of a row, characters of a column: what is thinner, nobody reads
_FIRST_DAY = 61  # before it, programs count days differently
_ZERO = {False: datetime.datetime(1899, 12, 30), True: datetime.datetime(1904, 1, 1)}  # noqa: DTZ001


class BookCell(NamedTuple):
    """A cell that holds something: of a formula its text; ``result`` is what that gave last."""

    row: int
    column: int
    sort: Sort
    value: CellValue
    format: str = "General"
    result: CellValue | None = None
    left: str | None = None
    """What is left of its text without what is struck through, if anything of it is."""
    is_unseen: bool = False
    """Whether it is written in white on white, or its format shows nothing."""

    @property
    def address(self) -> str:
        return f"{letters(self.column)}{self.row}"


class Area(NamedTuple):
    """Cells that were merged: from the first row and column to the last ones."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def address(self) -> str:
        return f"{letters(self.left)}{self.top}:{letters(self.right)}{self.bottom}"


class BookSheet(NamedTuple):
    """A sheet: its cells by row and column, what is merged, and what programs do not show."""

    title: str
    cells: Mapping[tuple[int, int], BookCell]
    merged: Sequence[Area] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def rows(self) -> dict[int, dict[int, BookCell]]:
        """Return the cells of each row that has any, by their columns, in order."""
        found: dict[int, dict[int, BookCell]] = {}
        for row, column in sorted(self.cells):
            found.setdefault(row, {})[column] = self.cells[row, column]
        return found


def letters(column: int) -> str:
    """Return what programs call a column, counted from 1."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def read_book(data: bytes, name: str) -> list[BookSheet]:
    """Return the sheets of the workbook ``data``; raise Faulty when it is none, or too large."""
    return guarded(name, _read, Parts(data, name))


def _read(parts: Parts) -> list[BookSheet]:
    top = _targets(parts, "_rels/.rels", "")
    book = next((each for kind, each in top.values() if kind == "officeDocument"), "")
    book = book or "xl/workbook.xml"
    folder, _, file = book.rpartition("/")
    targets = _targets(parts, f"{folder}/_rels/{file}.rels".lstrip("/"), folder)
    by_kind = dict(targets.values())
    texts = _SharedTexts(parts, by_kind.get("sharedStrings", f"{folder}/sharedStrings.xml"))
    styles = [*looks(parts, by_kind.get("styles", f"{folder}/styles.xml"))]
    sheets, since_1904 = list[Tag](), False
    for each in parts.tags(book):
        if each.is_start and each.name == "workbookPr":
            since_1904 = each.attributes.get("date1904") in ("1", "true", "on")
        elif each.is_start and each.name == "sheet":
            sheets.append(each)
    reader = _SheetReader(parts, texts, styles, since_1904=since_1904)
    found = []
    for each in sheets:
        kind, target = targets.get(_id(each), ("", ""))
        if kind == "worksheet":  # and no chart
            hidden = each.attributes.get("state", "visible") != "visible"
            found.append(reader.read(target, each.attributes["name"], hidden=hidden))
    if not found:
        raise unreadable(parts.name, "里面没有工作表")
    return found


def _targets(parts: Parts, path: str, folder: str) -> dict[str, tuple[str, str]]:
    """Return kind and path of what a part leads to, by its name there."""
    found = {}
    for each in parts.tags(path):
        if each.is_start and each.name == "Relationship":
            target = each.attributes.get("Target", "")
            whole = target.lstrip("/") if target[:1] == "/" else posixpath.join(folder, target)
            kind = each.attributes.get("Type", "").rpartition("/")[2]
            found[each.attributes.get("Id", "")] = (kind, posixpath.normpath(whole))
    return found


def _id(tag: Tag) -> str:
    """Return the name by which a tag leads to another part, whatever its namespace is called."""
    found = (value for name, value in tag.attributes.items() if name.rpartition(":")[2] == "id")
    return next(found, "")


class _SharedTexts:
    """The texts that cells share, each once, and what is left of each without what is struck."""

    def __init__(self, parts: Parts, path: str) -> None:
        self.all: list[str] = []
        self.left: dict[int, str] = {}
        own, aside = list[tuple[str, bool]](), 0  # what says how a text is spoken is none of it
        is_struck = False
        for each in parts.tags(path):
            if each.name == "rPh":
                aside += 1 if each.is_start else -1
            elif each.name == "r":
                is_struck = False
            elif each.is_start and each.name == "strike":
                is_struck = is_on(each)
            elif not each.is_start and each.name == "t" and not aside:
                own.append((each.text, is_struck))
            elif not each.is_start and each.name == "si":
                if any(struck for _, struck in own):
                    left = "".join(text for text, struck in own if not struck)
                    self.left[len(self.all)] = unescaped(left)
                self.all.append(unescaped("".join(text for text, _ in own)))
                own = []


class _SheetReader:
    """Reads the sheets of one workbook, which may hold so many cells together."""

    def __init__(
        self, parts: Parts, texts: _SharedTexts, looks: Sequence[CellLook], *, since_1904: bool
    ) -> None:
        self.parts, self.texts, self.looks = parts, texts, looks
        self.zero = _ZERO[since_1904]
        self.first_day = 0 if since_1904 else _FIRST_DAY
        self.count = 0

    def read(self, path: str, title: str, *, hidden: bool) -> BookSheet:
        cells: dict[tuple[int, int], BookCell] = {}
        merged, rows, columns = list[Area](), set[int](), list[tuple[int, int]]()
        row = column = aside = 0
        flat = False
        style: Mapping[str, str] = {}
        inner: dict[str, str] = {}
        for each in self.parts.tags(path):
            known, is_start = each.attributes, each.is_start
            if each.name == "row" and is_start:
                row, column = int(known.get("r", row + 1)), 0
                if _is_hidden(known, "ht", is_flat=flat):
                    rows.add(row)
            elif each.name == "c" and is_start:
                row, column = _place(known["r"]) if "r" in known else (row, column + 1)
                style, inner = known, {}
            elif each.name == "rPh":
                aside += 1 if is_start else -1
            elif not is_start and each.name in ("v", "f", "t") and not aside:
                inner[each.name] = inner.get(each.name, "") + each.text
            elif each.name == "c":
                if cell := self._cell(row, column, style, inner):
                    cells[row, column] = cell
            elif each.name == "mergeCell" and is_start:
                merged.append(_area(known["ref"]))
            elif each.name == "sheetFormatPr" and is_start:
                flat = known.get("zeroHeight") in ("1", "true")
            elif each.name == "col" and is_start and _is_hidden(known, "width"):
                columns.append((int(known["min"]), int(known["max"])))
        return BookSheet(title, cells, merged, hidden, frozenset(rows), _covered(columns))

    def _cell(
        self, row: int, column: int, known: Mapping[str, str], inner: Mapping[str, str]
    ) -> BookCell | None:
        """Return what the cell holds, or None for one that is empty."""
        if not (0 < row <= _LAST_ROW and 0 < column <= _LAST_COLUMN):
            raise ValueError
        style = int(known.get("s", "0"))
        look = self.looks[style] if 0 <= style < len(self.looks) else CellLook()
        code = look.format
        found = self._value(known.get("t", "n"), inner, code)
        if found is None and "f" not in inner:
            return None
        self.count += 1
        if self.count > MOST_CELLS:
            message = f"有内容的格超过了 {MOST_CELLS} 个，不像是台账，没有打开"
            raise unreadable(self.parts.name, message)
        if "f" in inner:
            formula = f"={inner['f']}"
            return BookCell(row, column, "formula", formula, code, found[1] if found else None)
        left = "" if look.is_struck else None
        if known.get("t") == "s" and left is None:
            left = self.texts.left.get(int(inner["v"]))
        return BookCell(row, column, *found, code, None, left, look.is_unseen) if found else None

    def _value(
        self, kind: str, inner: Mapping[str, str], code: str
    ) -> tuple[Sort, CellValue] | None:
        value = inner.get("v", "")
        match kind:
            case "s":
                text = self.texts.all[int(value)] if value else ""
            case "inlineStr":
                text = unescaped(inner.get("t", ""))
            case "str":
                text = unescaped(value)
            case "b":
                return ("truth", value in ("1", "true")) if value else None
            case "e":
                return "error", value
            case "d":
                return "day", datetime.datetime.fromisoformat(value).replace(tzinfo=None)
            case _:
                return self._number(value, code) if value else None
        return ("text", text) if text else None

    def _number(self, value: str, code: str) -> tuple[Sort, CellValue]:
        number = float(value)
        if is_date_format(code) and self.first_day <= number < 2_958_466:
            return "day", self.zero + datetime.timedelta(seconds=round(number * 86_400))
        return "number", number


def _is_hidden(known: Mapping[str, str], size: str, *, is_flat: bool = False) -> bool:
    """Tell whether a row or column is not shown, or so thin that nobody can read it."""
    if known.get("hidden") in ("1", "true"):
        return True
    return float(known[size]) < _THINNEST if size in known else is_flat


def _covered(ranges: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Return the columns that any of ``ranges`` has, from its first to its last, however many."""
    steps = [0] * (_LAST_COLUMN + 2)
    for first, last in ranges:
        if 1 <= first <= last <= _LAST_COLUMN:
            steps[first] += 1
            steps[last + 1] -= 1
    depths = itertools.accumulate(steps)
    return frozenset(column for column, depth in enumerate(depths) if depth > 0)


def _place(reference: str) -> tuple[int, int]:
    """Return row and column of a cell that is called so."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def _area(reference: str) -> Area:
    first, _, last = reference.partition(":")
    return Area(*_place(first), *_place(last or first))
