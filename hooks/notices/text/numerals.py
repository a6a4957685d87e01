"""Numerals and printed ordinals: 三, 二十五, 一、, (一), 1., 1.1, (1), 1), ①, Ⅰ, A., 第一, 一是."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

_DIGITS = {"〇": 0, "两": 2} | {digit: n for n, digit in enumerate("零一二三四五六七八九")}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
_USUAL = str.maketrans(_FORMAL, "一二三四五六七八九十")

_CHINESE, _ARABIC = "[一二三四五六七八九十]{1,4}", "[0-9０-９]{1,3}"
_TWO = "[0-9]{1,2}"
_IN_CHAPTER = f"第({_CHINESE}|{_ARABIC})%s[ \u3000、:：]+"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
COUNTING = "一是"
"""The style that counts off measures in the middle of a paragraph, too."""
# How a line may be counted off, by style: brackets and marks half-width or full-width. 3.15 is a
# day.
_STYLES = (
    ("（一）", f"[(（] ?({_CHINESE}) ?[)）]"),
    ("第一", f"第({_CHINESE})[,，、:：]"),
    ("第一章", _IN_CHAPTER % "章"),
    ("第一节", _IN_CHAPTER % "节"),
    ("第一条", _IN_CHAPTER % "条"),
    ("第一个", _IN_CHAPTER % "个(?:问题|方面|任务)"),
    ("一、", f"({_CHINESE})[、.．]"),
    ("壹、", f"([{_FORMAL}]{{1,3}})[、.．]"),
    ("（壹）", f"[(（]([{_FORMAL}]{{1,3}})[)）]"),
    ("（一）", "([㈠-㈩])"),
    ("一）", f"({_CHINESE})[)）]"),
    (COUNTING, f"({_CHINESE})是"),
    ("（1）", f"[(（] ?({_ARABIC}) ?[)）]"),
    ("（1）", "([⑴-⒇])"),
    ("1）", f"({_ARABIC})[)）]"),
    ("1.1", f"[0-9]{{1,2}}(?:[.．][0-9]{{1,2}}){{0,2}}[.．]({_TWO})(?:[、.．]|(?=[ \u3000]))"),
    ("1.", f"({_ARABIC})[、.．](?![0-9０-９])"),
    ("1.", "([⒈-⒛])"),
    ("A.", "([A-Z])[、.．)）](?![A-Za-z0-9])"),
    ("a.", "([a-z])[、.．)）](?![A-Za-z0-9])"),
    ("①", f"([{_CIRCLED}])"),
    ("Ⅰ", f"([{_ROMAN}])[、.．]?"),
)
_PATTERN = "|".join(pattern for _, pattern in _STYLES)
_ORDINAL = re.compile(_PATTERN)
# An ordinal within a paragraph stands behind the end of a sentence; a comma is too weak a sign.
_ENDS = "。”;:!?)；：！？）"
_AT_FIRST = re.compile(rf"\s*(?:{_PATTERN})")
_WITHIN = re.compile(rf"[{_ENDS}]\s*(?:{_PATTERN})")


class Ordinal(NamedTuple):
    """The number that a line begins with: how it is written, what it is, and all of its words."""

    style: str
    printed: str
    value: int
    words: str


def number(text: str) -> Fraction:
    """Return what a number in digits or in Chinese numerals is: ``1,200``, ``10.5``, 二十五."""
    if text[0].isdecimal():
        return Fraction(text.replace(",", ""))
    if not _POWERS.keys() & set(text):
        return Fraction("".join(str(_DIGITS[digit]) for digit in text))
    total = digit = 0
    for sign in text:
        if sign in _POWERS:
            # 十九 has no 一 before its ten.
            total += (digit or 1) * _POWERS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return Fraction(total + digit)


def percent(text: str) -> str:
    """Return the digits of 九十四点六."""
    whole, _, decimals = text.partition("点")
    places = "".join(str(_DIGITS[digit]) for digit in decimals)
    return f"{number(whole)}.{places}" if places else str(number(whole))


def chinese_number(number: int) -> str:
    """Return 1–99 as a Chinese numeral, e.g. 3 → 三, 12 → 十二."""
    digits = "一二三四五六七八九"
    tens, ones = divmod(number, 10)
    prefix = "" if not tens else "十" if tens == 1 else digits[tens - 1] + "十"
    return prefix + (digits[ones - 1] if ones else "")


def read_ordinal(text: str) -> Ordinal | None:
    """Return the ordinal that ``text`` begins with."""
    match = _ORDINAL.match(text)
    return _read(match) if match else None


def without_ordinal(text: str) -> str:
    """Return ``text`` without the ordinal that it begins with."""
    match = _ORDINAL.match(text)
    return text[match.end() :] if match else text


def ordinals_within(text: str) -> Iterator[tuple[int, Ordinal]]:
    """Yield (offset, ordinal) of each at the beginning of ``text`` or of a sentence in it."""
    begin, match = 0, _AT_FIRST.match(text)
    while match or (match := _WITHIN.search(text, begin)):
        ordinal = _read(match)
        yield match.end() - len(ordinal.words), ordinal
        # With the bracket that ends this one, a sentence may have ended before the next.
        begin, match = match.end() - 1, None


def _read(match: re.Match[str]) -> Ordinal:
    assert match.lastindex
    printed, words = match[match.lastindex], match[0].lstrip(_ENDS).lstrip()
    return Ordinal(_STYLES[match.lastindex - 1][0], printed, _value(printed), words)


@functools.lru_cache(maxsize=1_000)
def _value(printed: str) -> int:
    for signs in (_CIRCLED, _ROMAN):
        if printed in signs:
            return signs.index(printed) + 1
    if printed.isascii() and printed.isalpha():
        return ord(printed.lower()) - ord("a") + 1
    plain = unicodedata.normalize("NFKC", printed.translate(_USUAL)).strip("().")
    return int(number(plain))
