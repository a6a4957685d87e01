from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from notices.catalogue import load


def test_a_publisher_of_several_notices_is_named_once(two_notices: Path) -> None:
    catalogue = load(two_notices)[0]
    doubled = replace(catalogue, notices=catalogue.notices * 2)
    publishers = [publisher for publisher, _ in doubled.contacts()]
    assert publishers == ["虚构单位党组织", "大连双D高科产业发展有限公司党支部"]


def test_the_status_of_an_item_is_that_of_its_last_update_which_gives_one(
    two_notices: Path,
) -> None:
    items = {item.id: item for item in load(two_notices)[0].notices[0].items}
    assert items["1-1-1"].facts.status == "in-progress"
    assert items["1-1-1"].status == "completed"
    assert items["2-1-1"].status == items["2-1-1"].facts.status


def test_what_is_stated_of_an_item_is_what_is_stated_of_it_or_its_measures(
    two_notices: Path,
) -> None:
    sample = {item.id: item for item in load(two_notices)[0].notices[1].items}
    assert sample["1-3-2"].statuses == {"completed"}
    assert sample["1-1-1"].statuses == {"unstated"}


def test_the_public_view_of_a_notice_that_withholds_nothing_is_the_notice(
    two_notices: Path,
) -> None:
    (notice, _) = load(two_notices)[0].notices
    assert notice.public() is notice
