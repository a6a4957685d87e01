"""Cells: what somebody has filled in as a value of the facts, or what is wrong with it.

What is plain however it is written is taken: a date in text with its year, month and day, digits of
full width, blanks at the ends. What could mean two things is refused, with what is allowed.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from ...facts import model
from ...problem import meant, shorten, shown, suggest
from .book import BookCell
from .columns import FactColumn, LedgerValue, plain

_DAY = re.compile(r"([0-9]{4}) ?[-./年] ?([0-9]{1,2}) ?[-./月] ?([0-9]{1,2}) ?日?")
_MONTH = re.compile(r"([0-9]{4}) ?[-./年] ?([0-9]{1,2}) ?月?")
_SHORT_YEAR = re.compile(r"[0-9]{2} ?[-./年] ?[0-9]{1,2} ?(?:[-./月] ?[0-9]{1,2} ?日?)?月?")
_NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_HOW = "应为日期，写成 2024-06-30 的样子"
_ALIKE = str.maketrans("己巳末", "已已未")
"""Letters that are taken for others."""
_LARGEST = 1e12
_FIRST, _LAST = 1900, 2199  # years of anything that a ledger is about
_SERIALS = range(25_569, 73_051)
"""Numbers that are days of 1970 to 2099 to a program."""


class WrongCell(Exception):
    """What stands in a cell is no value of its column: the rule, and what is wrong in Chinese;
    ``key`` is that of the column, where it is not plain of which cell this is said.
    """

    def __init__(self, rule: str, message: str, key: str = "") -> None:
        super().__init__(message)
        self.rule, self.message, self.key = rule, message, key


class Terms(NamedTuple):
    """The words that a cell may have for a status or a finding, and the id of each of them."""

    statuses: Mapping[str, str]
    findings: Mapping[str, str]

    def of(self, form: str) -> Mapping[str, str]:
        return self.statuses if form == "status" else self.findings


def terms_of(kind: model.Kind, words: model.Vocabulary) -> Terms:
    """Return the words that the cells of notices of a kind may have."""
    known = [each for each in words.statuses if not kind.statuses or each.id in kind.statuses]
    return Terms(
        {each.label: each.id for each in known}, {each.label: each.id for each in words.findings}
    )


def read_cell(cell: BookCell | None, column: FactColumn, terms: Terms) -> LedgerValue:
    """Return what somebody means with ``cell``, None for nothing; raise WrongCell."""
    if cell is None:
        return None
    refuse_unclear(cell)
    if cell.sort == "text" and not str(cell.value).strip():
        return None
    match column.form:
        case "day":
            return _day(cell)
        case "deadline":
            return _deadline(cell)
        case "number":
            return _number(cell)
        case "status" | "finding":
            return _word(cell, column, terms)
        case "lines":
            lines = (line.strip() for line in _text(cell).replace("\r", "").split("\n"))
            return "\n".join(filter(None, lines)) or None
    return _line(cell)


def refuse_unclear(cell: BookCell) -> None:
    """Raise WrongCell for what is no value at all."""
    if cell.sort == "formula":
        message = f"这是公式（{shorten(str(cell.value))}），不知道它的结果算不算数：改成值"
        raise WrongCell("ledger-formula", message)
    if cell.sort == "error":
        raise WrongCell("ledger-error-value", f"这一格是出错的结果 {cell.value}：填上内容")
    if cell.sort == "truth":
        message = "表格软件把这一格当成了真假值（TRUE、FALSE）：格式改成文本，重新填"
        raise WrongCell("ledger-truth", message)


def fact_of(column: FactColumn, value: LedgerValue, terms: Terms) -> object:
    """Return what the file of the item has for what stands in a cell; None for nothing."""
    if value is None:
        return None
    if column.form in ("status", "finding"):
        return terms.of(column.form)[str(value)]
    if column.form == "lines":
        return str(value).split("\n")
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _text(cell: BookCell) -> str:
    """Return the text of a cell; of one that a program took for something else, raise WrongCell."""
    if cell.sort == "day":
        message = "表格软件把这一格当成了日期：格式改成文本，重新填"
        raise WrongCell("ledger-not-text", message)
    if cell.sort == "number":
        number = float(str(cell.value))
        if not number.is_integer() or abs(number) >= 1e11:
            message = f"表格软件把这一格当成了数字 {number:g}：格式改成文本，重新填"
            raise WrongCell("ledger-not-text", message)
        return str(int(number))
    return str(cell.value)


def _line(cell: BookCell) -> str:
    text = _text(cell).replace("\r\n", "\n").strip()
    if "\n" in text or "\r" in text:
        raise WrongCell("ledger-line-break", "格子里不能换行：并成一行")
    if "\t" in text:
        raise WrongCell("ledger-line-break", "格子里有制表符（Tab）：删去")
    return text


def _day(cell: BookCell) -> datetime.date:
    if isinstance(cell.value, datetime.datetime):
        return _whole_day(cell.value)
    if cell.sort == "number":
        raise WrongCell("ledger-date", f"{_HOW}，现在是数字 {cell.value:g}{_as_a_day(cell)}")
    text = unicodedata.normalize("NFKC", str(cell.value)).strip()
    if match := _DAY.fullmatch(text):
        return _real(text, *map(int, match.groups()))
    raise WrongCell("ledger-date", f"{_HOW}，现在是“{shown(text)}”{_why_no_day(text)}")


def _whole_day(value: datetime.datetime) -> datetime.date:
    if value.time() != datetime.time():
        raise WrongCell("ledger-date", f"日期里还有时刻（{value:%H:%M}）：只填日期")
    return _real(f"{value:%Y-%m-%d}", value.year, value.month, value.day)


def _real(text: str, year: int, month: int, day: int) -> datetime.date:
    if not _FIRST <= year <= _LAST:
        message = f"“{text}”的年份不对：应在 {_FIRST} 至 {_LAST} 年之间"
        raise WrongCell("ledger-date", message)
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise WrongCell("ledger-date", f"没有“{shown(text)}”这样的日期") from None


def _as_a_day(cell: BookCell) -> str:
    number = float(str(cell.value))
    if not (number.is_integer() and int(number) in _SERIALS):
        return ""
    day = datetime.date(1899, 12, 30) + datetime.timedelta(days=int(number))
    return f"；是日期 {day} 的话，把格式改成日期"


def _why_no_day(text: str) -> str:
    if _MONTH.fullmatch(text):
        return "，没有写哪一天"
    if _SHORT_YEAR.fullmatch(text):
        return "，年份要写四位"
    return ""


def _deadline(cell: BookCell) -> datetime.date | str:
    """Return a day, a month or a word that stands for none."""
    how = f"应为日期（2024-06-30）、月份（2024-06），或者{'、'.join(model.NO_DAY)}"
    if isinstance(cell.value, datetime.datetime):
        if "d" not in cell.format.lower().replace("[red]", ""):
            month = f"{cell.value:%Y-%m}"
            message = f"{how}；表格软件把它当成了 {cell.value:%Y-%m-%d}，格式改成文本，再填 {month}"
            raise WrongCell("ledger-date", message)
        return _whole_day(cell.value)
    if cell.sort == "number":
        raise WrongCell("ledger-date", f"{how}，现在是数字 {cell.value:g}{_as_a_day(cell)}")
    text = unicodedata.normalize("NFKC", str(cell.value)).strip()
    if text in model.NO_DAY:
        return text
    if match := _DAY.fullmatch(text):
        return _real(text, *map(int, match.groups()))
    if match := _MONTH.fullmatch(text):
        day = _real(text, int(match[1]), int(match[2]), 1)
        return f"{day:%Y-%m}"
    near = meant(text, model.NO_DAY) or _why_no_day(text)
    raise WrongCell("ledger-date", f"{how}，现在是“{shown(text)}”{near}")


def _number(cell: BookCell) -> float:
    text = unicodedata.normalize("NFKC", str(cell.value)).strip()
    if cell.sort == "text" and not _NUMBER.fullmatch(text):
        raise WrongCell("ledger-number", f"应为数字，现在是“{shown(text)}”")
    if cell.sort == "day":
        raise WrongCell("ledger-number", "表格软件把这一格当成了日期：格式改成常规，重新填")
    number = float(text.replace(",", ""))
    if not 0 <= number <= _LARGEST:
        raise WrongCell("ledger-number", f"应为 0 至 {_LARGEST:g} 的数字，现在是 {number:g}")
    return number


def _word(cell: BookCell, column: FactColumn, terms: Terms) -> str:
    """Return the word for a status or a finding that is meant, also where its id stands."""
    known = terms.of(column.form)
    text = _line(cell)
    if text in known:
        return text
    if label := next((label for label, each in known.items() if each == text), None):
        return label
    what, rule = {"status": ("状态", "unknown-status"), "finding": ("核查结论", "unknown-finding")}[
        column.form
    ]
    raise WrongCell(rule, f"没有“{shown(text)}”这个{what}{suggest(text.translate(_ALIKE), known)}")


def same(cell: BookCell | None, recorded: str) -> bool:
    """Tell whether ``cell`` still holds what was written into it, and so was never touched."""
    if cell is None or isinstance(cell.value, bool):
        return cell is None and not recorded
    if isinstance(cell.value, datetime.datetime):
        return cell.value.isoformat() == f"{recorded}T00:00:00"
    if cell.sort == "text":
        return str(cell.value).replace("\r\n", "\n") == recorded.replace("\r\n", "\n")
    return cell.sort == "number" and plain(float(cell.value)) == recorded
