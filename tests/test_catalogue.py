from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from notices.catalogue.loading import load, opened
from notices.catalogue.notices import Notice
from notices.catalogue.summary import Archive
from notices.catalogue.words import totals
from notices.facts.model import Accepted, Discrepancy


def test_a_publisher_of_several_notices_is_named_once(two_notices: Path) -> None:
    catalogue = load(two_notices)[0]
    doubled = Archive.of(replace(catalogue, notices=catalogue.notices * 2))
    publishers = [publisher for publisher, _ in doubled.contacts]
    assert publishers == ["虚构单位党组织", "大连双D高科产业发展有限公司党支部"]


SETTINGS = (
    "data/site.yml", "data/vocabulary.yml", "data/kinds/inspection.yml",
    "data/publishers/someone.yml",
)  # fmt: skip


def test_another_byte_in_any_setting_is_another_origin(project: Path) -> None:
    """What is made of a notice is kept by it; its own files have a name of their own."""

    def origin() -> str:
        with opened(project) as loader:
            return loader.origin

    origins = [origin()]
    for file in (project / name for name in SETTINGS):
        file.parent.mkdir(exist_ok=True)
        was = file.read_bytes() if file.exists() else "name: 某某局".encode()
        file.write_bytes(was + b"\n")
        origins.append(origin())
    (project / "content" / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    origins.append(origin())
    assert len({*origins}) == len(SETTINGS) + 2
    assert origin() == origins[-1]


def test_the_status_of_an_item_is_that_of_its_last_update_which_gives_one(
    two_notices: Path,
) -> None:
    items = load(two_notices)[0].notices[0].items_by_id
    assert items["1-1-1"].facts.status == "in-progress"
    assert items["1-1-1"].status == "completed"
    assert items["2-1-1"].status == items["2-1-1"].facts.status


def test_what_is_stated_of_an_item_is_what_is_stated_of_it_or_its_measures(
    two_notices: Path,
) -> None:
    sample = load(two_notices)[0].notices[1].items_by_id
    assert sample["1-3-2"].statuses == {"completed"}
    assert sample["1-1-1"].statuses == {"unstated"}


def test_the_public_view_of_a_notice_that_withholds_nothing_is_the_notice(
    two_notices: Path,
) -> None:
    (notice, _) = load(two_notices)[0].notices
    assert notice.public() is notice


def shown(two_notices: Path, hidden: set[str], **facts: object) -> Notice:
    """Return the public view of the sample with these items for the party, and other facts."""
    notice = load(two_notices)[0].notices[1]
    record = replace(notice.record, facts=notice.facts.model_copy(update=facts))
    records = {
        key: replace(each, facts=each.facts.model_copy(update={"audience": "party"}))
        if key in hidden
        else each
        for key, each in notice.item_records.items()
    }
    return replace(notice, record=record, item_records=records).public()


def oddities(*places: str) -> list[Discrepancy]:
    return [Discrepancy(rule="prose-total", at=at, note=f"在{at}") for at in places]


@pytest.mark.parametrize(
    ("hidden", "left"),
    [
        (set(), ["items", "preamble", "1-3", "1-3-2", "1-3-2-1", "1-3-20", "13"]),
        ({"1-3-2"}, ["items", "preamble", "1-3", "1-3-20", "13"]),
        ({"1-3-1", "1-3-2", "1-3-3"}, ["items", "preamble", "13"]),
    ],
    ids=["nothing", "an item", "a whole group"],
)
def test_what_is_said_of_a_hidden_section_is_hidden_with_it(
    two_notices: Path, hidden: set[str], left: list[str]
) -> None:
    places = ("items", "preamble", "1-3", "1-3-2", "1-3-2-1", "1-3-20", "13")
    notice = shown(two_notices, hidden, known_discrepancies=oddities(*places))
    assert [each.at for each in notice.facts.known_discrepancies] == left


def test_a_group_is_hidden_with_the_last_of_its_items(two_notices: Path) -> None:
    """Its heading says what they are about; it is counted all the same, as the text counts it."""
    some = shown(two_notices, {"1-3-1", "1-3-2"})
    assert "1-3" in {section.id for section in some.narrative.all_sections}
    every = shown(two_notices, {"1-3-1", "1-3-2", "1-3-3"})
    ids = {section.id for section in every.narrative.all_sections}
    assert not {"1-3", "1-3-1"} & ids
    assert {"1", "1-2", "2", "part-2"} <= ids
    assert totals(every) == "3个方面、10个子项、31个问题（其中3个不公开）"
    assert every.facts.stated == some.facts.stated


def test_a_group_is_hidden_with_the_last_of_the_groups_in_it(two_notices: Path) -> None:
    items = {str(item.id) for item in load(two_notices)[0].notices[1].items if item.id[0] == "3"}
    notice = shown(two_notices, items)
    assert [group.id for group in notice.outer_groups] == ["1", "2"]
    assert totals(notice) == f"3个方面、10个子项、31个问题（其中{len(items)}个不公开）"


def test_what_editors_accept_is_never_published(two_notices: Path) -> None:
    accepted = [Accepted(rule="prose-total", at="1-3-2", reason="甲")]
    assert shown(two_notices, set(), accepted=accepted).facts.accepted == []
    assert shown(two_notices, {"1-3-2"}, accepted=accepted).facts.accepted == []
