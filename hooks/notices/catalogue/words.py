"""Words: how days and numbers of a notice are told to readers."""

from __future__ import annotations

import datetime

from .notices import Notice


def totals(notice: Notice) -> str:
    """Return how many aspects, sub-items and items a notice has, in words; withheld ones count."""
    aspects = len(notice.aspects) + notice.withheld_aspects
    sub_items = len(notice.sub_items) + notice.withheld_sub_items
    items = len(notice.items) + notice.withheld
    hidden = f"（其中{notice.withheld}个不公开）" if notice.withheld else ""
    return f"{aspects}个方面、{sub_items}个子项、{items}个问题{hidden}"


def chinese_date(date: datetime.date) -> str:
    """Return a date as it is written in notices, e.g. 2023年6月28日."""
    return f"{date.year}年{date.month}月{date.day}日"
