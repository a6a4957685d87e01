"""What a notice is called, and who publishes it, by its title, first words and signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...facts.model import Kind
from ...text.endings import DAY_ALONE
from ..source import Line
from .found import Leaf, leaf

_TITLE = re.compile(r".*(?:通报|公告|公示|情况|报告|方案|通知|公开|清单|台账)(?:[（(].*[）)])?")
_BODY = re.compile(
    r"(?:对|进驻)(?P<body>[^,，。;；:：“”（）()]{2,40}?)(?:[（(]以下[^）)]*[）)])?"
    r"(?:进行|开展|实施|领导班子|$)"
)
_OF_A_YEAR = re.compile(r"(?:\d{4}年|.{1,6}同志).*")
"""What was inspected of a body: 某局2021年度预算执行情况."""
_NO_BODY = re.compile("照|于|待|意见|问题|情况|工作|要求|^[我本该]")
_NAMED = re.compile(
    r"(?P<body>.{3,40}?(?:委员会|党委|党组|支部|总支|公司|集团|局|厅|院|中心|学校|大学|政府|办公室|街道|镇|乡))关于"
)
_SHORT = re.compile(r"(?:以下|下文)?简称[:：]?[“\"](?P<short>[^”\"]{2,20})[”\"]")
_NO_NAME = re.compile("附|特此|欢迎|联系|此件|（此件|（此页|抄送|公开(?:方式|属性)")


def names(
    begin: Sequence[Line],
    head: Sequence[Line],
    tail: Sequence[Line],
    kind: Kind,
    page: Line | None,
) -> dict[str, Leaf | Sequence[Leaf]]:
    """Return title, publisher and short name, and who else signs.

    ``begin`` are the lines before all headings, ``head`` those before anything is counted; ``page``
    is the title that stands outside of the text.
    """
    found: dict[str, Leaf | Sequence[Leaf]] = {}
    signed = [*signers(tail)]
    bodies = [*_bodies(head), *signed]
    titled = _title(begin) or (leaf(page.text, page) if page else None)
    if titled:
        found["title"] = titled
    elif bodies:
        line, words, _ = bodies[0]
        why = f"原文没有标题，照{line.place}拟的"
        found["title"] = leaf(f"{words}{kind.noun}整改情况", None, why)
    bodies = [*bodies, *_titled(begin, page, titled.value if titled else "")]
    if bodies:
        is_dated = bool(tail) and bool(DAY_ALONE.match(tail[-1].text.strip()))
        line, words, said = signed[0] if signed and is_dated else bodies[0]
        found["publisher"] = leaf(words, line, said)
        is_signed = bool(signed) and words == signed[0][1]
        shorts = [(each, match) for each in head for match in _SHORT.finditer(each.text)]
        found["short_name"] = (
            leaf(shorts[0][1]["short"], shorts[0][0], shorts[0][1][0])
            if shorts
            else leaf(words, line, said)
        )
        others = [each for each in signed if each[1] == each[2]][1:] if is_signed else []
        if others:
            found["joint"] = [leaf(other, at, said) for at, other, said in others]
    return found


def _title(begin: Sequence[Line]) -> Leaf | None:
    """Return the title that the text begins with, in one line or several."""
    words = ""
    for line in begin[:4]:
        if len(line.text) > 60 or re.search("[。；;：:！]", line.text):
            return None
        words += line.text.strip()
        if _TITLE.fullmatch(words):
            return leaf(words, line, words)
    return None


def _bodies(head: Sequence[Line]) -> Iterator[tuple[Line, str, str]]:
    """Yield who was inspected, as the first paragraphs say, and in which words."""
    for line in head:
        for match in _BODY.finditer(line.text):
            body = _OF_A_YEAR.sub("", match["body"])
            if len(body) > 1 and not _NO_BODY.search(body):
                yield line, body, match[0]


def _titled(
    begin: Sequence[Line], page: Line | None, title: str
) -> Iterator[tuple[Line, str, str]]:
    """Yield whose notice the text begins with: 某某局党组关于…的通报, in one line or in several."""
    lines = [*begin[:3], *([page] if page else [])]
    for line, text in [*((line, line.text) for line in lines), *((at, title) for at in lines[:1])]:
        if match := _NAMED.match(text):
            yield line, match["body"], match[0]


def signers(tail: Sequence[Line]) -> Iterator[tuple[Line, str, str]]:
    """Yield who signs: short lines without a sign in them, before the day or at the end."""
    for line in tail:
        text = line.text.strip()
        is_name = re.fullmatch(r"[^，。,；;：:！!？?\d\t]{3,40}", text)
        if is_name and not _NO_NAME.match(text) and not DAY_ALONE.match(text):
            yield line, text, text
        elif edited := re.fullmatch(r"责(?:任)?编(?:辑)?[:：](.{4,40})", text):
            yield line, edited[1], text
