"""Reading a PDF: refused by name, or vouched for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any, NoReturn

from ...problem import Faulty, Place, Problem, shown
from ...text.characters import controls, hidden
from ..source import Answers, Line, Question, Source
from .extract import MOST_PAGES, PASSWORD, TOO_MANY
from .rows import FULL, UNSURE, YES, ColumnsError, PrintedRow, begins, edges, rows_of

_MOST = 50_000_000  # bytes
_SECONDS = 90
_MOST_PATHS = 5
"""Lines that are drawn on a page without being a table's."""
_RADICALS = re.compile("[\u2e80-\u2fdf]")
_NUMBER = re.compile(r"[\s—–\-－·第页共/]*\d{1,4}[\s—–\-－·第页共/\d]*")
_WORD = re.compile(r"[A-Za-z0-9]")
_INSTEAD = "请用 Word 的原件（.docx）导入；没有的，把文字复制到记事本，存成 .txt，再逐段核对"


def read_pdf(data: bytes, name: str, answers: Answers) -> Source:
    """Return the paragraphs of a PDF; raise Faulty where they would have to be guessed."""
    if len(data) > _MOST:
        message = f"文件超过了 {_MOST // 1_000_000} MB；{_INSTEAD}"
        raise Faulty(Problem(Place(name), "import-too-large", message))
    pages = _pages(data, name)
    for number, page in enumerate(pages, 1):
        _vouch(page, number, name)
    try:
        rows = [rows_of(number, page["signs"]) for number, page in enumerate(pages, 1)]
    except ColumnsError:
        _refuse(name, "文字分栏，或者在表格里，分不清先后")
    numbers = [each for page in rows for each in _numbers(page)]
    text = [row for page in rows for row in page if row not in numbers]
    if not text:
        _refuse(name, "里面没有文字，多半是扫描的图片")
    margins = [*_margins(text, len(pages))] if answers.headers else []
    lines, asked = _lines([row for row in text if row not in margins], name)
    asked = [each for each in asked if not (each.answer and answers.joints)]
    asked += [*_questions(pages, _margins(text, len(pages)), answers)]
    left = [Line(row.text, f"第{row.page}页") for row in (*numbers, *margins)]
    return Source(tuple(lines), tuple(asked), tuple(left))


def _refuse(name: str, why: str, page: int = 0) -> NoReturn:
    where = f"第 {page} 页" if page else ""
    raise Faulty(Problem(Place(name), "import-unreadable", f"PDF {where}{why}；{_INSTEAD}"))


def _pages(data: bytes, name: str) -> list[dict[str, Any]]:
    """Return what another process has taken the file apart into: none of its faults is ours."""
    command = [sys.executable, "-m", "notices.importing.pdf.extract"]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        _refuse(name, "太复杂，读不完")
    if done.returncode == PASSWORD:
        _refuse(name, "有密码")
    if done.returncode == TOO_MANY:
        _refuse(name, f"超过了 {MOST_PAGES} 页")
    if done.returncode:
        _refuse(name, "文件不完整、已经损坏，或者太复杂")
    pages: list[dict[str, Any]] = json.loads(done.stdout)
    return pages


def _vouch(page: dict[str, Any], number: int, name: str) -> None:
    """Refuse a page of which it is not sure that it says what it shows."""
    text = "".join(sign[0] for sign in page["signs"] if len(sign) > 1)
    if page["unseen"]:
        _refuse(name, "有看不见的文字，多半是扫描以后识别出来的，不能保证没有错字", number)
    if page["turned"]:
        _refuse(name, "是横着的", number)
    if page["paths"] > _MOST_PATHS:
        _refuse(name, "画了线，像是表格，分不清格子", number)
    if found := next((each.name for each in (*hidden(text), *controls(text))), ""):
        _refuse(name, f"有{found}，文字不能照原样取出来", number)
    if found := "".join(_RADICALS.findall(text)[:3]):
        _refuse(name, f"有康熙部首的字符“{found}”，看起来和汉字一样，却不是汉字", number)
    first, second = _squeezed(text), _squeezed(page["second"])
    if first != second:
        pairs = enumerate(zip(first, second, strict=False))
        at = next((at for at, pair in pairs if len({*pair}) > 1), min(len(first), len(second)))
        both = f"“{shown(first[at:], 8)}”和“{shown(second[at:], 8)}”"
        _refuse(name, f"两个程序读出来的文字不一样：{both}", number)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _numbers(page: list[PrintedRow]) -> list[PrintedRow]:
    """Return the row of a page that is its number: the first or the last, and nothing else."""
    return [row for row in {*page[:1], *page[-1:]} if _NUMBER.fullmatch(row.text)]


def _margins(rows: list[PrintedRow], pages: int) -> list[PrintedRow]:
    """Return the rows that stand on several pages at the same place: headers and footers."""
    places = Counter((row.text, round(row.bottom)) for row in rows)
    often = {place for place, count in places.items() if count > max(1, pages // 3)}
    return [row for row in rows if (row.text, round(row.bottom)) in often]


def _lines(rows: list[PrintedRow], name: str) -> tuple[list[Line], list[Question]]:
    """Return the paragraphs, and a question for each place where two readings are possible."""
    left, right = edges(rows)
    lines: list[Line] = []
    asked: list[Question] = []
    ways = [begins(*pair, left, right) for pair in zip([None, *rows], rows, strict=False)]
    is_indented = [row.left - left > row.size for row in rows]
    for row, way in zip(rows, ways, strict=True):
        if way == YES:
            lines.append(Line(row.text, f"第{row.page}页第{_count(lines, row) + 1}段"))
            continue
        before = lines[-1].text
        if way == UNSURE:
            asked.append(_either(lines[-1].place, before, row.text, is_paragraph=True))
        elif _WORD.match(row.text) and _WORD.match(before[-1]):
            asked.append(_either(lines[-1].place, before, row.text, is_paragraph=False))
        lines[-1] = lines[-1]._replace(text=before + row.text)
    if FULL in ways and not any(is_indented):
        _refuse(name, "段落开头没有缩进，分不清段落")
    return lines, asked


def _either(place: str, before: str, after: str, *, is_paragraph: bool) -> Question:
    """Return the question how the end of a row divides what stands around it."""
    first, second = before[-8:], after[:8]
    if is_paragraph:
        message = "这里是不是另起一段看不出来，请用 Word 的原件导入"
        return Question("pdf-paragraph", place, message, (first + second, f"{first}¶{second}"), "")
    message = "字母或者数字在行尾断开，中间有没有空格看不出来"
    readings = (first + second, f"{first} {second}")
    return Question("pdf-joint", place, message, readings, "--joints join")


def _count(lines: list[Line], row: PrintedRow) -> int:
    return sum(line.place.startswith(f"第{row.page}页") for line in lines)


def _questions(
    pages: list[dict[str, Any]], margins: list[PrintedRow], answers: Answers
) -> Iterator[Question]:
    for number, page in enumerate(pages, 1):
        place = f"第{number}页"
        if page["pictures"] and not answers.pictures:
            message = "这一页有图片，里面可能有文字"
            yield Question("pdf-picture", place, message, ("", ""), "--pictures leave")
        if page["notes"] and not answers.comments:
            message = "这一页有批注、印章或者表单"
            yield Question("pdf-comment", place, message, ("", ""), "--comments leave")
    for text in dict.fromkeys(row.text for row in margins):
        if not answers.headers:
            message = f"几页上同一个地方都有这一行，像是页眉或者页脚：“{shown(text)}”"
            yield Question("pdf-header", "", message, (text, ""), "--headers leave")
