r"""Tables: how a row stands in a narrative, and what the columns of a table hold.

A row is ``| 1 | 台账不全 | 补登 |``, with the id of a section at its end where it is one. ``|---|``
marks the rows before it as the head and is no text. A bar within a cell is ``\|``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, get_args

from .outline import TYPED, Id
from .sections import Cell, Line

Role = Literal["number", "title", "measure", "evidence", "responsible", "deadline"]
"""What a column may hold: the number of a row, what the item is called, what was done about it,
what came of that, who answers for it, until when."""
ROLES: tuple[Role, ...] = get_args(Role)

_ROW = re.compile(rf"\|(?P<cells>.*)(?<!\\)\|(?:\s*\{{#(?P<id>part-[0-9]+|{TYPED})\}})?")
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile("-{3,}")
# What heads are called where nobody says it; what comes first goes first.
_USUAL: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("number", re.compile("序号|编号")),
    ("responsible", re.compile("责任|牵头|配合")),
    ("deadline", re.compile("时限|期限|时间")),
    ("title", re.compile("问题|任务|事项|意见|建议")),
    ("evidence", re.compile("情况|状态|进展|进度|成效|结果")),
)
_COUNTED = re.compile(r"[\d０-９一二三四五六七八九十（）().、．]+")
HOW = "表格的一行写成“| 甲 | 乙 |”，是一条的在行尾加编号“| 甲 | 乙 | {#1}”；格子里的竖线写成“\\|”"


class Row(NamedTuple):
    """A row as it was read: the line, its cells with their places, and its id, which may be ""."""

    line: Line
    cells: tuple[Line, ...]
    id: Id


def read_row(line: Line) -> Row | None:
    """Return the row that ``line`` is, or None when it is none."""
    match = _ROW.fullmatch(line.text)
    if not match:
        return None
    cells, start = [], match.start("cells")
    for part in _BAR.split(match["cells"]):
        offset = start + len(part) - len(part.lstrip())
        cells.append(Line(line.at(offset), part.strip().replace("\\|", "|")))
        start += len(part) + 1
    texts = tuple(cell.text for cell in cells)
    return Row(Line(line.place, "\t".join(texts), texts), tuple(cells), Id(match["id"] or ""))


def cells_of(text: str) -> tuple[str, ...]:
    """Return the cells of a row in an approved text, without the blanks around them."""
    return tuple(cell.strip() for cell in text.split("\t"))


def is_rule(row: Row) -> bool:
    """Tell whether it is the rule below a head."""
    return not row.id and all(_RULE.fullmatch(cell.strip(":")) for cell in row.line.cells)


def write_row(cells: Sequence[str], section_id: str = "") -> str:
    """Return the line by which a narrative has a row with these cells."""
    mark = f" {{#{section_id}}}" if section_id else ""
    escaped = (cell.replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(escaped)} |{mark}"


class Table:
    """The tables of a narrative, row by row; ``roles`` are those of columns by their names."""

    def __init__(self, roles: Mapping[str, str]) -> None:
        self._roles = roles
        self._columns: list[tuple[str, str]] = []
        self._rows: list[Row] = []
        self._is_headed = False
        self.has_sections = False
        """Whether a row of the table that is open is a section."""

    def end(self) -> None:
        """End the table that is open: what comes is no row of it."""
        self._rows.clear()
        self._is_headed = self.has_sections = False

    def add(self, row: Row) -> str:
        """Take in a row; return what is wrong with it, or ""."""
        width = len(self._rows[0].cells) if self._rows else 0
        self._rows.append(row)
        if width and len(row.cells) != width:
            return (
                f"这一行有 {len(row.cells)} 格，表格的第一行有 {width} 格；空的格也要写出来：“| |”"
            )
        if not any(row.line.cells):
            return "这一行的格子全是空的，请删去"
        if any("\t" in cell for cell in row.line.cells):
            return "格子里面有制表符（Tab），请改用竖线把格子分开"
        if self.has_sections and not row.id:
            return "前面的行有编号，这一行也要有：如“{#2}”；不是一条的（如合计）写“{#part-1}”"
        return ""

    def head(self) -> tuple[int, str]:
        """Take the rows so far as the head; return how many they are, or what is wrong."""
        if not self._rows:
            return 0, "“|---|”上面要有表头的一行；两张表之间要有文字、标题或者单独一行编号"
        if self._is_headed or self.has_sections:
            return 0, "一张表只有一处“|---|”，在表头下面、有编号的行上面"
        self._is_headed = True
        self._columns = [*columns_of([row.line.cells for row in self._rows], self._roles)]
        return len(self._rows), ""

    def section(self, row: Row) -> tuple[int, tuple[Cell, ...]]:
        """Return of a row that is a section how many rows before it are a head, and its cells.

        A table without a head has the columns of the one before, if it has as many.
        """
        before = len(self._rows) - 1
        heads = 0 if self._is_headed or self.has_sections or not before else before
        if heads:
            rows = [each.line.cells for each in self._rows[:heads]]
            self._columns = [*columns_of(rows, self._roles)]
        self.has_sections = True
        if len(self._columns) == len(row.cells):
            columns = self._columns
        else:
            columns = [*_guessed(row.line.cells)]
        pairs = zip(row.cells, columns, strict=True)
        return heads, tuple(Cell(line, name, role) for line, (name, role) in pairs)


def heading(cells: Sequence[Cell], *, is_numbered: bool) -> Line:
    """Return the cell that says what a row is about: of one that is no item, 合计, the first."""
    titles = [each.line for each in cells if is_numbered and each.role == "title"]
    others = [each.line for each in cells if not (is_numbered and each.role == "number")]
    return next((each for each in (*titles, *others) if each.text), cells[0].line)


def head_names(heads: Sequence[tuple[str, ...]]) -> list[str]:
    """Return what columns are called: rows of heads below each other are read as one."""
    return ["".join(parts) for parts in itertools.zip_longest(*heads, fillvalue="")]


def columns_of(heads: list[tuple[str, ...]], roles: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return name and role of each column."""
    names = head_names(heads)
    told = [_told(name, heads, at, roles) for at, name in enumerate(names)]
    columns: list[tuple[str, str]] = []
    for name, role in zip(names, told, strict=True):
        taken = {each for _, each in columns} | {*told}
        usual = (each for each, words in _USUAL if words.search(name))
        free = (each for each in usual if each != "title" or "title" not in taken)
        columns.append((name, role or next(free, "measure")))
    return columns


def _told(name: str, heads: list[tuple[str, ...]], at: int, roles: Mapping[str, str]) -> str:
    cells = (row[at] for row in reversed(heads) if at < len(row))
    return next((roles[each] for each in (name, *cells) if each in roles), "")


def _guessed(cells: Sequence[str]) -> list[tuple[str, str]]:
    """Return the columns of a row that has no head: its title is the first that is no number."""
    words = [bool(cell) and not _COUNTED.fullmatch(cell) for cell in cells]
    title = words.index(True) if any(words) else 0
    return [
        ("", "number" if at < title else "title" if at == title else "measure")
        for at, _ in enumerate(cells)
    ]
