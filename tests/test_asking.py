"""A mail that asks about an item names it already."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from notices.catalogue.asking import question
from notices.catalogue.loading import load
from sitehouse import SAMPLE_ROOT


def test_the_mail_has_its_address_subject_item_and_permalink() -> None:
    notice = load(SAMPLE_ROOT)[0].notices[0]
    item = notice.items_by_id["1-3-2"]
    mail = urlsplit(question(notice, item, "https://www.example.org/notices/x/#1-3-2") or "")
    fields = parse_qs(mail.query, strict_parsing=True)
    assert (mail.scheme, mail.path) == ("mailto", "Dlsdgk@126.com")
    assert fields["subject"] == ["关于问题1-3-2“清退园区企业非法占房工作迟缓”"]
    assert fields["body"][0].split("\r\n") == [
        "通报：大连双D高科产业发展有限公司党支部巡察整改情况",
        "问题：1-3-2 清退园区企业非法占房工作迟缓",
        "网址：https://www.example.org/notices/x/#1-3-2",
        "",
        "我想问：",
        "",
    ]


def test_a_site_that_does_not_know_its_address_gives_none() -> None:
    notice = load(SAMPLE_ROOT)[0].notices[0]
    assert (
        "网址"
        not in parse_qs(urlsplit(question(notice, notice.items[0], "") or "").query)["body"][0]
    )


def test_without_a_mailbox_there_is_no_mail(two_notices: Path) -> None:
    fictional = next(each for each in load(two_notices)[0].notices if each.id == "fictional-2020")
    assert question(fictional, fictional.items[0], "") is None
