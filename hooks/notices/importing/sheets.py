"""Ledgers as an office has them, in a workbook or in a text with separators: rows of a table.

What a sheet shows is its text. What it does not show, or shows once for several cells, or has only
computed, is asked.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..problem import Faulty, Place, Problem, shorten, shown
from .across import stands_across
from .displayed import displayed
from .ledger.book import BookCell, BookSheet, letters, read_book
from .source import ACROSS, Answers, Line, Question, Source

_CLOSING = tuple("。！？；：，、.!?;:,")
_BLANKS = re.compile(r"[ \t\u3000\u00a0]+")
_ENOUGH = 20  # questions for anybody to answer at once
_MOST_CELLS = 300_000
_MOST_MERGED, _TALLEST, _WIDEST = 2_000, 200, 50  # of what is merged in any table that people read
_DAYS = {"slash": "{0.year}/{0.month}/{0.day}", "dash": "{0:%Y-%m-%d}"}
_DAYS["chinese"] = "{0.year}年{0.month}月{0.day}日"
Texts = Mapping[tuple[int, int], str]
"""What is in the cells, by row and column."""


class SheetText(NamedTuple):
    """The cells of a sheet as text, what is not plain of them, and what was left out."""

    texts: dict[tuple[int, int], str]
    questions: list[Question]
    problems: list[Problem]
    left: list[Line]


def read_sheets(data: bytes, name: str, answers: Answers) -> Source:
    """Return the rows of the one sheet of a workbook that is meant; raise Faulty for what no sheet
    can show.
    """
    sheets = [sheet for sheet in read_book(data, name) if _has_words(sheet)]
    seen = [sheet for sheet in sheets if not sheet.hidden or answers.hidden == "keep"]
    hidden = [sheet for sheet in sheets if sheet.hidden] if not answers.hidden else []
    questions = [_of_hidden(f"工作表“{shown(each.title)}”", _first(each)) for each in hidden]
    named = [sheet for sheet in seen if sheet.title == answers.sheet]
    if not seen:
        raise Faulty(Problem(Place(name), "import-empty", "工作簿里没有文字"))
    if answers.sheet and not named:
        titles = "、".join(sheet.title for sheet in seen)
        message = f"没有“{shown(answers.sheet)}”这张表；有的是：{titles}"
        raise Faulty(Problem(Place(name), "import-sheet", message))
    if len(seen) > 1 and not named:
        readings = tuple(f"{each.title}：{_first(each)}" for each in seen)
        answer = " / ".join(f"--sheet {each.title}" for each in seen)
        message = "有几张表，一次导入一张：是哪一张"
        return Source((), (*questions, Question("sheet-several", name, message, readings, answer)))
    sheet = (named or seen)[0]
    told = _told(sheet, name, answers)
    if told.problems:
        raise Faulty(*told.problems)
    refuse_wide(told.texts, name)
    across = frozenset(area.top for area in sheet.merged if area.right > area.left)
    rows = lines_of_rows(told.texts, across)
    return Source(tuple(rows), (*questions, *told.questions), tuple(told.left))


def refuse_wide(texts: Texts, name: str) -> None:
    """Raise Faulty for a table that would have more cells than anybody can read."""
    rows, columns = len({row for row, _ in texts}), len({column for _, column in texts})
    if rows * columns > _MOST_CELLS:
        message = f"表格有 {rows} 行、{columns} 列，太大了：只留要导入的，另存一份"
        raise Faulty(Problem(Place(name), "import-too-large", message))


def _has_words(sheet: BookSheet) -> bool:
    return any(str(cell.value).strip() for cell in sheet.cells.values())


def _first(sheet: BookSheet) -> str:
    """Return how the words of a sheet begin."""
    words = (str(sheet.cells[at].value) for at in sorted(sheet.cells))
    return shown(" ".join(filter(str.strip, list(words)[:6])))


def _told(sheet: BookSheet, name: str, answers: Answers) -> SheetText:
    told = SheetText({}, [], [], [])
    left_out = {row: f"第{row}行" for row in sheet.hidden_rows}
    unseen: dict[str, list[str]] = {}
    for at, cell in sorted(sheet.cells.items()):
        if max(len(told.questions), len(told.problems)) >= _ENOUGH:
            break
        words = _words(cell, name, answers, told)
        where = left_out.get(at[0]) or (
            f"{letters(at[1])}列" if at[1] in sheet.hidden_columns else ""
        )
        where = where or (cell.address if cell.is_unseen else "")
        if words and where and answers.hidden != "keep":
            unseen.setdefault(where, []).append(words)
            continue
        if words:
            told.texts[at] = words
    for where, some in unseen.items():
        if answers.hidden == "leave":
            told.left.append(Line("\t".join(some), where, tuple(some)))
        elif len(told.questions) < _ENOUGH:
            told.questions.append(_of_hidden(where, " ".join(some)))
    _unmerge(sheet, answers, told)
    return told


def _of_hidden(where: str, words: str) -> Question:
    readings = (f"是正文：{shorten(words)}", "不是正文，去掉")
    message = f"{where}的文字看不见（隐藏、白色或者太窄）"
    return Question("sheet-hidden", where, message, readings, "--hidden keep / --hidden leave")


def _words(cell: BookCell, name: str, answers: Answers, told: SheetText) -> str:
    """Return what a cell shows on one line; note what is not plain of it."""
    place = Place(name, cell.row, cell.column, cell.address)
    if cell.sort == "error" or str(cell.result).startswith("#"):
        message = f"这一格是出错的结果 {cell.result or cell.value}：在表里改好，存好再导入"
        told.problems.append(Problem(place, "import-error-value", message))
        return ""
    text = displayed(cell)
    if cell.left is not None and answers.struck != "keep":
        if not answers.struck:
            readings = (f"留下：{shown(str(text))}", f"去掉：{shown(cell.left)}")
            message = f"{cell.address} 的文字画了删除线"
            answer = "--struck keep / --struck leave"
            told.questions.append(Question("sheet-struck", cell.address, message, readings, answer))
        return one_line(cell.left)
    if cell.sort == "formula" and answers.formulas != "keep":
        if not answers.formulas:
            last = "" if text is None else text
            readings = (f"算出来的：{shown(last)}", "空的")
            message = f"{cell.address} 是公式（{shorten(str(cell.value))}），结果是上次打开时算的"
            answer = "--formulas keep / --formulas leave"
            told.questions.append(
                Question("sheet-formula", cell.address, message, readings, answer)
            )
        return ""
    value = cell.value if cell.sort != "formula" else cell.result
    is_day = isinstance(value, datetime.datetime) and value.time() == datetime.time()
    if text is None and is_day:
        return _of_day(cell, value, answers, told)
    if text is None:
        message = f"不知道这一格怎样显示（格式是 {shown(cell.format)}）：改成文本，照看到的重新填"
        told.problems.append(Problem(place, "import-number", message))
        return ""
    return one_line(text)


def _of_day(cell: BookCell, day: object, answers: Answers, told: SheetText) -> str:
    """Return a day whose format leaves it to the machine how it is shown, as it is answered."""
    if answers.dates in _DAYS:
        return _DAYS[answers.dates].format(day)
    readings = tuple(form.format(day) for form in _DAYS.values())
    answer = " / ".join(f"--dates {each}" for each in _DAYS)
    message = f"{cell.address} 的日期怎样显示，要看电脑的设置：照表格软件里看到的写"
    told.questions.append(Question("sheet-date", cell.address, message, readings, answer))
    return ""


def one_line(text: str) -> str:
    """Return a text that may have several lines as one, without the blanks around each."""
    whole = ""
    for line in text.replace("\r", "\n").split("\n"):
        words = _BLANKS.sub(" ", line).strip()
        joint = " " if whole and words and not whole.endswith(_CLOSING) else ""
        whole += joint + words
    return whole


def _unmerge(sheet: BookSheet, answers: Answers, told: SheetText) -> None:
    """Let what stands once for several cells stand in each of them, where that is the answer."""
    ends: dict[int, tuple[int, int]] = {}
    for row, column in told.texts:
        first, last = ends.get(row, (column, column))
        ends[row] = min(first, column), max(last, column)
    for area in sheet.merged[:_MOST_MERGED]:
        words = told.texts.get((area.top, area.left))
        rows = range(area.top, min(area.bottom, area.top + _TALLEST) + 1)
        own = [ends[row] for row in rows if row in ends]
        # What nothing else stands beside is no cell of a table.
        is_alone = all(area.left <= first and last <= area.right for first, last in own)
        if words is None or is_alone:
            continue
        if answers.merged == "repeat":
            across = range(area.left, min(area.right, area.left + _WIDEST) + 1)
            if len(told.texts) < _MOST_CELLS:  # else the table is refused for it
                told.texts.update({(row, at): words for row in rows for at in across})
        elif not answers.merged and len(told.questions) < _ENOUGH:
            readings = (f"每一格都是“{shown(words)}”", "只在第一格，其余空着")
            message = f"{area.address} 是合并的单元格"
            answer = "--merged repeat / --merged once"
            told.questions.append(Question("sheet-merged", area.address, message, readings, answer))


def lines_of_rows(texts: Texts, across: frozenset[int]) -> Iterator[Line]:
    """Yield the rows that hold something, all as wide.

    A lone text before or after them is a line of its own, and one that goes ``across`` its row.
    """
    columns = sorted({column for _, column in texts})
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), words in sorted(texts.items()):
        by_row.setdefault(row, {})[column] = words
    tables = [row for row, cells in by_row.items() if len(cells) > 1]
    for row, cells in by_row.items():
        own = tuple(cells.get(column, "") for column in columns)
        is_outside = not tables or row < tables[0] or row > tables[-1]
        is_lone = row in across or is_outside or stands_across(own)
        if len(columns) == 1 or (len(cells) == 1 and is_lone):
            yield Line(" ".join(cells.values()), f"第{row}行", level=0 if is_outside else ACROSS)
        else:
            yield Line("\t".join(own), f"第{row}行", own)
