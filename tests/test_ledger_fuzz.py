"""Whatever comes in the place of a ledger: problems in one line each, or a change that is sound.

Never a traceback, never a hang, never more than 500 MB, never half of it written. ``make fuzz``
tries ten times as much.
"""

from __future__ import annotations

import io
import os
import random
import re
import resource
import shutil
import signal
import sys
import time
import zipfile
from pathlib import Path

import pytest

import profiles
from ledgers import HEADS, NAME, NOW, Desk, standing
from notices.importing.ledger import workbook
from notices.importing.ledger.book import Area, BookCell, BookSheet, read_book
from notices.importing.ledger.filled import Filled
from notices.importing.ledger.merging import Now, merge
from notices.importing.ledger.own import OwnLedger
from notices.importing.ledger.own_table import own_table
from notices.importing.ledger.record import read_record
from notices.importing.sheets import read_sheets
from notices.importing.source import Answers
from notices.problem import Faulty, Problem
from notices.publishing import ledgers
from notices.publishing.ledgers import ledger_of, outcome, write
from once import once
from test_fuzz import copy_base

INPUTS = profiles.INPUTS // 4
WHOLE = INPUTS // 20  # of them that are tried on a project, which takes longer
SECONDS, MEGABYTES = 10, 500
_LINE = re.compile(r"台账\.xlsx:(?:1:1|(?:进展!|数字!)?[A-Z]{1,3}[0-9]+): \[[a-z-]+\] [^\n]+")
TOKENS = [
    b"<f>1+1</f>", b"<v>45473</v>", b"<v>1e999</v>", b"<v>NaN</v>", b"<v>-1</v>", b' t="e"',
    b' t="s"', b' t="b"', b' t="d"', b' t="inlineStr"', b' t="str"', b' s="999999"', b' r="A0"',
    b' r="XFD1048576"', b' r="1A"', b"</c>", b"<c>", b"</row>", b"<row>", b'<row r="1048577">',
    b"<is><t>", b"</t></is>", b"<rPh><t>a</t></rPh>", b"&#x0;", b"&lt;", b"&a;", b"<!DOCTYPE a>",
    b"<!--", b"]]>", b"<?a?>", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    b'<mergeCell ref="A"/>', b"_x000A_", b"_xD800_", b'date1904="1"', b'state="hidden"', b"\0",
    b'hidden="1"', b'<col min="1" max="99999999"/>', b"\xff\xfe", b'count="999999999"',
    "已完成".encode(), "\ufeff".encode(), b'numFmtId="14"', b"9" * 400,
]  # fmt: skip


def spoilt(chance: random.Random, data: bytes) -> bytes:
    """Return ``data`` with a few pieces changed, repeated, moved or taken out."""
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((0, 1, 3, 20, 200)))
        new = chance.choice((
            chance.choice(TOKENS), data[at:end] * chance.randrange(4), chance.randbytes(end - at),
            str(chance.choice((0, 1, -1, 2**31, 10**9, 0.5))).encode(), b"",
        ))  # fmt: skip
        data = data[:at] + new + data[end:]
    return data


def mutated(number: int, data: bytes, parts: dict[str, bytes]) -> bytes:
    """Return the ledger ``data`` spoilt in one of its parts, or as the archive that it is."""
    chance = random.Random(number)
    if number % 10 == 0:
        return spoilt(chance, data)
    changed = dict(parts)
    for name in chance.sample([*parts], chance.choice((1, 1, 1, 2))):
        if chance.random() < 0.05:
            del changed[name]
        else:
            changed[name] = spoilt(chance, changed[name])
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        for name, part in changed.items():
            archive.writestr(name, part)
    return stored.getvalue()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The ledger of a small project."""

    def make(folder: Path) -> None:
        project = copy_base(folder / "project")
        kind = project / "data/kinds/inspection.yml"
        kind.write_text(kind.read_text(encoding="utf-8") + OWN, encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(workbook, "FREE", 2)
            (folder / NAME).write_bytes(ledger_of(project).data)

    made = once(tmp_path_factory, "ledger-fuzz", make)
    return Desk(made / "project", (made / NAME).read_bytes())


@pytest.fixture(scope="module")
def parts(small: Desk) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(small.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


OWN = """\
ledger:
  编号: number
  问题或者措施: title
  整改状态: status
  依据：文件: document
  依据：文件日期: document_date
  责任单位: bodies
  完成时限: deadline
"""
"""Columns of the same ledger, as if it were an office's own."""
ANSWERS = (
    Answers(),
    Answers(hidden="keep", formulas="keep", merged="repeat", dates="dash", sheet="台账"),
)


def hold(problems: list[Problem] | tuple[Problem, ...]) -> None:
    """Hold each problem to the form in which a clerk is told."""
    for problem in problems:
        assert _LINE.fullmatch(str(problem)), str(problem)


def read(number: int, data: bytes, state: ledgers._State, now: Now) -> None:
    """Read ``data`` up to what it would change, as ours or an office's, or as a source."""
    words = state.settings.vocabulary
    (notice,) = state.notices.values()
    try:
        if number % 3 == 0:
            source = read_sheets(data, NAME, ANSWERS[number % 2])
            assert all("\n" not in line.text for line in source.lines)
            return
        sheets = read_book(data, NAME)
        record = read_record(sheets, NAME)
        if record is not None:
            filled = Filled(NAME, sheets, record)
            hold([*filled.problems, *filled.missing(), *merge(filled, now).problems])
        table = own_table(sheets, notice.kind, NAME)
        hold(OwnLedger(table, notice, words, NAME).merge().problems)
    except Faulty as fault:
        hold(fault.problems)


def test_whatever_comes_is_told_within_seconds_and_little_memory(
    small: Desk, parts: dict[str, bytes]
) -> None:
    """In a process of its own, which is weighed at its end; on a failure it says which input."""
    state = ledgers._State.of(small.root, ["fictional-2020"], NOW)
    now = state.now
    child = os.fork()
    if not child:
        status, number = 1, 0
        try:
            for number in range(INPUTS):
                signal.alarm(SECONDS)
                read(number, mutated(number, small.data, parts), state, now)
            status = 0
        finally:
            if status:
                print(f"input {number}", file=sys.stderr)
                sys.excepthook(*sys.exc_info())
            sys.stderr.flush()
            os._exit(status)
    _, status, usage = os.wait4(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    unit = 1 if sys.platform == "darwin" else 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert (usage.ru_maxrss - own) * unit / 1e6 < MEGABYTES


def test_whatever_comes_is_written_as_a_whole_or_not_at_all(
    small: Desk, parts: dict[str, bytes], tmp_path: Path
) -> None:
    """What is written passes as a change of a sound project, and once it is there, as none."""
    for number in range(INPUTS, INPUTS + WHOLE):
        root = shutil.copytree(small.root, tmp_path / str(number))
        data = mutated(number, small.data, parts)
        before = standing(root)
        try:
            made = outcome(root, NAME, data, NOW)
            write(root, made)
        except Faulty as fault:
            hold([each for each in fault.problems if each.place.path == NAME])
            assert standing(root) == before, number
            continue
        after = standing(root)
        assert {path for path in after if after[path] != before.get(path)} == {*made.files}
        assert outcome(root, NAME, data, NOW).files == {}, number


def cell(row: int, column: int, value: str) -> tuple[tuple[int, int], BookCell]:
    return (row, column), BookCell(row, column, "text", value)


MANY = 60_000
HARD: dict[str, list[tuple[tuple[int, int], BookCell]]] = {
    "rows of nothing": [cell(row, 2, f"9-{row}") for row in range(2, MANY)],
    "columns of nothing": [cell(row % 50 + 1, row % 16_000 + 1, "某某") for row in range(MANY)],
    "wrong words": [
        each
        for row in range(2, MANY // 3)
        for each in (cell(row, 2, "1-1-1"), cell(row, 4, "某年"), cell(row, 6, "完工"))
    ],
    "a diagonal": [cell(at, at, f"{at}") for at in range(1, 16_000)],
}


@pytest.mark.parametrize("name", HARD)
def test_no_arrangement_of_many_cells_takes_long(small: Desk, name: str) -> None:
    state = ledgers._State.of(small.root, ["fictional-2020"], NOW)
    heads = dict(cell(1, at, head) for at, head in enumerate(HEADS["进展"], 1))
    record = read_record(read_book(small.data, NAME), NAME)
    assert record
    sheets = [
        BookSheet(title, {**heads, **dict(HARD[name])}, [Area(1, 1, 1_048_576, 16_384)] * 9)
        for title in ("台账", "进展", "数字")
    ]
    begin = time.process_time()
    filled = Filled(NAME, sheets, record)
    assert filled.problems
    hold([*filled.problems, *filled.missing(), *merge(filled, state.now).problems])
    for table in (sheets[1]._replace(merged=()), sheets[1]):
        filled = Filled(NAME, [table], record)
        hold(merge(filled, state.now).problems)
    assert time.process_time() - begin < SECONDS
