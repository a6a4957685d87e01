"""The closing: where what a body adds after its answers begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..text.endings import DAY_ALONE, begins_ending
from .source import Line

_LONGEST_NAME = 40  # characters of who signs
_NAME = re.compile(
    r"[^。，,；;：:！!？?、]*(?:委员会|党组|党委|支部|总支|纪委|纪检组|工委|党工委|办公室|政府|公司|集团|局|厅|委|院"
    r"|中心|学校|大学|协会|联合会|街道办事处|管委会|研究所|银行|站|队|处|馆|社)(?:[（(][^）)]*[）)])?"
)
_ASKS = re.compile(
    r"(?:如有|若有|如对|若对|对.{0,20}有)[^。]{0,24}(?:意见|异议|建议|疑问)|(?:现|将上述|以上).{0,20}公示"
    r"|欢迎.{0,30}(?:监督|提出|反映)|联系(?:人|电话|方式|地址)|公示期|监督电话|举报电话|.{0,12}电话[:：]"
    r"|（?联系"
)
_AHEAD = re.compile("(?:下一?步|下阶段|今后|在今后|接下来|总的来看)[，,]")
_LABEL = re.compile(r"公示|.*电话|联系|地址|邮箱|邮编|传真")


def closing_at(lines: Sequence[Line], after: int) -> int:
    """Return the number of the line with which the closing begins, none before ``after``; the
    number of lines where there is none.
    """
    # What answers say of the time to come, the last of them may say, too.
    looks_ahead = not any(_AHEAD.match(line.text) for line in lines[:after])
    for number in range(after, len(lines)):
        if _begins(lines[number]) or (looks_ahead and _AHEAD.match(lines[number].text)):
            return _with_signature(lines, number, after)
    return _with_signature(lines, len(lines), after)


def _begins(line: Line) -> bool:
    if line.cells:
        return bool(_LABEL.match(line.cells[0].strip())) and len(line.cells) <= 3
    is_short = len(line.text) <= 120
    return begins_ending(line.text) or bool(is_short and _ASKS.match(line.text))


def _with_signature(lines: Sequence[Line], closing: int, after: int) -> int:
    """Return ``closing``, or where who signs, and the day, stand right before it."""
    begin = closing
    while begin > after and _signs(lines[begin - 1]):
        begin -= 1
    return begin


def _signs(line: Line) -> bool:
    text = line.text.strip()
    if line.cells or len(text) > _LONGEST_NAME:
        return False
    return bool(DAY_ALONE.match(text) or _NAME.fullmatch(text))
