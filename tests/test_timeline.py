"""The timeline: the days that facts give, and no other."""

from __future__ import annotations

from pathlib import Path

from notices.catalogue.loading import load
from notices.catalogue.notices import Notice
from notices.catalogue.timeline import timeline
from sitehouse import SAMPLE_ROOT


def days(notice: Notice) -> list[tuple[str, str, str]]:
    return [
        (str(event.day), event.item.id if event.item else "", event.what)
        for event in timeline(notice)
    ]


def test_the_sample_gives_three_days() -> None:
    assert days(load(SAMPLE_ROOT)[0].notices[0]) == [
        ("2023-06-28", "", "区委第四巡察组巡察开始"),
        ("2023-08-31", "", "巡察结束"),
        ("2023-10-10", "", "反馈巡察意见"),
    ]


def test_updates_deadlines_and_findings_stand_among_them_in_order(two_notices: Path) -> None:
    fictional = next(each for each in load(two_notices)[0].notices if each.id == "fictional-2020")
    assert days(fictional) == [
        ("2020-03-02", "", "虚构巡察组巡察开始"),
        ("2020-03-20", "", "巡察结束"),
        ("2020-04-01", "", "反馈巡察意见"),
        ("2020-06-01", "1-1-1", "第一期虚构培训办完。"),
        ("2020-09-10", "2-1-1", "虚构巡察组核实"),
        ("2020-12-20", "1-1-1", "全部虚构培训办完。"),
        ("2020-12-31", "1-1-1", "完成时限"),
    ]
