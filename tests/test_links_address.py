"""Whatever the address of a site has escaped in it, its links are followed: decoded once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.proof import links
from notices.proof.links.addresses import Addresses, Astray, Foreign, Target

ADDRESSES = [
    "https://example.org/",
    "https://example.org/a/b/",
    "https://example.org/%E5%85%AC%E5%BC%80/",
    "https://example.org/公开/",
    "https://例子.example:8443/a%20b/",
    "https://example.org/a%2520b/",
    "https://example.org/%5Ba%5D*/",
    "https://example.org/a%2Fb/",
    "https://example.org/../%2E%2E/a/",
    "https://example.org/a%00b/",
    "",
    "no address/",
]
LEADING = {
    "{own}feed.xml": Target("feed.xml", ""),
    "{own}": Target(".", ""),
    "feed.xml": Target("甲 %/feed.xml", ""),
    " ../feed.xml\n": Target("feed.xml", ""),
    "..\\feed.xml": Target("feed.xml", ""),
    "../a\nb/": Target("ab", ""),
    "..//a/./b/../c/": Target("a/c", ""),
    "../%61%2520b/": Target("a%20b", ""),
    "": Target("甲 %", ""),
    "?q=#x": Target("甲 %", "x"),
    "#%E7%94%B2": Target("甲 %", "甲"),
    "#甲:~:text=乙": Target("甲 %", "甲"),
    "#:~:text=乙": Target("甲 %", ""),
    "../x/#%2523": Target("x", "%23"),
    "mailto:x@example.org": None,
    "tel:0000-1234567": None,
    "javascript:void(0)": None,
    "data:text/plain,x": None,
    "https://other.example/nothing/": None,
    "//other.example/": None,
    "http://example.org:1/": None,
}
NONE = [
    "https://[::1/", "https://", "https://a^b/", "https://999.1.1.1/", "https://x.example:abc/",
    "//[", "file:///x", "FILE:x",
]  # fmt: skip
PAGE = """<!doctype html><head><link rel="canonical" href="{address}"></head>
<body><a href="{address}a/#甲">甲</a> <a href="a/#%E7%94%B2">乙</a> <a href="{address}b/">丙</a>"""


@pytest.mark.parametrize("own", ADDRESSES)
def test_an_address_leads_where_browsers_go(own: str) -> None:
    """Below whatever address the site has, from a page whose own needs escapes."""
    addresses = Addresses(own)
    base = addresses.of("甲 %/")
    for address, expected in LEADING.items():
        wanted = address.format(own=own if ":" in own else "https://site.invalid/")
        assert addresses.target(wanted, base) == expected, address


@pytest.mark.parametrize("address", NONE)
def test_what_is_no_address_for_a_reader_is_told(address: str) -> None:
    with pytest.raises(Astray) as told:
        Addresses("https://example.org/").target(address)
    assert not isinstance(told.value, Foreign)


@pytest.mark.parametrize("own", ADDRESSES)
def test_what_must_be_an_address_of_the_site_is_one(own: str) -> None:
    """By its scheme, its host and its port."""
    addresses = Addresses(own)
    for address in ("http://example.org/", "https://example.org:1/", "https://example.com/"):
        with pytest.raises(Foreign):
            addresses.target(address, own=True)


def test_an_address_is_read_as_browsers_read_it() -> None:
    """Whose case and whose port say nothing."""
    addresses = Addresses("https://Example.org:443/below/")
    found = addresses.target("HTTPS://EXAMPLE.ORG/below/a/", own=True)
    assert found == Target("a", "")


PARTS = [
    "../",
    "..",
    ".",
    "./",
    "a",
    "b.c",
    "/",
    "//",
    "...",
    "-",
    "%2e%2e/",
    "?q",
    ";p",
    ":",
    "甲",
    "x/",
]
ROADS = st.tuples(
    st.sampled_from(["", "../", "../../", "../../../"]),
    st.lists(st.sampled_from(PARTS), max_size=4).map("".join),
    st.sampled_from(["", "#", "#x", "#甲"]),
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    "own", [*ADDRESSES, "https://example.org/p/q?x/", "https://example.org//a"]
)
@settings(max_examples=200)
@given(address=ROADS, file=st.lists(st.sampled_from(PARTS), max_size=4).map("".join))
def test_climbing_out_of_folders_leads_where_joining_does(
    own: str, address: str, file: str
) -> None:
    """Whatever stands in the address, or in that of the page."""
    for base in (Addresses(own).of(file), f"{own}{file}", Addresses(own).of(f"a/b/{file}")):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Addresses, "_nearer", lambda _, place, base: (place, base))
            joined = _led(Addresses(own), address, base)
        assert _led(Addresses(own), address, base) == joined


def _led(addresses: Addresses, address: str, base: str) -> Target | str | None:
    try:
        return addresses.target(address, base)
    except Astray as astray:
        return str(astray)


@pytest.mark.parametrize("address", ADDRESSES[1:7])
def test_links_are_followed_below_the_address(tmp_path: Path, address: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text(PAGE.format(address=address), encoding="utf-8")
    (tmp_path / "a" / "index.html").write_text('<h1 id="甲">甲</h1>', encoding="utf-8")
    found = [problem.message for problem in links.check(tmp_path)]
    assert [message.partition("，")[0] for message in found] == ["链接到 b"]
