"""Marking: the narrative that has the approved words of a text, and the marks of its outline."""

from __future__ import annotations

from collections.abc import Iterator

from ..problem import Faulty, Place, Problem, shown
from ..text.narrative import recover
from ..text.table import cells_of, write_row
from .outline import Proposal, Proposed
from .rows import Grid
from .source import Line

_RULE = "|---|"


def approved_text(proposal: Proposal) -> str:
    """Return the text that is to be approved, a paragraph or a row in each line."""
    return "\n".join(line.text for line in proposal.lines)


def narrative_text(proposal: Proposal, path: str) -> str:
    """Return the narrative; Faulty where the text itself has what only marks may have.

    It says what :func:`approved_text` says, line by line: it is read again and compared.
    """
    text = "\n\n".join(_blocks(proposal)) + "\n"
    own, _ = recover(path, text, approved_text(proposal))
    rows = {at for grid in proposal.shown for at in range(grid.first, grid.end)}
    wanted = [
        "\t".join(cells_of(line.text)) if at in rows else line.text.strip()
        for at, line in enumerate(proposal.lines)
    ]
    found = [line.text for line in own.lines]
    if found != wanted:
        at = next(
            (at for at, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b),
            min(len(wanted), len(found) - 1),
        )
        line = proposal.lines[min(at, len(proposal.lines) - 1)]
        message = f"{line.place}“{shown(line.text)}”看起来像标题、编号的记号，不能照样写进叙述"
        raise Faulty(Problem(Place(path), "import-unmarkable", message))
    return text


def _blocks(proposal: Proposal) -> Iterator[str]:
    """Yield the paragraphs, headings, marks and tables."""
    sections = {each.line: each for each in proposal.sections}
    grids = {at: grid for grid in proposal.shown for at in range(grid.first, grid.end)}
    rows: list[str] = []
    for at, line in enumerate(proposal.lines):
        section, grid = sections.get(at), grids.get(at)
        if section and not (section.marks or section.is_row):
            yield from _ended(rows)
            yield f"{{#{section.id}}}"
        if grid:
            if at == grid.first:
                yield from _ended(rows)
            rows += _row(line, at, grid, section)
            continue
        yield from _ended(rows)
        yield _heading(line, section) if section and section.marks else line.text.strip()
    yield from _ended(rows)


def _ended(rows: list[str]) -> Iterator[str]:
    if rows:
        yield "\n".join(rows)
        rows.clear()


def _row(line: Line, at: int, grid: Grid, section: Proposed | None) -> list[str]:
    row = write_row(cells_of(line.text), section.id if section and section.is_row else "")
    return [row, _RULE] if at == grid.first + grid.heads - 1 else [row]


def _heading(line: Line, section: Proposed) -> str:
    marks, text = "#" * section.marks, line.text.strip()
    if not section.rest:
        return f"{marks} {text} {{#{section.id}}}"
    return f"{marks} {text[: section.rest]}{{#{section.id}}} {text[section.rest :]}"
