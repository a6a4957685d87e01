"""Digits as people write them: in any script, in groups, with anything between that a reader skips.

:func:`runs` cuts from a text what may hold a number, :func:`groups` cuts that. What of it may be
joined to one is for :mod:`.numbers` to say.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# Chinese digits with those of amounts, and what is said or drawn for 1 and 0; with a circle or in
# brackets they are headings more often than not, but so are ① and (1).
_CHINESE = dict(
    zip(
        "〇零○一幺二三四五六七八九壹贰叁肆伍陆柒捌玖㈠㈡㈢㈣㈤㈥㈦㈧㈨㊀㊁㊂㊃㊄㊅㊆㊇㊈",
        "000112345678912345678912345678912345678" + "9",
        strict=True,
    )
)
# Where the decimal digits of each script begin: Latin, Arabic, Devanagari, … full-width.
_ZEROS = "0٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀႐០᠐᥆᧐᪀᪐᭐᮰᱀᱐꘠꣐꤀꧐꧰꩐꯰０"
_DECIMAL = "".join(f"{zero}-{chr(ord(zero) + 9)}" for zero in _ZEROS)
# What is no digit to Unicode, and has the value of one: ², ₂, ②, ⑵, ⒉, ⓶, ❷, ➁, ➋.
_SET = "²³¹⁰⁴-⁹₀-₉①-⑨⓪⑴-⑼⒈-⒐⓵-⓽⓿❶-❾➀-➈➊-➒"
# Those of mathematics, and with a full stop or comma. They stand so far behind all others that a
# pattern with both takes three times as long.
_NEARER = {
    code: str(unicodedata.digit(chr(code)))
    for code in (*range(0x1D7CE, 0x1D800), *range(0x1F100, 0x1F10B))
}
DIGIT = f"[{_DECIMAL}{''.join(_CHINESE)}{_SET}]"
"""One digit, as a pattern."""

# What a reader does not see at all, and so takes the digits on both sides as one number.
UNSEEN = "\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
_SPACES = " \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_DASHES = "\\-\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_DOTS = ".\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff0e\uff65"
_SLASHES = "/\\\\\u2044\u2215\uff0f"
BETWEEN = f"{UNSEEN}{_SPACES}{_DASHES}{_DOTS}{_SLASHES}_\uff3f*()（）\n"
"""What may stand between the groups of a number, as the inside of a set of characters."""

# Long enough to be looked at. What has no other character than a run, and is as long, is found in
# a third of the time; everything else costs one pass of that.
_LONG = re.compile(f"{DIGIT}[{BETWEEN}{DIGIT[1:-1]}]{{10,}}+")
_RUN = re.compile(f"{DIGIT}(?:[{BETWEEN}]{{0,8}}{DIGIT}){{10,}}(?:[{BETWEEN}]{{0,3}}[XxＸｘ])?")
_PIECE = re.compile(
    f"(?P<decimal>[{_DECIMAL}]+)|(?P<chinese>[{''.join(_CHINESE)}]+)|(?P<other>[{_SET}]+)|(?P<x>[XxＸｘ])"
    f"|(?P<gap>[{BETWEEN}]+)"
)
_ALIKE = re.compile(
    f"(?P<unseen>[{UNSEEN}])|(?P<space>[{_SPACES}])|(?P<dash>[{_DASHES}])|(?P<dot>[{_DOTS}])"
    f"|(?P<slash>[{_SLASHES}])|(?P<open>[(（])|(?P<close>[)）])"
)
_SIGN = {
    "unseen": "",
    "space": " ",
    "dash": "-",
    "dot": ".",
    "slash": "/",
    "open": "(",
    "close": ")",
}
_BREAK = "break"
"""A gap that ends any number."""


class Digits(NamedTuple):
    """Digits side by side, in one script; ``gap`` is what kind of gap stands before them."""

    gap: str
    digits: str
    start: int

    @property
    def stop(self) -> int:
        return self.start + len(self.digits)


def runs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the runs of digits in ``text`` that are long enough, and where each begins."""
    text = nearer(text)
    for long in _LONG.finditer(text):
        for run in _RUN.finditer(text, long.start(), long.end() + 1):  # with the X that may end it
            yield run.start(), run[0]


def groups(run: str) -> Iterator[list[Digits]]:
    """Yield the groups of a run, those together that may be one number; they start from its own
    beginning.
    """
    together: list[Digits] = []
    for group in _groups(run):
        if group.gap == _BREAK:
            yield together
            together = []
        together.append(group)
    yield together


def _groups(run: str) -> Iterator[Digits]:
    gap = ""
    for piece in _PIECE.finditer(run):
        if piece.lastgroup == "gap":
            gap = _gap(piece[0])
        else:
            yield Digits(gap, "".join(map(value_of, piece[0])), piece.start())
            gap = ""


@functools.lru_cache(maxsize=1024)  # most gaps are alike
def _gap(between: str) -> str:
    """Return the kind of a gap: its signs, each once, spaces only where there is nothing else."""
    signs = _ALIKE.sub(lambda match: _SIGN[match.lastgroup or ""], between)
    if signs.count("\n") > 1 or signs.count("*") not in (0, 2):
        return _BREAK
    return "".join(sorted(set(signs.replace(" ", "")))) or signs[:1]


def value_of(digit: str) -> str:
    """Return the common digit that ``digit`` stands for; X for what may end an identity number."""
    if digit in "XxＸｘ":
        return "X"
    return _CHINESE.get(digit) or str(unicodedata.digit(digit))


def nearer(text: str) -> str:
    """Return ``text`` with common digits for those that :data:`DIGIT` has not; offsets hold."""
    has_far = len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)
    return text.translate(_NEARER) if has_far else text
