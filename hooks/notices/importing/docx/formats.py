"""Number formats: how Word prints the number of a paragraph.

Only those, and as far, as every version of Word prints the same; of others nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_CHINESE = "〇一二三四五六七八九"
_LEGAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟")
_PLAIN = ("零一二三四五六七八九", "十百千")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_FULL_WIDTH = {ord(digit): 0xFF10 + int(digit) for digit in "0123456789"}
_PADDED = re.compile(r"(0*)1, \1?.*")

Format = Callable[[int], str | None]


def printed(number: int, form: str) -> str | None:
    """Return ``number`` as the format ``form`` prints it; None when that is not known for sure.

    A format of one's own is said by its first number: 001.
    """
    if re.fullmatch("0+1", form):
        return str(number).zfill(len(form)) if number >= 0 else None
    make = _FORMATS.get(form)
    return make(number) if make and (number > 0 or form in _WITH_ZERO) else None


def custom(pattern: str) -> str:
    """Return what a format of one's own is called here: ``001, 002, 003, ...`` is 001."""
    first = pattern.partition(",")[0].strip()
    return first if re.fullmatch("0+1", first) else f"custom {pattern}"


def _among(signs: str) -> Format:
    """Return the format that prints one of ``signs``, and knows no more."""
    return lambda number: signs[number - 1] if number <= len(signs) else None


def _run(first: str, count: int) -> str:
    return "".join(chr(ord(first) + offset) for offset in range(count))


def _counted(number: int, signs: tuple[str, str], *, has_one: bool = False) -> str | None:
    """Return a number in Chinese: 一百零五; in front of the ten of ten to nineteen stands a one
    only where it ``has_one``.
    """
    digits, powers = signs
    if number > 9999:
        return None
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit]
            text += powers[power - 1] if power else ""
        gap = not digit
    is_teen = not has_one and 10 <= number < 20
    return text[1:] if is_teen else text


def _below_hundred(number: int) -> str | None:
    return _counted(number, _PLAIN) if number < 100 else None


def _digits(number: int) -> str | None:
    """Return the digits one by one; which sign stands for nought, programs do not agree."""
    digits = str(number)
    return None if "0" in digits else "".join(_CHINESE[int(digit)] for digit in digits)


def _roman(number: int) -> str | None:
    if number > 3999:
        return None
    text = ""
    for worth, sign in _ROMAN:
        text += sign * (number // worth)
        number %= worth
    return text


def _lower_roman(number: int) -> str | None:
    text = _roman(number)
    return text.lower() if text else None


def _letters(first: str) -> Format:
    """Return the format that doubles letters after z: aa, bb."""

    def make(number: int) -> str | None:
        times, letter = divmod(number - 1, 26)
        return chr(ord(first) + letter) * (times + 1) if times < 30 else None

    return make


def _sixty(number: int) -> str | None:
    at = number - 1
    return _STEMS[at % 10] + _BRANCHES[at % 12] if number <= 60 else None


_FORMATS: Mapping[str, Format] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "numberInDash": lambda number: f"- {number} -",
    "decimalEnclosedCircle": _among(_run("①", 20)),
    "decimalEnclosedCircleChinese": _among(_run("①", 10)),
    "decimalEnclosedFullstop": _among(_run("⒈", 20)),
    "decimalEnclosedParen": _among(_run("⑴", 20)),
    "ideographEnclosedCircle": _among(_run("㊀", 10)),
    "ideographTraditional": _among(_STEMS),
    "ideographZodiac": _among(_BRANCHES),
    "ideographZodiacTraditional": _sixty,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "chineseCounting": _below_hundred,
    "japaneseCounting": _below_hundred,
    "taiwaneseCounting": _below_hundred,
    "taiwaneseCountingThousand": _below_hundred,
    "chineseCountingThousand": lambda number: _counted(number, _PLAIN),
    "chineseLegalSimplified": lambda number: _counted(number, _LEGAL, has_one=True),
    "ideographLegalTraditional": lambda number: _counted(
        number, _LEGAL_TRADITIONAL, has_one=True
    ),
    "upperRoman": _roman,
    "lowerRoman": _lower_roman,
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "none": lambda _: "",
}  # fmt: skip
_WITH_ZERO = {"decimal", "decimalHalfWidth", "decimalZero", "decimalFullWidth", "none"}
