"""Rules: the window of public notice has the days that are printed, and totals add up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalogue.notices import Notice
from ..catalogue.settings import Settings
from ..catalogue.windows import days_of, weekdays_of
from ..problem import suggest
from .rules import Objection, rule

_DIGITS = re.compile(r"[0-9０-９]+")


@rule
def window_days(notice: Notice, _: Settings) -> Iterator[Objection]:
    """公示期的起止日期先后有序；写明的天数等于首尾都算的天数，写明的工作日不多于其中周一至周五的天数。

    核对日期和天数。程序不知道节假日和调休，工作日只能看出写多了，看不出写少了
    """
    window, document = notice.facts.window, notice.record.document
    if not window:
        return
    if window.to < window.from_:
        yield Objection(document.at("window", "to"), f"{window.to} 早于开始的日期 {window.from_}")
        return
    span = f"{window.from_} 至 {window.to}"
    if window.days and window.days != days_of(window):
        message = f"{span} 首尾都算是{days_of(window)}天，这里写的是{window.days}天"
        yield Objection(document.at("window", "days"), message, at="window")
    most = weekdays_of(window)
    if window.working_days and window.working_days > most:
        message = (
            f"{span} 周一至周五只有{most}天，这里写的是{window.working_days}个工作日"
            "（节假日和调休上班的周末，程序不知道）"
        )
        yield Objection(document.at("window", "working_days"), message, at="window")


@rule
def printed_total(notice: Notice, settings: Settings) -> Iterator[Objection]:
    """原文按状态列出的数目（printed_totals）要与数据里的状态、或者原文写的状态一致，原话里要有这个数。

    先核对各个文件的 `status` 和 `printed`；at 写那个状态
    """
    items = [each.facts for each in notice.items]
    known = settings.vocabulary.ids()
    for number, total in enumerate(notice.facts.printed_totals):
        place = notice.record.document.at("printed_totals", number, "count")
        if total.status is not None and total.status not in known:
            message = f"没有“{total.status}”这个状态{suggest(total.status, known)}"
            yield Objection(notice.record.document.at("printed_totals", number, "status"), message)
            continue
        if total.status is None and total.printed is None:
            yield Objection(
                place, "status（状态）和 printed（原文写的状态）要写一样，说明数的是什么"
            )
            continue
        named = total.printed or total.status or ""
        found = sum(named in (each.status, each.printed) for each in items)
        if total.count != found:
            label = settings.vocabulary.label(named)
            yield Objection(place, f"原文写“{label}”的是{total.count}个，数出{found}个", at=named)
        if total.count not in map(int, _DIGITS.findall(total.quote)):
            quote = notice.record.document.at("printed_totals", number, "quote")
            yield Objection(quote, f"原话“{total.quote}”里没有{total.count}这个数")
