"""Characters that no reader sees, or no two programs show alike, and their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from .patterns import later

# Nearly all that is written. Only what else there is is looked at: one quick pattern for all rules.
USUAL = "\t\n\r -~\u3000-\u3011\u4e00-\u9fa5\uff01-\uff5e“”‘’…—·"
UNUSUAL = re.compile(f"[^{USUAL}]")

# What no export can hold: control characters but for a tab and the ends of lines, ends of lines
# that programs disagree on, surrogates, and what Unicode says will never be a character.
_LAST_TWO = "".join(
    f"{chr(0x10000 * plane - 2)}{chr(0x10000 * plane - 1)}" for plane in range(1, 18)
)
_CONTROL = later(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef{_LAST_TWO}]"
)

_NAMES = (  # Chinese name, characters
    ("软连字符", "\u00ad"),
    ("零宽空格", "\u200b"),
    ("零宽不连字", "\u200c"),
    ("零宽连字", "\u200d"),
    ("零宽不换行空格（BOM）", "\ufeff"),
    ("词连接符", "\u2060"),
    ("看不见的运算符", "\u2061-\u2064"),
    ("改变文字方向的控制符", "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u206a-\u206f"),
    ("组合连接符", "\u034f"),
    ("空白填充符", "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0"),
    ("变体选择符", "\ufe00-\ufe0f\U000e0100-\U000e01ef"),
    ("行间注释符", "\ufff9-\ufffb"),
    ("对象占位符", "\ufffc"),
    ("转换编码时丢字留下的替换符", "\ufffd"),
    ("标签字符", "\U000e0000-\U000e007f"),
    ("乐谱的控制符", "\U0001d173-\U0001d17a"),
    ("私用区字符，换一台电脑就显示成别的", "\ue000-\uf8ff\U000f0000-\U0010ffff"),
)
_HIDDEN = later(f"[{''.join(characters for _, characters in _NAMES)}]")

# A selector says something of the character before it: how a sign is drawn, or which form of a
# character of a name is meant.
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SELECTED = later(
    "[#*0-9©®\u203c-\u3299\U0001f000-\U0001faff][\ufe0e\ufe0f]"
    "|[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff][\ufe00-\ufe02\U000e0100-\U000e01ef]"
)
_BLANK = re.compile(
    r"[\s\u00ad\u034f\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u2800\u3164\ufeff\uffa0]+"
)


class Hidden(NamedTuple):
    """A character that should not be there: where it is, and what it is called."""

    offset: int
    name: str


def controls(text: str) -> Iterator[Hidden]:
    """Yield what in ``text`` no export can hold."""
    yield from _look(text, _CONTROL)


def hidden(text: str) -> Iterator[Hidden]:
    """Yield what in ``text`` no reader sees, or not every reader sees alike."""
    for each in _look(text, _HIDDEN):
        at = each.offset
        selects = _SELECTORS.match(text, at) and at and _SELECTED.match(text, at - 1)
        if not selects:
            yield each


def is_blank(text: str) -> bool:
    """Tell whether ``text`` has characters, and all of them are blanks, of whatever kind."""
    return bool(_BLANK.fullmatch(text))


def _look(text: str, pattern: re.Pattern[str]) -> Iterator[Hidden]:
    for match in UNUSUAL.finditer(text):
        if pattern.match(match[0]):
            yield Hidden(match.start(), _name(match[0]))


def _name(character: str) -> str:
    code = f"U+{ord(character):04X}"
    for name, characters in _NAMES:  # compiled only when there is something to tell
        if re.match(f"[{characters}]", character):
            return f"{name} {code}"
    return f"{'控制字符' if unicodedata.category(character) == 'Cc' else '不是文字的字符'} {code}"
