"""Workbooks as people see them: sheets of cells, whatever program wrote them.

Only what is there is read, so that a cell in the last row of a sheet is one, and not a million.
"""

from __future__ import annotations

import datetime
import itertools
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from .parts import Parts, Tag, guarded, unescaped, unreadable

Sort = Literal["text", "number", "day", "truth", "error", "formula"]
CellValue = str | float | bool | datetime.datetime

MOST_CELLS = 300_000
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
# Numbers of formats that are days where Chinese is spoken, and have no code of their own.
_DAYS = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
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
    styles = [*_formats(parts, by_kind.get("styles", f"{folder}/styles.xml"))]
    sheets, since_1904 = list[Tag](), False
    for each in parts.tags(book):
        if each.is_start and each.name == "workbookPr":
            since_1904 = each.attributes.get("date1904") in ("1", "true", "on")
        elif each.is_start and each.name == "sheet":
            sheets.append(each)
    reader = _SheetReader(parts, texts.all, styles, since_1904=since_1904)
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
    """The texts that cells share, each once."""

    def __init__(self, parts: Parts, path: str) -> None:
        self.all: list[str] = []
        own, aside = list[str](), 0  # what says how a text is spoken is none of it
        for each in parts.tags(path):
            if each.name == "rPh":
                aside += 1 if each.is_start else -1
            elif not each.is_start and each.name == "t" and not aside:
                own.append(each.text)
            elif not each.is_start and each.name == "si":
                self.all.append(unescaped("".join(own)))
                own = []


def _formats(parts: Parts, path: str) -> Iterator[str]:
    """Yield the format of each style of cells."""
    known: dict[int, str] = dict(BUILTIN_FORMATS)
    is_of_cells = False
    for each in parts.tags(path):
        if each.is_start and each.name == "numFmt":
            known[int(each.attributes["numFmtId"])] = each.attributes.get("formatCode", "General")
        elif each.name == "cellXfs":
            is_of_cells = each.is_start
        elif each.is_start and each.name == "xf" and is_of_cells:
            number = int(each.attributes.get("numFmtId", "0"))
            yield known.get(number) or ("yyyy-mm-dd" if number in _DAYS else "General")


class _SheetReader:
    """Reads the sheets of one workbook, which may hold so many cells together."""

    def __init__(
        self, parts: Parts, texts: Sequence[str], formats: Sequence[str], *, since_1904: bool
    ) -> None:
        self.parts, self.texts, self.formats = parts, texts, formats
        self.zero = _ZERO[since_1904]
        self.first_day = 0 if since_1904 else _FIRST_DAY
        self.count = 0

    def read(self, path: str, title: str, *, hidden: bool) -> BookSheet:
        cells: dict[tuple[int, int], BookCell] = {}
        merged, rows, columns = list[Area](), set[int](), list[tuple[int, int]]()
        row = column = aside = 0
        style: Mapping[str, str] = {}
        inner: dict[str, str] = {}
        for each in self.parts.tags(path):
            known, is_start = each.attributes, each.is_start
            if each.name == "row" and is_start:
                row, column = int(known.get("r", row + 1)), 0
                if known.get("hidden") in ("1", "true"):
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
            elif each.name == "col" and is_start and known.get("hidden") in ("1", "true"):
                columns.append((int(known["min"]), int(known["max"])))
        return BookSheet(title, cells, merged, hidden, frozenset(rows), _covered(columns))

    def _cell(
        self, row: int, column: int, known: Mapping[str, str], inner: Mapping[str, str]
    ) -> BookCell | None:
        """Return what the cell holds, or None for one that is empty."""
        if not (0 < row <= _LAST_ROW and 0 < column <= _LAST_COLUMN):
            raise ValueError
        style = int(known.get("s", "0"))
        code = self.formats[style] if style < len(self.formats) else "General"
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
        return BookCell(row, column, *found, code) if found else None

    def _value(
        self, kind: str, inner: Mapping[str, str], code: str
    ) -> tuple[Sort, CellValue] | None:
        value = inner.get("v", "")
        match kind:
            case "s":
                text = self.texts[int(value)] if value else ""
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
