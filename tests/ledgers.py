"""Ledgers as a clerk fills them in: a workbook that was written, and cells that are changed."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from notices.importing.ledger.columns import TABLES
from notices.publishing.ledgers import Outcome, ledger_of, outcome, write

NAME = "台账.xlsx"
NOW = datetime.datetime(2026, 11, 28, 8, tzinfo=datetime.UTC)
HEADS = {table.title: [column.head for column in table.all] for table in TABLES}


class Desk:
    """A ledger of the project in ``root``, open on somebody's desk."""

    def __init__(self, root: Path, data: bytes | None = None) -> None:
        self.root = root
        self.data = data or ledger_of(root).data
        self.book: Workbook = load_workbook(io.BytesIO(self.data))

    def sheet(self, title: str = "台账") -> Worksheet:
        return self.book[title]

    def address(self, item: str, number: int, head: str, table: str = "台账") -> str:
        """Return where the cell is for an item, or a measure or an entry of it, by its head."""
        sheet = self.sheet(table)
        for row in range(2, sheet.max_row + 1):
            about = sheet.cell(row, 2).value, sheet.cell(row, 3).value or 0
            if about == (item, number):
                return f"{get_column_letter(HEADS[table].index(head) + 1)}{row}"
        raise LookupError((item, number))

    def put(self, address: str, value: Any, table: str = "台账", code: str = "") -> None:
        """Type ``value`` into a cell; text stays text, whatever it looks like."""
        cell = self.sheet(table)[address]
        cell.value = value
        if isinstance(value, str) and not value.startswith(("=", "#")):
            cell.data_type = "s"
        if code:
            cell.number_format = code

    def saved(self) -> bytes:
        stored = io.BytesIO()
        self.book.save(stored)
        return stored.getvalue()

    def outcome(self, *, is_part: bool = False) -> Outcome:
        """Return what comes of it as it lies there."""
        return outcome(self.root, NAME, self.saved(), NOW, is_part=is_part)

    def told(self) -> list[str]:
        return [str(problem) for problem in self.outcome().problems]

    def written(self) -> Outcome:
        """Put it into the project, and return what that made."""
        made = self.outcome()
        write(self.root, made)
        return made


def standing(root: Path) -> dict[str, bytes]:
    """Return all files of a project by their paths."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


Change = Callable[[Desk], None]
