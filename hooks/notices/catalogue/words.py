"""Words: how days and numbers of a notice are told to readers."""

from __future__ import annotations

import datetime

from .notices import Notice


def totals(notice: Notice) -> str:
    """Return how many groups and items a notice has, in words; withheld ones count."""
    items = len(notice.items) + notice.withheld
    hidden = f"（其中{notice.withheld}个不公开）" if notice.withheld else ""
    counts, levels = notice.group_counts, notice.kind.levels
    counted = [f"{counts[depth]}个{name}" for depth, name in enumerate(levels, 1)]
    return "、".join([*counted, f"{items}个{notice.kind.item}{hidden}"])


def chinese_date(date: datetime.date) -> str:
    """Return a date as it is written in notices, e.g. 2023年6月28日."""
    return f"{date.year}年{date.month}月{date.day}日"
