"""What is personal in any text and in a built site; ``cases/checks/privacy.yml`` has the rules.

Every number is made up: area 999999 does not exist, cards are an issuer's prefix, zeros and the
check digit, mobile numbers end in eight zeros.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from notices.catalogue import load
from notices.checks.privacy import (
    CARD,
    HOME,
    IDENTITY,
    MOBILE,
    Found,
    find,
    mask,
    plain,
    published,
    scan_built,
)

PERSONAL = [
    (IDENTITY, "999999199901010003", "99*************003"),
    (IDENTITY, "99999919990101002x", "99*************02X"),
    (IDENTITY, "999999 19990101 0003", "99*************003"),
    (IDENTITY, "999999-1999-0101-0003", "99*************003"),
    (IDENTITY, "９９９９９９１９９９０１０１０００３", "99*************003"),
    (CARD, "6200000000000005", "6200********0005"),
    (CARD, "620000000000000005", "6200**********0005"),
    (CARD, "6200 0000 0000 0000 000", "6200***********0000"),
    (CARD, "4000-0000-0000-0002", "4000********0002"),
    (CARD, "2720000000000005", "2720********0005"),
    (MOBILE, "13800000000", "138****0000"),
    (MOBILE, "138 0000 0000", "138****0000"),
    (MOBILE, "１９９００００００００", "199****0000"),
    (HOME, "家住某路5号3单元601室", "家住某路*号*单元*室"),
    (HOME, "住址：某村三号", "住址：某村*号"),
]


@pytest.mark.parametrize(("kind", "value", "masked"), PERSONAL)
def test_what_is_personal_is_found_as_it_is_written_and_can_be_masked(
    kind: str, value: str, masked: str
) -> None:
    found = Found(kind, value, 2)
    assert list(find(f"甲,{value},乙。")) == [found]
    assert mask(found) == masked
    assert list(find(masked)) == []


@pytest.mark.parametrize(
    "text",
    [
        "113307020501239658/2023-46395",  # an index number: no such date of birth
        "999999199901010004",  # the check digit is wrong
        "99999919990101000",  # 17 digits
        "9999991999010100030",  # 19 digits
        "辽公网安备21020002000123号",
        "https://example.invalid/art/999999199901010003.html?a=6200000000000005",
        '<a href="../art/999999199901010003/">',
        f'integrity="sha256-{"0a" * 10}13800000000{"0a" * 10}"',
        "3f999999199901010003ab4000000000000002cd",
        "13800000000a",
        "0.4000000000000002",
        "6200000000000006",
        "8000000000000004",
        "20230628-20230831",
        "13800000000元 13800000000.5万元",
        "0411-87549380",
        "大连开发区生命三路27号跨境电商产业园11号楼5单元601",
        "国家住建部5号文",
    ],
)
def test_what_only_looks_personal_is_passed_over(text: str) -> None:
    assert list(find(text)) == []


def test_numbers_side_by_side_are_told_apart() -> None:
    text = "12 999999199901010003 6200 0000 0000 0005 13800000000"
    assert {(found.kind, found.offset) for found in find(text)} == {
        (IDENTITY, 3),
        (CARD, 22),
        (MOBILE, 42),
    }


def test_one_way_of_writing_a_number_stands_for_all() -> None:
    assert plain("１３８-0000 0000") == plain("13800000000")


@pytest.mark.parametrize("name", ["a/index.html", "x.json", "x.xml", "x.txt", "x.csv", "x.svg"])
def test_every_text_of_a_built_site_is_looked_through(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("甲\n乙999999199901010003\n丙13800000000", encoding="utf-8")
    assert [str(problem) for problem in scan_built(tmp_path)] == [
        f"{name}:2:2: [identity-number] 身份证号没有打码，请改成“99*************003”",
        f"{name}:3:2: [mobile-number] 手机号没有打码，请改成“138****0000”；"
        "是单位公开的号码，请写进 contact",
    ]
    assert [problem.rule for problem in scan_built(tmp_path, {"13800000000"})] == [IDENTITY]


@pytest.mark.parametrize("name", ["assets/javascripts/x.json", "assets/stylesheets/x.svg", "x.png"])
def test_code_of_vendors_and_pictures_are_left_out(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("999999199901010003", encoding="utf-8")
    assert list(scan_built(tmp_path)) == []


def test_a_built_site_shows_nothing_personal(two_notices: Path, two_sites: Path) -> None:
    catalogue, _ = load(two_notices)
    assert list(scan_built(two_sites, published(catalogue))) == []


def test_contacts_and_what_is_allowed_may_be_published(project: Path) -> None:
    path = project / "data/notices/shuangd-2023/notice.yml"
    text = path.read_text(encoding="utf-8").replace("0411-87549380", "138-0000-0000")
    allowed = 'allowed_personal:\n  - {value: "1990000 0000", reason: 甲}\n'
    path.write_text(allowed + text, encoding="utf-8")
    assert published(load(project)[0]) == {"13800000000", "19900000000"}
