"""Encodings: what text some bytes are, where nobody says it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..problem import Faulty, Place, Problem, shown
from .source import Answers, Question

LARGEST = 20_000_000  # bytes of text: the longest notice has less than a million
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSED = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
# The characters that Chinese of either script cannot do without: in what is read wrongly, there
# are hardly any.
_USUAL = re.compile(
    "[，。、；：“”《》（）的一是不了在有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学"
    "法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样"
    "与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问题意建月公无系军很情者最立代想已通并提直党程展五果料象员革位入常文总次品式活设"
    "及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指整改责任务落实巡察督促措施完善单位监检查加强"
    "這個國們時來對後會發為與關於經還點條問題開無實體說過動學產業進應當變總黨機區]"
)
_NEEDED = 0.08  # of what is not ASCII must be usual
_SURE = 3.0  # times as much as in the next reading


class Reading(NamedTuple):
    """What bytes say in one encoding, and how much of that is usual Chinese, of 1."""

    encoding: str
    text: str
    usual: float


def decoded(data: bytes, name: str, answers: Answers, told: str = "") -> str | Question:
    """Return the text in ``data``, or the question which of several it is; Faulty when it is none.

    ``told`` is the encoding that the file itself names, which is believed if it gives usual text.
    """
    if len(data) > LARGEST:
        message = f"文件有 {len(data)} 个字节，最多读 {LARGEST} 个；多半放错了文件"
        raise Faulty(Problem(Place(name), "import-too-large", message))
    if answers.encoding:
        return _as_told(data, name, answers.encoding)
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _as_told(data, name, encoding)
    if data.isascii() and b"\0" not in data:
        return data.decode("ascii")
    readings = sorted(_readings(data, told), key=lambda each: -each.usual)
    best = _best(readings, told)
    if best:
        return best.text
    if not readings or readings[0].usual < _NEEDED / 4:
        raise Faulty(_unread(data, name))
    return _asked(name, readings[:3])


def _as_told(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except (LookupError, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            line = data[: error.start].count(b"\n") + 1
            message = f"第 {error.start + 1} 个字节起不是 {shown(encoding)} 编码，可能丢了字"
            raise Faulty(Problem(Place(name, line), "import-encoding", message)) from error
        message = f"没有“{shown(encoding)}”这种编码；常用的有 utf-8、gb18030、big5、utf-16"
        raise Faulty(Problem(Place(name), "import-encoding", message)) from error


def _readings(data: bytes, told: str) -> Iterator[Reading]:
    """Yield what ``data`` says in each encoding in which all of it can be read."""
    for encoding in dict.fromkeys((*filter(None, (told,)), *_GUESSED)):
        try:
            text = data.decode(encoding)
        except (LookupError, ValueError):
            continue
        others = sum(not sign.isascii() for sign in text)
        usual = len(_USUAL.findall(text)) / others if others else 0.0
        yield Reading(encoding, text, 0.0 if "\0" in text else usual)


def _best(readings: list[Reading], told: str) -> Reading | None:
    """Return the reading that is surely the right one, if one is.

    UTF-8 hardly ever happens by chance, so it need not look usual, unless another one does.
    """
    if not readings:
        return None
    first = readings[0]
    for each in readings:
        likely = each.usual * _SURE >= first.usual or first.usual < _NEEDED
        if each.encoding == "utf-8" and likely:
            return each
        if each.encoding == told and each.usual >= _NEEDED and likely:
            return each
    second = next((each.usual for each in readings[1:] if each.text != first.text), 0.0)
    return first if first.usual >= max(_NEEDED, _SURE * second) else None


def _asked(name: str, readings: list[Reading]) -> Question:
    texts = tuple(f"{each.encoding}：{shown(each.text, 40)}" for each in readings)
    answer = " / ".join(f"--encoding {each.encoding}" for each in readings)
    return Question("import-encoding", name, "看不准文字是哪种编码", texts, answer)


def _unread(data: bytes, name: str) -> Problem:
    """Return the problem that ``data`` is no text, or where text in the usual encoding breaks."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        readable = data[: error.start].decode("utf-8")
        if len(_USUAL.findall(readable)) > 4:
            line = readable.count("\n") + 1
            column = len(readable) - readable.rfind("\n")
            message = "从这里起不是 UTF-8 编码，可能丢了字；请在原来的软件里重新另存"
            return Problem(Place(name, line, column), "import-encoding", message)
    message = "认不出是什么编码的文字；请用记事本另存，编码选 UTF-8"
    return Problem(Place(name), "import-encoding", message)
