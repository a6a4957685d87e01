"""Who inspected, what sort of inspection it was, from when to when, and when it was fed back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..source import Line
from .days import day_in, period_in, plain
from .found import Leaf, exact, leaf
from .papers import WINDOW

_NUMBERED = "(?:第?[一二三四五六七八九十0-9]{1,3})?"
_BY = re.compile(
    r"(?:[,，。;；]|^|日|底|旬|间|月)(?P<by>[^,，。;；:：、日]{1,30}?"
    rf"(?:巡[视察]{_NUMBERED}组|督察{_NUMBERED}组|检查{_NUMBERED}组|督导{_NUMBERED}组|考核{_NUMBERED}组"
    rf"|工作{_NUMBERED}组|审计{_NUMBERED}组|审计[厅局署]|特派员?办(?:事处)?|督查{_NUMBERED}组|巡[视察]办"
    r"|纪委监委))(?=对|于|向|进驻|在|反馈|开展|派|（|\()"
)
_BEFORE_BY = re.compile("^(?:[（(][^）)]*[）)]|.*关于(?:落实|对)?|根据|按照|由|经|自)+")
_WHAT = re.compile(
    r"(?:进行|开展|实施)了?(?:为期[^,，。]{1,14}的)?(?P<kind>[^,，。]{0,10}?(?:巡[视察]|督察|审计|检查|整治)"
    r"(?:“回头看”)?)"
)
_PLAIN_KIND = re.compile("巡[视察]|督察|审计|检查|整治")
_FED_BACK = re.compile(r"[^。;；]{0,60}(?:反馈|(?:出具|下达|送达)[^。;；]{0,20}(?:报告|决定|意见))")
_ORDER = ("by", "kind", "from", "to", "feedback")


def inspection(head: Sequence[Line]) -> dict[str, Leaf]:
    """Return what is said of the inspection; nothing where it is not said who inspected."""
    found: dict[str, Leaf] = {}
    year = 0
    for line in head:
        by = _BY.search(line.text)
        if "by" not in found and by and (name := _BEFORE_BY.sub("", by["by"])):
            found["by"] = leaf(name, line, by["by"])
        what = _WHAT.search(line.text) if "by" in found and "kind" not in found else None
        if what and not _PLAIN_KIND.fullmatch(what["kind"]):  # which its noun says already
            found["kind"] = leaf(what["kind"], line, what[0])
        period = None if WINDOW.search(line.text) else period_in(line.text)
        if period and not {"from", "to"} & {*found}:
            for key, day in (("from", period.first), ("to", period.last)):
                if day:  # 4月下旬 is none
                    found[key] = exact(day, line, period.words)
            year = period.year
        begin = period.end if period else 0
        if "feedback" not in found and (told := _feedback(line, begin, year)):
            found["feedback"] = told
    return {key: found[key] for key in _ORDER if key in found} if "by" in found else {}


def _feedback(line: Line, begin: int, year: int) -> Leaf | None:
    """Return the day on which it was fed back; one without a year is of that of the inspection."""
    for match in re.finditer(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日", plain(line.text)[begin:]):
        after = line.text[begin + match.end() :]
        fed_back = _FED_BACK.match(after)
        years = re.findall(r"(\d{4})年", plain(line.text)[: begin + match.start()])
        day = day_in(match[0], year or int(years[-1] if years else 0))
        if fed_back and day and day.year:
            return exact(day, line, match[0] + fed_back[0])
    return None
