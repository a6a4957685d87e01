"""What a file is called where a reader keeps it: no system refuses it, and it says what it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.catalogue.filenames import saved_as

FORBIDDEN = '<>:"/\\|?*'


@pytest.mark.parametrize(
    ("whose", "what", "address", "name"),
    [
        ("双D高科党支部", "问题清单", "notices/x/items.xlsx", "双D高科党支部-问题清单.xlsx"),
        ("甲/乙：“丙”", "全文", "notices/x/notice.pdf", "甲-乙-丙-全文.pdf"),
        ("CON", "全文", "notice.pdf", "CON-全文.pdf"),
        ("..", "全文", "notice.pdf", "通报-全文.pdf"),
        ("nul.txt", "批准文本", "approved.txt", "nul-txt-批准文本.txt"),
        ("甲\u202exslx.", "问题清单", "items.csv", "甲-xslx-问题清单.csv"),
    ],
)
def test_a_name_says_whose_and_what(whose: str, what: str, address: str, name: str) -> None:
    assert saved_as(whose, what, address) == name


@given(st.text(), st.text(min_size=1), st.sampled_from(["notices/a/items.xlsx", "approved.txt"]))
def test_no_system_refuses_a_name(whose: str, what: str, address: str) -> None:
    """Whatever a notice is called."""
    name = saved_as(whose, what, address)
    before, ending = name.rsplit(".", 1)
    assert ending in ("xlsx", "txt")
    assert "-" in before
    assert not before.startswith("-")
    assert not set(before) & {*FORBIDDEN, ".", " "}
    assert not {unicodedata.category(each) for each in before} & {
        "Cc",
        "Cf",
        "Cs",
        "Zs",
        "Zl",
        "Zp",
    }
    assert len(name.encode()) <= 255
